from django.db import models

from livinglab.evaluations.domain.stages import EXTERNAL
from livinglab.evaluations.models.evaluation import Evaluation
from livinglab.kernel.personal import Personal
from livinglab.kernel.tenancy import TenantModel


class ScoreDraft(TenantModel):
    """What assessors typed for one indicator at one stage. It counts only once it is entered as a `Score`."""

    evaluation = models.ForeignKey(
        Evaluation, on_delete=models.PROTECT, db_constraint=False, related_name="score_drafts"
    )
    stage = models.CharField(max_length=12, choices=[(stage, stage) for stage in EXTERNAL])
    indicator = models.CharField(max_length=6)
    level = models.DecimalField(max_digits=4, decimal_places=2, null=True)
    met = models.JSONField(default=list)  # levels whose criterion the assessor found met
    facts = models.TextField(blank=True)
    analysis = models.TextField(blank=True)
    justification = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(null=True)
    changed_by = models.UUIDField(null=True)

    tenant_references = {"evaluation_id": "evaluations_evaluation"}

    personal_data = {
        "changed_by": Personal.ACTOR,
        "facts": Personal.FREE_TEXT,
        "analysis": Personal.FREE_TEXT,
        "justification": Personal.FREE_TEXT,
    }
    impersonal = ("indicator", "met")

    class Meta:
        db_table = "evaluations_score_draft"
        constraints = [
            models.UniqueConstraint(
                fields=["organization_id", "evaluation", "stage", "indicator"],
                name="an_indicator_has_one_draft_at_a_stage",
            ),
        ]


class ScoreDraftVersion(TenantModel):
    """A draft as somebody left it. Append-only: the base of a merge, and how a score came about."""

    draft = models.ForeignKey(
        ScoreDraft, on_delete=models.PROTECT, db_constraint=False, related_name="versions"
    )
    number = models.PositiveIntegerField()
    level = models.DecimalField(max_digits=4, decimal_places=2, null=True)
    met = models.JSONField(default=list)
    facts = models.TextField(blank=True)
    analysis = models.TextField(blank=True)
    justification = models.TextField(blank=True)
    is_entered = models.BooleanField(default=False)  # from here on it was the score
    at = models.DateTimeField()
    by = models.UUIDField()

    tenant_references = {"draft_id": "evaluations_score_draft"}

    personal_data = {
        "by": Personal.ACTOR,
        "facts": Personal.FREE_TEXT,
        "analysis": Personal.FREE_TEXT,
        "justification": Personal.FREE_TEXT,
    }
    impersonal = ("met",)

    class Meta:
        db_table = "evaluations_score_draft_version"
        constraints = [
            models.UniqueConstraint(
                fields=["organization_id", "draft", "number"], name="a_version_of_a_score_draft_is_kept_once"
            ),
        ]
