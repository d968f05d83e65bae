"""Forms for a new piece and for a revision; they work without JavaScript."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from livinglab.evidence import operations
from livinglab.evidence.domain.details import problems, url_problem
from livinglab.evidence.domain.formats import CONTENT_TYPES, ENDINGS, Fault
from livinglab.evidence.labels import FLAWS, fault_in_words
from livinglab.evidence.models import Piece
from livinglab.evidence.policies import WRITERS, may_change
from livinglab.evidence.uploads import limited_upload, was_too_large
from livinglab.evidence.web import given as forms
from livinglab.evidence.web.given import Given, Problems
from livinglab.evidence.web.options import form_options
from livinglab.evidence.web.piece import find_piece
from livinglab.kernel import clock
from livinglab.kernel.refusals import Refused
from livinglab.organizations.access import member_page
from livinglab.organizations.queries import Organization, roles_in

ACCEPTED = ",".join([*sorted(f".{ending}" for ending in ENDINGS), *sorted(CONTENT_TYPES.values())])


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@member_page(WRITERS)
@limited_upload
def add(request: HttpRequest, organization: Organization) -> HttpResponse:
    """This function will show the form for a new piece, and keep what it brings."""
    return _answered(request, organization, None)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@member_page(WRITERS)
@limited_upload
def revise(request: HttpRequest, organization: Organization, piece_id: UUID) -> HttpResponse:
    """This function will show the form for a piece that takes another's place, and keep what it brings."""
    return _answered(request, organization, find_piece(organization, piece_id))


def _answered(request: HttpRequest, organization: Organization, older: Piece | None) -> HttpResponse:
    if request.method != "POST":
        return _form(request, organization, older, forms.of_piece(older) if older else forms.empty(), [])
    given = forms.read(request.POST.dict())
    found = _problems(request, given)
    if not found:
        try:
            piece = _kept(request, organization, older, given)
        except operations.DetailsRefused as refused:
            found = forms.in_words(refused.problems)
        except operations.FileRefused as refused:
            found = [("file", fault_in_words(refused.fault))]
        except Refused as refused:
            field = "classification" if refused.refusal.code == "not_markable" else ""
            found = [(field, str(refused.refusal.reason))]
        except operations.StorageFailed:
            found = [("file", _("The file could not be kept just now. Nothing is lost but time: try again."))]
        else:
            messages.success(request, _("“%(title)s” is kept.") % {"title": piece.title})
            if back := _back(request):
                return redirect(f"{back}?piece={piece.id}")
            return redirect("evidence:piece", organization.code, piece.id)
    return _form(request, organization, older, given, found)


def _back(request: HttpRequest) -> str:
    """The page of ours that asked for a new piece and goes on with it; nothing for an address elsewhere."""
    asked = request.POST.get("back") or request.GET.get("back", "")
    is_ours = asked.startswith("/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return asked if is_ours and "?" not in asked else ""


def _problems(request: HttpRequest, given: Given) -> Problems:
    """Everything that can be said before the file is looked into, so that nobody has to send it twice."""
    found: Problems = []
    sent = "file" in request.FILES
    if was_too_large(request):
        found.append(("file", fault_in_words(Fault.TOO_LARGE)))
    elif not sent and not given.texts["url"]:
        found.append(("file", fault_in_words(Fault.MISSING)))
    elif sent and given.texts["url"]:
        found.append(("file", _("Give a file or an address, not both.")))
    elif not sent and (flaw := url_problem(given.texts["url"])) is not None:
        found.append(("url", str(FLAWS[flaw])))
    return [
        *found,
        *given.unread,
        *forms.in_words(problems(given.details, today=clock.today("WIT"))),
    ]


def _kept(request: HttpRequest, organization: Organization, older: Piece | None, given: Given) -> Piece:
    assert request.user.is_authenticated
    by, at, details = request.user.id, clock.now(), given.details
    url = given.texts["url"]
    if url and older:
        return operations.revise_link(
            organization_id=organization.id, piece_id=older.id, url=url, details=details, by=by, at=at
        )
    if url:
        return operations.add_link(organization_id=organization.id, url=url, details=details, by=by, at=at)
    file = request.FILES["file"]
    upload = operations.Upload(file.file, file.name or "", file.content_type or "")  # type: ignore[arg-type, union-attr]
    if older:
        return operations.revise_file(
            organization_id=organization.id, piece_id=older.id, upload=upload, details=details, by=by, at=at
        )
    return operations.add_file(organization_id=organization.id, upload=upload, details=details, by=by, at=at)


def _form(
    request: HttpRequest, organization: Organization, older: Piece | None, given: Given, found: Problems
) -> HttpResponse:
    refusal = may_change(older, roles_in(request.user, organization.id)) if older else None
    context = {
        "organization": organization,
        "older": older,
        "refusal": refusal,
        "texts": given.texts,
        "problems": found,
        "errors": dict(reversed(found)),
        "most": settings.EVIDENCE_MAX_BYTES // (1024 * 1024),
        "accepted": ACCEPTED,
        "back": _back(request),
        **form_options(),
    }
    return render(request, "evidence/add.html", context, status=422 if found else 200)
