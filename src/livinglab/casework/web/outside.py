"""What systems outside did not answer and why, and payments that moved no case, for who answers for the services."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final, TypeVar
from uuid import UUID

from django.contrib import messages as flash
from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from livinglab.accounts.queries import User
from livinglab.casework import policies
from livinglab.casework.access import not_kept
from livinglab.casework.adapters.payments import takes_made_up_money
from livinglab.casework.adapters.registers import is_imitated
from livinglab.casework.domain.outside import CallState, Fault, OutsideKind
from livinglab.casework.models import Bill, OutsideCall
from livinglab.casework.operations import outside as operations
from livinglab.casework.queries.inbox import MOST_COUNTED, ON_A_PAGE
from livinglab.casework.queries.outside import calls, failed, paid_in_vain
from livinglab.casework.web import words
from livinglab.casework.web.frame import language
from livinglab.kernel import clock
from livinglab.kernel.refusals import Refused
from livinglab.kernel.texts import storable
from livinglab.organizations.access import member_page
from livinglab.organizations.queries import Organization
from livinglab.packages.queries import case_words
from livinglab.ui import formats

Row = TypeVar("Row", bound=Model)
_SHOWN: Final = {"failed": CallState.FAILED, "waiting": CallState.WAITING, "dead": CallState.DEAD}
_PAID: Final = "paid"


@require_safe
@never_cache
@member_page(policies.DECIDES)
def outside(request: HttpRequest, organization: Organization) -> HttpResponse:
    """This function will list what other systems did not answer, are still asked, or need not answer any more."""
    return _page(request, organization, request.GET.get("show", "failed"))


@dataclass(frozen=True, slots=True)
class Wrong:
    """A reason that was not taken: of which question, as it was typed, and why."""

    call_id: UUID
    typed: str
    why: str


def _page(
    request: HttpRequest, organization: Organization, shown: str, wrong: Wrong | None = None
) -> HttpResponse:
    labels = {
        "failed": _("Unanswered"),
        "waiting": _("On their way"),
        "dead": _("No longer asked"),
        _PAID: _("Paid in vain"),
    }
    shown = shown if shown in labels else "failed"
    page, rows = (
        _listed(request, paid_in_vain(organization.id), _payment)
        if shown == _PAID
        else _listed(request, calls(organization.id, _SHOWN[shown]), partial(_line, wrong=wrong))
    )
    return render(
        request,
        "casework/outside.html",
        {
            "organization": organization,
            "finding": words.unanswered(failed(organization.id)),
            "is_made_up": takes_made_up_money(),
            "is_imitated": is_imitated(),
            "shown": shown,
            "views": [
                {"label": label, "url": f"?show={one}", "current": one == shown}
                for one, label in labels.items()
            ],
            "rows": rows,
            "problems": [(f"reason-{wrong.call_id}", wrong.why)] if wrong else [],
            "page": page,
            "link": lambda number: f"?show={shown}&page={number}",
            "breadcrumbs": [(organization.name, None), (_("Other systems"), None)],
        },
        status=422 if wrong else 200,
    )


@require_POST
@never_cache
@member_page(policies.DECIDES)
def ask_again(request: HttpRequest, organization: Organization, call_id: UUID) -> HttpResponse:
    """This function will have a question asked again that got no answer."""
    assert isinstance(request.user, User)
    try:
        operations.try_again(organization=organization, call_id=call_id, by=request.user.id, at=clock.now())
    except operations.UnknownCall:
        return not_kept(request, organization)
    except Refused as refused:
        flash.error(request, str(refused.refusal.reason))
    else:
        flash.success(request, _("The other system is asked again."))
    return redirect("casework:outside", organization.code)


@require_POST
@never_cache
@member_page(policies.DECIDES)
def give_up(request: HttpRequest, organization: Organization, call_id: UUID) -> HttpResponse:
    """This function will give up a question that got no answer, for a reason; without one: 422."""
    assert isinstance(request.user, User)
    reason = storable(request.POST.get(f"reason-{call_id}", "")).strip()
    try:
        operations.give_up(
            organization=organization,
            call_id=call_id,
            reason=reason,
            by=request.user.id,
            at=clock.now(),
        )
    except operations.UnknownCall:
        return not_kept(request, organization)
    except Refused as refused:
        why = str(refused.refusal.reason)
        if refused.refusal.code in ("no_reason", "reason_too_long"):
            return _page(request, organization, "failed", Wrong(call_id, reason, why))
        flash.error(request, why)
    else:
        flash.success(request, _("It is given up."))
    return redirect("casework:outside", organization.code)


def _listed(
    request: HttpRequest, rows: "QuerySet[Row]", line: Callable[[Row], dict[str, object]]
) -> tuple["Page[Row]", list[dict[str, object]]]:
    """Return the page that was asked for, and its rows as they are shown."""
    page = Paginator(rows[:MOST_COUNTED], ON_A_PAGE).get_page(request.GET.get("page"))
    return page, [line(one) for one in page]


def _line(one: OutsideCall, *, wrong: Wrong | None) -> dict[str, object]:
    mine = wrong if wrong and wrong.call_id == one.id else None
    return {
        "id": one.id,
        "number": one.case.number,
        "what": words.outside_kind(OutsideKind(one.kind)),
        "why": words.fault(Fault(one.fault)) if one.fault else "",
        "reason": one.reason,
        "typed": mine.typed if mine else "",
        "error": mine.why if mine else "",
        "tries": one.tries,
        "at": case_words.moment(one.tries_at, language()),
        "refusal": policies.may_ask_again(CallState(one.state), one.fault, OutsideKind(one.kind)),
    }


def _payment(one: Bill) -> dict[str, object]:
    assert one.paid_at is not None
    return {
        "number": one.case.number,
        "amount": f"Rp{formats.count(one.amount, language=language())}",
        "reference": one.reference,
        "outcome": words.outcome(one.case.outcome),
        "at": case_words.moment(one.paid_at, language()),
    }
