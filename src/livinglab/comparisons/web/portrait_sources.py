"""Where a portrait's figures are from, and what cannot be true of them as printed."""

from django.utils.translation import gettext as _

from livinglab.assessments import queries as assessments
from livinglab.comparisons.portrait_queries import Portrait
from livinglab.comparisons.web import portrait_findings as findings
from livinglab.comparisons.web.portrait_words import (
    RELIABILITY,
    domain_names,
    finding_text,
    source_notes,
    source_text,
)
from livinglab.ui.figures import Column, ColumnKind, Figure, Table


def sources(portrait: Portrait) -> Figure:
    """Return every claim with its source and reliability, and what cannot be true of them."""
    by_year: dict[int, bool] = {}
    for one in portrait.claims:
        is_official = one.reliability is assessments.Reliability.OFFICIAL
        by_year[one.year] = by_year.get(one.year, False) or is_official
    official = [year for year, is_official in by_year.items() if is_official]
    other = [year for year, is_official in by_year.items() if not is_official]
    names = domain_names(portrait.instrument, inside=True)
    return Figure(
        key="sources",
        heading=findings.sources(official, other),
        reading=_("Where sources disagree, all stand side by side; the most reliable leads."),
        table=Table(
            caption=_("Sources of the figures"),
            columns=(
                Column(key="year", label=_("Year"), kind=ColumnKind.YEAR),
                Column(key="source", label=_("Source")),
                Column(key="reliability", label=_("Reliability")),
                Column(key="note", label=_("Note")),
                Column(key="index", label=_("Index"), kind=ColumnKind.INDEX),
            ),
            rows=tuple(
                (
                    one.year,
                    source_text(one),
                    str(RELIABILITY[one.reliability]),
                    assessments.in_words(one.note),
                    one.index,
                )
                for one in sorted(portrait.claims, key=lambda one: (-one.year, not one.is_leading))
            ),
        ),
        sources=source_notes(*portrait.claims),
        notes=tuple(finding_text(one.result, one.finding, names) for one in portrait.findings),
        synthetic=portrait.place.is_synthetic,
    )
