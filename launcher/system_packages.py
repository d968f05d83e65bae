"""What Debian has to provide: python3-venv, Pango for PDFs, and what the tests need beside.

As root the launcher installs it; anybody else is given the exact line to run.
"""

import ctypes
import os
import shutil
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from launcher.console import CannotContinueError, say

APT = "apt-get"
WITHOUT_QUESTIONS = {"DEBIAN_FRONTEND": "noninteractive"}


@dataclass(frozen=True, slots=True)
class SystemPart:
    """Something the system has or lacks, and the Debian packages that bring it."""

    name: str
    packages: tuple[str, ...]
    is_present: Callable[[], bool]


def _libraries_load(*names: str) -> bool:
    try:
        for name in names:
            ctypes.CDLL(name)
    except OSError:
        return False
    return True


def find_chromium() -> str | None:
    """This function will give the path of Debian's Chromium, or None."""
    return shutil.which("chromium") or shutil.which("chromium", path="/usr/bin")


PANGO = SystemPart(
    name="Pango (PDF pages)",
    packages=("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"),
    # without the last one WeasyPrint still draws, but embeds whole fonts and warns
    is_present=lambda: _libraries_load(
        "libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0"
    ),
)
CHROMIUM = SystemPart(
    name="Chromium (browser tests)",
    packages=("chromium",),
    is_present=lambda: find_chromium() is not None,
)
SIGNATURE_READERS = SystemPart(
    name="OpenSSL, pdfsig and certutil (other readers of signatures, for the tests)",
    packages=("openssl", "poppler-utils", "libnss3-tools"),
    is_present=lambda: all(shutil.which(name) for name in ("openssl", "pdfsig", "certutil")),
)
POSTGRESQL_15_PROGRAMS = Path("/usr/lib/postgresql/15/bin")
POSTGRESQL_15 = SystemPart(
    name="PostgreSQL 15 (long tests)",
    packages=("postgresql-15",),
    is_present=lambda: (POSTGRESQL_15_PROGRAMS / "initdb").exists(),
)


def apt_line(packages: tuple[str, ...]) -> str:
    """This function will give the line that an administrator types to install packages."""
    return f"sudo apt-get install --no-install-recommends {' '.join(packages)}"


def may_install() -> bool:
    """This function will say whether this process can install Debian packages."""
    return os.geteuid() == 0 and shutil.which(APT) is not None


def ensure(part: SystemPart) -> bool:
    """This function will install a missing part where it may, and say whether it is there now."""
    if part.is_present():
        return True
    if not may_install():
        return False
    say(f"Installing {part.name} with apt-get: {' '.join(part.packages)} …")
    problem = _install(part.packages)
    if problem and not part.is_present():
        say(f"apt-get could not install {part.name}:\n{problem}")
    return part.is_present()


def require(part: SystemPart) -> None:
    """This function will install a part, or stop and name the line that installs it."""
    if not ensure(part):
        raise CannotContinueError(f"{part.name} is missing. Install it with:\n  {apt_line(part.packages)}")


def _install(packages: tuple[str, ...]) -> str:
    """Install packages, with fresh package lists if the present ones do not do; return the problem, or ""."""
    install = [APT, "install", "--yes", "--no-install-recommends", *packages]
    if not _run(install):
        return ""
    return _run([APT, "update"]) or _run(install)


def _run(command: list[str]) -> str:
    environment: Mapping[str, str] = {**os.environ, **WITHOUT_QUESTIONS}
    done = subprocess.run(
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return "" if done.returncode == 0 else f"  {' '.join(command)}\n{done.stdout[-2000:]}"
