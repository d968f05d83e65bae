from django.db import models

from livinglab.evaluations.domain.stages import Stage
from livinglab.evaluations.models.evaluation import Evaluation
from livinglab.kernel.personal import Personal
from livinglab.kernel.tenancy import TenantModel


class Score(TenantModel):
    """The level of one indicator at one stage. Of the self stage it is the answer as it was sent.

    A score of a stage that is over cannot be changed: a trigger keeps it.
    """

    evaluation = models.ForeignKey(
        Evaluation, on_delete=models.PROTECT, db_constraint=False, related_name="scores"
    )
    stage = models.CharField(max_length=12, choices=[(stage, stage) for stage in Stage])
    indicator = models.CharField(max_length=6)
    level = models.DecimalField(max_digits=4, decimal_places=2)
    met = models.JSONField(default=list)  # levels whose criterion is met, by whoever gave the level
    facts = models.TextField(blank=True)
    analysis = models.TextField(blank=True)
    justification = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    scored_at = models.DateTimeField()
    scored_by = models.UUIDField(null=True)
    is_valid = models.BooleanField(null=True)  # None: the review team has not looked
    validity_note = models.CharField(max_length=2000, blank=True)
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = models.UUIDField(null=True)

    tenant_references = {"evaluation_id": "evaluations_evaluation"}

    personal_data = {
        "scored_by": Personal.ACTOR,
        "reviewed_by": Personal.ACTOR,
        "facts": Personal.FREE_TEXT,
        "analysis": Personal.FREE_TEXT,
        "justification": Personal.FREE_TEXT,
        "validity_note": Personal.FREE_TEXT,
    }
    impersonal = ("indicator", "met")

    class Meta:
        db_table = "evaluations_score"
        constraints = [
            models.UniqueConstraint(
                fields=["organization_id", "evaluation", "stage", "indicator"],
                name="an_indicator_is_scored_once_at_a_stage",
            ),
            models.CheckConstraint(
                name="an_assessor_justifies_the_level",
                condition=models.Q(stage="self") | ~models.Q(justification=""),
            ),
            models.CheckConstraint(
                name="what_is_not_valid_says_why",
                condition=~models.Q(is_valid=False) | ~models.Q(validity_note=""),
            ),
        ]


class Objection(TenantModel):
    """What the region says against an assessor's level, and what became of it."""

    evaluation = models.ForeignKey(
        Evaluation, on_delete=models.PROTECT, db_constraint=False, related_name="objections"
    )
    indicator = models.CharField(max_length=6)
    stage = models.CharField(
        max_length=12, choices=[(stage, stage) for stage in Stage]
    )  # of the level objected to
    requested_level = models.DecimalField(max_digits=4, decimal_places=2)
    reason = models.TextField()
    raised_at = models.DateTimeField()
    raised_by = models.UUIDField()
    outcome = models.CharField(
        max_length=10,
        blank=True,
        choices=[
            ("upheld", "upheld"),
            ("partly", "partly"),
            ("dismissed", "dismissed"),
            ("withdrawn", "withdrawn"),
        ],
    )
    outcome_reason = models.TextField(blank=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.UUIDField(null=True)

    tenant_references = {"evaluation_id": "evaluations_evaluation"}

    personal_data = {
        "raised_by": Personal.ACTOR,
        "settled_by": Personal.ACTOR,
        "reason": Personal.FREE_TEXT,
        "outcome_reason": Personal.FREE_TEXT,
    }
    impersonal = ("indicator",)

    class Meta:
        db_table = "evaluations_objection"
        constraints = [
            models.UniqueConstraint(
                fields=["organization_id", "evaluation", "indicator", "stage"],
                condition=~models.Q(outcome="withdrawn"),
                name="a_level_is_objected_to_once",
            ),
            models.CheckConstraint(
                name="what_is_settled_says_why",
                condition=models.Q(outcome="") | ~models.Q(outcome_reason=""),
            ),
        ]


class AspectFinding(TenantModel):
    """Fulfilment, strengths (levels 4-5) and weaknesses (1-2) of one aspect, by the external assessor."""

    evaluation = models.ForeignKey(
        Evaluation, on_delete=models.PROTECT, db_constraint=False, related_name="findings"
    )
    aspect = models.CharField(max_length=6)
    fulfilment = models.TextField(blank=True)
    strengths = models.TextField(blank=True)
    weaknesses = models.TextField(blank=True)
    written_at = models.DateTimeField()
    written_by = models.UUIDField()

    tenant_references = {"evaluation_id": "evaluations_evaluation"}

    personal_data = {
        "written_by": Personal.ACTOR,
        "fulfilment": Personal.FREE_TEXT,
        "strengths": Personal.FREE_TEXT,
        "weaknesses": Personal.FREE_TEXT,
    }
    impersonal = ("aspect",)

    class Meta:
        db_table = "evaluations_aspect_finding"
        constraints = [
            models.UniqueConstraint(
                fields=["organization_id", "evaluation", "aspect"], name="an_aspect_has_one_finding"
            ),
        ]


class Recommendation(TenantModel):
    """The external assessor's closing words: summary, excellence, weakness, advice (Pedoman 3/2024, F.2)."""

    evaluation = models.ForeignKey(
        Evaluation, on_delete=models.PROTECT, db_constraint=False, related_name="recommendations"
    )
    summary = models.TextField(blank=True)
    excellence = models.TextField(blank=True)
    weakness = models.TextField(blank=True)
    advice = models.TextField(blank=True)
    written_at = models.DateTimeField()
    written_by = models.UUIDField()

    tenant_references = {"evaluation_id": "evaluations_evaluation"}

    personal_data = {
        "written_by": Personal.ACTOR,
        "summary": Personal.FREE_TEXT,
        "excellence": Personal.FREE_TEXT,
        "weakness": Personal.FREE_TEXT,
        "advice": Personal.FREE_TEXT,
    }

    class Meta:
        db_table = "evaluations_recommendation"
        constraints = [
            models.UniqueConstraint(
                fields=["organization_id", "evaluation"], name="an_evaluation_has_one_recommendation"
            ),
        ]
