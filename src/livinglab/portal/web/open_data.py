"""The page of open data."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from livinglab.kernel.freshness import fresh_by
from livinglab.portal import queries
from livinglab.portal.domain.datasets import (
    Coverage,
    Dataset,
    Reliability,
    files_of,
)
from livinglab.portal.queries import TOPICS
from livinglab.ui import formats
from livinglab.ui.figures import Column, Table
from livinglab.ui.languages import language

_RELIABILITY: Mapping[Reliability, Promise] = {
    Reliability.OFFICIAL: gettext_lazy("official: the ministry's own tables"),
    Reliability.COMPILED: gettext_lazy("compiled from several sources; each row names its own"),
    Reliability.COMPUTED: gettext_lazy("computed by Living Lab"),
    Reliability.QUOTED: gettext_lazy("partly quoted from others; each row says how sure it is"),
}


@dataclass(frozen=True, slots=True)
class DatasetView:
    """One dataset as the page shows it."""

    key: str
    title: str
    description: str
    provenance: str
    facts: tuple[tuple[str, str], ...]
    licence: tuple[str, str]
    downloads: tuple[tuple[str, str], ...]
    years: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    api: str
    columns: Table


@require_safe
@fresh_by(*TOPICS)
def data(request: HttpRequest) -> HttpResponse:
    """This function will show every dataset with its files, sources and conditions."""
    views = [_view(one, queries.coverage(one)) for one in queries.datasets()]
    return render(request, "portal/data.html", {"datasets": views, "heading": _heading(len(views))})


def _heading(number: int) -> str:
    return ngettext(
        "%(number)d dataset, free to use and traceable to its source",
        "%(number)d datasets, free to use and traceable to their sources",
        number,
    ) % {"number": number}


def _view(dataset: Dataset, held: Coverage) -> DatasetView:
    words = language()
    files = list(files_of(dataset, held))
    return DatasetView(
        key=dataset.key,
        title=dataset.title.in_language(words),
        description=dataset.description.in_language(words),
        provenance=dataset.provenance.in_language(words),
        facts=_facts(dataset, held, words),
        licence=(dataset.licence.name.in_language(words), dataset.licence.url),
        downloads=tuple((one.format.upper(), one.path) for one in files if one.year is None),
        years=tuple(
            (str(year), tuple((one.format.upper(), one.path) for one in files if one.year == year))
            for year in sorted({one.year for one in files if one.year}, reverse=True)
        ),
        api=dataset.api,
        columns=_columns(dataset, words),
    )


def _facts(dataset: Dataset, held: Coverage, words: str) -> tuple[tuple[str, str], ...]:
    coverage = ngettext("%(number)s row", "%(number)s rows", held.rows) % {
        "number": formats.count(held.rows, language=words)
    }
    if held.years:
        coverage += f", {_years(held.years)}"
    return (
        (_("Coverage"), coverage),
        (_("Source"), dataset.source.in_language(words)),
        (_("Reliability"), str(_RELIABILITY[dataset.reliability])),
        (_("Updated"), formats.day(dataset.modified, language=words)),
    )


def _years(years: tuple[int, ...]) -> str:
    """A run of years as 2018–2025, since a missing one stands in the files."""
    first, last = min(years), max(years)
    return str(first) if first == last else f"{first}–{last}"


def _columns(dataset: Dataset, words: str) -> Table:
    return Table(
        caption=_("Columns of %(title)s") % {"title": dataset.title.in_language(words)},
        columns=(Column(key="column", label=_("Column")), Column(key="meaning", label=_("Meaning"))),
        rows=tuple((one.key, one.meaning.in_language(words)) for one in dataset.columns),
    )
