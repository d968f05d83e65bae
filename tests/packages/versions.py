"""The versions at which the project's own packages stand, so that raising one changes no test."""

from pathlib import Path
from typing import Final

_PACKAGES: Final = Path(__file__).parents[2] / "packages"


def version_of(package: str) -> str:
    """Return the version of one of the project's packages."""
    lines = (_PACKAGES / package / "package.yaml").read_text().splitlines()
    return next(line for line in lines if line.startswith("version: ")).removeprefix("version: ").strip()


def next_version_of(package: str, *, by: int = 1) -> str:
    """Return the version that follows when a package is only mended, once or several times."""
    major, minor, patch = version_of(package).split(".")
    return f"{major}.{minor}.{int(patch) + by}"
