"""The portrait's history: every published index, broken where the instrument changed."""

from collections.abc import Iterable, Sequence
from typing import Final

from django.utils.translation import gettext as _

from livinglab.assessments import queries as assessments
from livinglab.comparisons.domain.history import Reading, newest_run
from livinglab.comparisons.portrait_queries import Portrait
from livinglab.comparisons.web import portrait_findings as findings
from livinglab.comparisons.web.labels import chart_bands
from livinglab.comparisons.web.portrait_findings import Words
from livinglab.comparisons.web.portrait_numbers import listing, two
from livinglab.comparisons.web.portrait_words import (
    RELIABILITY,
    domain_names,
    finding_text,
    on_scale,
    source_notes,
    source_text,
)
from livinglab.ui.charts import (
    Era,
    History,
    Point,
    Role,
    Series,
)
from livinglab.ui.figures import Column, ColumnKind, Figure, Table
from livinglab.ui.languages import language

OFFICIAL: Final = (assessments.Reliability.OFFICIAL, assessments.Reliability.OFFICIAL_AGGREGATE)


def history(portrait: Portrait, words: Words) -> Figure | None:
    """Return the index through the years, broken where the instrument changed; None where nothing can be drawn."""
    leading = [one for one in portrait.claims if one.is_leading and one.index is not None]
    readings = [_reading(one) for one in leading]
    newest = assessments.get_instrument(leading[-1].instrument) if leading else portrait.instrument
    run = newest_run(readings, first_year=newest.years.first)
    drawable = [one for one in readings if on_scale(one.index)]
    if not drawable:
        return None
    return Figure(
        key="history",
        heading=findings.history(run, newest.short.in_language(language())),
        reading=_(
            "The line is broken where the instrument changed: figures on both sides do not compare. "
            "Hollow points are not from the ministry's own table."
        ),
        chart=_history_chart(portrait, drawable, words),
        table=_history_table(portrait, words),
        sources=source_notes(*leading, *_national_beside(portrait, readings)),
        notes=(
            *_disagreements(portrait),
            *_impossible(portrait),
            *_unofficial(_national_beside(portrait, readings)),
        ),
        synthetic=portrait.place.is_synthetic,
    )


def _reading(claim: assessments.Result) -> Reading:
    assert claim.index is not None, "only claims with an index are read"
    is_official = claim.reliability is assessments.Reliability.OFFICIAL
    return Reading(claim.year, claim.index, claim.instrument, is_official)


def _national_beside(portrait: Portrait, readings: Sequence[Reading]) -> list[assessments.Average]:
    """Return the national means from the first year of the region's on: earlier ones tell nothing of it."""
    first = min((one.year for one in readings), default=0)
    return [one for one in portrait.national if one.year >= first]


def _history_chart(portrait: Portrait, readings: Sequence[Reading], words: Words) -> History:
    national = _national_beside(portrait, readings)
    eras = tuple(_eras({one.year for one in readings} | {one.year for one in national}))
    said = listing([f"{one.year} {two(one.index)}" for one in readings])
    return History(
        label=_("Index of %(region)s by year: %(values)s") % {"region": words.region, "values": said},
        series=(
            Series(
                name=_("%(region)s, from the ministry's table") % {"region": words.region},
                hollow_name=_("%(region)s, from the press or other reports") % {"region": words.region},
                role=Role.FOCUS,
                points=tuple(
                    Point(year=one.year, value=one.index, hollow=not one.is_official) for one in readings
                ),
            ),
            Series(
                name=_("National mean"),
                hollow_name=_("National mean, from the press"),
                role=Role.NATION,
                points=tuple(
                    Point(year=one.year, value=one.index, hollow=one.reliability not in OFFICIAL)
                    for one in national
                ),
            ),
        ),
        eras=eras,
        bands=chart_bands(portrait.instrument),
    )


def _eras(years: set[int]) -> Iterable[Era]:
    """Yield the years of each instrument, the oldest first."""
    for instrument in reversed(assessments.instruments()):
        inside = [year for year in years if instrument.years.covers(year)]
        if inside:
            label = instrument.short.in_language(language())
            yield Era(label=label, first_year=min(inside), last_year=max(inside))


def _history_table(portrait: Portrait, words: Words) -> Table:
    national = {one.year: one.index for one in portrait.national}
    written_in = language()
    return Table(
        caption=_("Every published index of %(region)s") % {"region": words.region},
        columns=(
            Column(key="year", label=_("Year"), kind=ColumnKind.YEAR),
            Column(key="index", label=words.region, kind=ColumnKind.INDEX),
            Column(key="predicate", label=_("Predicate as printed")),
            Column(key="national_mean", label=_("National mean"), kind=ColumnKind.INDEX),
            Column(key="instrument", label=_("Instrument")),
            Column(key="source", label=_("Source")),
            Column(key="reliability", label=_("Reliability")),
            Column(key="leads", label=_("Shown in the picture")),
        ),
        rows=tuple(
            (
                one.year,
                one.index,
                one.predicate or None,
                national.get(one.year),
                assessments.get_instrument(one.instrument).short.in_language(written_in),
                source_text(one),
                str(RELIABILITY[one.reliability]),
                _("yes") if one.is_leading and one.index is not None else _("no"),
            )
            for one in portrait.claims
        ),
    )


def _disagreements(portrait: Portrait) -> Iterable[str]:
    """Yield the years in which sources print different indices: what leads, and what else was said."""
    leading = {one.year: one.index for one in portrait.claims if one.is_leading and one.index is not None}
    for year, index in leading.items():
        others = sorted(
            {one.index for one in portrait.claims if one.year == year and one.index not in (index, None)}
        )
        if others:
            yield _("%(year)s: %(index)s leads; other sources say %(others)s.") % {
                "year": year,
                "index": two(index),
                "others": listing([two(other) for other in others if other]),
            }


def _impossible(portrait: Portrait) -> Iterable[str]:
    """Yield what cannot be true of the leading claims, since a rise from an impossible value is none."""
    names = domain_names(portrait.instrument, inside=True)
    for one in portrait.findings:
        if one.result.is_leading:
            yield finding_text(one.result, one.finding, names)


def _unofficial(national: Iterable[assessments.Average]) -> Iterable[str]:
    """Yield for which years the national mean is not the ministry's own."""
    years = [str(one.year) for one in national if one.reliability not in OFFICIAL]
    if years:
        yield _("The national mean of %(years)s is known from the press only.") % {"years": listing(years)}
