"""The seats of the internal assessor team: three offices that one person holds each, and the fifteen functions."""

from enum import StrEnum
from typing import Final

from livinglab.evaluations.domain.team import TeamFunction


class TeamOffice(StrEnum):
    """The offices beside the functions (PermenPANRB 59/2020, annex chapter III)."""

    COORDINATOR = "coordinator"
    RESPONSIBLE_OFFICER = "responsible_officer"
    DATA_ENTRY = "data_entry"


#: every seat in the order of the decree
SEATS: Final[tuple[str, ...]] = (
    *(office.value for office in TeamOffice),
    *(function.value for function in TeamFunction),
)
