"""The sentences that head the pages of action plans, made from the figures."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from livinglab.actions.domain.ledger import Balance
from livinglab.actions.domain.levers import LeverBalance
from livinglab.actions.domain.states import ENDED, ActionState
from livinglab.actions.models import Action, ActionPlan
from livinglab.actions.queries.ledger import Ledger
from livinglab.actions.web import words
from livinglab.ui import formats
from livinglab.ui.languages import language

_FINISHED = {ActionState.DONE, ActionState.CONFIRMED}


def list_heading(region: str, plans: Sequence[ActionPlan]) -> str:
    """This function will say how many plans a region follows."""
    open_plans = [plan for plan in plans if plan.closed_at is None]
    if not plans:
        return _("%(region)s has accepted no plan yet") % {"region": region}
    if not open_plans:
        return _("%(region)s follows no plan now") % {"region": region}
    newest = open_plans[0]
    values = {"region": region, "target": words.index(newest.target_index), "day": words.day(newest.due_on)}
    return _("%(region)s wants an index of %(target)s by %(day)s") % values


def plan_heading(actions: Sequence[Action], today: date) -> str:
    """This function will say how many actions of a plan are done, and how many are late."""
    alive = [one for one in actions if one.state != ActionState.DROPPED]
    done = sum(one.state in _FINISHED for one in alive)
    late = sum(is_late(one, today) for one in alive)
    if not alive:
        return _("Every action of this plan was given up")
    if done == len(alive):
        return ngettext("The only action is done", "All %(count)s actions are done", done) % {"count": done}
    values = {"done": done, "count": len(alive), "late": late}
    if late:
        return (
            ngettext(
                "%(done)s of %(count)s actions is done, %(late)s late",
                "%(done)s of %(count)s actions are done, %(late)s late",
                done,
            )
            % values
        )
    return (
        ngettext(
            "%(done)s of %(count)s actions is done, none is late",
            "%(done)s of %(count)s actions are done, none is late",
            done,
        )
        % values
    )


def is_late(action: Action, today: date) -> bool:
    """This function will say whether an action is past its day and not done."""
    return action.state not in ENDED and action.due_on < today


def lever_finding(balance: LeverBalance) -> str:
    """This function will say how a plan leans on the three levers."""
    if not balance.said:
        return _("No action names its lever yet")
    missing = [str(words.LEVERS[lever]) for lever in balance.missing]
    heaviest = str(words.LEVERS[balance.heaviest]) if balance.heaviest is not None else ""
    if heaviest and not missing:
        return _("All three levers are pulled; most actions pull at %(lever)s") % {"lever": heaviest}
    if heaviest:
        values = {
            "lever": heaviest,
            "missing": formats.listing(missing, language=language()),
        }
        return _("Most actions pull at %(lever)s; none at %(missing)s") % values
    if missing:
        return _("No action pulls at %(missing)s") % {
            "missing": formats.listing(missing, language=language())
        }
    return _("All three levers are pulled, none by most actions")


def ledger_heading(ledger: Ledger) -> str:
    """This function will say how much of a plan's cost is covered."""
    if ledger.actions and ledger.unpriced == ledger.actions:
        return _("No action has a cost yet")
    if ledger.unpriced and ledger.whole.excess:
        values = {"count": ledger.unpriced, "all": ledger.actions}
        return _("%(count)s of %(all)s actions have no cost yet") % values
    return balance_finding(ledger.whole)


def balance_finding(balance: Balance) -> str:
    """This function will say how a cost stands against what was given for it."""
    if balance.cost is None:
        return _("The cost is not known yet")
    values = {"cost": words.rupiah(balance.cost), "counted": words.rupiah(balance.given.counted)}
    if balance.excess:
        values["excess"] = words.rupiah(balance.excess)
        return _("%(excess)s more is given than the cost of %(cost)s") % values
    if balance.gap:
        values["gap"] = words.rupiah(balance.gap)
        return _("%(gap)s of %(cost)s has no giver yet") % values
    if balance.given.promised:
        values["promised"] = words.rupiah(balance.given.promised)
        return _("%(cost)s is covered, %(promised)s of it by promises without a paper") % values
    return _("%(cost)s is covered by papers") % values


def accept_heading(count: int, target: str, day: date) -> str:
    """This function will say what accepting a plan makes."""
    values = {"count": count, "target": target, "day": words.day(day)}
    return (
        ngettext(
            "This plan becomes %(count)s action to reach %(target)s by %(day)s",
            "This plan becomes %(count)s actions to reach %(target)s by %(day)s",
            count,
        )
        % values
    )


def conflict_heading(count: int) -> str:
    """This function will say how many fields two people changed at once."""
    return ngettext(
        "Two people changed the same field: choose what stays",
        "Two people changed the same %(count)s fields: choose what stays",
        count,
    ) % {"count": count}
