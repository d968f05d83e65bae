"""One piece: what it is, how it looks, where it is used; changing, classing, reviewing and withdrawing it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from livinglab.accounts.queries import names_of
from livinglab.evidence import operations, policies, queries
from livinglab.evidence.labels import REVIEWS
from livinglab.evidence.models import Piece
from livinglab.evidence.policies import READERS, REVIEWERS, WRITERS, Reader
from livinglab.evidence.web import given as forms
from livinglab.evidence.web.given import Given, Problems
from livinglab.evidence.web.options import form_options
from livinglab.evidence.web.shown import local_day, shown
from livinglab.kernel import clock
from livinglab.kernel.refusals import Refused
from livinglab.organizations.access import member_page
from livinglab.organizations.queries import Organization, roles_in


def find_piece(organization: Organization, piece_id: UUID) -> Piece:
    """This function will return a piece of this organisation. Errors: Http404, also for a piece of another one."""
    try:
        return queries.get_piece(organization.id, piece_id)
    except Piece.DoesNotExist:
        raise Http404(piece_id) from None


def reader_of(request: HttpRequest, organization: Organization, one: Piece) -> Reader:
    """This function will return who asks, as a reader of a piece of the organisation's evidence."""
    user = request.user
    assert user.is_authenticated
    assessed = queries.assessed_by(organization.id, user.id, [one.id]) if one.is_exempt else frozenset()
    return Reader(user.id, str(user), roles_in(user, organization.id), assessed)


@never_cache
@require_safe
@member_page(READERS)
def piece(request: HttpRequest, organization: Organization, piece_id: UUID) -> HttpResponse:
    """This function will show one piece with everything that is known about it."""
    one = find_piece(organization, piece_id)
    reader = reader_of(request, organization, one)
    revisions = queries.revisions(one)
    people = {
        who for each in revisions for who in (each.added_by, each.reviewed_by, each.withdrawn_by) if who
    }
    names = names_of(people)
    same = queries.same_file_here(organization.id, [one.sha256]).get(one.sha256, [])
    is_held = queries.is_held(one)
    context = {
        "organization": organization,
        "shown": shown(one, added_by=names.get(one.added_by, ""), zone=organization.zone),
        "piece": one,
        "reviewed_by": names.get(one.reviewed_by, "") if one.reviewed_by else "",
        "withdrawn_by": names.get(one.withdrawn_by, "") if one.withdrawn_by else "",
        "revisions": [(each, names.get(each.added_by, "")) for each in revisions],
        "newest": revisions[0],
        "uses": queries.uses_of(organization.id, [one.id]).get(one.id, []),
        "same": [each for each in same if each.series_id != one.series_id],
        "previews": range(1, queries.preview_pages(one) + 1),
        "open_refusal": policies.may_open(one, reader),
        "change_refusal": policies.may_change(one, reader.roles),
        "describe_refusal": policies.may_describe(one, reader.roles, is_held=is_held),
        "class_refusal": policies.may_classify(one, reader.roles, is_held=is_held),
        "review_refusal": policies.may_review(one, reader.roles, reader.user_id, is_held=is_held),
        "local_day": lambda at: local_day(at, organization.zone),
        "zone": clock.ZONES[organization.zone],
    }
    return render(request, "evidence/piece.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@member_page(WRITERS)
def describe(request: HttpRequest, organization: Organization, piece_id: UUID) -> HttpResponse:
    """This function will change what is said about a piece."""
    one = find_piece(organization, piece_id)
    assert request.user.is_authenticated
    if request.method != "POST":
        return _form(request, organization, one, "describe", forms.of_piece(one), [])
    given = forms.read(request.POST.dict())
    found = given.unread
    try:
        if not found:
            operations.describe(
                organization_id=organization.id,
                piece_id=one.id,
                details=given.details,
                by=request.user.id,
                at=clock.now(),
            )
    except operations.DetailsRefused as refused:
        found = forms.in_words(refused.problems)
    except Refused as refused:
        found = [("", str(refused.refusal.reason))]
    return _form(request, organization, one, "describe", given, found) if found else _back(organization, one)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@member_page(WRITERS)
def classify(request: HttpRequest, organization: Organization, piece_id: UUID) -> HttpResponse:
    """This function will put a piece into a class."""
    one = find_piece(organization, piece_id)
    assert request.user.is_authenticated
    if request.method != "POST":
        return _form(request, organization, one, "classify", forms.of_piece(one), [])
    given, found = forms.read(request.POST.dict()), Problems()
    try:
        operations.classify(
            organization_id=organization.id,
            piece_id=one.id,
            classification=given.texts["classification"],
            exemption=given.texts["exemption"],
            class_reason=given.texts["class_reason"],
            by=request.user.id,
            at=clock.now(),
        )
    except operations.DetailsRefused as refused:
        found = forms.in_words(refused.problems)
    except Refused as refused:
        found = [("classification", str(refused.refusal.reason))]
    return _form(request, organization, one, "classify", given, found) if found else _back(organization, one)


def _form(
    request: HttpRequest,
    organization: Organization,
    one: Piece,
    name: str,
    given: Given,
    found: Problems,
) -> HttpResponse:
    roles = roles_in(request.user, organization.id)
    may_change = policies.may_classify if name == "classify" else policies.may_describe
    refusal = may_change(one, roles, is_held=queries.is_held(one))
    context = {
        "organization": organization,
        "piece": one,
        "refusal": refusal,
        "texts": given.texts,
        "problems": found,
        "errors": dict(reversed(found)),
        **form_options(),
    }
    return render(request, f"evidence/{name}.html", context, status=422 if found else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@member_page(REVIEWERS)
def review(request: HttpRequest, organization: Organization, piece_id: UUID) -> HttpResponse:
    """This function will accept or refuse a piece."""
    one = find_piece(organization, piece_id)
    assert request.user.is_authenticated
    verdict, reason = request.POST.get("verdict", ""), request.POST.get("review_reason", "")
    found: Problems = []
    if request.method == "POST" and verdict not in ("accepted", "refused"):
        found = [("verdict", _("Choose whether the piece will do"))]
    elif request.method == "POST":
        try:
            operations.review(
                organization_id=organization.id,
                piece_id=one.id,
                accepted=verdict == "accepted",
                reason=reason,
                by=request.user.id,
                at=clock.now(),
            )
        except operations.DetailsRefused as refused:
            found = forms.in_words(refused.problems)
        except Refused as refused:
            found = [("", str(refused.refusal.reason))]
        else:
            return _back(organization, one)
    context = {
        "organization": organization,
        "piece": one,
        "refusal": policies.may_review(
            one, roles_in(request.user, organization.id), request.user.id, is_held=queries.is_held(one)
        ),
        "verdict": verdict,
        "verdicts": [
            ("accepted", REVIEWS[queries.ReviewState.ACCEPTED], _("It proves what it is used for.")),
            (
                "refused",
                REVIEWS[queries.ReviewState.REFUSED],
                _("Say what is missing, so that it can be put right."),
            ),
        ],
        "reason": reason,
        "problems": found,
        "errors": dict(reversed(found)),
    }
    return render(request, "evidence/review.html", context, status=422 if found else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@member_page(WRITERS)
def withdraw(request: HttpRequest, organization: Organization, piece_id: UUID) -> HttpResponse:
    """This function will ask whether a piece should be withdrawn, and withdraw it."""
    one = find_piece(organization, piece_id)
    assert request.user.is_authenticated
    roles = roles_in(request.user, organization.id)
    refusal = policies.may_describe(one, roles, is_held=queries.is_held(one))
    if request.method == "POST":
        try:
            operations.withdraw(
                organization_id=organization.id, piece_id=one.id, by=request.user.id, at=clock.now()
            )
        except Refused as refused:
            refusal = refused.refusal
        else:
            messages.success(request, _("“%(title)s” is withdrawn.") % {"title": one.title})
            return redirect("evidence:library", organization.code)
    context = {
        "organization": organization,
        "piece": one,
        "refusal": refusal,
        "uses": queries.uses_of(organization.id, [one.id]).get(one.id, []),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "evidence/withdraw.html", context, status=status)


def _back(organization: Organization, one: Piece) -> HttpResponse:
    return redirect("evidence:piece", organization.code, one.id)
