"""The pages on which a region's officers speak for its services; they work without JavaScript."""

from dataclasses import fields
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from livinglab.accounts.queries import User
from livinglab.catalogue import operations, queries
from livinglab.catalogue.domain.entries import Entry
from livinglab.catalogue.domain.functions import Status
from livinglab.catalogue.policies import RECORDERS
from livinglab.catalogue.web import words
from livinglab.catalogue.web.comparison import Wanted, group_name
from livinglab.kernel import clock
from livinglab.kernel.refusals import Refused
from livinglab.organizations.access import member_page
from livinglab.organizations.queries import Organization, agencies

_FIELDS = tuple(field.name for field in fields(Entry))
_OFFERED = (Status.ACTIVE, Status.INACTIVE, Status.NONE)


@require_safe
@member_page(RECORDERS)
def own_services(request: HttpRequest, organization: Organization) -> HttpResponse:
    """This function will show what the region has said about its services."""
    rows = [
        {"id": row.id, "function": words.function_name(row.function), "name": row.name, "status": _status(row.status),
         "agency": row.agency, "year": row.year}
        for row in queries.own_services(organization.id)
    ]  # fmt: skip
    context = {
        "region": organization,
        "rows": rows,
        "compare_url": Wanted(codes=(organization.code,)).url(),
        "messages": messages.get_messages(request),
    }
    return render(request, "catalogue/own_services.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@member_page(RECORDERS)
def record(request: HttpRequest, organization: Organization) -> HttpResponse:
    """This function will show the form for one service, and store what it brings."""
    if request.method != "POST":
        entry = Entry(function=request.GET.get("function", "")[:40])
        return _form(request, organization, entry, [])
    entry = Entry(**{name: request.POST.get(name, "") for name in _FIELDS}).trimmed()
    try:
        operations.record_own_service(
            organization=organization, entry=entry, by=officer(request), at=clock.now()
        )
    except operations.EntryRefused as refused:
        found = [(one.field, str(words.FAULTS[one.fault])) for one in refused.problems]
        return _form(request, organization, entry, found)
    except Refused as refused:
        return _form(request, organization, entry, [("function", str(refused.refusal.reason))])
    messages.success(request, _("Saved. The public comparison shows it within a minute."))
    return redirect("catalogue:own-services", organization.code)


def _form(
    request: HttpRequest, organization: Organization, entry: Entry, problems: list[tuple[str, str]]
) -> HttpResponse:
    context = {
        "region": organization,
        "entry": entry,
        "agencies": tuple(agencies(organization.id).values_list("name", flat=True)),
        "problems": problems,
        "errors": dict(reversed(problems)),
        "functions": function_options(),
        "statuses": [(str(one), str(words.STATUSES[one]), _status_hint(one)) for one in _OFFERED],
    }
    return render(request, "catalogue/record.html", context, status=422 if problems else 200)


@require_POST
@member_page(RECORDERS)
def withdraw(request: HttpRequest, organization: Organization, entry_id: UUID) -> HttpResponse:
    """This function will take an entry back."""
    if all(row.id != entry_id for row in queries.own_services(organization.id)):
        raise Http404
    operations.withdraw_own_service(
        organization=organization, entry_id=entry_id, by=officer(request), at=clock.now()
    )
    messages.success(request, _("Withdrawn. The public comparison forgets it within a minute."))
    return redirect("catalogue:own-services", organization.code)


def officer(request: HttpRequest) -> User:
    """This function will return who is signed in. Errors: TypeError on a page that nobody guards."""
    user = request.user
    if not isinstance(user, User):
        raise TypeError("member pages are for people who are signed in")
    return user


def function_options() -> list[tuple[str, str]]:
    """This function will return the functions with their sector, to choose from."""
    named = sorted((one.side, group_name(one), words.said(one.name), one.code) for one in queries.functions())
    return [("", _("Choose a function")), *((code, f"{group}: {name}") for _side, group, name, code in named)]


def _status(status: str) -> str:
    return str(words.STATUSES[Status(status)])


def _status_hint(status: Status) -> str:
    return (
        _("Your region has no service for this function. Leave the name empty.")
        if status is Status.NONE
        else ""
    )
