from django.urls import path

from livinglab.evaluations.web import (
    across,
    answer,
    assign,
    attach,
    crosswalk,
    external_urls,
    minutes,
    paper_urls,
    round_urls,
    sheet,
    team,
)
from livinglab.evaluations.web import list as rounds_list
from livinglab.evaluations.web.converters import register

register()

app_name = "evaluations"

_HERE = "regions/<str:code>/evaluations/<int:year>/"
_ANSWER = f"{_HERE}<indicator:indicator>/"

#: the region's own work
_REGION = [
    path("regions/<str:code>/evaluations/", rounds_list.evaluations, name="list"),
    path(_HERE, sheet.sheet, name="sheet"),
    path(f"{_HERE}assign/", assign.assign, name="assign"),
    path(f"{_HERE}team/", team.team, name="team"),
    path(f"{_HERE}minutes/", minutes.minutes, name="minutes"),
    path(f"{_HERE}crosswalk/", crosswalk.crosswalk, name="crosswalk"),
    path(f"{_HERE}minutes.pdf", minutes.minutes_pdf, name="minutes-pdf"),
    path(_ANSWER, answer.answer, name="answer"),
    path(f"{_ANSWER}checks/", across.of_answer, name="answer-checks"),
    path(f"{_ANSWER}step/", answer.take_step, name="answer-step"),
    path(f"{_ANSWER}evidence/", attach.attach, name="attach"),
    path(f"{_ANSWER}evidence/<uuid:use_id>/detach/", attach.detach, name="detach"),
]

urlpatterns = [*round_urls.urlpatterns, *_REGION, *external_urls.urlpatterns, *paper_urls.urlpatterns]
