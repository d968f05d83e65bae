from django.urls import path

from livinglab.visits.web import (
    commitment,
    commitment_form,
    follow_urls,
    guest,
    rating,
    visit,
    visit_ask,
    visit_list,
)

app_name = "visits"

_VISIT = "visits/<uuid:visit_id>/"
_COMMITMENT = "commitments/<uuid:commitment_id>/"

urlpatterns = [
    *follow_urls.urlpatterns,
    path("visits/", visit_list.visits, name="list"),
    path("regions/<str:code>/visits/", visit_list.own_visits, name="own"),
    path("regions/<str:code>/visits/ask/", visit_ask.ask, name="ask"),
    path("regions/<str:code>/commitments/new/", commitment_form.commit_alone, name="commit-alone"),
    path("regions/<str:code>/visits/receive/", visit_ask.receive, name="receive"),
    path(_VISIT, visit.visit, name="visit"),
    path(f"{_VISIT}step/", visit.take_step, name="step"),
    path(f"{_VISIT}minutes/", visit.minutes, name="minutes"),
    path(f"{_VISIT}commit/", commitment_form.commit, name="commit"),
    path(f"{_VISIT}invite/", guest.invite, name="invite"),
    path(f"{_VISIT}revoke/", guest.revoke, name="revoke-invitation"),
    path("commitments/sign/<str:token>/", guest.guest_commit, name="guest-commit"),
    path(_COMMITMENT, commitment.commitment, name="commitment"),
    path(f"{_COMMITMENT}withdraw/", commitment.withdraw, name="withdraw-commitment"),
    path(f"{_COMMITMENT}actions/", commitment.put_into_plan, name="plan-commitment"),
    path(f"{_COMMITMENT}rate/", rating.rate, name="rate"),
]
