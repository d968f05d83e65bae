"""An adaptation published as a package of the region's own; and the family of a package, for everybody."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from livinglab.accounts.queries import User
from livinglab.adoptions import policies
from livinglab.adoptions.access import adoption_page
from livinglab.adoptions.domain.states import AdoptionState, Manner
from livinglab.adoptions.models import Adoption, AdoptionFigure
from livinglab.adoptions.operations.deriving import derive as publish
from livinglab.adoptions.operations.records import TOPIC
from livinglab.adoptions.queries.public import adopters_of
from livinglab.adoptions.web import words
from livinglab.adoptions.web.family_drawing import Member, draw_family
from livinglab.kernel import clock
from livinglab.kernel.freshness import fresh_by
from livinglab.kernel.refusals import Refused
from livinglab.organizations.queries import Organization, roles_in
from livinglab.packages.domain.faults import Severity
from livinglab.packages.queries.check import sentence
from livinglab.releases.operations.publishing import NotPublishable
from livinglab.releases.queries.names import name_of
from livinglab.releases.queries.pages import Branch, family_of
from livinglab.releases.queries.releases import Release, find_listing, is_public, releases_of
from livinglab.ui.jinja import url_if_any

Problems = tuple[tuple[str, str], ...]
_FIELDS = {"id_unfit": "id", "id_taken": "id", "name_missing": "name", "why_missing": "why"}


@dataclass(slots=True)
class Twig:
    """A package in the drawing of its family: its versions, who runs it and how far adapted, and what came of it."""

    name: str
    publisher: str
    came_of: str
    url: str | None
    is_here: bool
    is_synthetic: bool
    versions: tuple[Release, ...]
    adopters: Sequence[tuple[AdoptionFigure, str, str]]
    children: list["Twig"] = field(default_factory=list)


@require_http_methods(["GET", "HEAD", "POST"])
@adoption_page
def derive(request: HttpRequest, organization: Organization, row: Adoption, user: User) -> HttpResponse:
    """This function will ask under which name a region publishes its adaptation, and publish it."""
    if request.method != "POST":
        return _page(request, organization, row, user)
    try:
        release = publish(
            organization=organization,
            adoption_id=row.id,
            package_id=request.POST.get("id", "").strip(),
            name=request.POST.get("name", ""),
            why=request.POST.get("why", ""),
            by=user,
            at=clock.now(),
        )
    except NotPublishable as broken:
        errors = broken.report.of(Severity.ERROR)
        faults = tuple(("", f"{one.path}:{one.line} {sentence(one)}") for one in errors)
        return _page(request, organization, row, user, faults)
    except Refused as refused:
        place = _FIELDS.get(refused.refusal.code, "")
        return _page(request, organization, row, user, ((place, str(refused.refusal.reason)),))
    messages.success(
        request, _("Version %(version)s was signed and waits for its review.") % {"version": release.version}
    )
    return redirect("releases:own", organization.code)


@require_safe
@fresh_by(TOPIC, "releases", "organizations")
def family(request: HttpRequest, code: str, package_id: str) -> HttpResponse:
    """This function will show where a package came from, what came of it, its versions and who runs which."""
    listing = find_listing(code, package_id)
    if listing is None:
        raise Http404(f"{code}/{package_id}")
    found = family_of(listing)
    heading = _("%(name)s stands alone: nothing was derived from it yet.") % {"name": name_of(listing)}
    if len(found) > 1:
        heading = ngettext(
            "%(num)s package is of the family of %(name)s.",
            "%(num)s packages are of the family of %(name)s.",
            len(found),
        ) % {"num": len(found), "name": name_of(listing)}
    twigs = [_twig(one, is_here=one.listing.id == listing.id) for one in found]
    context = {
        "heading": heading,
        "name": name_of(listing),
        "tree": _tree(found, twigs),
        "drawing": draw_family(_members(found, twigs)),
        "breadcrumbs": (
            (_("Packages"), url_if_any("releases:list")),
            (name_of(listing), url_if_any("releases:package", code, package_id)),
            (_("Family tree"), None),
        ),
    }
    return render(request, "adoptions/family.html", context)


def _members(found: Sequence[Branch], twigs: Sequence[Twig]) -> Iterator[Member]:
    """Yield the family in reading order, each with the row of what it came of."""
    way: list[int] = []
    for at, (one, twig) in enumerate(zip(found, twigs, strict=True)):
        del way[one.depth :]
        figures = tuple(figure for figure, _manner, _state in twig.adopters)
        above = way[-1] if way else None
        yield Member(twig.name, twig.publisher, twig.is_here, above, twig.versions, figures)
        way.append(at)


def _tree(found: Sequence[Branch], twigs: Sequence[Twig]) -> list[Twig]:
    """Nest branches, which stand in reading order with their depth."""
    roots: list[Twig] = []
    way: list[Twig] = []
    for one, twig in zip(found, twigs, strict=True):
        del way[one.depth :]
        (way[-1].children if way else roots).append(twig)
        way.append(twig)
    return roots


def _twig(branch: Branch, *, is_here: bool) -> Twig:
    listing = branch.listing
    return Twig(
        name=name_of(listing),
        publisher=listing.publisher.name,
        came_of=branch.came_of,
        url=url_if_any("releases:package", listing.publisher.code, listing.package_id),
        is_here=is_here,
        is_synthetic=listing.is_synthetic,
        versions=tuple(one for one in releases_of(listing.id) if is_public(one)),
        adopters=[
            (one, str(words.MANNERS[Manner(one.manner)]), str(words.STATES[AdoptionState(one.state)]))
            for one in adopters_of(listing.id)
        ],
    )


def _page(
    request: HttpRequest, organization: Organization, row: Adoption, user: User, problems: Problems = ()
) -> HttpResponse:
    refusal = policies.may_offer(roles_in(user, organization.id), state=AdoptionState(row.state))
    context = {
        "organization": organization,
        "row": row,
        "name": name_of(row.listing),
        "publisher": row.listing.publisher.name,
        "refusal": str(refusal.reason) if refusal else "",
        "problems": problems,
        "errors": dict(problems),
        "given": request.POST,
        "breadcrumbs": (
            (organization.short_name, url_if_any("comparisons:portrait", organization.code)),
            (_("Own services"), url_if_any("adoptions:own", organization.code)),
            (name_of(row.listing), url_if_any("adoptions:adoption", organization.code, row.id)),
            (_("Publish it as your own package"), None),
        ),
    }
    return render(request, "adoptions/derive.html", context, status=422 if problems else 200)
