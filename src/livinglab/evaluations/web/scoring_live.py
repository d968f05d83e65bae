"""The part of the assessor's form that every save renews: what counts, what differs, what is missing, the checks."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from livinglab.evaluations.domain.answers import highest_level
from livinglab.evaluations.domain.checks import check_scores
from livinglab.evaluations.domain.missing import missing_for_next
from livinglab.evaluations.domain.opinions import Opinion, differences
from livinglab.evaluations.domain.sheet import Sheet, StageScore
from livinglab.evaluations.queries.places import Place
from livinglab.evaluations.queries.rated import Rated, Shown
from livinglab.evaluations.queries.score_drafts import is_entered
from livinglab.evaluations.queries.sheets import stage_score
from livinglab.evaluations.rulebooks import rulebook_of
from livinglab.evaluations.web import words
from livinglab.evaluations.web.level_form import MissingPart, Problems, RemarkLine, missing_part, remark_line


@dataclass(frozen=True, slots=True, kw_only=True)
class Live:
    """What changes with every save. `index_with` is the index with the level that was just saved."""

    version: int
    saved_at: str
    offered: int
    level: str
    counts: str
    entered: str
    index: Decimal | None
    index_with: Decimal | None
    differences: tuple[str, ...]
    missing: MissingPart
    remarks: tuple[RemarkLine, ...]
    problems: Problems


def live(
    place: Place,
    found: Rated,
    shown: Shown,
    opinion: Opinion,
    *,
    day: date,
    version: int,
    saved_at: str = "",
    index_with: Decimal | None = None,
    problems: Problems = (),
) -> Live:
    """This function will return what the form says of an opinion as it is stored."""
    scale, book = place.instrument.scale, rulebook_of(place.instrument)
    met = opinion.met or frozenset()
    judged = replace(shown.judged, level=opinion.level, met=met)
    missing = missing_for_next(judged, book, year=place.participation.year, day=day)
    remarks = check_scores(_sheet(place, found, shown, opinion, day), book, found.line.indicator)
    return Live(
        version=version,
        saved_at=saved_at,
        offered=highest_level(met, lowest=scale.minimum, highest=scale.maximum),
        level=words.level(opinion.level),
        counts=_counts(found),
        entered=_entered(found, version),
        index=place.participation.standing_index,
        index_with=index_with,
        differences=tuple(_differences(shown.line.met, met, scale.minimum)),
        missing=missing_part(missing),
        remarks=tuple(remark_line(one) for one in remarks),
        problems=problems,
    )


def region_notes(place: Place, shown: Shown) -> dict[int, str]:
    """This function will return what the region's own checklist says of each level but the lowest."""
    scale = place.instrument.scale
    return {
        level: _("The region says: met.") if level in shown.line.met else _("The region says: not met.")
        for level in scale.levels
        if level > scale.minimum
    }


def _counts(found: Rated) -> str:
    line = found.line
    facts = {"level": words.level(line.standing), "stage": str(words.STAGES[line.stage])}
    return _("level %(level)s of the stage “%(stage)s” counts") % facts


def _entered(found: Rated, version: int) -> str:
    """Say that what is typed does not count yet."""
    if version == 0 or is_entered(found.draft, found.entry):
        return ""
    return _("Saved, but not entered: it counts once you press “Enter the score”.")


def _differences(region: frozenset[int], assessor: frozenset[int], lowest: int) -> Iterator[str]:
    if not assessor:
        return
    found = differences(region, assessor, lowest=lowest)
    for level in found.only_region:
        yield _("Level %(level)s: met, says the region; not met on your checklist.") % {"level": level}
    for level in found.only_assessor:
        yield _("Level %(level)s: met on your checklist; not met, says the region.") % {"level": level}


def _sheet(place: Place, found: Rated, shown: Shown, opinion: Opinion, day: date) -> Sheet:
    """The scores of this indicator alone, with what is typed in the place of the present stage's."""
    present = found.present
    scores = [stage_score(row, {}) for row in found.line.entries.values() if row.stage != present]
    if opinion.level is not None:
        scores.append(
            StageScore(
                stage=present,
                indicator=found.line.indicator,
                level=opinion.level,
                facts=opinion.facts,
                analysis=opinion.analysis,
                justification=opinion.justification,
                is_valid=found.entry.is_valid if found.entry and not _entered(found, 1) else None,
            )
        )
    return Sheet(
        region_code=place.organization.code,
        region_name=place.organization.name,
        instrument=place.instrument.code,
        year=place.participation.year,
        kind=place.kind,
        day=day,
        answers={found.line.indicator: shown.line},
        stage=present,
        scores=tuple(scores),
    )
