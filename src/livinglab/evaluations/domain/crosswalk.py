"""What a region's older answers offer to the indicators of a newer instrument. Unofficial, always: a starting point.

The mapping of indicators comes from the instrument's file; it is nobody's regulation. Levels are never carried over:
the newer criteria ask for other things.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from uuid import UUID


class Carry(StrEnum):
    """What the mapping says of the older evidence."""

    REUSE = "reuse"  # as it is
    UPDATE = "update"  # bring it up to date
    NEW = "new"  # nothing carries over


@dataclass(frozen=True, slots=True)
class OldAnswer:
    """An older answer that bears on a newer indicator, with the pieces of evidence it showed."""

    indicator: str
    name: str
    level: Decimal | None
    facts: str
    analysis: str
    piece_ids: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is offered to one newer indicator."""

    indicator: str
    carry: Carry
    origins: tuple[OldAnswer, ...]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to take over."""
        return not self.facts and not self.piece_ids

    @property
    def facts(self) -> str:
        """The older Fakta, each under the indicator it was written for."""
        return _joined(self.origins, [one.facts for one in self.origins])

    @property
    def analysis(self) -> str:
        """The older Analisis, each under the indicator it was written for."""
        return _joined(self.origins, [one.analysis for one in self.origins])

    @property
    def piece_ids(self) -> tuple[UUID, ...]:
        """The older evidence, each piece once, in the order in which it was shown."""
        return tuple(dict.fromkeys(piece for one in self.origins for piece in one.piece_ids))


def propose(
    wanted: Sequence[tuple[str, Carry, Sequence[str]]], answers: Mapping[str, OldAnswer]
) -> tuple[Proposal, ...]:
    """This function will return what the older answers offer to each (indicator, carry, older indicators).

    Where nothing carries over the proposal has no origins, whatever the older answers say.
    """
    return tuple(
        Proposal(
            indicator,
            carry,
            () if carry is Carry.NEW else tuple(answers[key] for key in origins if key in answers),
        )
        for indicator, carry, origins in wanted
    )


def _joined(origins: Sequence[OldAnswer], texts: Sequence[str]) -> str:
    parts = [
        f"[{one.indicator} {one.name}]\n{text.strip()}"
        for one, text in zip(origins, texts, strict=True)
        if text.strip()
    ]
    return "\n\n".join(parts)
