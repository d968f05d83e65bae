"""The virtual environment in .venv, filled from a requirements file whose every line is locked by hash."""

import importlib.util
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

from launcher import locks, stamps
from launcher.console import CannotContinueError, timed
from launcher.folders import ENVIRONMENT, PYTHON, REPOSITORY
from launcher.system_packages import SystemPart, require

RUN = REPOSITORY / "requirements" / "run.txt"
PIP_INSTALL = (str(PYTHON), "-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check")
DEVELOPMENT = REPOSITORY / "requirements" / "dev.txt"  # contains all of RUN


def ensure_environment(requirements: Path) -> None:
    """This function will make .venv and install what a requirements file locks, unless both are done."""
    if _is_ready(requirements):
        return
    with locks.held(REPOSITORY):  # two commands at once: the second one waits, and finds it done
        if _is_ready(requirements):
            return
        _make_environment()
        _install(requirements)
        stamps.write(_stamp(requirements), _fingerprint(requirements))


def site_packages() -> Path:
    """This function will give the folder of .venv in which packages are installed."""
    found = sorted((ENVIRONMENT / "lib").glob("python3*/site-packages"))
    if not found:
        raise CannotContinueError(f"{ENVIRONMENT} holds no packages. Remove it and start again.")
    return found[-1]


def _is_ready(requirements: Path) -> bool:
    if not PYTHON.exists():
        return False
    sufficient = {requirements, DEVELOPMENT}
    return any(stamps.is_current(_stamp(file), _fingerprint(file)) for file in sufficient)


def _stamp(requirements: Path) -> Path:
    return ENVIRONMENT / f"installed-{requirements.stem}"


def _fingerprint(requirements: Path) -> str:
    """Fingerprint the whole lock, so that a change of either file installs again, and the interpreter."""
    interpreter = stamps.fingerprint([ENVIRONMENT / "pyvenv.cfg"])
    return stamps.fingerprint({requirements, RUN}, interpreter)


def _make_environment() -> None:
    if _works():
        return
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    require(
        SystemPart(
            name=f"The venv module of {sys.executable}",
            packages=("python3-venv", f"python{version}-venv"),
            is_present=_has_venv,
        )
    )
    with timed(f"Making .venv with Python {version}"):
        shutil.rmtree(ENVIRONMENT, ignore_errors=True)
        venv.EnvBuilder(with_pip=True, symlinks=True).create(ENVIRONMENT)


def _has_venv() -> bool:
    """Debian ships `venv` without `ensurepip`, which python3-venv adds."""
    importlib.invalidate_caches()
    return importlib.util.find_spec("ensurepip") is not None


def _works() -> bool:
    """A .venv dies with its interpreter (an upgraded system), or half made by a killed run."""
    try:
        tried = subprocess.run([PYTHON, "-c", "import pip"], capture_output=True, check=False)
    except OSError:
        return False
    return tried.returncode == 0


def _install(requirements: Path) -> None:
    for stamp in ENVIRONMENT.glob("installed-*"):
        stamp.unlink()  # from here until the end the environment is neither the old one nor the new
    count = sum(1 for line in requirements.read_text().splitlines() if "==" in line)
    with timed(f"Installing {count} Python packages from requirements/{requirements.name}"):
        done = subprocess.run(
            [*PIP_INSTALL, "--require-hashes", "--requirement", str(requirements)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=_without_python_settings(),
            check=False,
        )
    if done.returncode:
        raise CannotContinueError(
            f"{done.stdout[-3000:]}\npip could not install {requirements}: its message is above. "
            "It needs a network, or a folder of wheels named by PIP_FIND_LINKS."
        )


def _without_python_settings() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "PYTHONHOME"}}
