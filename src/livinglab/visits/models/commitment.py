from django.conf import settings
from django.db import models

from livinglab.kernel.personal import Personal
from livinglab.kernel.tenancy import SharedModel
from livinglab.visits.domain.kinds import CommitmentState, Completion, Manner, Potential
from livinglab.visits.models.visit import Visit


class Commitment(SharedModel):
    """What the head of a region signs: steps with dates, usually at the end of a visit."""

    organization = models.ForeignKey("organizations.Organization", on_delete=models.PROTECT, related_name="+")
    visit = models.OneToOneField(Visit, null=True, on_delete=models.PROTECT, related_name="commitment")
    title = models.CharField(max_length=160)
    number = models.CharField(max_length=80)  # of the signed paper
    signed_by_name = models.CharField(max_length=160)  # the head of region, as the paper says
    signed_on = models.DateField()
    ends_on = models.DateField()
    state = models.CharField(
        max_length=10, choices=[(state, state) for state in CommitmentState], default=CommitmentState.SIGNED
    )
    withdrawn_reason = models.CharField(max_length=500, blank=True)
    is_synthetic = models.BooleanField(default=False)
    entered_at = models.DateTimeField()
    entered_by = models.UUIDField()

    personal_data = {
        "entered_by": Personal.ACTOR,
        "signed_by_name": Personal.NAMED,
        "title": Personal.FREE_TEXT,
        "withdrawn_reason": Personal.FREE_TEXT,
    }
    impersonal = ("number",)

    class Meta:
        db_table = "visits_commitment"
        constraints = [
            models.CheckConstraint(
                name="a_commitment_ends_after_it_is_signed",
                condition=models.Q(signed_on__lte=models.F("ends_on")),
            ),
            models.CheckConstraint(
                name="a_withdrawn_commitment_says_why",
                condition=~models.Q(state="withdrawn") | ~models.Q(withdrawn_reason=""),
            ),
        ]
        indexes = [models.Index(fields=["organization", "state"], name="commitment_by_organization")]


class CommitmentStep(SharedModel):
    """A step that a commitment promises, with its own last day."""

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="steps")
    instrument = models.CharField(max_length=40)
    indicator = models.CharField(max_length=6)
    to_level = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    manner = models.CharField(max_length=3, choices=[(manner, manner) for manner in Manner], blank=True)

    impersonal = ("instrument", "indicator")

    class Meta:
        db_table = "visits_commitment_step"
        constraints = [
            models.UniqueConstraint(
                fields=["commitment", "instrument", "indicator", "to_level"],
                name="a_commitment_promises_a_step_once",
            ),
        ]


class Rating(SharedModel):
    """What somebody of neither party says of a commitment at its end. The database refuses a party's own rating."""

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="ratings")
    rater = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    potential = models.CharField(max_length=12, choices=[(one, one) for one in Potential])
    completion = models.CharField(max_length=12, choices=[(one, one) for one in Completion])
    reason = models.TextField()
    rated_at = models.DateTimeField()

    personal_data = {"rater": Personal.ACTOR, "reason": Personal.FREE_TEXT}

    class Meta:
        db_table = "visits_rating"
        constraints = [
            models.UniqueConstraint(fields=["commitment", "rater"], name="a_person_rates_a_commitment_once"),
            models.CheckConstraint(name="a_rating_says_why", condition=~models.Q(reason="")),
        ]
