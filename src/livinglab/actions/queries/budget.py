"""How a region's actions stand to the budget year."""

from datetime import date
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from livinglab.actions.adapters.budget_year import read_budget_year
from livinglab.actions.domain.cutoffs import BudgetYear, Placed, place
from livinglab.actions.models import Action


def budget_year() -> BudgetYear:
    """This function will return the cut-offs of the budget year. Read once per process.

    Errors: `BudgetYearRefused` for a file that says something it may not.
    """
    return _budget_year(Path(settings.REFERENCE_DIR) / "budget-year.yaml")


@lru_cache(maxsize=4)
def _budget_year(path: Path) -> BudgetYear:
    return read_budget_year(path)


def placed(action: Action, day: date) -> Placed:
    """This function will return where an action stands to the budget on a day."""
    return place(
        day=day,
        cost=action.cost,
        sub_activity=action.sub_activity,
        planning_year=action.planning_year,
        starts_on=action.starts_on,
        due_on=action.due_on,
        budget=budget_year(),
    )
