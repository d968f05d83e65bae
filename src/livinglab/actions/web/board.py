"""A plan as a board: one list for each state; a card moves by its buttons."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from livinglab.actions import policies
from livinglab.actions.access import actions_page
from livinglab.actions.domain.states import NEEDS_REASON, ActionState, ActionStep, steps_from
from livinglab.actions.models import Action, ActionPlan
from livinglab.actions.queries import records
from livinglab.actions.queries.places import Place
from livinglab.actions.web import findings, words
from livinglab.actions.web.frame import find_plan_or_404, plan_frame
from livinglab.actions.web.plan import Row, rows_of
from livinglab.kernel import clock


@dataclass(frozen=True, slots=True)
class Move:
    """A button of a card; `needs_reason` leads to the action's own page, where the reason is written."""

    step: ActionStep
    label: str
    needs_reason: bool


@dataclass(frozen=True, slots=True)
class Card:
    """One action on the board, with the moves that this reader may make."""

    row: Row
    moves: tuple[Move, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """One list of the board."""

    state: ActionState
    label: str
    cards: tuple[Card, ...]


@require_safe
@actions_page
def board(request: HttpRequest, place: Place, plan_id: UUID) -> HttpResponse:
    """This function will show the actions of a plan by state."""
    found = find_plan_or_404(place, plan_id)
    actions = list(records.actions_of(place.organization.id, found.id))
    today = clock.today(place.organization.zone)
    rows = list(rows_of(place, found, actions, today))
    context = {
        **plan_frame(place, found, "board"),
        "heading": findings.plan_heading(actions, today),
        "columns": [_column(place, found, state, rows) for state in ActionState],
    }
    return render(request, "actions/board.html", context)


def _column(place: Place, found: ActionPlan, state: ActionState, rows: list[Row]) -> Column:
    cards = tuple(
        Card(row, tuple(moves_of(place, found, row.action))) for row in rows if row.action.state == state
    )
    return Column(state, str(words.STATES[state]), cards)


def moves_of(place: Place, found: ActionPlan, action: Action) -> list[Move]:
    """This function will return the steps that this person may take with an action now."""
    return [
        Move(step, str(words.STEPS[step]), step in NEEDS_REASON)
        for step in steps_from(ActionState(action.state))
        if policies.may_take_step(place.actor, step, action, found) is None
    ]
