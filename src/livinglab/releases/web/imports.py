"""An upload beside what is published under its id: what differs, in words, and what becomes of each part."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
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
from livinglab.packages.queries.choosing import SINGLE, Choice, Part, differing
from livinglab.packages.queries.difference_texts import lines
from livinglab.releases.access import READERS
from livinglab.releases.models import ReceivedPackage, Release
from livinglab.releases.operations import importing
from livinglab.releases.operations.publishing import NotPublishable
from livinglab.releases.queries import imports
from livinglab.releases.web import words
from livinglab.ui.jinja import url_if_any
from livinglab.ui.languages import language


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@member_page(READERS)
def received(request: HttpRequest, organization: Organization, received_id: UUID) -> HttpResponse:
    """This function will show how an upload differs, and publish what was chosen, or forget it."""
    assert isinstance(request.user, User)
    row = imports.find_received(organization.id, received_id)
    if row is None:
        raise Http404(str(received_id))
    if request.method != "POST":
        return _page(request, organization, row)
    try:
        release = _done(request, organization, row, request.user)
    except PackageRefused as refused:
        return _page(request, organization, row, faults=refused.faults)
    except NotPublishable as refused:
        return _page(request, organization, row, faults=refused.report.of(Severity.ERROR))
    except Refused as refused:
        return _page(request, organization, row, problem=(_field(request), str(refused.refusal.reason)))
    if release is None:
        messages.success(request, _("The upload was forgotten."))
    else:
        said = _("Version %(version)s was signed and waits for its review.") % {"version": release.version}
        messages.success(request, said)
    return redirect("releases:own", organization.code)


def _done(
    request: HttpRequest, organization: Organization, row: ReceivedPackage, user: User
) -> Release | None:
    at, step = clock.now(), request.POST.get("step", "")
    if step == "forget":
        importing.discard(organization=organization, received_id=row.id, by=user, at=at)
        return None
    if step == "beside":
        wanted = request.POST.get("package_id", "").strip()
        return importing.publish_beside(
            organization=organization, received_id=row.id, package_id=wanted, by=user, at=at
        )
    return importing.publish_choices(
        organization=organization,
        received_id=row.id,
        choices=_choices(request),
        log=request.POST.get("log", ""),
        by=user,
        at=at,
    )


def _choices(request: HttpRequest) -> dict[str, Choice]:
    given = {name.removeprefix("part-"): str(value) for name, value in request.POST.items()}
    return {path: Choice(value) for path, value in given.items() if value in set(Choice)}


def _field(request: HttpRequest) -> str:
    return "package_id" if request.POST.get("step") == "beside" else "log"


def _page(
    request: HttpRequest,
    organization: Organization,
    row: ReceivedPackage,
    *,
    problem: tuple[str, str] | None = None,
    faults: tuple[Fault, ...] = (),
) -> HttpResponse:
    head = imports.head_of(organization.id, row.package_id)
    assert head is not None, "an upload is only kept beside what is published"
    existing, upload = imports.existing_texts(organization.id, row.package_id), imports.received_texts(row)
    parts = differing(existing, upload)
    heading = ngettext(
        "%(id)s differs from version %(version)s in %(num)s part.",
        "%(id)s differs from version %(version)s in %(num)s parts.",
        len(parts),
    ) % {"id": row.package_id, "version": head.version, "num": len(parts)}
    broken = ("", _("What you chose has errors. Nothing was kept."))
    found = problem or (broken if faults else None)
    context = {
        "organization": organization,
        "heading": heading,
        "parts": [_part(request, one) for one in parts],
        "given": request.POST,
        "faults": [(f"{one.path}:{one.line}", one.code, sentence(one)) for one in faults],
        "problems": (found,) if found else (),
        "errors": dict((found,)) if found else {},
        "breadcrumbs": (
            (_("Packages"), url_if_any("releases:list")),
            (organization.short_name, url_if_any("releases:own", organization.code)),
            (_("Compare and choose"), None),
        ),
    }
    return render(request, "releases/received.html", context, status=422 if found else 200)


def _part(request: HttpRequest, part: Part) -> dict[str, object]:
    name = f"part-{part.path}"
    return {
        "name": name,
        "path": part.path,
        "said": lines(part.differences, language()),
        "options": [(one.value, words.CHOICES[one], "") for one in part.choices],
        "value": request.POST.get(name, Choice.REPLACE.value),
        "is_single": part.path in SINGLE,
    }
