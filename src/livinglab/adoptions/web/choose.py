"""Taking a package over: for which region, on one screen; who runs what, for everybody."""

from collections.abc import Sequence

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from livinglab.accounts.queries import User
from livinglab.adoptions.domain.states import AdoptionState, Manner
from livinglab.adoptions.models import AdoptionFigure
from livinglab.adoptions.operations.adoptions import start
from livinglab.adoptions.operations.records import TOPIC
from livinglab.adoptions.policies import PREPARES
from livinglab.adoptions.queries.public import adopters_of
from livinglab.adoptions.web import words
from livinglab.adoptions.web.use_words import proof_of_newest, use_lines
from livinglab.catalogue.queries import FEWEST_CASES
from livinglab.kernel import clock
from livinglab.kernel.freshness import fresh_by
from livinglab.kernel.refusals import Refused
from livinglab.organizations.queries import Organization, organizations, posts
from livinglab.releases.queries.names import name_of
from livinglab.releases.queries.national import national_warnings
from livinglab.releases.queries.releases import Release, find_listing, find_release, is_listed, releases_of
from livinglab.ui.formats import day
from livinglab.ui.jinja import url_if_any
from livinglab.ui.languages import language


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def choose(request: HttpRequest, code: str, package_id: str, version: str) -> HttpResponse:
    """This function will ask for which region a version is taken over, and take it over."""
    release = find_release(code, package_id, version)
    if release is None:
        raise Http404(f"{code}/{package_id}/{version}")
    assert isinstance(request.user, User)
    homes = _homes(request.user)
    if not homes:
        raise PermissionDenied(_("Services are prepared by agency officers and those who answer for them."))
    if request.method != "POST":
        return _page(request, release, homes)
    home = next((one for one in homes if one.code == request.POST.get("region")), None)
    if home is None:
        return _page(request, release, homes, _("Choose for whom you take it over."))
    try:
        row = start(organization=home, release=release, by=request.user, at=clock.now())
    except Refused as refused:
        return _page(request, release, homes, str(refused.refusal.reason))
    return redirect("adoptions:adoption", home.code, row.id)


@require_safe
@fresh_by(TOPIC, "releases", "organizations")
def adopters(request: HttpRequest, code: str, package_id: str) -> HttpResponse:
    """This function will show who runs which version of a package, how far behind and how far adapted."""
    listing = find_listing(code, package_id)
    if listing is None:
        raise Http404(f"{code}/{package_id}")
    found = adopters_of(listing.id)
    newest = listing.newest
    listed = [one for one in releases_of(listing.id) if is_listed(one)]
    behind = sum(1 for one in found if _newer(one, listed))
    heading = _("Nobody has taken %(name)s over yet.") % {"name": name_of(listing)}
    if found:
        heading = ngettext(
            "%(num)s region took %(name)s over", "%(num)s regions took %(name)s over", len(found)
        ) % {"num": len(found), "name": name_of(listing)}
        heading += "; " + ngettext(
            "%(num)s is behind the newest version.", "%(num)s are behind the newest version.", behind
        ) % {"num": behind}
    rows = [
        {
            "name": one.organization.name,
            "version": one.release.version,
            "behind": _behind(one, listed),
            "state": words.STATES[AdoptionState(one.state)],
            "manner": words.MANNERS[Manner(one.manner)],
            "changed": one.changed,
            "elements": one.elements,
            "live_at": one.live_at,
            "is_synthetic": one.is_synthetic,
        }
        for one in found
    ]
    context = {
        "heading": heading,
        "rows": rows,
        "proof": proof_of_newest(listing),
        "uses": use_lines(listing),
        "fewest": FEWEST_CASES,
        "newest": newest.version if newest else "",
        "package_url": url_if_any("releases:package", code, package_id),
        "breadcrumbs": (
            (_("Packages"), url_if_any("releases:list")),
            (name_of(listing), url_if_any("releases:package", code, package_id)),
            (_("Who runs which version"), None),
        ),
    }
    return render(request, "adoptions/adopters.html", context)


def _newer(figure: AdoptionFigure, listed: Sequence[Release]) -> list[Release]:
    return [one for one in listed if one.version_parts > figure.release.version_parts]


def _behind(figure: AdoptionFigure, listed: Sequence[Release]) -> str:
    """Say how many versions on offer are newer than what a region runs, and since when the first of them is."""
    newer = _newer(figure, listed)
    if not newer:
        return ""
    first = min(one.decided_at or one.signed_at for one in newer)
    said = ngettext(
        "%(num)s version behind, since %(day)s", "%(num)s versions behind, since %(day)s", len(newer)
    )
    return said % {"num": len(newer), "day": day(first.date(), language=language())}


def _homes(user: User) -> list[Organization]:
    ids = {post.organization_id for post in posts(user.id) if post.role in PREPARES}
    return list(organizations().filter(id__in=ids).order_by("name"))


def _page(
    request: HttpRequest, release: Release, homes: list[Organization], problem: str = ""
) -> HttpResponse:
    listing = release.listing
    where = (listing.publisher.code, listing.package_id)
    context = {
        "release": release,
        "name": name_of(listing),
        "publisher": listing.publisher.name,
        "national": national_warnings(release.words["listing"]["functions"]),
        "homes": [(one.code, one.name, "") for one in homes],
        "chosen": request.POST.get("region", homes[0].code if len(homes) == 1 else ""),
        "problems": (("region", problem),) if problem else (),
        "errors": {"region": problem} if problem else {},
        "breadcrumbs": (
            (_("Packages"), url_if_any("releases:list")),
            (name_of(listing), url_if_any("releases:package", *where)),
            (_("Take it over"), None),
        ),
    }
    return render(request, "adoptions/choose.html", context, status=422 if problem else 200)
