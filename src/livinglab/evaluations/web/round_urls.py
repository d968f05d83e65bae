"""Addresses of rounds; `web/urls.py` includes them."""

from django.urls import path

from livinglab.evaluations.web import overview, rounds

_ROUND = "evaluations/rounds/<uuid:round_id>/"

urlpatterns = [
    path("evaluations/rounds/", rounds.rounds, name="rounds"),
    path("evaluations/rounds/new/", rounds.open_round, name="open-round"),
    path(_ROUND, overview.follow_round, name="round"),
    path(f"{_ROUND}participants.<slug:file_format>", overview.round_file, name="round-file"),
    path(f"{_ROUND}change/", rounds.change_round, name="change-round"),
    path(f"{_ROUND}participants/<str:code>/withdraw/", rounds.withdraw, name="withdraw"),
    path("regions/<str:code>/evaluations/new/", rounds.open_own, name="open-own"),
]
