"""Open data for machines: the files, and the two catalogues that other portals harvest."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from livinglab.kernel.freshness import fresh_by
from livinglab.kernel.unknown import Known, UnknownValue
from livinglab.portal import queries
from livinglab.portal.adapters.dataset_writers import written
from livinglab.portal.domain import ckan, dcat
from livinglab.portal.domain.datasets import Dataset, DatasetFile, FileFormat, Text
from livinglab.portal.queries import TOPICS

_MOST_PACKAGES = 1000

TITLE = Text(id="Data terbuka Living Lab", en="Open data of Living Lab")
DESCRIPTION = Text(
    id="Hasil evaluasi SPBE, rata-rata, wilayah, instrumen, dan layanan digital pemerintah daerah.",
    en="SPBE results, averages, regions, instruments and digital services of local governments.",
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
