"""The reviewer's desk: what waits, and the four points of one version."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from livinglab.accounts.queries import User
from livinglab.kernel import clock
from livinglab.kernel.refusals import Refused
from livinglab.packages.domain.faults import Severity
from livinglab.packages.queries.check import sentence
from livinglab.releases import policies
from livinglab.releases.access import reviewer_page
from livinglab.releases.domain.parties import Actor
from livinglab.releases.domain.states import Point, ReleaseStep
from livinglab.releases.models import Release
from livinglab.releases.operations import reviews
from livinglab.releases.queries import releases
from livinglab.releases.queries.checking import report_of
from livinglab.releases.queries.names import name_of
from livinglab.releases.queries.national import national_warnings
from livinglab.releases.web import words
from livinglab.ui.jinja import url_if_any

_STEPS = (ReleaseStep.LIST, ReleaseStep.RETURN, ReleaseStep.WITHDRAW)


@require_safe
@reviewer_page
def waiting(request: HttpRequest, actor: Actor, user: User) -> HttpResponse:
    """This function will list the versions that wait for a reviewer, the oldest first."""
    found = releases.waiting_for_review()
    heading = _("No version waits for review.")
    if found:
        heading = ngettext(
            "%(num)s version waits for review.", "%(num)s versions wait for review.", len(found)
        ) % {"num": len(found)}
    rows = [
        (
            name_of(one.listing),
            one.version,
            one.listing.publisher.name,
            one.signed_at,
            url_if_any("releases:review", one.listing.publisher.code, one.listing.package_id, one.version),
        )
        for one in found
    ]
    context = {
        "heading": heading,
        "rows": rows,
        "breadcrumbs": ((_("Packages"), url_if_any("releases:list")), (_("Review"), None)),
    }
    return render(request, "releases/waiting.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@reviewer_page
def review(
    request: HttpRequest, actor: Actor, user: User, code: str, package_id: str, version: str
) -> HttpResponse:
    """This function will show the checklist of a version, keep an answer, or list, return or withdraw the version."""
    release = releases.find_release(code, package_id, version)
    if release is None:
        raise Http404(f"{code}/{package_id}/{version}")
    if request.method != "POST":
        return _page(request, release, actor)
    try:
        said = _done(request, release, user)
    except Refused as refused:
        return _page(request, release, actor, ((_field(request), str(refused.refusal.reason)),))
    if not said:
        return _page(
            request, release, actor, (("", _("Answer a point, or choose what happens to the version.")),)
        )
    messages.success(request, said)
    return redirect("releases:review", code, package_id, version)


def _done(request: HttpRequest, release: Release, user: User) -> str:
    point, step = request.POST.get("point", ""), request.POST.get("step", "")
    at = clock.now()
    if point in set(Point):
        met = request.POST.get(f"met-{point}", "")
        if met not in ("yes", "no"):
            return ""
        reviews.answer(
            release_id=release.id,
            point=Point(point),
            is_met=met == "yes",
            note=request.POST.get(f"note-{point}", ""),
            by=user,
            at=at,
        )
        return _("Your answer was kept.")
    if step in set(ReleaseStep):
        reviews.take(
            release_id=release.id,
            step=ReleaseStep(step),
            reason=request.POST.get("reason", ""),
            by=user,
            at=at,
        )
        return _("The version was moved on and its publisher told.")
    return ""


def _field(request: HttpRequest) -> str:
    point = request.POST.get("point", "")
    return f"note-{point}" if point else "reason"


def _page(
    request: HttpRequest, release: Release, actor: Actor, problems: tuple[tuple[str, str], ...] = ()
) -> HttpResponse:
    listing = release.listing
    answers = releases.answers_of(release.id)
    state = releases.state_of(release)
    publisher_id = listing.publisher_id
    met = {point: one.is_met for point, one in answers.items()}
    refusals = {
        step: policies.may_take(actor, publisher_id=publisher_id, state=state, step=step, met=met)
        for step in _STEPS
    }
    report = report_of(release.id)
    context = {
        "release": release,
        "name": name_of(listing),
        "publisher": listing.publisher.name,
        "state": words.STATES[state],
        "national": national_warnings(release.words["listing"]["functions"]),
        "findings": [
            (
                severity,
                words.findings(severity, len(report.of(severity))),
                [(f"{one.path}:{one.line}", one.code, sentence(one)) for one in report.of(severity)],
            )
            for severity in Severity
        ],
        "points": [(point, words.POINTS[point], answers.get(point)) for point in Point],
        "answer_refusal": policies.may_answer(actor, publisher_id=publisher_id, state=state),
        "refusals": {step.value: str(one.reason) if one else "" for step, one in refusals.items()},
        "problems": problems,
        "errors": dict(problems),
        "given": request.POST,
        "package_url": url_if_any(
            "releases:version", listing.publisher.code, listing.package_id, release.version
        ),
        "breadcrumbs": (
            (_("Packages"), url_if_any("releases:list")),
            (_("Review"), url_if_any("releases:waiting")),
            (f"{name_of(listing)} {release.version}", None),
        ),
    }
    return render(request, "releases/review.html", context, status=422 if problems else 200)
