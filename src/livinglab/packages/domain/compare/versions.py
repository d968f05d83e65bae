"""Semantic versions of packages, and what a change requires (docs/package-format.md, section 7)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from typing import Final, Self

_VERSION: Final = re.compile(r"(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})", re.ASCII)


class Bump(IntEnum):
    """Which of the three numbers must rise; greater needs more of an adopter."""

    NONE = 0
    PATCH = 1
    MINOR = 2
    MAJOR = 3


@dataclass(frozen=True, slots=True, order=True)
class Version:
    """Three whole numbers, compared from the left."""

    major: int
    minor: int
    patch: int

    @classmethod
    def parse(cls, text: object) -> Self | None:
        """This function will read `1.2.3`; None where it is no version."""
        found = _VERSION.fullmatch(text) if isinstance(text, str) else None
        return cls(*(int(part) for part in found.groups())) if found else None

    def after(self, bump: Bump) -> Version:
        """This function will return the least version that a change of this weight may carry."""
        match bump:
            case Bump.MAJOR:
                return Version(self.major + 1, 0, 0)
            case Bump.MINOR:
                return Version(self.major, self.minor + 1, 0)
            case Bump.PATCH:
                return Version(self.major, self.minor, self.patch + 1)
            case Bump.NONE:
                return self

    def __str__(self) -> str:
        return f"{self.major}.{self.minor}.{self.patch}"


def higher(one: object, other: object) -> object | None:
    """This function will return the higher of two versions as it was written; None where either is no version."""
    first, second = Version.parse(one), Version.parse(other)
    if first is None or second is None:
        return None
    return one if first >= second else other
