"""The certificates of officials, for who keeps them: issued by the local authority, entered from BSrE, revoked."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from livinglab.accounts.queries import User
from livinglab.kernel import clock
from livinglab.kernel.refusals import Refused
from livinglab.organizations.access import member_page
from livinglab.organizations.queries import Organization, members
from livinglab.signatures import policies
from livinglab.signatures.domain.services import Service
from livinglab.signatures.operations import certificates
from livinglab.signatures.queries import issued
from livinglab.signatures.queries.issued import Certificate

_UNPROCESSABLE: Final = 422
#: the longest position that a certificate can name
_LONGEST: Final = 120
SERVICES: Final[Mapping[str, Promise]] = {
    Service.LOCAL: gettext_lazy("Authority of this installation, for demonstration"),
    Service.BSRE: gettext_lazy("BSrE"),
}
#: the field at which a refusal is said
_FIELDS: Final[Mapping[str, str]] = {
    "too_short": "passphrase",
    "has_one": "person",
    "no_certificate_in_pem": "pem",
    "no_signing_key": "pem",
    "reason_missing": "reason",
}
Problems = dict[str, str]


@dataclass(frozen=True, slots=True)
class Line:
    """A certificate in the list."""

    certificate: Certificate
    service: str
    state: str
    is_good: bool


@require_safe
@never_cache
@member_page(policies.KEEPS)
def listed(request: HttpRequest, organization: Organization) -> HttpResponse:
    """This function will list the certificates of an organisation's officials, the newest first."""
    rows = [_line(one) for one in issued.certificates(organization.id)]
    good = sum(one.is_good for one in rows)
    finding = ngettext(
        "%(num)s official can sign documents", "%(num)s officials can sign documents", good
    ) % {"num": good}
    context = {
        "rows": rows,
        "finding": finding if good else _("Nobody can sign documents yet"),
        "is_local": settings.LOCAL_AUTHORITY,
    }
    return _answer(request, organization, "signatures/certificates.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("passphrase")
@never_cache
@member_page(policies.KEEPS)
def issue(request: HttpRequest, organization: Organization) -> HttpResponse:
    """This function will issue a certificate from the local authority; 404 where there is none."""
    if not settings.LOCAL_AUTHORITY:
        raise Http404
    return _form(
        request,
        organization,
        "signatures/issue.html",
        ("person", "name", "position"),
        _issued,
        _("Issue a certificate"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@member_page(policies.KEEPS)
def enter(request: HttpRequest, organization: Organization) -> HttpResponse:
    """This function will enter a certificate that BSrE issued."""
    return _form(
        request,
        organization,
        "signatures/enter.html",
        ("person", "position", "pem"),
        _entered,
        _("Enter a certificate of BSrE"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@member_page(policies.KEEPS)
def revoke(request: HttpRequest, organization: Organization, certificate_id: UUID) -> HttpResponse:
    """This function will revoke a certificate, with the reason; 404 for one that is not there."""
    found = next((one for one in issued.certificates(organization.id) if one.id == certificate_id), None)
    if found is None:
        raise Http404(str(certificate_id))
    problems: Problems = {}
    if request.method == "POST":
        problems = _tried(
            lambda by: certificates.revoke(
                organization=organization,
                certificate_id=certificate_id,
                reason=request.POST.get("reason", ""),
                by=by,
                at=clock.now(),
            ),
            request,
        )
        if not problems:
            messages.success(request, _("The certificate is revoked. What it signed before stays good."))
            return redirect("signatures:certificates", organization.code)
    context = {"line": _line(found), "problems": problems, "typed": request.POST}
    return _answer(
        request,
        organization,
        "signatures/revoke.html",
        context,
        title=_("Revoke a certificate"),
        problems=problems,
    )


def _form(
    request: HttpRequest,
    organization: Organization,
    template: str,
    required: tuple[str, ...],
    act: Callable[[HttpRequest, Organization, UUID, User], object],
    title: str,
) -> HttpResponse:
    """Answer with a form about a member, and do what it asks for; what is wrong is said at its field."""
    people = {str(one.user_id): str(one.user) for one in members(organization.id)}
    problems: Problems = {}
    if request.method == "POST":
        problems = _wrong(request, required, people)
        if not problems:
            person = UUID(request.POST["person"])
            problems = _tried(lambda by: act(request, organization, person, by), request)
        if not problems:
            messages.success(request, _("The certificate is there. Its official can sign from now on."))
            return redirect("signatures:certificates", organization.code)
    context = {
        "people": sorted(people.items(), key=lambda pair: pair[1]),
        "typed": request.POST,
        "problems": problems,
        "longest": _LONGEST,
    }
    return _answer(request, organization, template, context, title=title, problems=problems)


def _wrong(request: HttpRequest, required: tuple[str, ...], people: Mapping[str, str]) -> Problems:
    problems: Problems = {}
    for name in required:
        given = request.POST.get(name, "").strip()
        if name == "person" and given not in people:
            problems[name] = _("Choose one of the list.")
        elif not given:
            problems[name] = _("Fill this in.")
        elif name != "pem" and name != "person" and len(given) > _LONGEST:
            problems[name] = _("This is too long: at most %(longest)s characters.") % {"longest": _LONGEST}
    return problems


def _issued(request: HttpRequest, organization: Organization, person: UUID, by: User) -> Certificate:
    return certificates.issue(
        organization=organization,
        user_id=person,
        name=" ".join(request.POST["name"].split()),
        position=" ".join(request.POST["position"].split()),
        passphrase=request.POST.get("passphrase", ""),
        by=by,
        at=clock.now(),
    )


def _entered(request: HttpRequest, organization: Organization, person: UUID, by: User) -> Certificate:
    return certificates.enter(
        organization=organization,
        user_id=person,
        position=" ".join(request.POST["position"].split()),
        pem=request.POST["pem"],
        by=by,
        at=clock.now(),
    )


def _tried(act: Callable[[User], object], request: HttpRequest) -> Problems:
    assert isinstance(request.user, User)
    try:
        act(request.user)
    except Refused as refused:
        return {_FIELDS.get(refused.refusal.code, ""): str(refused.refusal.reason)}
    return {}


def _line(one: Certificate) -> Line:
    at = clock.now()
    refusal = policies.may_sign(one, at=at)
    state = {
        "certificate_revoked": _("revoked"),
        "certificate_expired": _("expired"),
        "certificate_not_yet_valid": _("not valid yet"),
    }
    said = state[refusal.code] if refusal else _("in force")
    return Line(one, str(SERVICES[one.service]), said, refusal is None)


def _answer(
    request: HttpRequest,
    organization: Organization,
    template: str,
    context: Mapping[str, object],
    *,
    title: str = "",
    problems: Problems | None = None,
) -> HttpResponse:
    home = reverse("signatures:certificates", args=[organization.code])
    trail: list[tuple[str, str | None]] = [(organization.name, None)]
    trail += [(_("Certificates"), home), (title, None)] if title else [(_("Certificates"), None)]
    return render(
        request,
        template,
        {"organization": organization, "title": title, "here": request.path, "breadcrumbs": trail, **context},
        status=_UNPROCESSABLE if problems else 200,
    )
