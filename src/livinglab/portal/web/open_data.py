"""Open data: the page, the files, and the two catalogues that other portals harvest."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from livinglab.kernel.freshness import fresh_by
from livinglab.kernel.unknown import Known, UnknownValue
from livinglab.portal import queries
from livinglab.portal.adapters.dataset_writers import written
from livinglab.portal.domain import ckan, dcat
from livinglab.portal.domain.datasets import (
    Coverage,
    Dataset,
    DatasetFile,
    FileFormat,
    Reliability,
    Text,
    files_of,
)
from livinglab.ui import formats
from livinglab.ui.figures import Column, Table
from livinglab.ui.languages import language

#: the data versions on which the datasets depend; a test keeps it equal to reference/datasets.yaml
TOPICS = ("organizations", "results", "services")
_MOST_PACKAGES = 1000

_RELIABILITY: Mapping[Reliability, Promise] = {
    Reliability.OFFICIAL: gettext_lazy("official: the ministry's own tables"),
    Reliability.COMPILED: gettext_lazy("compiled from several sources; each row names its own"),
    Reliability.COMPUTED: gettext_lazy("computed by Living Lab"),
    Reliability.QUOTED: gettext_lazy("partly quoted from others; each row says how sure it is"),
}

TITLE = Text(id="Data terbuka Living Lab", en="Open data of Living Lab")
DESCRIPTION = Text(
    id="Hasil evaluasi SPBE, rata-rata, wilayah, instrumen, dan layanan digital pemerintah daerah.",
    en="SPBE results, averages, regions, instruments and digital services of local governments.",
)


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


@require_safe
@fresh_by(*TOPICS)
def file(request: HttpRequest, dataset: str, ending: str, year: str | None = None) -> HttpResponse:
    """This function will answer a dataset, or one of its years, as a file."""
    wanted = queries.get_dataset(dataset)
    if ending not in list(FileFormat):
        known = [Known(one, one, DatasetFile(dataset, one).path) for one in FileFormat]
        raise UnknownValue(_("file format"), ending, known, status=404)
    one = DatasetFile(wanted.key, FileFormat(ending), _known_year(wanted, year))
    response = HttpResponse(
        written(wanted, queries.rows(wanted, one.year), one.format), content_type=_content_type(one.format)
    )
    response["Content-Disposition"] = f'attachment; filename="{one.name}"'
    response["Link"] = f'<{wanted.licence.url}>; rel="license"'
    return response


def _known_year(dataset: Dataset, year: str | None) -> int | None:
    if year is None:
        return None
    years = queries.years_of(dataset)
    if int(year) not in years:
        known = [
            Known(str(one), str(one), DatasetFile(dataset.key, FileFormat.CSV, one).path) for one in years
        ]
        raise UnknownValue(_("year"), year, known, status=404)
    return int(year)


def _content_type(file_format: FileFormat) -> str:
    """JSON is UTF-8 by its own standard (RFC 8259); CSV has to say so."""
    return f"{file_format.media_type}{'; charset=utf-8' if file_format is FileFormat.CSV else ''}"


@require_safe
@fresh_by(*TOPICS)
def catalogue(request: HttpRequest) -> HttpResponse:
    """This function will answer the catalogue as DCAT-AP 3 in JSON-LD."""
    document = dcat.catalogue(
        site=_site(request),
        publisher=queries.publisher(),
        title=TITLE,
        description=DESCRIPTION,
        datasets=[(one, queries.coverage(one)) for one in queries.datasets()],
    )
    return JsonResponse(
        document, content_type="application/ld+json", json_dumps_params={"ensure_ascii": False}
    )


@require_safe
@fresh_by(*TOPICS)
def package_list(request: HttpRequest) -> HttpResponse:
    """This function will answer the names of the datasets as CKAN does."""
    return _ckan(request, [one.key for one in queries.datasets()])


@require_safe
@fresh_by(*TOPICS)
def package_show(request: HttpRequest) -> HttpResponse:
    """This function will answer one dataset as CKAN does; 404 in CKAN's shape for an unknown one."""
    wanted = request.GET.get("id", "")
    for one in queries.datasets():
        if one.key == wanted:
            return _ckan(request, _package(request, one))
    known = ", ".join(one.key for one in queries.datasets())
    error = {"__type": "Not Found Error", "message": f"Not found: {wanted[:80]!r}. Known: {known}"}
    return JsonResponse({"help": request.build_absolute_uri(), "success": False, "error": error}, status=404)


@require_safe
@fresh_by(*TOPICS)
def package_search(request: HttpRequest) -> HttpResponse:
    """This function will answer the datasets that hold every word of `q`, as CKAN does."""
    try:
        start, rows = _number(request, "start", 0), _number(request, "rows", 10)
    except ValueError as error:
        problem = {"__type": "Validation Error", "message": str(error)}
        return JsonResponse({"success": False, "error": problem}, status=409)
    packages = [_package(request, one) for one in sorted(queries.datasets(), key=lambda one: one.key)]
    query = request.GET.get("q", "")[:200]
    return _ckan(request, ckan.found(packages, query=query, start=start, rows=rows))


def _number(request: HttpRequest, name: str, default: int) -> int:
    given = request.GET.get(name, str(default))
    if not (given.isascii() and given.isdigit() and int(given) <= _MOST_PACKAGES):
        raise ValueError(f"{name}: must be a whole number from 0 to {_MOST_PACKAGES}")
    return int(given)


def _package(request: HttpRequest, dataset: Dataset) -> dict[str, Any]:
    return ckan.package(
        site=_site(request),
        publisher=queries.publisher(),
        dataset=dataset,
        held=queries.coverage(dataset),
    )


def _ckan(request: HttpRequest, result: object) -> HttpResponse:
    answer = {"help": f"{_site(request)}/api/v1/docs", "success": True, "result": result}
    return JsonResponse(answer, json_dumps_params={"ensure_ascii": False})


def _site(request: HttpRequest) -> str:
    return request.build_absolute_uri("/").rstrip("/")
