"""Which things a guide names for a level are covered by the evidence at hand."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from livinglab.evaluations.domain import ages
from livinglab.evaluations.domain.evidence import EvidenceType
from livinglab.evaluations.domain.rulebook import ItemRule, LevelRules
from livinglab.evaluations.domain.sheet import EvidenceItem

#: items of these types are about the review itself; an alternative never stands in for them
_ABOUT_REVIEW: Final = frozenset({EvidenceType.REVIEW, EvidenceType.MINUTES, EvidenceType.INVITATION})


def counts(item: EvidenceItem, *, on: date) -> bool:
    """This function will say whether a piece of evidence proves anything on a day: not refused, not expired."""
    return item.is_accepted is not False and not ages.is_expired(item.expires_on, on=on)


def open_items(rules: LevelRules, evidence: Iterable[EvidenceItem], *, on: date) -> tuple[ItemRule, ...]:
    """This function will return the items of a level that nothing covers and that are not optional.

    A piece added for the level or a higher one covers every item that lists its type. Items without types cannot be
    judged and count as covered. An alternative is never asked for; once one is covered, the other improvements of
    the level are too ("and/or").
    """
    shown = {item.type for item in evidence if item.level >= rules.level and counts(item, on=on)}
    judged = [item for item in rules.items if item.types and not item.is_optional]
    has_alternative = any(item.is_alternative and item.types & shown for item in judged)
    return tuple(
        item
        for item in judged
        if not item.is_alternative
        and not item.types & shown
        and not (has_alternative and not item.types & _ABOUT_REVIEW)
    )
