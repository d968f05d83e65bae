from livinglab.actions.models.figure import ActionFigure
from livinglab.actions.models.plan import (
    Action,
    ActionComment,
    ActionMove,
    ActionPlan,
    Contribution,
    Milestone,
)
from livinglab.actions.models.upkeep import CalendarFeed, PlanWorkbook, Reminder

__all__ = [
    "Action",
    "ActionComment",
    "ActionFigure",
    "ActionMove",
    "ActionPlan",
    "CalendarFeed",
    "Contribution",
    "Milestone",
    "PlanWorkbook",
    "Reminder",
]
