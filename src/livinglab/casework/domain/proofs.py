"""What data of a service prove of the levels of an indicator. What they do not prove is left to be judged by people."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from livinglab.casework.domain.durations import FEWEST

#: the ladder on which spbe-2020 asks about one service: information, interaction, transaction, collaboration, optimum
#: (PermenPANRB 59/2020, Lampiran, service capability)
OF_A_SERVICE: Final = "service"


class Verdict(StrEnum):
    """Whether a level's criterion is met."""

    MET = "met"
    NOT_YET = "not_yet"
    TO_BE_JUDGED = "to_be_judged"


class Ground(StrEnum):
    """What a verdict rests on."""

    PAGE = "page"  # everybody reads what the service asks and promises
    CLOSED = "closed"
    EXCHANGE = "exchange"  # forms are sent, with files where they are asked for, and documents fetched
    HANDLED = "handled"
    TOO_FEW = "too_few"
    LINKS = "links"  # the package declares them; whether data flows is not in the data
    AGENCIES = "agencies"  # take part; whether that shares data is not in the data
    ALONE = "alone"
    REVIEW = "review"  # a review and what followed is not in the data
    INSTITUTION = "institution"  # the criterion asks about more than one service


@dataclass(frozen=True, slots=True)
class Facts:
    """What data say of a service.

    `is_offered`: its page is public; `done`: applications that were handled to their end; `links`: systems of others
    that its package names; `agencies`: roles of agencies in its process.
    """

    is_offered: bool
    done: int
    links: int
    agencies: int


@dataclass(frozen=True, slots=True)
class Proof:
    """What data say of one level."""

    level: int
    verdict: Verdict
    ground: Ground


def proofs(ladder: str, levels: Iterable[int], facts: Facts) -> tuple[Proof, ...]:
    """This function will return what data say of each level of an indicator; `ladder` is its capability."""
    rules = _RULES.get(ladder, {})
    return tuple(
        Proof(level, *(rules[level](facts) if level in rules else (Verdict.TO_BE_JUDGED, Ground.INSTITUTION)))
        for level in levels
    )


def _information(facts: Facts) -> tuple[Verdict, Ground]:
    return (Verdict.MET, Ground.PAGE) if facts.is_offered else (Verdict.NOT_YET, Ground.CLOSED)


def _interaction(_facts: Facts) -> tuple[Verdict, Ground]:
    return Verdict.TO_BE_JUDGED, Ground.EXCHANGE


def _transaction(facts: Facts) -> tuple[Verdict, Ground]:
    """Fewer than five are not told apart from none: the number itself would tell of people."""
    return (Verdict.MET, Ground.HANDLED) if facts.done >= FEWEST else (Verdict.NOT_YET, Ground.TOO_FEW)


def _collaboration(facts: Facts) -> tuple[Verdict, Ground]:
    if facts.links or facts.agencies:
        return Verdict.TO_BE_JUDGED, Ground.LINKS if facts.links else Ground.AGENCIES
    return Verdict.NOT_YET, Ground.ALONE


def _optimum(_facts: Facts) -> tuple[Verdict, Ground]:
    return Verdict.TO_BE_JUDGED, Ground.REVIEW


_Rule = Callable[[Facts], tuple[Verdict, Ground]]
_RULES: Final[Mapping[str, Mapping[int, _Rule]]] = MappingProxyType(
    {OF_A_SERVICE: {1: _information, 2: _interaction, 3: _transaction, 4: _collaboration, 5: _optimum}}
)
