"""Whether answers that belong together agree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations
from types import MappingProxyType
from typing import Final

from livinglab.evaluations.domain.checks.kinds import (
    GUIDE,
    OWN,
    SPBE_2020,
    Case,
    Check,
    Found,
    Severity,
    found,
    gettext_noop,
)
from livinglab.evaluations.domain.checks.texts import same_words
from livinglab.evaluations.domain.rulebook import whole
from livinglab.evaluations.domain.sheet import AnswerLine

#: SPBE 2020: the policy and the practice that it rules
PRACTICE_OF: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "1": ("11",),
        "2": ("12",),
        "3": ("23",),
        "4": ("15",),
        "5": ("16",),
        "6": ("17",),
        "7": ("18",),
        "8": ("22",),
        "9": ("29", "30", "31"),
        "10": ("19",),
    }
)
SECTOR_SERVICES: Final = ("45", "46", "47")
AUDITS: Final = ("29", "30", "31")


def _pairs(case: Case) -> Iterator[tuple[str, int, str, int]]:
    for policy, practices in PRACTICE_OF.items():
        for practice in practices:
            one, other = case.sheet.answers.get(policy), case.sheet.answers.get(practice)
            if one and other and one.level is not None and other.level is not None:
                yield policy, whole(one.level), practice, whole(other.level)


def practice_above_policy(case: Case) -> Iterator[Found]:
    """This function will find a practice that stands higher than the policy that rules it."""
    for policy, rule, practice, done in _pairs(case):
        if done > rule:
            yield found(at=practice, of_level=done, level=done, policy=policy, rule=rule)


def policy_above_practice(case: Case) -> Iterator[Found]:
    """This function will find a policy that stands higher than what is done."""
    for policy, rule, practice, done in _pairs(case):
        if rule > done:
            yield found(at=policy, of_level=rule, level=rule, practice=practice, done=done)


def _same_service(one: AnswerLine, other: AnswerLine) -> bool:
    if same_words(one.facts) and same_words(one.facts) == same_words(other.facts):
        return True
    links = [{item.url for item in line.evidence if item.is_link and item.url} for line in (one, other)]
    files = [{item.sha256 for item in line.evidence if item.sha256} for line in (one, other)]
    return bool(links[0] & links[1]) or (bool(files[0]) and files[0] == files[1])


def same_sector_service(case: Case) -> Iterator[Found]:
    """This function will find two of the three sectoral services that describe the same one."""
    answers = [case.sheet.answers[key] for key in SECTOR_SERVICES if key in case.sheet.answers]
    for one, other in combinations(answers, 2):
        if _same_service(one, other):
            yield found(at=other.indicator, other=one.indicator)


def same_audit(case: Case) -> Iterator[Found]:
    """This function will find one report offered for two of the three audits."""
    answers = [case.sheet.answers[key] for key in AUDITS if key in case.sheet.answers]
    for one, other in combinations(answers, 2):
        shared = {item.id for item in one.evidence if item.type.value == "audit"} & {
            item.id for item in other.evidence if item.type.value == "audit"
        }
        if shared:
            yield found(at=other.indicator, other=one.indicator)


def draft_criteria(case: Case) -> Iterator[Found]:
    """This function will say once that the criteria are a draft."""
    if case.rules.is_draft:
        yield found()


CHECKS: Final = (
    Check(
        id="A055",
        severity=Severity.WARNING,
        title=gettext_noop("Practice above its policy"),
        message=gettext_noop(
            "Level %(level)s here, but the policy that rules it, indicator %(policy)s, is at level %(rule)s. "
            "Assessors will ask by which rule it is done."
        ),
        source=OWN,
        instruments=SPBE_2020,
        sheet=practice_above_policy,
    ),
    Check(
        id="A056",
        severity=Severity.INFO,
        title=gettext_noop("Policy above its practice"),
        message=gettext_noop(
            "The policy is at level %(level)s, its practice, indicator %(practice)s, at level %(done)s. "
            "There is room to carry it out."
        ),
        source=OWN,
        instruments=SPBE_2020,
        sheet=policy_above_practice,
    ),
    Check(
        id="A057",
        severity=Severity.WARNING,
        title=gettext_noop("Same sectoral service twice"),
        message=gettext_noop(
            "This seems to be the same service as under indicator %(other)s. "
            "Choose another sector for each of the three."
        ),
        source=GUIDE,
        instruments=SPBE_2020,
        sheet=same_sector_service,
    ),
    Check(
        id="A058",
        severity=Severity.INFO,
        title=gettext_noop("Same audit report twice"),
        message=gettext_noop(
            "The same audit report stands under indicator %(other)s. "
            "Name the part that is about this kind of audit."
        ),
        source=GUIDE,
        instruments=SPBE_2020,
        sheet=same_audit,
    ),
    Check(
        id="A059",
        severity=Severity.INFO,
        title=gettext_noop("Criteria are a draft"),
        message=gettext_noop(
            "The official criteria of this instrument were not published. "
            "The levels follow a draft, in our own words."
        ),
        source=OWN,
        sheet=draft_criteria,
    ),
)
