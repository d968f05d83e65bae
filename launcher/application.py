"""The program that is started: its environment variables, and its commands run as processes of their own."""

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from launcher.console import CannotContinueError
from launcher.database import Database
from launcher.folders import PYTHON, SOURCE, DataFolder
from launcher.processes import die_with_parent
from launcher.secret_files import kept_secret

MODULE = "livinglab.config.cli"
DEMO_HOSTS = "127.0.0.1,localhost,[::1]"
NEEDED_IN_PRODUCTION = {
    "SECRET_KEY": "a secret of 50 characters or more; keep it, sessions and signatures depend on it",
    "DATABASE_URL": "postgresql://ROLE:PASSWORD@HOST/NAME of a role that is neither superuser nor BYPASSRLS",
    "ALLOWED_HOSTS": "the names this server answers to, with commas between them",
}
NOT_PASSED_ON = ("PYTHONPATH", "PYTHONHOME", "DATABASE_OWNER_URL")


@dataclass(frozen=True, slots=True)
class Application:
    """The program with its settings; `env` never holds the owner's address unless `as_owner` put it there."""

    env: Mapping[str, str]
    owner_url: str | None = None

    @property
    def is_demo(self) -> bool:
        """Whether this is somebody's trial: with synthetic people, and passwords that are shown."""
        return self.env["LIVINGLAB_MODE"] == "demo"

    def as_owner(self) -> "Application":
        """This function will give the application with the owner's address, for migrating and loading."""
        return replace(
            self, env={**self.env, "DATABASE_OWNER_URL": self.owner_url} if self.owner_url else self.env
        )

    def command(self, *arguments: str) -> list[str | Path]:
        """This function will give the command line of one of the program's own commands."""
        return [PYTHON, "-m", MODULE, *arguments]

    def run(self, *arguments: str) -> None:
        """This function will run one command to its end, its output on standard error; stop if it fails."""
        done = subprocess.run(
            self.command(*arguments),
            env=self.env,
            stdin=subprocess.DEVNULL,
            stdout=sys.stderr,
            preexec_fn=die_with_parent,
            check=False,
        )
        if done.returncode:
            raise CannotContinueError(f"`livinglab {' '.join(arguments)}` failed: its message is above.")

    def read(self, *arguments: str) -> str:
        """This function will run one command and give what it prints."""
        done = subprocess.run(
            self.command(*arguments),
            env=self.env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            text=True,
            check=False,
        )
        if done.returncode:
            raise CannotContinueError(f"`livinglab {' '.join(arguments)}` failed: its message is above.")
        return done.stdout


def mode(*, production: bool) -> str:
    """This function will give the mode: production if asked for, else what LIVINGLAB_MODE says, else demo."""
    return "production" if production else os.environ.get("LIVINGLAB_MODE") or "demo"


def require_production_settings(environment: Mapping[str, str]) -> None:
    """This function will refuse to go on in production without the settings that have no safe default."""
    missing = [name for name in NEEDED_IN_PRODUCTION if not environment.get(name)]
    if missing:
        explained = "\n".join(f"  {name}  {NEEDED_IN_PRODUCTION[name]}" for name in missing)
        raise CannotContinueError(
            f"Production needs these environment variables:\n{explained}", exit_status=2
        )


def configure(folder: DataFolder, database: Database | None, *, mode: str) -> Application:
    """This function will set up the application's environment; the demo's key is made and kept here."""
    env = {name: value for name, value in os.environ.items() if name not in NOT_PASSED_ON}
    env |= {
        "PYTHONPATH": str(SOURCE),
        "DJANGO_SETTINGS_MODULE": "livinglab.config.settings",
        "LIVINGLAB_MODE": mode,
        "LIVINGLAB_VAR": str(folder.path),
        "LIVINGLAB_PYTHON": str(PYTHON),
    }
    if mode != "production":
        env.setdefault("SECRET_KEY", kept_secret(folder.secrets / "secret-key"))
        env.setdefault("ALLOWED_HOSTS", DEMO_HOSTS)
    if database:
        env["DATABASE_URL"] = database.url
    return Application(env, database.owner_url if database else None)
