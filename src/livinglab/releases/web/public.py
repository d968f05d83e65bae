"""Packages in public: which are offered, what one holds, its versions and family, and the file itself."""

from collections.abc import Mapping, Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from livinglab.kernel.freshness import fresh_by
from livinglab.releases.models import Listing, Release
from livinglab.releases.operations.keys import TOPIC
from livinglab.releases.queries import pages, releases
from livinglab.releases.queries.names import name_of
from livinglab.releases.queries.national import national_warnings
from livinglab.releases.web import words
from livinglab.releases.web.provenance import origin_of
from livinglab.ui.jinja import url_if_any
from livinglab.ui.languages import language


@require_safe
@fresh_by(TOPIC, "organizations")
def packages(request: HttpRequest) -> HttpResponse:
    """This function will list the packages that are offered."""
    found = pages.offered()
    publishers = len({one.publisher_id for one in found})
    heading = _("No package is offered yet.")
    if found:
        heading = ngettext(
            "%(num)s service can be taken over", "%(num)s services can be taken over", len(found)
        ) % {"num": len(found)}
        heading += " " + ngettext("from %(num)s publisher.", "from %(num)s publishers.", publishers) % {
            "num": publishers
        }
    return render(
        request,
        "releases/list.html",
        {
            "heading": heading,
            "rows": [_card(one) for one in found],
            "synthetic": any(one.is_synthetic for one in found),
            "breadcrumbs": ((_("Packages"), None),),
        },
    )


@require_safe
@fresh_by(TOPIC, "organizations")
def package(request: HttpRequest, code: str, package_id: str, version: str = "") -> HttpResponse:
    """This function will show a package: its newest offered version, or the one that the address names."""
    listing = releases.find_listing(code, package_id)
    if listing is None:
        raise Http404(f"{code}/{package_id}")
    release = releases.find_release(code, package_id, version) if version else listing.newest
    if release is None:
        raise Http404(f"{code}/{package_id}/{version}")
    return render(request, "releases/package.html", _context(listing, release))


@require_safe
def archive(request: HttpRequest, code: str, package_id: str, version: str) -> HttpResponse:
    """This function will hand out the signed zip of an offered or withdrawn version."""
    release = releases.find_release(code, package_id, version)
    if release is None or not releases.is_public(release):
        raise Http404(f"{code}/{package_id}/{version}")
    response = HttpResponse(releases.content_of(release.id), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{package_id}-{version}.zip"'
    response["ETag"] = f'"{release.digest.removeprefix("sha256:")}"'
    return response


def said(both: object) -> str:
    """This function will return a text of a package in the reader's language, in Indonesian where there is no other."""
    assert isinstance(both, Mapping)
    return str((both.get("en") if language() == "en" else "") or both["id"])


def _card(listing: Listing) -> Mapping[str, object]:
    newest = listing.newest
    assert newest is not None
    return {
        "name": name_of(listing),
        "summary": (listing.summary_en if language() == "en" else "") or listing.summary_id,
        "publisher": listing.publisher.name,
        "url": url_if_any("releases:package", listing.publisher.code, listing.package_id),
        "version": newest.version,
        "readiness": newest.readiness,
        "maturity": words.MATURITIES[listing.maturity],
        "is_synthetic": listing.is_synthetic,
    }


def _context(listing: Listing, release: Release) -> Mapping[str, object]:
    told = release.words
    where = (listing.publisher.code, listing.package_id)
    family = pages.family_of(listing)
    return {
        "listing": listing,
        "release": release,
        "name": name_of(listing),
        "summary": (listing.summary_en if language() == "en" else "") or listing.summary_id,
        "maturity": words.MATURITIES[told["listing"]["maturity"]],
        "national": national_warnings(told["listing"]["functions"]),
        "linked": [(one["application"], said(one["link"])) for one in told.get("national", ())],
        "only_aggregates_leave": told.get("only_aggregates_leave", False),
        "origin": origin_of(release),
        "is_newest": listing.newest_id == release.id,
        "is_listed": releases.is_listed(release),
        "state": words.STATES[releases.state_of(release)],
        "warnings": [
            (one, words.KINDS[releases.kind_of(one)], words.SEVERITIES[releases.severity_of(one)])
            for one in releases.advisories_in_force(listing.id, release.version)
        ],
        "standard": [(words.COMPONENTS[name], said(text)) for name, text in told["standard"].items()],
        "law": [(law["cite"], law["article"], said(law["about"]), law["scope"]) for law in told["law"]],
        "pages": [(said(page["title"]), [said(one) for one in page["fields"]]) for page in told["pages"]],
        "steps": _steps(told),
        "parameters": [(said(one["name"]), one["hint"]) for one in told["parameters"]],
        "scenarios": [(one["id"], said(one["title"])) for one in told["scenarios"]],
        "counts": told["counts"],
        "purpose": said(told["purpose"]),
        "keep_months": told["keep_months"],
        "versions": [
            (one, words.STATES[releases.state_of(one)], url_if_any("releases:version", *where, one.version))
            for one in releases.releases_of(listing.id)
            if releases.is_public(one)
        ],
        "family": [
            (
                one.depth,
                name_of(one.listing),
                one.listing.publisher.name,
                one.came_of,
                one.listing.id == listing.id,
                url_if_any("releases:package", one.listing.publisher.code, one.listing.package_id),
            )
            for one in family
        ]
        if len(family) > 1
        else [],
        "archive_url": url_if_any("releases:archive", *where, release.version),
        "repository_url": url_if_any("releases:repository", *where),
        "try_url": url_if_any("sandboxes:open", *where, release.version),
        "adopt_url": url_if_any("adoptions:choose", *where, release.version),
        "adopters_url": url_if_any("adoptions:adopters", *where),
        "family_url": url_if_any("adoptions:family", *where),
        "faults_url": url_if_any("adoptions:faults-public", *where),
        "warnings_url": url_if_any("releases:warnings", *where),
        "breadcrumbs": ((_("Packages"), url_if_any("releases:list")), (name_of(listing), None)),
    }


def _steps(told: Mapping[str, Sequence[Mapping[str, str]]]) -> list[tuple[str, str, str]]:
    roles = {role["id"]: said(role["name"]) for role in told["roles"]}
    return [
        (
            said(one["title"])
            if "title" in one
            else one["name"],  # published before both languages were told
            roles.get(one["lane"], one["lane"]),
            words.within(one["within"], one["calendar"]),
        )
        for one in told["steps"]
    ]
