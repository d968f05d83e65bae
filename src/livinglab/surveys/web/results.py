"""What applicants say of a region's services, for everybody: nothing before enough of them answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from livinglab.kernel.unknown import Known, UnknownValue
from livinglab.organizations.queries import Organization, codes_like, find_organization
from livinglab.surveys.queries.results import (
    Month,
    Result,
    SurveyedService,
    find_service,
    grouped,
    months_of,
    result_of,
    services_of,
)
from livinglab.surveys.web import figures, words
from livinglab.ui import formats
from livinglab.ui.figures import Figure
from livinglab.ui.languages import language
from livinglab.ui.web.files import figure_file, formats_of


@require_safe
@never_cache
def services(request: HttpRequest, code: str) -> HttpResponse:
    """This function will list a region's services with what their applicants say of each, in its newest year."""
    organization = _organization(code)
    found = services_of(organization.id, with_synthetic=settings.DEMO)
    by_service: dict[UUID, list[Month]] = {}
    for month in months_of(found):
        by_service.setdefault(month.service_id, []).append(month)
    rows = [_row(code, one, by_service[one.service_id]) for one in found]
    context = {
        "organization": organization,
        "rows": rows,
        "shown": sum(1 for row in rows if row["band"]),
        "synthetic": any(one.is_synthetic for one in found),
        "sources": figures.sources(),
    }
    return render(request, "surveys/services.html", context)


@require_safe
@never_cache
def service(request: HttpRequest, code: str, service_id: UUID) -> HttpResponse:
    """This function will show what applicants say of a service: of a year, under all versions or one."""
    shown = _shown(request, code, service_id)
    name = words.name_of(shown.service)
    here = reverse("surveys:service", args=[code, service_id])
    chosen = urlencode({"year": shown.year, "version": shown.version})
    drawn = shown.figures()
    context = {
        "organization": shown.organization,
        "service": shown.service,
        "heading": _heading(name, shown.year, shown.result),
        "standing": _standing(shown.year, shown.result),
        "result": shown.result,
        "band": words.BAND_NAMES[shown.result.score.band] if shown.result.score else "",
        "colour": words.BAND_COLOURS[shown.result.score.band] if shown.result.score else "",
        "figures": [
            (one, [(form.upper(), f"{here}{key}.{form}?{chosen}") for form in formats_of(one)])
            for key, one in drawn.items()
        ],
        "years": [
            _link(here, str(year), year == shown.year, year=year, version=shown.version)
            for year in shown.years
        ],
        "versions": [
            _link(here, version or _("All versions"), version == shown.version, version=version)
            for version in ("", *shown.versions)
        ],
        "breadcrumbs": (
            (_("Satisfaction with services"), reverse("surveys:services", args=[code])),
            (name, None),
        ),
    }
    return render(request, "surveys/service.html", context)


@require_safe
@never_cache
def service_file(
    request: HttpRequest, code: str, service_id: UUID, key: str, file_format: str
) -> HttpResponse:
    """This function will give one figure of a service's satisfaction as a file."""
    shown = _shown(request, code, service_id)
    return figure_file(shown.figures(), key, file_format, name=f"satisfaction-{key}")


@dataclass(frozen=True, slots=True)
class _Shown:
    """A service and what is chosen of it; `months` are those of the chosen version, or all."""

    organization: Organization
    service: SurveyedService
    versions: list[str]
    version: str
    years: list[int]
    year: int
    months: list[Month]

    @property
    def of_year(self) -> list[Month]:
        return [month for month in self.months if month.year == self.year]

    @property
    def result(self) -> Result:
        return result_of(self.of_year)

    def figures(self) -> dict[str, Figure]:
        """The figures by key: elements where there is an index, versions and steps where there are several."""
        score, synthetic = self.result.score, self.service.is_synthetic
        found = [figures.element_figure(score, synthetic=synthetic)] if score else []
        found.append(figures.year_figure(self.months, synthetic=synthetic))
        if len({month.version for month in self.of_year}) > 1:
            found.append(figures.version_figure(self.of_year, synthetic=synthetic))
        if len({month.step for month in self.of_year}) > 1:
            found.append(figures.step_figure(self.of_year, synthetic=synthetic))
        return {one.key: one for one in found}


def _shown(request: HttpRequest, code: str, service_id: UUID) -> _Shown:
    organization = _organization(code)
    found = find_service(organization.id, service_id, with_synthetic=settings.DEMO)
    if found is None:
        known = [
            Known(
                str(one.service_id),
                words.name_of(one),
                reverse("surveys:service", args=[code, one.service_id]),
            )
            for one in services_of(organization.id, with_synthetic=settings.DEMO)
        ]
        raise UnknownValue(_("service"), str(service_id), known, status=404)
    months = months_of([found])
    versions = list(dict.fromkeys(month.version for month in months))
    version = request.GET.get("version", "")
    if version and version not in versions:
        raise UnknownValue(_("version"), version, versions)
    of_version = [month for month in months if not version or month.version == version]
    years = sorted({month.year for month in of_version}, reverse=True)
    given = request.GET.get("year", "")
    if given and given not in map(str, years):
        raise UnknownValue(_("year"), given, [str(year) for year in years])
    year = int(given) if given else newest_year(of_version)
    return _Shown(organization, found, versions, version, years, year, of_version)


def newest_year(months: Sequence[Month]) -> int:
    """This function will return the newest year whose figures may be shown, else the newest."""
    found = grouped(months, lambda month: month.year)
    return max((year for year, one in found.items() if one.score), default=max(found))


def _row(code: str, one: SurveyedService, months: Sequence[Month]) -> dict[str, object]:
    year = newest_year(months)
    result = result_of(month for month in months if month.year == year)
    score = result.score
    return {
        "url": reverse("surveys:service", args=[code, one.service_id]),
        "name": words.name_of(one),
        "year": year,
        "result": result,
        "band": words.BAND_NAMES[score.band] if score else "",
        "colour": words.BAND_COLOURS[score.band] if score else "b0",
    }


def _heading(name: str, year: int, result: Result) -> str:
    if result.score is None:
        return _("%(service)s: too few answers in %(year)s to show figures") % {"service": name, "year": year}
    said = {
        "service": name,
        "year": year,
        "band": str(words.BAND_NAMES[result.score.band]).lower(),
        "index": formats.decimal2(result.score.index, language=language()),
    }
    return _("%(service)s in %(year)s: %(band)s, %(index)s of 100") % said


def _standing(year: int, result: Result) -> str:
    said = {
        name: formats.count(value, language=language())
        for name, value in (("n", result.n), ("asked", result.asked), ("required", result.required))
    }
    counted = _("Of %(asked)s applicants asked in %(year)s, %(n)s answered.") % {**said, "year": year}
    if result.score is None or result.margin is None:
        more = _(
            "Figures are shown from %(required)s answers on, so that they say something and nobody is told apart."
        )
        return f"{counted} {more % said}"
    margin = formats.decimal2(result.margin, language=language())
    off = _("The index may be off by %(margin)s points either way.") % {"margin": margin}
    return f"{counted} {off}"


def _link(here: str, label: str, current: bool, /, **query: object) -> dict[str, object]:
    chosen = urlencode({key: value for key, value in query.items() if value})
    return {"url": f"{here}?{chosen}" if chosen else here, "label": label, "current": current}


def _organization(code: str) -> Organization:
    found = find_organization(code)
    if found is None:
        known = [
            Known(one.code, one.name, reverse("surveys:services", args=[one.code]))
            for one in codes_like(code)
        ]
        raise UnknownValue(_("region"), code, known, status=404)
    return found
