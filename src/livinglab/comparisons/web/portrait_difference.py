"""The difference of two indices as weight × difference of each domain, for portraits and comparisons."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from livinglab.assessments.queries import Instrument
from livinglab.comparisons.domain.difference import Difference, difference
from livinglab.comparisons.portrait_queries import Mark, Portrait, weighed_domains
from livinglab.comparisons.web import portrait_findings as findings
from livinglab.comparisons.web.portrait_findings import Words
from livinglab.comparisons.web.portrait_numbers import share_of, signed, two
from livinglab.comparisons.web.portrait_words import domain_names, source_notes
from livinglab.ui.charts import Contribution, Part
from livinglab.ui.figures import Column, ColumnKind, Figure, SourceNote, Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the two: its short name, its full name with its province, and its result."""

    name: str
    where: str
    mark: Mark


def of_portrait(portrait: Portrait, words: Words) -> Figure | None:
    """Return the difference between a portrait and the one beside it; None unless both have a result."""
    other = portrait.other
    if portrait.mark is None or other is None or other.mark is None:
        return None
    place = other.place
    where = f"{place.name}, {place.province.short_name}" if place.province else place.name
    return figure(
        Side(name=words.region, where=portrait.place.name, mark=portrait.mark),
        Side(name=place.short_name, where=where, mark=other.mark),
        instrument=portrait.instrument,
        year=portrait.year,
        words=words,
        sources=source_notes(portrait.claim),
        synthetic=portrait.place.is_synthetic or place.is_synthetic,
    )


def figure(
    first: Side,
    second: Side,
    *,
    instrument: Instrument,
    year: int,
    words: Words,
    sources: Sequence[SourceNote],
    synthetic: bool = False,
) -> Figure:
    """Return why the first is above or below the second; the parts and the rounding add up exactly."""
    found = difference(
        weighed_domains(instrument),
        (first.mark.index, first.mark.domains),
        (second.mark.index, second.mark.domains),
    )
    band = words.bands[second.mark.band] if second.mark.band is not None else ""
    parts = _parts(found, instrument)
    return Figure(
        key="difference",
        heading=findings.difference(found, first.name, second.name, words),
        reading=_("%(where)s: %(index)s, %(band)s. Each bar is a domain's weight times its difference.")
        % {"where": second.where, "index": two(second.mark.index), "band": band},
        chart=_chart(found, parts, first, second) if found.shares else None,
        table=_table(found, first, second, instrument, year),
        sources=tuple(sources),
        notes=_notes(found),
        synthetic=synthetic,
    )


def _parts(found: Difference, instrument: Instrument) -> list[Part]:
    """Return each domain's part, and what rounding leaves over where there is any."""
    names = domain_names(instrument, inside=False)
    parts = [
        Part(name=names[one.code], value=one.points, aside=f"{two(one.first)} · {two(one.second)}")
        for one in found.shares
    ]
    return [*parts, Part(name=_("Rounding"), value=found.remainder)] if found.remainder else parts


def _chart(found: Difference, parts: Sequence[Part], first: Side, second: Side) -> Contribution:
    return Contribution(
        label=_("Parts of the difference in the index"),
        parts=tuple(parts),
        total=found.total,
        total_name=_("Index"),
        total_aside=f"{two(first.mark.index)} · {two(second.mark.index)}",
    )


def _table(found: Difference, first: Side, second: Side, instrument: Instrument, year: int) -> Table:
    names = domain_names(instrument, inside=False)
    rows: list[tuple[str, Decimal | None, Decimal | None, Decimal | None, Decimal]] = [
        (names[one.code], one.first, one.second, share_of(one.weight), one.points) for one in found.shares
    ]
    if found.remainder:
        rows.append((_("Rounding"), None, None, None, found.remainder))
    rows.append((_("Index"), first.mark.index, second.mark.index, Decimal(1), found.total))
    return Table(
        caption=_("%(region)s and %(other)s, %(year)s")
        % {"region": first.name, "other": second.name, "year": year},
        columns=(
            Column(key="domain", label=_("Domain")),
            Column(key="first", label=first.name, kind=ColumnKind.INDEX),
            Column(key="second", label=second.name, kind=ColumnKind.INDEX),
            Column(key="weight", label=_("Weight"), kind=ColumnKind.SHARE),
            Column(key="points", label=_("Part of the difference"), kind=ColumnKind.CHANGE),
        ),
        rows=tuple(rows),
    )


def _notes(found: Difference) -> tuple[str, ...]:
    if not found.shares:
        return (_("A domain value of one of the two was not published: the difference cannot be explained."),)
    if not found.remainder:
        return (_("Computed from published, rounded domain values; the parts add up to the difference."),)
    over = {"points": signed(found.remainder)}
    return (_("Computed from published, rounded domain values; rounding leaves %(points)s over.") % over,)
