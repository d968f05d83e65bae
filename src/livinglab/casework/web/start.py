"""Which services can be applied for, what one of them asks and promises, and the click that begins."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from livinglab.casework import policies
from livinglab.casework.domain.states import Channel, ServiceState
from livinglab.casework.models import OfferedService
from livinglab.casework.operations import drafts
from livinglab.casework.operations.publishing import TOPIC as PUBLICATIONS
from livinglab.casework.operations.services import TOPIC
from livinglab.casework.queries.offered import event_named, find_offered, offered, regions_named
from livinglab.casework.queries.own import own_drafts
from livinglab.casework.queries.publications import has_publications
from livinglab.casework.queries.running import package_of
from livinglab.casework.queries.services import find_service, version_at_work
from livinglab.casework.web import words
from livinglab.casework.web.frame import language
from livinglab.casework.web.own import draft_line
from livinglab.kernel import clock
from livinglab.kernel.freshness import fresh_by
from livinglab.kernel.refusals import Refused
from livinglab.kernel.tenancy import enter
from livinglab.packages.domain.life_events import LifeEvent
from livinglab.packages.queries.national import address_of

_ON_A_PAGE = 50
#: regions of one name, such as "kota", that are offered to choose from
_MOST_NAMED = 12


@require_safe
@fresh_by(TOPIC, PUBLICATIONS)
def services(request: HttpRequest) -> HttpResponse:
    """This function will list the services that can be applied for: for an event in a life, of a region, with words."""
    region, text = request.GET.get("region", "").strip(), request.GET.get("q", "")
    event = event_named(request.GET.get("event", ""))
    regions = regions_named(region) if region else None
    page = Paginator(offered(regions=regions, text=text, event=event), _ON_A_PAGE).get_page(
        request.GET.get("page")
    )
    chosen = regions[0] if regions is not None and len(regions) == 1 else None
    asked = {"event": event or "", "region": region, "q": text}
    return render(
        request,
        "casework/services.html",
        {
            "text": text,
            "event": event or "",
            "events": [("", _("Anything")), *((one, words.life_event(one, language())) for one in LifeEvent)],
            "region": chosen.name if chosen else region,
            "has_no_region": regions == (),
            "regions": [
                (one.name, "?" + urlencode({**asked, "region": one.code}))
                for one in (regions or ())[:_MOST_NAMED]
                if chosen is None
            ],
            "publications_href": reverse("casework:publications", args=[chosen.code])
            if chosen and has_publications(chosen.id)
            else "",
            "is_narrowed": bool(text or region or event),
            "found": [_line(one) for one in page],
            "page": page,
            "link": lambda number: "?" + urlencode({**asked, "page": number}),
            "breadcrumbs": [(_("Services to apply for"), None)],
        },
    )


def _line(one: OfferedService) -> dict[str, object]:
    return {
        "name": words.name_of(one, language()),
        "summary": words.summary_of(one, language()),
        "region": one.organization.name,
        "within": words.within(one),
        "is_free": one.is_free,
        "is_resting": one.state == ServiceState.RESTING,
        "is_synthetic": one.is_synthetic,
        "href": reverse("casework:service", args=[one.organization.code, one.package]),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def service(request: HttpRequest, code: str, package: str) -> HttpResponse:
    """This function will show what a service asks and promises, and begin an application."""
    one = find_offered(code, package)
    if one is None:
        raise Http404(f"{code}/{package}")
    enter(one.organization_id)
    row = find_service(one.organization_id, package, publisher=one.publisher)
    version = version_at_work(row) if row else None
    if row is None or version is None:
        raise Http404(f"{code}/{package}")
    refusal = policies.may_begin(state=ServiceState(row.state))
    problem = ""
    if request.method == "POST":
        try:
            _draft, token = drafts.begin(
                organization=one.organization,
                service_id=row.id,
                channel=Channel.SELF,
                applicant=request.user.pk if request.user.is_authenticated else None,
                helped_by=None,
                at=clock.now(),
            )
            return redirect("casework:form", code, token)
        except Refused as refused:
            problem = str(refused.refusal.reason)
    mine = request.user.pk if request.user.is_authenticated else None
    under_way = own_drafts(one.organization_id, mine, at=clock.now()) if mine else ()
    manifest = package_of(version).manifest
    standard = manifest.standard.components
    return render(
        request,
        "casework/service.html",
        {
            "name": words.name_of(one, language()),
            "summary": words.summary_of(one, language()),
            "region": one.organization.name,
            "is_free": one.is_free,
            "within": words.within(one),
            "under_way": [draft_line(each, one.organization) for each in under_way],
            "problem": problem,
            "refusal": str(refusal.reason) if refusal else "",
            "reason": row.reason,
            "standard": [
                (title, standard[part].in_language(language())) for part, title in _standard_names().items()
            ],
            "national": [
                (each.application, address_of(each.application), each.link.in_language(language()))
                for each in manifest.national
            ],
            "purpose": manifest.data.purpose.in_language(language()),
            "months": manifest.data.keep_months,
            "is_synthetic": one.is_synthetic,
            "here": request.path,
            "performance_href": reverse("casework:performance", args=[code, package]),
            "breadcrumbs": [
                (_("Services to apply for"), reverse("casework:services")),
                (words.name_of(one, language()), None),
            ],
        },
        status=422 if problem else 200,
    )


def _standard_names() -> dict[str, str]:
    """This function will return what a citizen reads of a service standard before applying, in this order."""
    return {
        "requirements": _("What you need"),
        "procedure": _("How it goes"),
        "duration": _("How long it takes"),
        "fee": _("What it costs"),
        "product": _("What you get"),
        "complaints": _("Where to complain"),
        "legal_basis": _("Legal basis"),
    }
