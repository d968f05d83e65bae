"""Signed documents, for who keeps the certificates: found by their number, and revoked with a reason."""

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from livinglab.accounts.queries import User
from livinglab.casework.access import not_kept
from livinglab.casework.operations.revoking import revoke as revoke_paper
from livinglab.casework.queries.papers import Issued, PaperState, signed_by_number, signed_paper
from livinglab.casework.web.frame import language
from livinglab.kernel import clock
from livinglab.kernel.clock import day_of
from livinglab.kernel.refusals import Refused
from livinglab.kernel.texts import storable
from livinglab.organizations.access import member_page
from livinglab.organizations.queries import Organization
from livinglab.packages.queries import case_words
from livinglab.signatures.policies import KEEPS
from livinglab.ui import formats

_UNPROCESSABLE: Final = 422
#: the longest number of a document
_LONGEST: Final = 120


@require_safe
@never_cache
@member_page(KEEPS)
def issued(request: HttpRequest, organization: Organization) -> HttpResponse:
    """This function will find signed documents by their number, or by that of their application."""
    number = storable(request.GET.get("number", "")).strip()[:_LONGEST]
    found = signed_by_number(organization, number, language=language())
    title = _("Signed documents")
    if number:
        title = ngettext(
            "%(num)s signed document has this number", "%(num)s signed documents have this number", len(found)
        ) % {"num": len(found)}
        title = title if found else _("No signed document has this number")
    context = {"title": title, "number": number, "rows": [_line(organization, one) for one in found]}
    return _answer(request, organization, "casework/issued.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@member_page(KEEPS)
def revoke(request: HttpRequest, organization: Organization, paper_id: UUID) -> HttpResponse:
    """This function will revoke a signed document, with a reason that everybody may read; 404 for another region's."""
    found = signed_paper(organization.id, paper_id, language=language())
    if found is None:
        return not_kept(request, organization)
    problems: dict[str, str] = {}
    reason = storable(request.POST.get("reason", ""))
    if request.method == "POST" and found.state is not PaperState.REVOKED:
        problems = _tried(request, organization, found, reason)
        if not problems:
            said = _("%(number)s is revoked, and its applicant is told.") % {"number": found.paper.number}
            messages.success(request, said)
    if request.method == "POST" and not problems:
        return redirect("casework:revoke", organization.code, paper_id)
    title = _("Revoke %(number)s") % {"number": found.paper.number}
    context = {
        "title": title,
        "one": _line(organization, found),
        "reason": reason,
        "is_confirmed": "confirm" in request.POST,
        "problems": problems,
    }
    return _answer(request, organization, "casework/revoke.html", context, here=title)


def _tried(request: HttpRequest, organization: Organization, found: Issued, reason: str) -> dict[str, str]:
    """Revoke, and return what is wrong by field. A second click finds it revoked, which is what was wanted."""
    assert isinstance(request.user, User)
    problems = {}
    if not reason.strip():
        problems["reason"] = _("Say in up to 300 characters why it is revoked.")
    if "confirm" not in request.POST:
        problems["confirm-yes"] = _("Tick that you compared the number and that this is the document.")
    if problems:
        return problems
    try:
        revoke_paper(
            organization=organization,
            paper_id=found.paper.id,
            reason=reason,
            by=request.user,
            at=clock.now(),
        )
    except Refused as refused:
        if refused.refusal.code == "revoked_already":
            return {}
        return {"reason": str(refused.refusal.reason)}
    return {}


def _line(organization: Organization, one: Issued) -> dict[str, object]:
    revoked = next((each for each in one.files if each.revoked_at), None)
    signed = next((each.certificate for each in one.files if each.certificate), None)
    day = day_of(revoked.revoked_at, organization.zone) if revoked and revoked.revoked_at else None
    return {
        "name": one.name,
        "number": one.paper.number,
        "case": one.paper.case.number,
        "signed": case_words.moment(one.paper.signed_at, language()) if one.paper.signed_at else "",
        "signer": f"{signed.name}, {signed.position}" if signed else "",
        "checks": [reverse("signatures:document", args=[each.code]) for each in one.files if each.signed_at],
        "revoked": formats.day(day, language=language()) if day else "",
        "reason": revoked.reason if revoked else "",
        "is_synthetic": one.paper.case.is_synthetic,
        "href": reverse("casework:revoke", args=[organization.code, one.paper.id]),
    }


def _answer(
    request: HttpRequest,
    organization: Organization,
    template: str,
    context: Mapping[str, object],
    *,
    here: str = "",
) -> HttpResponse:
    home = reverse("casework:issued", args=[organization.code])
    trail: list[tuple[str, str | None]] = [(organization.name, None)]
    trail += [(_("Signed documents"), home), (here, None)] if here else [(_("Signed documents"), None)]
    return render(
        request,
        template,
        {"organization": organization, "home": home, "here": request.path, "breadcrumbs": trail, **context},
        status=_UNPROCESSABLE if context.get("problems") else 200,
    )
