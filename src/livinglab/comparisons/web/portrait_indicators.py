"""What a region measured by itself and lets everybody see: its indicators, marked by how official they are."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from livinglab.assessments.queries import Aspect, round_half_up
from livinglab.comparisons.portrait_queries import Portrait
from livinglab.comparisons.web.portrait_findings import Words
from livinglab.comparisons.web.portrait_numbers import percent
from livinglab.evaluations.queries.published import PublishedEvaluation
from livinglab.ui import formats
from livinglab.ui.charts import Dot, DotRow, DotRows, Role
from livinglab.ui.figures import Column, ColumnKind, Figure, SourceNote, Table
from livinglab.ui.languages import language

#: from this level on an indicator counts as a strength (Pedoman MenPANRB 3/2024: kekuatan are the levels 4 and 5)
STRONG: Final = Decimal(4)


def indicators(portrait: Portrait, words: Words) -> Figure | None:
    """Return the indicators of the newest evaluation the region consented to publish; None without one."""
    found = portrait.evaluation
    if found is None:
        return None
    return Figure(
        key="indicators",
        heading=_heading(found),
        reading=_status(found),
        chart=_aspects(found, words),
        table=_table(found, words),
        sources=(_source(found, words, reverse("api:list_published", args=[portrait.place.code])),),
        synthetic=found.is_synthetic or portrait.place.is_synthetic,
    )


def _heading(found: PublishedEvaluation) -> str:
    strong = sum(level >= STRONG for level in found.levels.values())
    values = {"num": strong, "of": len(found.levels), "year": found.year}
    return (
        ngettext(
            "%(num)s of %(of)s indicators stands at level 4 or 5 in %(year)s",
            "%(num)s of %(of)s indicators stand at level 4 or 5 in %(year)s",
            strong,
        )
        % values
    )


def _status(found: PublishedEvaluation) -> str:
    if not found.is_official:
        return _(
            "Pre-assessment, not an official result: measured by the region, published with its consent."
        )
    day = formats.day(found.decision_date, language=language()) if found.decision_date else ""
    return _("As decided: %(decision)s, %(date)s.") % {"decision": found.decision_number, "date": day}


def _source(found: PublishedEvaluation, words: Words, url: str) -> SourceNote:
    values = {
        "region": words.region,
        "instrument": found.instrument.short.in_language(language()),
        "year": found.year,
    }
    return SourceNote(text=_("Evaluation of %(region)s with %(instrument)s, %(year)s") % values, url=url)


def _aspects(found: PublishedEvaluation, words: Words) -> DotRows:
    rows = []
    for aspect, value in _aspect_values(found):
        rows.append(
            DotRow(
                name=aspect.name.in_language(language()),
                note=_("weight %(share)s") % {"share": percent(aspect.weight / 100)},
                dots=(Dot(role=Role.FOCUS, value=value),),
                value=value,
            )
        )
    return DotRows(
        label=_("Aspects of %(region)s, %(year)s") % {"region": words.region, "year": found.year},
        rows=tuple(rows),
        key=((Role.FOCUS, words.region),),
    )


def _aspect_values(found: PublishedEvaluation) -> Iterable[tuple[Aspect, Decimal]]:
    """Yield each aspect with its value from the levels (PermenPANRB 59/2020); one with a level missing is left out."""
    for aspect in found.instrument.aspects:
        weighed = [(one.weight, found.levels.get(one.key)) for one in aspect.indicators]
        if any(level is None for _weight, level in weighed):
            continue
        total = sum((weight * Fraction(level) for weight, level in weighed if level is not None), Fraction(0))
        yield aspect, round_half_up(total / aspect.weight, found.instrument.places)


def _table(found: PublishedEvaluation, words: Words) -> Table:
    return Table(
        caption=_("Indicators of %(region)s, %(year)s") % {"region": words.region, "year": found.year},
        columns=(
            Column(key="number", label=_("No."), kind=ColumnKind.CODE),
            Column(key="indicator", label=_("Indicator")),
            Column(key="aspect", label=_("Aspect")),
            Column(key="level", label=_("Level"), kind=ColumnKind.INDEX),
        ),
        rows=tuple(
            (
                one.key,
                one.short.in_language(language()),
                aspect.name.in_language(language()),
                found.levels.get(one.key),
            )
            for aspect in found.instrument.aspects
            for one in aspect.indicators
        ),
    )
