"""What a look into a file gives."""

from dataclasses import dataclass

from livinglab.evidence.domain.formats import Fault


@dataclass(frozen=True, slots=True)
class Finding:
    """How many pages a file has, if it has pages, or why it is not taken."""

    pages: int | None = None
    fault: Fault | None = None


class Refused(Exception):
    """The file is not taken."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault
