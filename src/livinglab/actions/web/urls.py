from django.urls import path

from livinglab.actions.web import accept, action, acts, board, ledger, plan, timeline, upkeep_urls
from livinglab.actions.web import list as plans_list

app_name = "actions"

_HERE = "regions/<str:code>/actions/"
_PLAN = f"{_HERE}<uuid:plan_id>/"
_ACTION = f"{_PLAN}<uuid:action_id>/"

urlpatterns = [
    path(_HERE, plans_list.plans, name="list"),
    path(f"{_HERE}accept/", accept.accept, name="accept"),
    path(_PLAN, plan.plan, name="plan"),
    path(f"{_PLAN}board/", board.board, name="board"),
    path(f"{_PLAN}timeline/", timeline.timeline, name="timeline"),
    path(f"{_PLAN}ledger/", ledger.ledger, name="ledger"),
    path(_ACTION, action.action, name="action"),
    path(f"{_ACTION}step/", acts.take_step, name="step"),
    path(f"{_ACTION}act/", acts.act, name="act"),
    *upkeep_urls.urlpatterns,
]
