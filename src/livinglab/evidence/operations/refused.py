"""Why evidence is not taken, beside `Refused` of a policy."""

from livinglab.evidence.domain.details import (
    Problem,
)
from livinglab.evidence.domain.formats import Fault


class DetailsRefused(Exception):
    """What was said about a piece has problems; nothing was written."""

    def __init__(self, found: tuple[Problem, ...]) -> None:
        super().__init__(", ".join(f"{one.field}: {one.flaw}" for one in found))
        self.problems = found


class FileRefused(Exception):
    """A file is not taken; nothing was stored."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault
