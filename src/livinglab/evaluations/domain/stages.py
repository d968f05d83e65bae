"""The stages of a round and how a stage inherits from the one before.

Source: PermenPANRB 59/2020 (Lampiran, Bab III) and Pedoman MenPANRB 3/2024, D and E: *pemantauan* has no interview
and no visit; a stage left untouched takes the value of the stage before, and each stage's value is kept.
"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class RoundKind(StrEnum):
    """Which of the two an institution goes through in a year."""

    MONITORING = "monitoring"  # pemantauan
    EVALUATION = "evaluation"  # evaluasi


class Stage(StrEnum):
    """Where a level was given, in the order of the procedure."""

    SELF = "self"  # penilaian mandiri
    DOCUMENT = "document"  # penilaian dokumen (verifikasi)
    INTERVIEW = "interview"  # interviu (klarifikasi); of Pemdi with objection
    VISIT = "visit"  # visitasi (validasi), where it is needed
    CONSOLIDATED = "consolidated"  # konsolidasi


ORDER: Final[tuple[Stage, ...]] = tuple(Stage)
#: what an assessor scores; the region scores the first stage itself
EXTERNAL: Final[tuple[Stage, ...]] = ORDER[1:]
STAGES: Final[Mapping[RoundKind, tuple[Stage, ...]]] = MappingProxyType(
    {
        RoundKind.MONITORING: (Stage.SELF, Stage.DOCUMENT, Stage.CONSOLIDATED),
        RoundKind.EVALUATION: ORDER,
    }
)

Levels = Mapping[str, Decimal]


def standing_levels(
    scores: Mapping[Stage, Levels], *, at: Stage, indicators: Sequence[str], lowest: Decimal
) -> dict[str, Decimal]:
    """This function will return the level of each indicator as it stands at a stage.

    The newest stage up to `at` that has an entry decides; without any entry the level is `lowest`, since an empty
    answer is the lowest level by construction.
    """
    upto = [scores[stage] for stage in reversed(ORDER[: ORDER.index(at) + 1]) if stage in scores]
    return {key: next((one[key] for one in upto if key in one), lowest) for key in indicators}


def stage_of_level(scores: Mapping[Stage, Levels], *, at: Stage, indicator: str) -> Stage | None:
    """This function will return the stage from which an indicator's level at `at` is inherited, None without any."""
    for stage in reversed(ORDER[: ORDER.index(at) + 1]):
        if indicator in scores.get(stage, {}):
            return stage
    return None


def by_stage(entries: Iterable[tuple[Stage, str, Decimal]]) -> dict[Stage, dict[str, Decimal]]:
    """This function will return (stage, indicator, level) entries as one table per stage."""
    found: dict[Stage, dict[str, Decimal]] = {}
    for stage, indicator, level in entries:
        found.setdefault(stage, {})[indicator] = level
    return found


def level_text(level: Decimal) -> str:
    """This function will return a level as it is kept and told to programs: "3", "3.25", no zeros after it."""
    return str(int(level)) if level == level.to_integral_value() else str(level.normalize())
