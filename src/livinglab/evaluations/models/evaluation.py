from django.db import models

from livinglab.evaluations.domain.answers import AnswerState
from livinglab.evaluations.domain.process import State
from livinglab.evaluations.domain.stages import EXTERNAL
from livinglab.kernel.personal import Personal
from livinglab.kernel.tenancy import TenantModel


class Evaluation(TenantModel):
    """One organisation's own record of a round. Its id is that of its `Participation`."""

    state = models.CharField(max_length=12, choices=[(state, state) for state in State], default=State.SELF)
    started_at = models.DateTimeField()
    decree_number = models.CharField(max_length=80, blank=True)  # of the internal assessor team
    decree_date = models.DateField(null=True)
    decree_evidence_id = models.UUIDField(null=True)
    approved_by = models.UUIDField(null=True)
    approved_at = models.DateTimeField(null=True)
    minutes_number = models.CharField(max_length=80, blank=True)  # Berita Acara
    minutes_date = models.DateField(null=True)
    signed_by = models.UUIDField(null=True)
    signed_at = models.DateTimeField(null=True)
    has_consent = models.BooleanField(default=False)  # to publish the self-assessment
    sent_at = models.DateTimeField(null=True)
    #: the stage whose scores the assessors showed to the organisation before the stage was over
    shown_stage = models.CharField(max_length=12, blank=True, choices=[(stage, stage) for stage in EXTERNAL])
    shown_at = models.DateTimeField(null=True)
    decision_number = models.CharField(max_length=80, blank=True)
    decision_date = models.DateField(null=True)

    personal_data = {"approved_by": Personal.ACTOR, "signed_by": Personal.ACTOR}
    impersonal = ("decree_number", "decree_evidence_id", "minutes_number", "decision_number")

    class Meta:
        db_table = "evaluations_evaluation"
        constraints = [
            models.CheckConstraint(
                name="what_is_sent_was_signed_with_its_minutes",
                condition=models.Q(state__in=["self", "approved"])
                | (~models.Q(minutes_number="") & models.Q(minutes_date__isnull=False)),
            ),
            models.CheckConstraint(
                name="what_is_decided_names_its_decision",
                condition=~models.Q(state="decided")
                | (~models.Q(decision_number="") & models.Q(decision_date__isnull=False)),
            ),
        ]


class TeamSeat(TenantModel):
    """A seat in the internal assessor team: the function that the decree names, and who holds it."""

    evaluation = models.ForeignKey(
        Evaluation, on_delete=models.PROTECT, db_constraint=False, related_name="seats"
    )
    function = models.CharField(max_length=40)
    holder = models.CharField(max_length=160)

    tenant_references = {"evaluation_id": "evaluations_evaluation"}

    personal_data = {"holder": Personal.NAMED}
    impersonal = ("function",)

    class Meta:
        db_table = "evaluations_team_seat"


class Answer(TenantModel):
    """What the region answers to one indicator. No row: nobody has touched it."""

    evaluation = models.ForeignKey(
        Evaluation, on_delete=models.PROTECT, db_constraint=False, related_name="answers"
    )
    indicator = models.CharField(max_length=6)
    state = models.CharField(
        max_length=10, choices=[(state, state) for state in AnswerState], default=AnswerState.OPEN
    )
    level = models.DecimalField(max_digits=4, decimal_places=2, null=True)
    met = models.JSONField(default=list)  # levels whose criterion is met
    facts = models.TextField(blank=True)
    analysis = models.TextField(blank=True)
    external_source = models.CharField(max_length=300, blank=True)  # of another agency's index
    agency = models.ForeignKey(
        "organizations.Agency", null=True, on_delete=models.PROTECT, db_constraint=False, related_name="+"
    )
    assignee_id = models.UUIDField(null=True)  # a person; users are shared
    due_on = models.DateField(null=True)
    returned_reason = models.CharField(max_length=2000, blank=True)
    version = models.PositiveIntegerField(default=0)  # counts what was typed: two people at once are noticed
    changed_at = models.DateTimeField(null=True)
    changed_by = models.UUIDField(null=True)

    tenant_references = {"evaluation_id": "evaluations_evaluation", "agency_id": "organizations_agency"}

    personal_data = {
        "assignee_id": Personal.ACTOR,
        "changed_by": Personal.ACTOR,
        "facts": Personal.FREE_TEXT,
        "analysis": Personal.FREE_TEXT,
        "returned_reason": Personal.FREE_TEXT,
    }
    impersonal = ("indicator", "met", "external_source")

    class Meta:
        db_table = "evaluations_answer"
        constraints = [
            models.UniqueConstraint(
                fields=["organization_id", "evaluation", "indicator"], name="an_indicator_is_answered_once"
            ),
            models.CheckConstraint(
                name="what_is_handed_in_has_a_level",
                condition=models.Q(state__in=["open", "returned"]) | models.Q(level__isnull=False),
            ),
            models.CheckConstraint(
                name="what_is_returned_says_why",
                condition=~models.Q(state="returned") | ~models.Q(returned_reason=""),
            ),
        ]


class AnswerVersion(TenantModel):
    """An answer as somebody left it. Append-only: the base of a merge, and the history."""

    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, db_constraint=False, related_name="versions")
    number = models.PositiveIntegerField()
    level = models.DecimalField(max_digits=4, decimal_places=2, null=True)
    met = models.JSONField(default=list)
    facts = models.TextField(blank=True)
    analysis = models.TextField(blank=True)
    external_source = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    by = models.UUIDField(null=True)

    tenant_references = {"answer_id": "evaluations_answer"}

    personal_data = {"by": Personal.ACTOR, "facts": Personal.FREE_TEXT, "analysis": Personal.FREE_TEXT}
    impersonal = ("met", "external_source")

    class Meta:
        db_table = "evaluations_answer_version"
        constraints = [
            models.UniqueConstraint(
                fields=["organization_id", "answer", "number"], name="a_version_of_an_answer_is_kept_once"
            ),
        ]


class AnswerMove(TenantModel):
    """A step that somebody took with an answer: handed in, returned with a reason, accepted. Append-only."""

    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, db_constraint=False, related_name="moves")
    step = models.CharField(max_length=10)
    from_state = models.CharField(max_length=10)
    to_state = models.CharField(max_length=10)
    reason = models.CharField(max_length=2000, blank=True)
    level = models.DecimalField(max_digits=4, decimal_places=2, null=True)
    at = models.DateTimeField()
    by = models.UUIDField(null=True)

    tenant_references = {"answer_id": "evaluations_answer"}

    personal_data = {"by": Personal.ACTOR, "reason": Personal.FREE_TEXT}
    impersonal = ("step", "from_state", "to_state")

    class Meta:
        db_table = "evaluations_answer_move"


class EvidenceUse(TenantModel):
    """A piece of evidence, shown for one indicator and level, with the place to look at."""

    evaluation = models.ForeignKey(
        Evaluation, on_delete=models.PROTECT, db_constraint=False, related_name="evidence_uses"
    )
    indicator = models.CharField(max_length=6)
    level = models.PositiveSmallIntegerField()
    letter = models.CharField(max_length=2)  # 20.c: the third piece of indicator 20
    piece_id = models.UUIDField()  # of the context `evidence`
    reference = models.CharField(max_length=200, blank=True)  # article, page
    added_at = models.DateTimeField()
    added_by = models.UUIDField()

    tenant_references = {"evaluation_id": "evaluations_evaluation"}

    personal_data = {"added_by": Personal.ACTOR}
    impersonal = ("indicator", "letter", "piece_id", "reference")

    class Meta:
        db_table = "evaluations_evidence_use"
        constraints = [
            models.UniqueConstraint(
                fields=["organization_id", "evaluation", "indicator", "letter"],
                name="a_letter_names_one_piece_of_an_indicator",
            ),
            models.UniqueConstraint(
                fields=["organization_id", "evaluation", "indicator", "piece_id", "level"],
                name="a_piece_is_used_once_for_a_level",
            ),
        ]
