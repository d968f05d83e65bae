"""Everything of one action on its page: its form, steps, milestones, evidence, ledger, comments and history."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from livinglab.accounts.queries import names_of
from livinglab.actions import policies
from livinglab.actions.domain.cutoffs import Stage
from livinglab.actions.domain.kinds import GiftKind, PaperKind, Payer
from livinglab.actions.domain.ledger import Balance, Gift, given_by, total
from livinglab.actions.domain.states import NEEDS_REASON, ActionState, ActionStep, steps_from
from livinglab.actions.models import Action, ActionComment, ActionMove, Contribution
from livinglab.actions.queries import records
from livinglab.actions.queries.ledger import contributions_of
from livinglab.actions.queries.places import Place
from livinglab.actions.web import findings, words
from livinglab.actions.web.action_form import Typed, typed_now
from livinglab.actions.web.budget import budget_notes
from livinglab.actions.web.frame import action_way, frame
from livinglab.actions.web.gifts import gift_line
from livinglab.actions.web.plan import agency_options, people_options
from livinglab.assessments.queries import get_instrument
from livinglab.evidence.queries import pieces, pieces_by_id
from livinglab.kernel import clock
from livinglab.kernel.refusals import Refusal
from livinglab.organizations import queries as organizations

Problems = tuple[tuple[str, str], ...]
MOST_PIECES: Final = 200


@dataclass(frozen=True, slots=True)
class StepChoice:
    """A step that leads on from where an action stands, with why this person may not take it."""

    step: ActionStep
    label: str
    needs_reason: bool
    refusal: str


def show(
    request: HttpRequest,
    place: Place,
    action: Action,
    *,
    problems: Problems = (),
    typed: Typed | None = None,
    typed_elsewhere: Mapping[str, str] | None = None,
) -> HttpResponse:
    """This function will answer with an action's page; with problems it is a 422 that keeps what was typed.

    `typed` belongs to the form of the action itself, `typed_elsewhere` to one of the smaller forms.
    """
    plan, here = action.plan, place.organization.id
    today = clock.today(place.organization.zone)
    instrument = get_instrument(plan.instrument)
    name = words.name(instrument, action)
    now = typed_now(action)
    gifts = list(contributions_of(here, action.id))
    moves, comments = list(records.moves_of(here, action.id)), list(records.comments_of(here, action.id))
    people = names_of(_people(action, moves, comments) | action.people)
    named = [UUID(one) for one in action.evidence_pieces]
    shown_pieces = pieces_by_id(here, named)
    may_change = policies.may_change_plan(place.actor, plan)
    balance = Balance(action.cost, total(given_by(map(_gift, gifts)).values()))
    newer = records.newer_of(here, action.id) if plan.closed_at else None
    context = {
        **frame(place, *action_way(place, plan, action)),
        "plan": plan,
        "action": action,
        "name": name,
        "heading": heading(name, action, today),
        "budget": budget_notes(action, today),
        "indicator": words.indicator(instrument, action.indicator),
        "state": str(words.STATES[ActionState(action.state)]),
        "person": people.get(action.assignee_id, "") if action.assignee_id else "",
        "helpers": _helpers(place, action, people),
        "document": _document(action),
        "documents": [("", _("none yet")), *((stage, str(label)) for stage, label in words.STAGES.items())],
        "newer": newer,
        "steps": [_choice(place, action, step) for step in steps_from(ActionState(action.state))],
        "typed": typed or now,
        "base": now,
        "agencies": _with_present(
            agency_options(place), action.agency_id, action.agency.name if action.agency else None
        ),
        "people": _with_present(
            people_options(place), action.assignee_id, people.get(action.assignee_id or here)
        ),
        "levers": [("", _("not said")), *((lever, str(label)) for lever, label in words.LEVERS.items())],
        "milestones": list(records.milestones_of(here, action.id)),
        "pieces": [shown_pieces[one] for one in named if one in shown_pieces],
        "library": _library(place, named),
        "gifts": [gift_line(one) for one in gifts],
        "balance": balance,
        "balance_finding": findings.balance_finding(balance),
        "payers": [(payer, str(words.PAYERS[payer])) for payer in Payer],
        "gift_kinds": [(kind, str(words.GIFTS[kind])) for kind in GiftKind],
        "papers": [
            ("", _("none yet: it is promised")),
            *((one, str(words.PAPERS[one])) for one in PaperKind),
        ],
        "moves": _moves(moves, people),
        "comments": [(one, people.get(one.by, "")) for one in comments],
        "change_refusal": _reason(may_change),
        "work_refusal": _reason(policies.may_work_on(place.actor, action, plan)),
        "comment_refusal": _reason(policies.may_comment(place.actor, action, plan)),
        "given": typed_elsewhere or {},
        "rupiah": words.rupiah,
        "today": today,
        "problems": problems,
        "errors": dict(reversed(problems)),
    }
    return render(request, "actions/action.html", context, status=422 if problems else 200)


def _helpers(place: Place, action: Action, people: Mapping[UUID, str]) -> list[tuple[str, str]]:
    """Who helps beside those who lead: id and name, agencies first."""
    wanted = [UUID(one) for one in action.helping_agencies]
    rows = organizations.agencies(place.organization.id).filter(id__in=wanted) if wanted else ()
    known = {one.id: one.name for one in rows}
    agencies = [(str(one), known.get(one, _("an agency that is closed"))) for one in wanted]
    named = [(one, people.get(UUID(one), "") or _("somebody who left")) for one in action.helping_people]
    return [*agencies, *named]


def _document(action: Action) -> str:
    """In which document it stands, in words; empty where none was entered."""
    if not action.document or action.document_date is None:
        return ""
    return _("%(document)s %(year)s, number %(number)s of %(day)s") % {
        "document": words.STAGES[Stage(action.document)],
        "year": action.document_year,
        "number": action.document_number,
        "day": words.day(action.document_date),
    }


def heading(name: str, action: Action, today: date) -> str:
    """This function will say where an action stands."""
    values: dict[str, object] = {"name": name, "day": words.day(action.due_on)}
    state = ActionState(action.state)
    if state is ActionState.CONFIRMED and action.confirmed_on:
        return _("%(name)s: confirmed on %(day)s") % {**values, "day": words.day(action.confirmed_on)}
    if state is ActionState.DONE and action.done_on:
        return _("%(name)s: done on %(day)s, not confirmed yet") % {
            **values,
            "day": words.day(action.done_on),
        }
    if state is ActionState.DROPPED:
        return _("%(name)s: given up") % values
    if findings.is_late(action, today):
        return _("%(name)s: late since %(day)s") % values
    if state is ActionState.BLOCKED:
        return _("%(name)s: held up, due by %(day)s") % values
    if state is ActionState.STARTED:
        return _("%(name)s: under way, due by %(day)s") % values
    return _("%(name)s: not begun, due by %(day)s") % values


def _people(action: Action, moves: list[ActionMove], comments: list[ActionComment]) -> set[UUID]:
    named = {action.assignee_id, *(one.by for one in moves), *(one.by for one in comments)}
    return {one for one in named if one is not None}


def _moves(moves: list[ActionMove], people: Mapping[UUID, str]) -> list[tuple[ActionMove, str, str]]:
    """Each move with what it is called and who made it; the platform has no name."""
    return [
        (one, str(words.STEPS[ActionStep(one.step)]), people.get(one.by, "") if one.by else "")
        for one in moves
    ]


def _choice(place: Place, action: Action, step: ActionStep) -> StepChoice:
    refusal = policies.may_take_step(place.actor, step, action, action.plan)
    return StepChoice(step, str(words.STEPS[step]), step in NEEDS_REASON, _reason(refusal))


def _reason(refusal: Refusal | None) -> str:
    return str(refusal.reason) if refusal else ""


def _with_present(
    options: list[tuple[str, str]], present: UUID | None, label: str | None
) -> list[tuple[str, str]]:
    """Choices together with what is stored now, also where it could not be chosen any more."""
    if present is None or any(value == str(present) for value, _label in options):
        return options
    return [*options, (str(present), label or _("somebody who left"))]


def _gift(row: Contribution) -> Gift:
    return Gift(Payer(row.payer), row.rupiah, bool(row.paper), row.withdrawn_on is not None)


def _library(place: Place, named: list[UUID]) -> list[tuple[str, str]]:
    found = pieces(place.organization.id).exclude(id__in=named)[:MOST_PIECES]
    return [("", _("Choose a piece")), *((str(one.id), one.title) for one in found)]
