"""Warnings about versions of a package: read by everybody, issued and lifted by the publisher and by ministries."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from livinglab.accounts.queries import User
from livinglab.kernel import clock
from livinglab.kernel.refusals import Refused
from livinglab.organizations.queries import Organization, organizations
from livinglab.releases import policies
from livinglab.releases.domain.states import AdvisoryKind, Severity
from livinglab.releases.models import Advisory, Listing
from livinglab.releases.operations import advisories
from livinglab.releases.queries import releases
from livinglab.releases.queries.names import name_of
from livinglab.releases.queries.parties import actor_of
from livinglab.releases.web import words
from livinglab.ui.jinja import url_if_any

Problems = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Warned:
    """A warning on the page. `may_lift`: whether the reader may lift it now."""

    id: str
    row: Advisory
    kind: str
    urgency: str
    may_lift: bool


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def warnings(request: HttpRequest, code: str, package_id: str) -> HttpResponseBase:
    """This function will list the warnings about a package, and let its publisher or a ministry warn or lift one."""
    listing = releases.find_listing(code, package_id)
    if listing is None:
        raise Http404(f"{code}/{package_id}")
    if request.method != "POST":
        return _page(request, listing)
    if not isinstance(request.user, User):
        return redirect_to_login(request.get_full_path())
    issuers = _issuers(request, listing)
    if not issuers:
        raise PermissionDenied(_("Only the publisher and ministries warn of versions of a package."))
    try:
        if request.POST.get("lift"):
            advisories.lift(advisory_id=_id(request.POST["lift"]), by=request.user, at=clock.now())
            messages.success(request, _("The warning was lifted. It stays to be read."))
        else:
            problems = _unchosen(request, issuers)
            if problems:
                return _page(request, listing, problems)
            _warn(request, listing, request.user, issuers)
            messages.success(request, _("The warning stands on the package and with everybody who runs it."))
    except Refused as refused:
        field = "version" if refused.refusal.code == "versions_unknown" else "text"
        return _page(request, listing, ((field, str(refused.refusal.reason)),))
    return redirect("releases:warnings", code, package_id)


def _warn(request: HttpRequest, listing: Listing, user: User, issuers: list[Organization]) -> None:
    post = request.POST
    advisories.warn(
        listing=listing,
        versions=post.getlist("version"),
        kind=AdvisoryKind(post["kind"]),
        severity=Severity(post["severity"]),
        text=post.get("text", ""),
        fixed_in=post.get("fixed_in", ""),
        issued_for=next(one for one in issuers if one.code == _issuer(request, issuers)),
        by=user,
        at=clock.now(),
    )


def _unchosen(request: HttpRequest, issuers: list[Organization]) -> Problems:
    """Return what was not chosen of what must be, before anything is written."""
    found = []
    if not request.POST.getlist("version"):
        found.append(("version", _("Choose the versions that you warn of.")))
    if request.POST.get("kind") not in set(AdvisoryKind):
        found.append(("kind", _("Choose what is wrong.")))
    if request.POST.get("severity") not in set(Severity):
        found.append(("severity", _("Choose how soon to act.")))
    if _issuer(request, issuers) not in {one.code for one in issuers}:
        found.append(("issuer", _("Choose in whose name you warn.")))
    return tuple(found)


def _issuer(request: HttpRequest, issuers: list[Organization]) -> str:
    return issuers[0].code if len(issuers) == 1 else request.POST.get("issuer", "")


def _issuers(request: HttpRequest, listing: Listing) -> list[Organization]:
    """Return in whose names the reader may warn: the publisher's own, and ministries'."""
    if not isinstance(request.user, User):
        return []
    actor = actor_of(request.user)
    rows = organizations().filter(id__in={listing.publisher_id, *actor.ministries}).order_by("name")
    return [
        one
        for one in rows
        if policies.may_warn(actor, publisher_id=listing.publisher_id, issuer_id=one.id) is None
    ]


def _page(request: HttpRequest, listing: Listing, problems: Problems = ()) -> HttpResponse:
    issuers = _issuers(request, listing)
    mine = {one.id for one in issuers}
    rows = [
        Warned(
            str(one.id),
            one,
            str(words.KINDS[releases.kind_of(one)]),
            str(words.SEVERITIES[releases.severity_of(one)]),
            may_lift=one.lifted_at is None and one.issued_for_id in mine,
        )
        for one in releases.advisories_of(listing.id)
    ]
    in_force = sum(1 for one in rows if one.row.lifted_at is None)
    heading = _("Nobody warns of a version of %(name)s.") % {"name": name_of(listing)}
    if in_force:
        heading = ngettext(
            "%(num)s warning about %(name)s is in force.",
            "%(num)s warnings about %(name)s are in force.",
            in_force,
        ) % {"num": in_force, "name": name_of(listing)}
    versions = [one.version for one in releases.releases_of(listing.id) if releases.is_public(one)]
    context = {
        "listing": listing,
        "heading": heading,
        "rows": rows,
        "issuers": [(one.code, one.name, "") for one in issuers],
        "versions": versions,
        "mended": [("", _("not mended yet")), *((one, one) for one in versions)],
        "kinds": [(kind.value, label, "") for kind, label in words.KINDS.items()],
        "severities": [(one.value, label, "") for one, label in words.SEVERITIES.items()],
        "problems": problems,
        "errors": dict(problems),
        "given": request.POST,
        "chosen": set(request.POST.getlist("version")),
        "breadcrumbs": (
            (_("Packages"), url_if_any("releases:list")),
            (name_of(listing), url_if_any("releases:package", listing.publisher.code, listing.package_id)),
            (_("Warnings"), None),
        ),
    }
    return render(request, "releases/warnings.html", context, status=422 if problems else 200)


def _id(given: str) -> UUID:
    try:
        return UUID(given)
    except ValueError:
        raise Http404(given) from None
