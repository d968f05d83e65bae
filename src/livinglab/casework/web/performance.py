"""How a service does, for everybody: how many applications, how long they take, how often the standard is kept."""

from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from livinglab.casework.access import WORKERS
from livinglab.casework.models import OfferedService
from livinglab.casework.operations.counting import FIGURES
from livinglab.casework.operations.services import TOPIC
from livinglab.casework.queries.figures import months_of
from livinglab.casework.queries.offered import find_offered
from livinglab.casework.queries.performance import Year, years_of
from livinglab.casework.web import words
from livinglab.casework.web.figures import figures_of
from livinglab.casework.web.frame import language
from livinglab.kernel.freshness import fresh_by
from livinglab.kernel.unknown import UnknownValue
from livinglab.organizations.queries import roles_in
from livinglab.packages.domain.manifest import Calendar
from livinglab.surveys.operations import FIGURES as SATISFACTION
from livinglab.surveys.queries import results as surveys
from livinglab.ui import formats
from livinglab.ui.figures import Figure
from livinglab.ui.web.files import figure_file, formats_of


@dataclass(frozen=True, slots=True)
class _Of:
    """A service with its years, the one that is looked at, and its figures."""

    service: OfferedService
    years: dict[int, Year]
    year: Year | None
    figures: dict[str, Figure]


@require_safe
@fresh_by(TOPIC, FIGURES, SATISFACTION)
def performance(request: HttpRequest, code: str, package: str) -> HttpResponse:
    """This function will show how a service does in a year, the newest of itself."""
    found = _of(request, code, package)
    one, name = found.service, words.name_of(found.service, language())
    here = reverse("casework:performance", args=[code, package])
    return render(
        request,
        "casework/performance.html",
        {
            "region": one.organization.name,
            "heading": _heading(name, found),
            "standing": _standing(found),
            "within": words.within(one),
            "satisfaction": _satisfaction(found),
            "satisfaction_href": reverse("surveys:service", args=[code, one.service_id]),
            "service_href": reverse("casework:service", args=[code, package]),
            "bundle_href": reverse("casework:bundle", args=[code, package])
            if roles_in(request.user, one.organization_id) & WORKERS
            else "",
            "is_synthetic": one.is_synthetic,
            "years": [
                {
                    "url": f"{here}?year={year}",
                    "label": str(year),
                    "current": found.year is not None and found.year.year == year,
                }
                for year in found.years
            ],
            "figures": [(figure, _files(code, package, found, figure)) for figure in found.figures.values()],
            "breadcrumbs": [
                (_("Services to apply for"), reverse("casework:services")),
                (name, reverse("casework:service", args=[code, package])),
                (_("How it does"), None),
            ],
        },
    )


@require_safe
@fresh_by(TOPIC, FIGURES)
def performance_file(
    request: HttpRequest, code: str, package: str, key: str, file_format: str
) -> HttpResponse:
    """This function will give one figure of how a service does as a file."""
    found = _of(request, code, package)
    return figure_file(found.figures, key, file_format, name=f"{package}-{key}")


def _of(request: HttpRequest, code: str, package: str) -> _Of:
    one = find_offered(code, package)
    if one is None:
        raise Http404(f"{code}/{package}")
    years = years_of(months_of(one.service_id))
    given = request.GET.get("year", "")
    if given and given not in map(str, years):
        raise UnknownValue(_("year"), given, [str(year) for year in years])
    year = years[int(given)] if given else next(iter(years.values()), None)
    is_working = one.calendar == Calendar.WORKING
    figures = figures_of(year, is_working=is_working, synthetic=one.is_synthetic) if year else {}
    return _Of(one, years, year, figures)


def _files(code: str, package: str, found: _Of, figure: Figure) -> list[tuple[str, str]]:
    chosen = urlencode({"year": found.year.year if found.year else ""})
    return [
        (
            one.upper(),
            f"{reverse('casework:performance_file', args=[code, package, figure.key, one])}?{chosen}",
        )
        for one in formats_of(figure)
    ]


def _heading(name: str, found: _Of) -> str:
    """This function will return the finding: how long half of the applications took."""
    if found.year is None:
        return _("%(service)s: nobody has applied yet") % {"service": name}
    said = {"service": name, "year": found.year.year}
    took = found.year.whole.durations
    if took is None:
        return _("%(service)s: too few applications are done in %(year)s to show how long they took") % said
    return _("%(service)s in %(year)s: half were done within %(days)s") % {
        **said,
        "days": words.days(took.days, found.service.calendar),
    }


def _standing(found: _Of) -> tuple[str, ...]:
    """This function will return how many applications there were, and how often the standard was kept, in sentences."""
    if found.year is None:
        return ()
    whole = found.year.whole
    said = [_arrived(whole.arrived)]
    if whole.done is not None:
        done = ngettext("%(num)s is done.", "%(num)s are done.", whole.done)
        said.append(done % {"num": formats.count(whole.done, language=language())})
    if whole.kept is not None and whole.durations is not None:
        said += [
            _("95 of 100 took at most %(days)s.")
            % {"days": words.days(whole.durations.days_of_most, found.service.calendar)},
            _kept(whole.kept),
        ]
    return tuple(said)


def _arrived(count: int | None) -> str:
    if count is None:
        return _("Fewer than five people applied.")
    said = ngettext("%(num)s application arrived.", "%(num)s applications arrived.", count)
    return said % {"num": formats.count(count, language=language())}


def _kept(share: Decimal) -> str:
    """This function will say how often the standard was kept and how often it was breached."""
    if share == 1:
        return _("The standard was kept every time.")
    return _("The standard was kept by %(kept)s and breached by %(breached)s of them.") % {
        "kept": formats.percent(share, language=language()),
        "breached": formats.percent(1 - share, language=language()),
    }


def _satisfaction(found: _Of) -> str:
    """This function will return what applicants say of the service in the year, "" while too few answered."""
    one = found.service
    surveyed = surveys.find_service(one.organization_id, one.service_id, with_synthetic=one.is_synthetic)
    if surveyed is None or found.year is None:
        return ""
    months = [each for each in surveys.months_of([surveyed]) if each.year == found.year.year]
    score = surveys.result_of(months).score
    if score is None:
        return ""
    return _("Applicants rate it %(index)s of 100, quality mark %(band)s.") % {
        "index": formats.decimal2(score.index, language=language()),
        "band": score.band.value,
    }
