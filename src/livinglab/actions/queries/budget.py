"""How a region's actions stand to the budget year."""

from datetime import date
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from livinglab.actions.adapters.budget_year import read_budget_year
from livinglab.actions.domain.cutoffs import BudgetYear, Moved, Placed, Stage, moved, place
from livinglab.actions.domain.states import ENDED
from livinglab.actions.models import Action


def budget_year() -> BudgetYear:
    """This function will return the cut-offs of the budget year. Read once per process.

    Errors: `BudgetYearRefused` for a file that says something it may not.
    """
    return _budget_year(Path(settings.REFERENCE_DIR) / "budget-year.yaml")


@lru_cache(maxsize=4)
def _budget_year(path: Path) -> BudgetYear:
    return read_budget_year(path)


def stands_in(action: Action) -> Stage | None:
    """This function will return the document entered for an action, None without one of the year it plans for."""
    if not action.document or action.document_year != action.planning_year:
        return None
    return Stage(action.document)


def placed(action: Action, day: date) -> Placed:
    """This function will return where an action stands to the budget on a day."""
    return place(
        day=day,
        cost=action.cost,
        sub_activity=action.sub_activity,
        planning_year=action.planning_year,
        starts_on=action.starts_on,
        due_on=action.due_on,
        stands_in=stands_in(action),
        budget=budget_year(),
    )


def moved_to(action: Action, day: date) -> Moved | None:
    """This function will return to which days a missed document moves an open action, None where none does."""
    if action.state in ENDED:
        return None
    return moved(placed(action, day), starts_on=action.starts_on, due_on=action.due_on)
