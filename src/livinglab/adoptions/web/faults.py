"""Faults of versions: reported by an adopter, answered by the publisher, counted for everybody."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from livinglab.accounts.queries import User
from livinglab.adoptions import policies
from livinglab.adoptions.access import READERS, adoption_page
from livinglab.adoptions.domain.states import AdoptionState
from livinglab.adoptions.models import Adoption
from livinglab.adoptions.operations import faults
from livinglab.adoptions.operations.records import TOPIC
from livinglab.adoptions.queries import faults as reads
from livinglab.adoptions.web.news import news_for
from livinglab.kernel import clock
from livinglab.kernel.freshness import fresh_by
from livinglab.kernel.refusals import Refused
from livinglab.organizations.access import member_page
from livinglab.organizations.queries import Organization, roles_in
from livinglab.releases.queries.names import name_of
from livinglab.releases.queries.releases import find_listing
from livinglab.ui.jinja import url_if_any

Problems = tuple[tuple[str, str], ...]


@require_http_methods(["GET", "HEAD", "POST"])
@adoption_page
def report(request: HttpRequest, organization: Organization, row: Adoption, user: User) -> HttpResponse:
    """This function will show what a region reported of the version it stands on, and take a report."""
    if request.method != "POST":
        return _report_page(request, organization, row, user)
    try:
        faults.report(
            organization=organization,
            adoption_id=row.id,
            path=request.POST.get("part", ""),
            text=request.POST.get("text", ""),
            by=user,
            at=clock.now(),
        )
    except Refused as refused:
        field = "text" if refused.refusal.code == "text_missing" else "part"
        return _report_page(request, organization, row, user, ((field, str(refused.refusal.reason)),))
    messages.success(request, _("The fault was reported. The publisher's answer comes here."))
    return redirect("adoptions:faults", organization.code, row.id)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@member_page(READERS)
def received(request: HttpRequest, organization: Organization) -> HttpResponse:
    """This function will show a publisher the faults of its packages, those of most adopters first, and answer one."""
    assert isinstance(request.user, User)
    if request.method != "POST":
        return _received_page(request, organization)
    key = request.POST.get("fault", "")
    release_id, path = _named(key)
    try:
        count = faults.answer(
            organization=organization,
            release_id=release_id,
            path=path,
            text=request.POST.get(f"answer-{key}", ""),
            fixed_in=request.POST.get(f"fixed-{key}", ""),
            by=request.user,
            at=clock.now(),
        )
    except faults.UnknownFault:
        gone = _("This fault was answered already, or nobody reported it.")
        return _received_page(request, organization, (("", gone),))
    except Refused as refused:
        field = f"fixed-{key}" if refused.refusal.code == "version_unknown" else f"answer-{key}"
        return _received_page(request, organization, ((field, str(refused.refusal.reason)),))
    told = ngettext("%(num)s region is told.", "%(num)s regions are told.", count) % {"num": count}
    messages.success(request, told)
    return redirect("adoptions:faults-received", organization.code)


@require_safe
@fresh_by(TOPIC, "releases", "organizations")
def public(request: HttpRequest, code: str, package_id: str) -> HttpResponse:
    """This function will count the reported faults of a package by version and part; no texts and no names."""
    listing = find_listing(code, package_id)
    if listing is None:
        raise Http404(f"{code}/{package_id}")
    found = reads.faults_of(listing.id)
    is_open = sum(1 for one in found if one.is_open)
    heading = _("Nobody has reported a fault of %(name)s.") % {"name": name_of(listing)}
    if found:
        heading = ngettext(
            "%(num)s reported fault of %(name)s waits for its answer.",
            "%(num)s reported faults of %(name)s wait for their answers.",
            is_open,
        ) % {"num": is_open, "name": name_of(listing)}
    context = {
        "heading": heading,
        "name": name_of(listing),
        "rows": [(one, _part(one)) for one in found],
        "is_synthetic": listing.is_synthetic,
        "breadcrumbs": (
            (_("Packages"), url_if_any("releases:list")),
            (name_of(listing), url_if_any("releases:package", code, package_id)),
            (_("Faults"), None),
        ),
    }
    return render(request, "adoptions/faults.html", context)


def key_of(fault: reads.Fault) -> str:
    """This function will return the name of a fault in a form."""
    return f"{fault.release.id}:{fault.path}"


def _named(key: str) -> tuple[UUID, str]:
    release, _colon, path = key.partition(":")
    try:
        return UUID(release), path
    except ValueError as wrong:
        raise Http404(key) from wrong


def _part(fault: reads.Fault) -> str:
    if not fault.path:
        return _("The service as a whole")
    return reads.parts_of(fault.release.id).get(fault.path, fault.path)


def _report_page(
    request: HttpRequest, organization: Organization, row: Adoption, user: User, problems: Problems = ()
) -> HttpResponse:
    parts = reads.parts_of(row.base_id)
    mine = reads.reports_of(organization.id, row.listing_id)
    refusal = policies.may_edit(roles_in(user, organization.id), state=AdoptionState(row.state))
    waiting = sum(1 for one in mine if one.answered_at is None)
    heading = _("You have reported no fault of %(name)s.") % {"name": name_of(row.listing)}
    if mine:
        heading = ngettext(
            "%(num)s fault that you reported waits for its answer.",
            "%(num)s faults that you reported wait for their answers.",
            waiting,
        ) % {"num": waiting}
    context = {
        "organization": organization,
        "row": row,
        "name": name_of(row.listing),
        "publisher": row.listing.publisher.name,
        "heading": heading,
        "options": (("", _("The service as a whole")), *parts.items()),
        "mine": [(one, parts.get(one.path) or one.path, reads.others_with(one)) for one in mine],
        "refusal": str(refusal.reason) if refusal else "",
        "problems": problems,
        "errors": dict(problems),
        "given": request.POST,
        "breadcrumbs": (
            (organization.short_name, url_if_any("comparisons:portrait", organization.code)),
            (_("Own services"), url_if_any("adoptions:own", organization.code)),
            (name_of(row.listing), url_if_any("adoptions:adoption", organization.code, row.id)),
            (_("Report a fault"), None),
        ),
    }
    return render(request, "adoptions/fault_report.html", context, status=422 if problems else 200)


def _received_page(request: HttpRequest, organization: Organization, problems: Problems = ()) -> HttpResponse:
    found = reads.faults_received(organization.id)
    waiting = sum(1 for one in found if one.is_open)
    assert isinstance(request.user, User)
    refusal = policies.may_decide(roles_in(request.user, organization.id))
    heading = _("Nobody has reported a fault of your packages.")
    if found:
        heading = ngettext(
            "%(num)s fault of your packages waits for your answer.",
            "%(num)s faults of your packages wait for your answers.",
            waiting,
        ) % {"num": waiting}
    context = {
        "organization": organization,
        "heading": heading,
        "rows": [
            (
                one,
                key_of(one),
                name_of(one.release.listing),
                _part(one),
                [("", _("not yet"))] + [(version, version) for version in faults.mending(one.release)],
            )
            for one in found
        ],
        "news": news_for(request.user, organization),
        "refusal": str(refusal.reason) if refusal else "",
        "problems": problems,
        "errors": dict(problems),
        "given": request.POST,
        "breadcrumbs": (
            (_("Packages"), url_if_any("releases:list")),
            (organization.short_name, url_if_any("releases:own", organization.code)),
            (_("Faults"), None),
        ),
    }
    return render(request, "adoptions/faults_received.html", context, status=422 if problems else 200)
