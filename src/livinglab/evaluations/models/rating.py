from django.conf import settings
from django.db import models

from livinglab.evaluations.domain.stages import Stage
from livinglab.evaluations.models.evaluation import Evaluation
from livinglab.evaluations.models.round import Participation
from livinglab.kernel.personal import Personal
from livinglab.kernel.tenancy import SharedModel, TenantModel


class EvidenceVerdict(TenantModel):
    """What an external assessor says of a piece of evidence where it stands for an indicator.

    The organisation's own review of a piece is kept with the piece; this one is the assessors' and per indicator.
    """

    evaluation = models.ForeignKey(
        Evaluation, on_delete=models.PROTECT, db_constraint=False, related_name="verdicts"
    )
    indicator = models.CharField(max_length=6)
    piece_id = models.UUIDField()  # of the context `evidence`
    is_accepted = models.BooleanField()
    note = models.CharField(max_length=500, blank=True)
    judged_at = models.DateTimeField()
    judged_by = models.UUIDField()

    tenant_references = {"evaluation_id": "evaluations_evaluation"}

    personal_data = {"judged_by": Personal.ACTOR, "note": Personal.FREE_TEXT}
    impersonal = ("indicator", "piece_id")

    class Meta:
        db_table = "evaluations_evidence_verdict"
        constraints = [
            models.UniqueConstraint(
                fields=["organization_id", "evaluation", "indicator", "piece_id"],
                name="a_piece_has_one_verdict_for_an_indicator",
            ),
            models.CheckConstraint(
                name="a_refused_proof_says_why", condition=models.Q(is_accepted=True) | ~models.Q(note="")
            ),
        ]


class RatedDifference(SharedModel):
    """Own level and consolidated level of one indicator of one organisation: what the measured bias is made of.

    A projection across organisations for the ministry, written by the organisation's own transaction when its
    scores are consolidated and when one changes after that. `stage` is the one from which the consolidated level
    comes; an indicator that no assessor touched stands with the stage `self` and no assessor.
    """

    participation = models.ForeignKey(Participation, on_delete=models.PROTECT, related_name="differences")
    indicator = models.CharField(max_length=6)
    stage = models.CharField(max_length=12, choices=[(stage, stage) for stage in Stage])
    self_level = models.DecimalField(max_digits=4, decimal_places=2)
    external_level = models.DecimalField(max_digits=4, decimal_places=2)
    assessor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()

    personal_data = {"assessor": Personal.ACTOR}
    impersonal = ("indicator",)

    class Meta:
        db_table = "evaluations_rated_difference"
        constraints = [
            models.UniqueConstraint(
                fields=["participation", "indicator"], name="an_indicator_is_compared_once_in_a_participation"
            ),
            models.CheckConstraint(
                name="what_an_assessor_scored_names_the_assessor",
                condition=models.Q(stage="self", assessor__isnull=True)
                | (~models.Q(stage="self") & models.Q(assessor__isnull=False)),
            ),
        ]
