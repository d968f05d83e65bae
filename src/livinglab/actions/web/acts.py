"""What people do with an action besides writing its form: steps, milestones, evidence, comments, contributions."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from livinglab.actions.access import actions_page
from livinglab.actions.domain.states import ActionStep
from livinglab.actions.models import Action
from livinglab.actions.operations import comments, documents, evidence, helpers, ledger, milestones, moves
from livinglab.actions.operations.actions import ActionRefused
from livinglab.actions.operations.records import UnknownAction
from livinglab.actions.queries.places import Place
from livinglab.actions.web import action_page
from livinglab.actions.web.frame import find_action_or_404
from livinglab.actions.web.gifts import read_gift, read_paper
from livinglab.actions.web.reading import NOBODY, Unread, read_day, read_id
from livinglab.kernel import clock
from livinglab.kernel.refusals import Refused

Given = Mapping[str, str]
Act = Callable[[Place, Action, Given, datetime], str]
#: the field that a refusal is about
_FIELDS: Final[Mapping[str, str]] = {
    "reason_missing": "reason",
    "reason_too_long": "reason",
    "comment_empty": "text",
    "comment_too_long": "text",
    "milestone_unnamed": "milestone_title",
    "milestone_too_long": "milestone_title",
    "milestone_without_day": "milestone_due",
    "piece_unknown": "piece",
    "nobody_helps": "helping_agency",
    "helper_unknown": "helping_agency",
    "helper_person_unknown": "helping_person",
    "document_unknown": "document",
    "document_without_year": "planning_year",
    "document_unnumbered": "document_number",
    "document_undated": "document_date",
    "document_in_future": "document_date",
}


@require_POST
@actions_page
def take_step(request: HttpRequest, place: Place, plan_id: UUID, action_id: UUID) -> HttpResponse:
    """This function will move an action on by one step, from its page or from the board."""
    found = find_action_or_404(place, plan_id, action_id)
    answer = _done(request, place, found, _step)
    if answer is not None:
        return answer
    if request.POST.get("next") == "board":
        return redirect("actions:board", place.organization.code, plan_id)
    return redirect("actions:action", place.organization.code, plan_id, action_id)


@require_POST
@actions_page
def act(request: HttpRequest, place: Place, plan_id: UUID, action_id: UUID) -> HttpResponse:
    """This function will do what the form's `intent` names."""
    found = find_action_or_404(place, plan_id, action_id)
    chosen = _ACTS.get(request.POST.get("intent", ""))
    if chosen is None:
        return action_page.show(request, place, found, problems=(("", _("Choose what to change.")),))
    answer = _done(request, place, found, chosen)
    return answer or redirect("actions:action", place.organization.code, plan_id, action_id)


def _done(request: HttpRequest, place: Place, found: Action, chosen: Act) -> HttpResponse | None:
    """Do it; return the page with its problems where it could not be done. Errors: Http404 for an unknown row."""
    given = request.POST.dict()
    problems: action_page.Problems
    try:
        said = chosen(place, found, given, clock.now())
    except Refused as refused:
        problems = ((_FIELDS.get(refused.refusal.code, ""), str(refused.refusal.reason)),)
    except ActionRefused as refused:
        problems = tuple((one.field, str(one.message)) for one in refused.problems)
    except Unread as unread:
        problems = ((unread.field, str(unread)),)
    except UnknownAction as unknown:
        raise Http404 from unknown
    else:
        messages.success(request, said)
        return None
    return action_page.show(request, place, found, problems=problems, typed_elsewhere=given)


def _step(place: Place, found: Action, given: Given, at: datetime) -> str:
    try:
        step = ActionStep(given.get("step", ""))
    except ValueError as unknown:
        raise Http404(given.get("step", "")) from unknown
    moves.take(place=place, action_id=found.id, step=step, reason=given.get("reason", ""), at=at)
    return _("Action %(number)s was moved on.") % {"number": found.number}


def _comment(place: Place, found: Action, given: Given, at: datetime) -> str:
    comments.say(place=place, action_id=found.id, text=given.get("text", ""), at=at)
    return _("The comment is stored.")


def _add_milestone(place: Place, found: Action, given: Given, at: datetime) -> str:
    due_on = read_day("milestone_due", given.get("milestone_due", ""))
    milestones.add(
        place=place, action_id=found.id, title=given.get("milestone_title", ""), due_on=due_on, at=at
    )
    return _("The milestone is stored.")


def _change_milestone(place: Place, found: Action, given: Given, at: datetime) -> str:
    row_id = _row(given)
    milestones.change(
        place=place,
        milestone_id=row_id,
        due_on=read_day(f"due-{row_id}", given.get(f"due-{row_id}", "")),
        done_on=read_day(f"done-{row_id}", given.get(f"done-{row_id}", "")),
        at=at,
    )
    return _("The milestone is stored.")


def _remove_milestone(place: Place, found: Action, given: Given, at: datetime) -> str:
    milestones.remove(place=place, milestone_id=_row(given), at=at)
    return _("The milestone is gone.")


def _add_helper(place: Place, found: Action, given: Given, at: datetime) -> str:
    helpers.add(
        place=place,
        action_id=found.id,
        agency_id=read_id(given.get("helping_agency", "")),
        person_id=read_id(given.get("helping_person", "")),
        at=at,
    )
    return _("The action is theirs to help with.")


def _remove_helper(place: Place, found: Action, given: Given, at: datetime) -> str:
    helpers.remove(place=place, action_id=found.id, helper_id=_row(given), at=at)
    return _("They no longer help with this action.")


def _enter_document(place: Place, found: Action, given: Given, at: datetime) -> str:
    documents.enter(
        place=place,
        action_id=found.id,
        stage=given.get("document", ""),
        number=given.get("document_number", ""),
        signed_on=read_day("document_date", given.get("document_date", "")),
        at=at,
    )
    return _("The document is stored: the budget year reckons with it.")


def _take_document_out(place: Place, found: Action, given: Given, at: datetime) -> str:
    documents.take_out(place=place, action_id=found.id, at=at)
    return _("The action stands in no document any more.")


def _name_piece(place: Place, found: Action, given: Given, at: datetime) -> str:
    evidence.name(place=place, action_id=found.id, piece_id=read_id(given.get("piece", "")) or NOBODY, at=at)
    return _("The piece is named as produced by this action.")


def _take_piece_back(place: Place, found: Action, given: Given, at: datetime) -> str:
    evidence.take_back(place=place, action_id=found.id, piece_id=_row(given), at=at)
    return _("The piece is no longer named here; the library keeps it.")


def _give(place: Place, found: Action, given: Given, at: datetime) -> str:
    ledger.enter(place=place, action_id=found.id, draft=read_gift(given), at=at)
    return _("The contribution is in the ledger.")


def _paper(place: Place, found: Action, given: Given, at: datetime) -> str:
    ledger.give_paper(place=place, contribution_id=_row(given), paper=read_paper(given), at=at)
    return _("The contribution counts from now on.")


def _withdraw(place: Place, found: Action, given: Given, at: datetime) -> str:
    ledger.withdraw(place=place, contribution_id=_row(given), reason=given.get("reason", ""), at=at)
    return _("The contribution is withdrawn; its row stays, with the reason.")


def _row(given: Given) -> UUID:
    return read_id(given.get("row", "")) or NOBODY


_ACTS: Final[Mapping[str, Act]] = {
    "comment": _comment,
    "milestone-add": _add_milestone,
    "milestone-change": _change_milestone,
    "milestone-remove": _remove_milestone,
    "helper-add": _add_helper,
    "helper-remove": _remove_helper,
    "document-enter": _enter_document,
    "document-take-out": _take_document_out,
    "piece-name": _name_piece,
    "piece-take-back": _take_piece_back,
    "give": _give,
    "paper": _paper,
    "withdraw": _withdraw,
}
