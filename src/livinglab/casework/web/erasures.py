"""Who asks to have their data deleted, for who answers for the services: delete it, or say which law has it kept."""

from uuid import UUID

from django.contrib import messages as flash
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from livinglab.accounts.queries import User
from livinglab.casework import policies
from livinglab.casework.access import not_kept
from livinglab.casework.domain.retention import kept_until
from livinglab.casework.models import Erasure
from livinglab.casework.operations import erasing
from livinglab.casework.queries.forgetting import to_decide
from livinglab.casework.queries.inbox import ON_A_PAGE
from livinglab.casework.queries.running import package_of
from livinglab.casework.web import words
from livinglab.casework.web.frame import language
from livinglab.kernel import clock
from livinglab.kernel.clock import day_of
from livinglab.kernel.refusals import Refused
from livinglab.kernel.texts import storable
from livinglab.organizations.access import member_page
from livinglab.organizations.queries import Organization
from livinglab.packages.queries import case_words
from livinglab.ui import formats


@require_safe
@never_cache
@member_page(policies.DECIDES)
def erasures(request: HttpRequest, organization: Organization) -> HttpResponse:
    """This function will list who asks to have their data deleted, the soonest due first."""
    return _page(request, organization)


@require_POST
@never_cache
@member_page(policies.DECIDES)
def grant(request: HttpRequest, organization: Organization, erasure_id: UUID) -> HttpResponse:
    """This function will delete the data as its applicant asked."""
    return _decided(request, organization, erasure_id, is_granted=True, reason="")


@require_POST
@never_cache
@member_page(policies.DECIDES)
def refuse(request: HttpRequest, organization: Organization, erasure_id: UUID) -> HttpResponse:
    """This function will refuse to delete the data, with a reason; without one it says so with 422."""
    reason = storable(request.POST.get(f"reason-{erasure_id}", "")).strip()
    return _decided(request, organization, erasure_id, is_granted=False, reason=reason)


def _decided(
    request: HttpRequest, organization: Organization, erasure_id: UUID, *, is_granted: bool, reason: str
) -> HttpResponse:
    assert isinstance(request.user, User)
    try:
        erasing.decide(
            organization=organization,
            erasure_id=erasure_id,
            is_granted=is_granted,
            reason=reason,
            by=request.user,
            at=clock.now(),
        )
    except erasing.UnknownErasure:
        return not_kept(request, organization)
    except Refused as refused:
        if not is_granted:
            wrong = (erasure_id, reason, str(refused.refusal.reason))
            return _page(request, organization, wrong)
        flash.error(request, str(refused.refusal.reason))
    else:
        flash.success(
            request, _("The data is deleted.") if is_granted else _("The applicant reads your reason.")
        )
    return redirect("casework:erasures", organization.code)


def _page(
    request: HttpRequest, organization: Organization, wrong: tuple[UUID, str, str] | None = None
) -> HttpResponse:
    """Answer with the list. `wrong`: which one was refused without a reason that counts, what was typed, and why."""
    page = Paginator(to_decide(organization.id), ON_A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "casework/erasures.html",
        {
            "organization": organization,
            "finding": words.erasures(page.paginator.count),
            "problems": [(f"reason-{wrong[0]}", wrong[2])] if wrong else [],
            "rows": [_line(organization, one, wrong) for one in page],
            "page": page,
            "link": lambda number: f"?page={number}",
            "breadcrumbs": [(organization.name, None), (_("Requests for deletion"), None)],
        },
        status=422 if wrong else 200,
    )


def _line(organization: Organization, one: Erasure, wrong: tuple[UUID, str, str] | None) -> dict[str, object]:
    manifest = package_of(one.case.version).manifest
    ended = one.case.ended_at
    until = kept_until(day_of(ended, organization.zone), manifest.data.keep_months) if ended else None
    refusal = policies.may_answer_erasure(is_granted=True, reason="", outcome=one.case.outcome)
    is_wrong = wrong is not None and wrong[0] == one.id
    return {
        "id": one.id,
        "number": one.case.number,
        "name": manifest.name.in_language(language()),
        "outcome": words.outcome(one.case.outcome),
        "asked": case_words.moment(one.asked_at, language()),
        "due": case_words.deadline(one.due_at, language()),
        "is_late": one.due_at < clock.now(),
        "ground": words.ground(manifest.data.ground),
        "until": formats.day(until, language=language()) if until else "",
        "refusal": str(refusal.reason) if refusal else "",
        "typed": wrong[1] if wrong and is_wrong else "",
        "error": wrong[2] if wrong and is_wrong else "",
    }
