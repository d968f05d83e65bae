"""The counter: an officer applies together with a citizen who has no phone, prints the receipt, and finds it again."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from livinglab.accounts.queries import User
from livinglab.casework import policies
from livinglab.casework.access import not_at_desk, office_page
from livinglab.casework.domain.states import Channel, SeatKind, ServiceState
from livinglab.casework.models import Case, Seat, Service
from livinglab.casework.operations import drafts
from livinglab.casework.queries.inbox import ON_A_PAGE, helped
from livinglab.casework.queries.own import helped_drafts
from livinglab.casework.queries.running import package_of
from livinglab.casework.queries.services import offered_in, services_of, versions_at_work
from livinglab.casework.web import words
from livinglab.casework.web.frame import language
from livinglab.kernel import clock
from livinglab.kernel.refusals import Refused
from livinglab.organizations.queries import Organization
from livinglab.packages.queries import case_words


@require_http_methods(["GET", "HEAD", "POST"])
@office_page
def counter(
    request: HttpRequest, organization: Organization, user: User, seats: tuple[Seat, ...]
) -> HttpResponse:
    """This function will list what an officer can apply for with a citizen, begin it, and what they brought in."""
    refusal = policies.may_help(is_seated=any(one.kind != SeatKind.SUPERIOR for one in seats))
    services = services_of(organization.id)
    problem = ""
    if request.method == "POST" and "draft" in request.POST and refusal is None:
        try:
            token = drafts.go_on(
                organization=organization,
                draft_id=UUID(request.POST["draft"]),
                helper=user.id,
                at=clock.now(),
            )
            return redirect("casework:form", organization.code, token)
        except (ValueError, drafts.UnknownDraft):
            problem = _("This form is not under way any more: it was sent or deleted.")
    elif request.method == "POST":
        chosen = next((one for one in services if str(one.id) == request.POST.get("service")), None)
        if refusal is not None:
            problem = str(refusal.reason)
        elif chosen is None:
            problem = _("Choose one of the services of this page.")
        else:
            try:
                _draft, token = drafts.begin(
                    organization=organization,
                    service_id=chosen.id,
                    unit_code=_village(seats, chosen.id),
                    channel=Channel.COUNTER,
                    applicant=None,
                    helped_by=user.id,
                    at=clock.now(),
                )
                return redirect("casework:form", organization.code, token)
            except Refused as refused:
                problem = str(refused.refusal.reason)
    page = Paginator(helped(organization.id, user.id), ON_A_PAGE).get_page(request.GET.get("page"))
    versions = versions_at_work(services)
    return render(
        request,
        "casework/counter.html",
        {
            "organization": organization,
            "problem": problem,
            "refusal": str(refusal.reason) if refusal else "",
            "services": [
                _line(one, package_of(versions[one.id]).manifest.name.in_language(language()))
                for one in services
                if one.id in versions
            ],
            "under_way": [
                {
                    "id": str(one.id),
                    "name": one.name.in_language(language()),
                    "at": case_words.moment(one.saved_at, language()),
                }
                for one in helped_drafts(organization.id, user.id, at=clock.now())
            ],
            "rows": [_brought(one, organization) for one in page],
            "page": page,
            "link": lambda number: f"?page={number}",
            "here": request.path,
            "breadcrumbs": [(organization.name, None), (_("Counter"), None)],
        },
        status=422 if problem else 200,
    )


def _line(one: Service, name: str) -> dict[str, object]:
    refusal = policies.may_begin(state=ServiceState(one.state))
    return {
        "id": str(one.id),
        "name": name,
        "refusal": str(refusal.reason) if refusal else "",
        "is_synthetic": one.is_synthetic,
    }


@require_safe
@office_page
def receipt(
    request: HttpRequest, organization: Organization, user: User, _seats: tuple[Seat, ...], case_id: UUID
) -> HttpResponse:
    """This function will show the receipt of an application again to the officer who brought it in.

    Without the citizen's address: only its hash is kept. Another officer's, and another region's: 404.
    """
    one = helped(organization.id, user.id).filter(id=case_id).first()
    if one is None:
        return not_at_desk(request, organization, user)
    title = _("Receipt %(number)s") % {"number": one.number}
    home = (_("Counter"), reverse("casework:counter", args=[organization.code]))
    return render(
        request,
        "casework/counter_receipt.html",
        {
            "title": title,
            "organization": organization,
            **_brought(one, organization),
            "due": case_words.deadline(one.due_at, language()),
            "is_synthetic": one.is_synthetic,
            "breadcrumbs": [(organization.name, None), home, (title, None)],
        },
    )


def _brought(one: Case, organization: Organization) -> dict[str, object]:
    return {
        "href": reverse("casework:counter_receipt", args=[organization.code, one.id]),
        "number": one.number,
        "name": package_of(one.version).manifest.name.in_language(language()),
        "at": case_words.moment(one.started_at, language()),
        "stands": words.outcome(one.outcome),
    }


def _village(seats: tuple[Seat, ...], service_id: UUID) -> str:
    """This function will return the village of an officer's seat where it offers the service, "" elsewhere."""
    own = [one.unit_code for one in seats if one.kind == SeatKind.VILLAGE and one.unit_code]
    return next(iter(offered_in(service_id, own)), "")
