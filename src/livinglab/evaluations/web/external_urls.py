"""Addresses of the external side; `web/urls.py` includes them."""

from django.urls import path

from livinglab.evaluations.web import (
    across,
    assessors,
    assigned,
    bias,
    conclusions,
    evidence_file,
    evidence_look,
    objections,
    scoring,
    stages,
)
from livinglab.evaluations.web.converters import register

register()

_HERE = "regions/<str:code>/evaluations/<int:year>/"
_ONE = f"{_HERE}<indicator:indicator>/"
_PERSON = "evaluations/assessors/<uuid:assessor_id>/"

urlpatterns = [
    path("evaluations/assigned/", assigned.assigned, name="assigned"),
    path("evaluations/assigned/profile/", assigned.own_profile, name="own-profile"),
    path("evaluations/assessors/", assessors.assessors, name="assessors"),
    path("evaluations/assessors/partners/", assessors.partners, name="partners"),
    path("evaluations/assessors/partners/<uuid:partner_id>/end/", assessors.end_partner, name="end-partner"),
    path(_PERSON, assessors.assessor, name="assessor"),
    path(f"{_PERSON}assign/", assessors.assign, name="assign-assessor"),
    path(f"{_PERSON}profile/", assessors.profile, name="assessor-profile"),
    path(f"{_PERSON}conflict/", assessors.conflict, name="declare-conflict"),
    path(f"{_PERSON}assignments/<uuid:assignment_id>/end/", assessors.unassign, name="unassign"),
    path("evaluations/bias/", bias.measured, name="bias"),
    path(f"{_HERE}score/", stages.stages, name="stages"),
    path(f"{_HERE}advance/", stages.advance, name="advance"),
    path(f"{_HERE}show/", stages.show, name="show-scores"),
    path(f"{_HERE}decide/", stages.decide, name="decide"),
    path(f"{_HERE}objections/", objections.objections, name="objections"),
    path(f"{_HERE}objections/<uuid:objection_id>/settle/", objections.settle, name="settle"),
    path(f"{_HERE}objections/<uuid:objection_id>/withdraw/", objections.withdraw, name="withdraw-objection"),
    path(f"{_HERE}findings/", conclusions.conclusions, name="conclusions"),
    path(f"{_HERE}findings/<slug:aspect>/", conclusions.finding, name="finding"),
    path(f"{_HERE}recommendation/", conclusions.recommendation, name="recommendation"),
    path(f"{_HERE}evidence/<uuid:piece_id>/", evidence_look.evidence_look, name="evidence-look"),
    path(
        f"{_HERE}evidence/<uuid:piece_id>/preview/", evidence_look.evidence_preview, name="evidence-preview"
    ),
    path(f"{_HERE}evidence/<uuid:piece_id>/file/", evidence_file.evidence_file, name="evidence-file"),
    path(f"{_ONE}score/", scoring.score, name="score"),
    path(f"{_ONE}score/checks/", across.of_score, name="score-checks"),
    path(f"{_ONE}score/versions/", scoring.versions, name="score-versions"),
    path(f"{_ONE}score/clear/", scoring.clear, name="clear-score"),
    path(f"{_ONE}validity/", scoring.validity, name="validity"),
    path(f"{_ONE}evidence/<uuid:piece_id>/verdict/", scoring.judge, name="judge"),
    path(f"{_ONE}objection/", objections.objection, name="objection"),
]
