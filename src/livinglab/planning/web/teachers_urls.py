"""The addresses of whom to learn a step from, for one region and for all."""

from django.urls import path

from livinglab.planning.web import matching, teachers

_STEP = "regions/<str:code>/plan/teachers/<slug:indicator>/<int:level>/"

teachers_urls = [
    path(_STEP, teachers.teachers, name="teachers"),
    path(f"{_STEP}teachers.<slug:file_format>", teachers.teachers_file, name="teachers-file"),
    path("planning/matching/", matching.proposal, name="matching"),
    path("planning/matching/<slug:key>.<slug:file_format>", matching.proposal_file, name="matching-file"),
]
