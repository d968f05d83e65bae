from livinglab.actions.models.figure import ActionFigure
from livinglab.actions.models.plan import (
    Action,
    ActionComment,
    ActionMove,
    ActionPlan,
    Contribution,
    Milestone,
)

__all__ = [
    "Action",
    "ActionComment",
    "ActionFigure",
    "ActionMove",
    "ActionPlan",
    "Contribution",
    "Milestone",
]
