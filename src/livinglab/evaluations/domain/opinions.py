"""What an assessor writes of one indicator: a level carried by an own checklist, with Fakta, Analisis, Justifikasi."""

from collections.abc import Collection
from dataclasses import dataclass, fields, replace
from decimal import ROUND_FLOOR, Decimal
from typing import Final


@dataclass(frozen=True, slots=True)
class Opinion:
    """What an assessor writes of one indicator.

    `met` are the levels whose criterion the assessor found met; None where a level was given without a checklist.
    """

    level: Decimal | None = None
    facts: str = ""
    analysis: str = ""
    justification: str = ""
    met: frozenset[int] | None = frozenset()


FIELDS: Final = tuple(one.name for one in fields(Opinion))


def with_checklist(opinion: Opinion, *, lowest: int) -> Opinion:
    """This function will return the opinion with a checklist.

    Levels are cumulative (PermenPANRB 59/2020, annex): who gives a level without a checklist says that the criteria of
    all levels up to it are met.
    """
    if opinion.met is not None:
        return opinion
    whole = lowest - 1 if opinion.level is None else int(opinion.level.to_integral_value(ROUND_FLOOR))
    return replace(opinion, met=frozenset(range(lowest, whole + 1)))


@dataclass(frozen=True, slots=True)
class Differences:
    """The levels on whose criterion two checklists differ, in order."""

    only_region: tuple[int, ...]
    only_assessor: tuple[int, ...]


def differences(region: Collection[int], assessor: Collection[int], *, lowest: int) -> Differences:
    """This function will return where an assessor's checklist differs from the region's own.

    The lowest level needs nothing, so nobody differs on it.
    """
    own = {level for level in region if level > lowest}
    found = {level for level in assessor if level > lowest}
    return Differences(tuple(sorted(own - found)), tuple(sorted(found - own)))
