"""What a check is, what it looks at, and what it answers.

Ids are stable: a check that is dropped leaves its number unused, a new one takes the next.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from livinglab.evaluations.domain.process import Step
from livinglab.evaluations.domain.rulebook import IndicatorRules, Rulebook, whole
from livinglab.evaluations.domain.sheet import AnswerLine, EvidenceItem, Sheet, StageScore

Value = str | int | Decimal | date


def gettext_noop(text: str) -> str:
    """This function will mark English words for the translators; they are translated where they are shown."""
    return text


class Severity(StrEnum):
    """How grave a remark is: an error stops the step by which the check is due."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


GUIDE: Final = gettext_noop("Pedoman MenPANRB 3/2024, typical evidence by level")
GUIDE_TEXTS: Final = gettext_noop("Pedoman MenPANRB 3/2024, part B: Fakta, Analisis, Justifikasi")
GUIDE_STAGES: Final = gettext_noop("Pedoman MenPANRB 3/2024, parts D, E and G")
GUIDE_NAMES: Final = gettext_noop("Pedoman MenPANRB 3/2024, naming of files")
REGULATION: Final = gettext_noop("PermenPANRB 59/2020, annex: levels are cumulative")
PROCEDURE: Final = gettext_noop("PermenPANRB 59/2020, articles 4 to 7 and annex chapter III")
PEMDI: Final = gettext_noop("PermenPANRB 8/2026 (stages and indices of other agencies, as summarised)")
OWN: Final = gettext_noop("own rule")

SPBE: Final = frozenset({"spbe-2018", "spbe-2020"})
SPBE_2020: Final = frozenset({"spbe-2020"})
PEMDI_2026: Final = frozenset({"pemdi-2026"})


@dataclass(frozen=True, slots=True)
class Case:
    """One working sheet before the rules of its instrument."""

    sheet: Sheet
    rules: Rulebook


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that a check found: the values for its message, and where it lies."""

    params: Mapping[str, Value] = field(default_factory=dict)
    indicator: str | None = None
    level: int | None = None


def found(*, at: str | None = None, of_level: int | None = None, **params: Value) -> Found:
    """This function will return a finding; without `at` it lies where the check was looking."""
    return Found(params, at, of_level)


@dataclass(frozen=True, slots=True)
class View:
    """One answer before its rules: what each check of it needs, worked out once.

    `level` is the whole level it has reached, the lowest where it is not answered; `usable` is the evidence that
    nobody refused.
    """

    case: Case
    line: AnswerLine
    rules: IndicatorRules
    level: int
    usable: tuple[EvidenceItem, ...]

    @property
    def day(self) -> date:
        """The day for which ages and expiry are judged."""
        return self.case.sheet.day

    @property
    def is_above_lowest(self) -> bool:
        """Whether the answer claims anything that needs proof."""
        return self.level > self.case.rules.lowest


def view_of(case: Case, line: AnswerLine, rules: IndicatorRules) -> View:
    """This function will return one answer as the checks look at it."""
    level = case.rules.lowest if line.level is None else whole(line.level)
    usable = tuple(item for item in line.evidence if item.is_accepted is not False)
    return View(case, line, rules, level, usable)


@dataclass(frozen=True, slots=True)
class ScoreView:
    """One assessor's score beside the answer it is about, which may be missing, and the other scores."""

    case: Case
    score: StageScore
    line: AnswerLine

    @property
    def changes_level(self) -> bool:
        """Whether the assessor gave another level than the region."""
        own = Decimal(self.case.rules.lowest) if self.line.level is None else self.line.level
        return self.score.level != own


AnswerCheck = Callable[[View], Iterable[Found]]
SheetCheck = Callable[[Case], Iterable[Found]]
ScoreCheck = Callable[[ScoreView], Iterable[Found]]


@dataclass(frozen=True, slots=True)
class Check:
    """One quality check. `by` is the step by which what it finds must be settled; only an error stops that step.

    Exactly one of `answer` (looks at one answer), `sheet` (at all of them) and `score` (at one score) is set.
    `instruments` is empty for a check that holds for all.
    """

    id: str
    severity: Severity
    title: str
    message: str
    source: str
    by: Step = Step.APPROVE
    instruments: frozenset[str] = frozenset()
    answer: AnswerCheck | None = None
    sheet: SheetCheck | None = None
    score: ScoreCheck | None = None

    def applies_to(self, instrument: str) -> bool:
        """This function will say whether the check holds for an instrument."""
        return not self.instruments or instrument in self.instruments


@dataclass(frozen=True, slots=True)
class Remark:
    """What a check says about a sheet: fill `params` into the check's translated `message`."""

    check: Check
    indicator: str | None = None
    level: int | None = None
    params: Mapping[str, Value] = field(default_factory=dict)


def remarks_of_answer(check: Check, view: View) -> Iterator[Remark]:
    """This function will yield what one check says about one answer."""
    if check.answer is not None:
        for one in check.answer(view):
            yield Remark(check, one.indicator or view.line.indicator, one.level, one.params)


def remarks_of_sheet(check: Check, case: Case) -> Iterator[Remark]:
    """This function will yield what one check says about the sheet as a whole."""
    if check.sheet is not None:
        for one in check.sheet(case):
            yield Remark(check, one.indicator, one.level, one.params)


def remarks_of_score(check: Check, view: ScoreView) -> Iterator[Remark]:
    """This function will yield what one check says about one assessor's score."""
    if check.score is not None:
        for one in check.score(view):
            yield Remark(check, view.score.indicator, one.level, one.params)
