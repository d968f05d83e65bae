"""What is wrong with a package: a code, where, and the words that fill its message."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    """An error refuses the package; a warning lowers its readiness; a hint does neither."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


@dataclass(frozen=True, slots=True)
class Fault:
    """One finding. `line` counts from 1; 0 is the file as a whole. `code` is a stable id such as `P101`."""

    code: str
    path: str
    line: int
    said: Mapping[str, str] = field(default_factory=dict)


class PackageRefused(Exception):
    """A package cannot be read at all; it carries every fault that was found."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("; ".join(f"{one.path}:{one.line}: {one.code}" for one in faults))
        self.faults = faults
