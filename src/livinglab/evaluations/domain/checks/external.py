"""Whether assessors' scores are explained, on the scale, within the evidence, and follow from each other."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from livinglab.evaluations.domain.checks.kinds import (
    GUIDE_STAGES,
    GUIDE_TEXTS,
    OWN,
    PROCEDURE,
    REGULATION,
    Case,
    Check,
    Found,
    ScoreView,
    Severity,
    found,
    gettext_noop,
)
from livinglab.evaluations.domain.checks.texts import COPIED, same_words
from livinglab.evaluations.domain.process import Step
from livinglab.evaluations.domain.rulebook import whole
from livinglab.evaluations.domain.stages import ORDER, STAGES, Stage

FAR_APART: Final = Decimal(2)


def no_justification(view: ScoreView) -> Iterator[Found]:
    """This function will find a score without Justifikasi."""
    if not view.score.justification.strip():
        yield found(of_level=whole(view.score.level), stage=view.score.stage.value, level=view.score.level)


def changed_without_facts(view: ScoreView) -> Iterator[Found]:
    """This function will find a score that changes the level without Fakta or Analisis."""
    if view.changes_level and not (view.score.facts.strip() and view.score.analysis.strip()):
        yield found(stage=view.score.stage.value, level=view.score.level)


def far_from_own(view: ScoreView) -> Iterator[Found]:
    """This function will find a score two or more levels away from the region's own."""
    own = view.line.level
    if own is not None and abs(view.score.level - own) >= FAR_APART:
        yield found(stage=view.score.stage.value, own=own, level=view.score.level)


def beyond_evidence(view: ScoreView) -> Iterator[Found]:
    """This function will find a score higher than any level that evidence was added for."""
    shown = max((item.level for item in view.line.evidence if item.is_accepted is not False), default=None)
    reached = whole(view.score.level)
    if reached > view.case.rules.lowest and (shown is None or reached > shown):
        yield found(
            of_level=reached, stage=view.score.stage.value, level=view.score.level, shown=str(shown or "–")
        )


def off_the_scale(view: ScoreView) -> Iterator[Found]:
    """This function will find a score that is no level of the instrument."""
    rules, level = view.case.rules, view.score.level
    if not (rules.fits(level) and rules.is_fine_enough(level)):
        yield found(
            stage=view.score.stage.value,
            level=level,
            low=rules.lowest,
            high=rules.highest,
            decimals=rules.decimals,
        )


def unknown_indicator(view: ScoreView) -> Iterator[Found]:
    """This function will find a score for an indicator that the instrument does not have."""
    if view.score.indicator not in view.case.rules.indicators:
        yield found(key=view.score.indicator)


def wrong_stage(view: ScoreView) -> Iterator[Found]:
    """This function will find a score at a stage that this kind of round does not have."""
    if view.score.stage not in STAGES[view.case.sheet.kind]:
        yield found(stage=view.score.stage.value)


def refused_by_review(view: ScoreView) -> Iterator[Found]:
    """This function will find a score that the review team marked as not valid and no later stage replaced."""
    if view.score.is_valid is not False:
        return
    later = ORDER[ORDER.index(view.score.stage) + 1 :]
    replaced = any(
        one.indicator == view.score.indicator and one.stage in later for one in view.case.sheet.scores
    )
    if not replaced:
        yield found(stage=view.score.stage.value, level=view.score.level)


def copied_from_region(view: ScoreView) -> Iterator[Found]:
    """This function will find an assessor's Fakta that repeat the region's word for word."""
    words = same_words(view.score.facts)
    if len(words) >= COPIED and words == same_words(view.line.facts):
        yield found(stage=view.score.stage.value)


def consolidated_from_nowhere(view: ScoreView) -> Iterator[Found]:
    """This function will find a consolidated level that no stage before it gave."""
    if view.score.stage is not Stage.CONSOLIDATED:
        return
    own = Decimal(view.case.rules.lowest) if view.line.level is None else view.line.level
    earlier = [
        one.level
        for one in view.case.sheet.scores
        if one.indicator == view.score.indicator and one.stage is not Stage.CONSOLIDATED
    ]
    if view.score.level not in (own, *earlier):
        yield found(of_level=whole(view.score.level), level=view.score.level)


def scored_twice(case: Case) -> Iterator[Found]:
    """This function will find two scores for one indicator at one stage."""
    seen: set[tuple[Stage, str]] = set()
    for score in case.sheet.scores:
        place = (score.stage, score.indicator)
        if place in seen:
            yield found(at=score.indicator, stage=score.stage.value)
        seen.add(place)


CHECKS: Final = (
    Check(
        id="A074",
        severity=Severity.ERROR,
        title=gettext_noop("Score without Justifikasi"),
        message=gettext_noop("Score %(level)s (stage: %(stage)s) has no Justifikasi. Say why this level."),
        source=GUIDE_TEXTS,
        by=Step.CONSOLIDATE,
        score=no_justification,
    ),
    Check(
        id="A075",
        severity=Severity.ERROR,
        title=gettext_noop("Level changed without facts"),
        message=gettext_noop(
            "The level was changed to %(level)s (stage: %(stage)s) without Fakta and Analisis. Write both."
        ),
        source=GUIDE_TEXTS,
        by=Step.CONSOLIDATE,
        score=changed_without_facts,
    ),
    Check(
        id="A076",
        severity=Severity.WARNING,
        title=gettext_noop("Far from the region's own level"),
        message=gettext_noop(
            "The region says %(own)s, the assessor %(level)s (stage: %(stage)s). "
            "Two levels or more deserve a talk."
        ),
        source=OWN,
        by=Step.CONSOLIDATE,
        score=far_from_own,
    ),
    Check(
        id="A077",
        severity=Severity.WARNING,
        title=gettext_noop("Score beyond the evidence"),
        message=gettext_noop(
            "Score %(level)s (stage: %(stage)s) is higher than any level with evidence (%(shown)s)."
        ),
        source=REGULATION,
        by=Step.CONSOLIDATE,
        score=beyond_evidence,
    ),
    Check(
        id="A078",
        severity=Severity.ERROR,
        title=gettext_noop("Score is no level of the instrument"),
        message=gettext_noop(
            "Score %(level)s (stage: %(stage)s) is no level. Levels run from %(low)s to %(high)s; "
            "decimals allowed: %(decimals)s."
        ),
        source=REGULATION,
        by=Step.CONSOLIDATE,
        score=off_the_scale,
    ),
    Check(
        id="A079",
        severity=Severity.ERROR,
        title=gettext_noop("Score for an unknown indicator"),
        message=gettext_noop("The instrument has no indicator %(key)s. Remove its score."),
        source=OWN,
        by=Step.CONSOLIDATE,
        score=unknown_indicator,
    ),
    Check(
        id="A080",
        severity=Severity.ERROR,
        title=gettext_noop("Score at a stage that does not exist"),
        message=gettext_noop("This round has no external stage “%(stage)s”. Remove the score."),
        source=PROCEDURE,
        by=Step.CONSOLIDATE,
        score=wrong_stage,
    ),
    Check(
        id="A081",
        severity=Severity.ERROR,
        title=gettext_noop("Score marked as not valid"),
        message=gettext_noop(
            "The review team marked score %(level)s (stage: %(stage)s) as not valid. A later stage must replace it."
        ),
        source=GUIDE_STAGES,
        by=Step.DECIDE,
        score=refused_by_review,
    ),
    Check(
        id="A082",
        severity=Severity.WARNING,
        title=gettext_noop("Fakta copied from the region"),
        message=gettext_noop(
            "The assessor's Fakta (stage: %(stage)s) repeat the region's word for word. Say what was seen."
        ),
        source=GUIDE_TEXTS,
        by=Step.CONSOLIDATE,
        score=copied_from_region,
    ),
    Check(
        id="A083",
        severity=Severity.WARNING,
        title=gettext_noop("Consolidated level from no stage"),
        message=gettext_noop(
            "The consolidated level %(level)s was given at no stage before. Say in Justifikasi how it came about."
        ),
        source=GUIDE_STAGES,
        by=Step.DECIDE,
        score=consolidated_from_nowhere,
    ),
    Check(
        id="A084",
        severity=Severity.ERROR,
        title=gettext_noop("Two scores at one stage"),
        message=gettext_noop("There are two scores at stage “%(stage)s”. Keep one."),
        source=GUIDE_STAGES,
        by=Step.CONSOLIDATE,
        sheet=scored_twice,
    ),
)
