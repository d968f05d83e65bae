"""The quality checks of a working sheet: the table of all, and how they are run.

check_sheet(sheet, rulebook)            every remark, in order
check_answer(sheet, rulebook, "21")     what one answer alone shows: live while typing
blocking(remarks, Step.APPROVE)         the errors that stop a step
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from livinglab.evaluations.domain.checks import (
    documents,
    external,
    formalities,
    levels,
    proof,
    relations,
    services,
    texts,
    timing,
)
from livinglab.evaluations.domain.checks.kinds import (
    Case,
    Check,
    Remark,
    ScoreView,
    Severity,
    Value,
    remarks_of_answer,
    remarks_of_score,
    remarks_of_sheet,
    view_of,
)
from livinglab.evaluations.domain.process import Step
from livinglab.evaluations.domain.rulebook import Rulebook
from livinglab.evaluations.domain.sheet import AnswerLine, Sheet
from livinglab.evaluations.domain.stages import Stage

__all__ = [
    "BY_ID",
    "CHECKS",
    "Check",
    "Remark",
    "Severity",
    "Value",
    "blocking",
    "check_across",
    "check_answer",
    "check_scores",
    "check_sheet",
]

#: every check, by id
CHECKS: Final[tuple[Check, ...]] = tuple(
    sorted(
        (
            *levels.CHECKS,
            *timing.CHECKS,
            *proof.CHECKS,
            *documents.CHECKS,
            *services.CHECKS,
            *texts.CHECKS,
            *relations.CHECKS,
            *formalities.CHECKS,
            *external.CHECKS,
        ),
        key=lambda check: check.id,
    )
)
BY_ID: Final[Mapping[str, Check]] = MappingProxyType({check.id: check for check in CHECKS})

#: the values of a message that name other indicators
_NAMING: Final = ("policy", "practice", "other", "others")
_GRAVEST_FIRST: Final = {severity: place for place, severity in enumerate(Severity)}
#: step -> the steps whose checks must be settled before it is taken
_DUE: Final[Mapping[Step, frozenset[Step]]] = MappingProxyType(
    {
        Step.APPROVE: frozenset({Step.APPROVE}),
        Step.SIGN: frozenset({Step.APPROVE}),
        Step.SEND: frozenset({Step.APPROVE, Step.SIGN, Step.SEND}),
        Step.CONSOLIDATE: frozenset({Step.CONSOLIDATE}),
        Step.DECIDE: frozenset({Step.CONSOLIDATE, Step.DECIDE}),
    }
)


def check_sheet(sheet: Sheet, rules: Rulebook) -> tuple[Remark, ...]:
    """This function will return all remarks: on the sheet first, then by indicator, the gravest first in each."""
    case = Case(sheet, rules)
    applying = [check for check in CHECKS if check.applies_to(rules.instrument)]
    remarks = [remark for check in applying for remark in remarks_of_sheet(check, case)]
    of_answers = [check for check in applying if check.answer is not None]
    for key in sheet.answers:
        remarks += _of_answer(case, key, of_answers)
    for score in sheet.scores:
        if score.stage is not Stage.SELF:  # kept when the region sent its answers: checked as answers
            view = ScoreView(case, score, sheet.answers.get(score.indicator, AnswerLine(score.indicator)))
            remarks += [remark for check in applying for remark in remarks_of_score(check, view)]
    place = {key: number for number, key in enumerate(rules.indicators)}
    return tuple(
        sorted(
            remarks,
            key=lambda one: (
                -1 if one.indicator is None else place.get(one.indicator, len(place)),
                one.indicator or "",
                _GRAVEST_FIRST[one.check.severity],
                one.check.id,
                one.level or 0,
            ),
        )
    )


def check_answer(sheet: Sheet, rules: Rulebook, indicator: str) -> tuple[Remark, ...]:
    """This function will return what one answer alone shows, the gravest first; nothing for one that is not there."""
    if indicator not in sheet.answers:
        return ()
    applying = [check for check in CHECKS if check.applies_to(rules.instrument)]
    remarks = _of_answer(Case(sheet, rules), indicator, applying)
    return tuple(sorted(remarks, key=lambda one: (_GRAVEST_FIRST[one.check.severity], one.check.id)))


def check_across(sheet: Sheet, rules: Rulebook, indicator: str) -> tuple[Remark, ...]:
    """This function will return what the checks that look across answers say of one indicator, or of others by it.

    The gravest first. They cost little, so they are asked after every save.
    """
    case = Case(sheet, rules)
    applying = [check for check in CHECKS if check.sheet is not None and check.applies_to(rules.instrument)]
    remarks = [remark for check in applying for remark in remarks_of_sheet(check, case)]
    mine = [one for one in remarks if one.indicator == indicator or indicator in _named(one)]
    return tuple(sorted(mine, key=lambda one: (_GRAVEST_FIRST[one.check.severity], one.check.id)))


def _named(remark: Remark) -> set[str]:
    """The other indicators that a remark names."""
    if remark.indicator is None:
        return set()
    return {key for name in _NAMING for key in str(remark.params.get(name, "")).split(", ")}


def check_scores(sheet: Sheet, rules: Rulebook, indicator: str) -> tuple[Remark, ...]:
    """This function will return what the assessors' scores of one indicator show, the gravest first."""
    remarks: list[Remark] = []
    for score in sheet.scores:
        if score.indicator == indicator and score.stage is not Stage.SELF:
            view = ScoreView(Case(sheet, rules), score, sheet.answers.get(indicator, AnswerLine(indicator)))
            remarks += [remark for check in external.CHECKS for remark in remarks_of_score(check, view)]
    return tuple(sorted(remarks, key=lambda one: (_GRAVEST_FIRST[one.check.severity], one.check.id)))


def _of_answer(case: Case, key: str, checks: Iterable[Check]) -> list[Remark]:
    rules = case.rules.indicators.get(key)
    if rules is None:  # said by A001
        return []
    view = view_of(case, case.sheet.answers[key], rules)
    return [remark for check in checks for remark in remarks_of_answer(check, view)]


def blocking(remarks: Iterable[Remark], step: Step) -> tuple[Remark, ...]:
    """This function will return the errors that stop a step; steps that are not about quality stop at none."""
    due = _DUE.get(step, frozenset())
    return tuple(one for one in remarks if one.check.severity is Severity.ERROR and one.check.by in due)
