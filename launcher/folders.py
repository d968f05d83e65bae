"""Where things are: the repository, its virtual environment and a data folder."""

import os
from dataclasses import dataclass
from pathlib import Path

from launcher.console import CannotContinueError

REPOSITORY = Path(__file__).resolve().parent.parent
SOURCE = REPOSITORY / "src"
ENVIRONMENT = REPOSITORY / ".venv"
PYTHON = ENVIRONMENT / "bin" / "python"


@dataclass(frozen=True, slots=True)
class DataFolder:
    """One folder that holds all that an installation keeps: database, secrets, collected static files."""

    path: Path

    @property
    def secrets(self) -> Path:
        """Passwords and keys made at the first start, readable by their owner alone."""
        return self.path / "secrets"

    @property
    def sign_ins(self) -> Path:
        """How to sign in as the demo's synthetic people, as JSON."""
        return self.secrets / "sign-ins.json"

    @property
    def running(self) -> Path:
        """Locks and the identities of running processes; worth nothing once they have ended."""
        return self.path / "running"

    @property
    def stamps(self) -> Path:
        """What has been done already, by fingerprint."""
        return self.path / "stamps"

    @property
    def logs(self) -> Path:
        """What web and worker write while somebody tries the demo at a terminal."""
        return self.path / "logs"

    def create(self) -> None:
        """This function will make the folder and its parts, the secrets closed to others.

        Raises CannotContinueError where it may not be made.
        """
        try:
            for part in (self.path, self.running, self.stamps, self.logs):
                part.mkdir(parents=True, exist_ok=True)
            self.secrets.mkdir(mode=0o700, exist_ok=True)
        except OSError as problem:
            raise CannotContinueError(
                f"The data folder {self.path} cannot be made: {problem.strerror} ({problem.filename}). "
                "Choose another one: ./run --data DIR, or LIVINGLAB_VAR=DIR for all commands."
            ) from None


def default_data_folder() -> Path:
    """This function will name the data folder used when none is given: $LIVINGLAB_VAR, else var/."""
    return Path(os.environ.get("LIVINGLAB_VAR") or REPOSITORY / "var").absolute()
