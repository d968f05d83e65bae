"""A publisher's own packages: what was sent and where it stands, sending a version, and the signing keys."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from livinglab.accounts.queries import User
from livinglab.kernel import clock
from livinglab.kernel.refusals import Refused
from livinglab.organizations.access import member_page
from livinglab.organizations.queries import Organization
from livinglab.packages.domain.faults import Fault, PackageRefused, Severity
from livinglab.packages.queries.check import sentence
from livinglab.packages.queries.repositories import package_zip
from livinglab.releases import policies
from livinglab.releases.access import READERS
from livinglab.releases.operations import keys as key_operations
from livinglab.releases.operations.importing import receive
from livinglab.releases.operations.publishing import NotPublishable, submit
from livinglab.releases.queries import pages, releases
from livinglab.releases.queries.names import name_of
from livinglab.releases.queries.parties import actor_of
from livinglab.releases.web import words
from livinglab.ui.jinja import url_if_any

#: bytes of an upload that are read at all; a package has at most 2 MiB
LARGEST_UPLOAD = 4 * 1024 * 1024


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@member_page(READERS)
def own(request: HttpRequest, organization: Organization) -> HttpResponse:
    """This function will list an organisation's packages, and take a new version."""
    assert isinstance(request.user, User)
    if request.method != "POST":
        return _page(request, organization)
    uploaded = request.FILES.get("package")
    if uploaded is None:
        return _page(request, organization, (("package", _("Choose the zip of a package.")),))
    if (uploaded.size or 0) > LARGEST_UPLOAD:
        return _page(
            request, organization, (("package", _("The file is too large: a package has at most 2 MiB.")),)
        )
    at = clock.now()
    try:
        content = package_zip(uploaded.read())
        if request.POST.get("step") == "compare":
            row = receive(organization=organization, content=content, by=request.user, at=at)
            return redirect("releases:received", organization.code, row.id)
        release = submit(organization=organization, content=content, by=request.user, at=at)
    except PackageRefused as refused:
        return _page(request, organization, faults=refused.faults)
    except NotPublishable as refused:
        return _page(request, organization, faults=refused.report.of(Severity.ERROR))
    except Refused as refused:
        return _page(request, organization, (("package", str(refused.refusal.reason)),))
    messages.success(
        request, _("Version %(version)s was signed and waits for its review.") % {"version": release.version}
    )
    return redirect("releases:own", organization.code)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@member_page(READERS)
def keys(request: HttpRequest, organization: Organization) -> HttpResponse:
    """This function will show the signing keys of an organisation, renew the one in use or revoke one."""
    assert isinstance(request.user, User)
    problems: tuple[tuple[str, str], ...] = ()
    if request.method == "POST":
        try:
            _changed(request, organization, request.user)
        except Refused as refused:
            problems = ((f"reason-{request.POST.get('key', '')}", str(refused.refusal.reason)),)
        except key_operations.UnknownKey:
            problems = (("", _("This key is not one of yours.")),)
        else:
            return redirect("releases:keys", organization.code)
    found = pages.keys_of(organization.id)
    refusal = policies.may_publish(actor_of(request.user), publisher_id=organization.id)
    context = {
        "organization": organization,
        "heading": _("You sign with one key.") if found else _("Your key is made when you first publish."),
        "rows": found,
        "refusal": str(refusal.reason) if refusal else "",
        "problems": problems,
        "errors": dict(problems),
        "breadcrumbs": (*_way(organization, linked=True), (_("Signing keys"), None)),
    }
    return render(request, "releases/keys.html", context, status=422 if problems else 200)


def _changed(request: HttpRequest, organization: Organization, user: User) -> None:
    at = clock.now()
    if request.POST.get("step") == "renew":
        key_operations.renew(organization=organization, by=user, at=at)
        messages.success(request, _("A new key signs from now on. What the old one signed stays good."))
        return
    key_id = request.POST.get("key", "")
    key_operations.revoke(
        organization=organization,
        key_id=key_id,
        reason=request.POST.get(f"reason-{key_id}", ""),
        by=user,
        at=at,
    )
    messages.success(request, _("The key was revoked."))


def _page(
    request: HttpRequest,
    organization: Organization,
    problems: tuple[tuple[str, str], ...] = (),
    faults: tuple[Fault, ...] = (),
) -> HttpResponse:
    assert isinstance(request.user, User)
    found = pages.own_listings(organization.id)
    refusal = policies.may_publish(actor_of(request.user), publisher_id=organization.id)
    rows = [
        (
            name_of(listing),
            one.version,
            words.STATES[releases.state_of(one)],
            one.reason,
            url_if_any("releases:version", organization.code, listing.package_id, one.version),
        )
        for listing in found
        for one in releases.releases_of(listing.id)
    ]
    heading = _("You have published no package yet.")
    if found:
        heading = ngettext("You publish %(num)s package.", "You publish %(num)s packages.", len(found)) % {
            "num": len(found)
        }
    context = {
        "organization": organization,
        "heading": heading,
        "rows": rows,
        "faults": [(f"{one.path}:{one.line}", one.code, sentence(one)) for one in faults],
        "refusal": str(refusal.reason) if refusal else "",
        "received_url": url_if_any("adoptions:received", organization.code),
        "faults_url": url_if_any("adoptions:faults-received", organization.code),
        "problems": problems
        or ((("package", _("The package has errors. Nothing was kept.")),) if faults else ()),
        "errors": dict(problems),
        "offers_url": url_if_any("adoptions:offers-fetch", organization.code),
        "breadcrumbs": _way(organization, linked=False),
    }
    return render(request, "releases/own.html", context, status=422 if problems or faults else 200)


def _way(organization: Organization, *, linked: bool) -> tuple[tuple[str, str | None], ...]:
    here = url_if_any("releases:own", organization.code) if linked else None
    return ((_("Packages"), url_if_any("releases:list")), (organization.short_name, here))
