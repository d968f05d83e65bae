from django.conf import settings
from django.db import models

from livinglab.kernel.personal import Personal
from livinglab.kernel.tenancy import SharedModel
from livinglab.visits.domain.kinds import CommitmentState, Completion, Manner, Occasion, Potential
from livinglab.visits.models.visit import Visit


class Commitment(SharedModel):
    """What the head of a region signs: steps with dates, at the end of a visit or without one.

    A guest that is not on the platform has no `organization`: its visit names it, and it signed by an invitation.
    """

    organization = models.ForeignKey(
        "organizations.Organization", null=True, on_delete=models.PROTECT, related_name="+"
    )
    occasion = models.CharField(
        max_length=7, choices=[(one, one) for one in Occasion], default=Occasion.VISIT
    )
    visit = models.OneToOneField(Visit, null=True, on_delete=models.PROTECT, related_name="commitment")
    title = models.CharField(max_length=160)
    number = models.CharField(max_length=80)  # of the signed paper
    signed_by_name = models.CharField(
        max_length=160
    )  # the head of region, as the paper says; a guest's signer
    signed_by_function = models.CharField(max_length=160, blank=True)  # of a guest's signer
    signed_on = models.DateField()
    ends_on = models.DateField()
    state = models.CharField(
        max_length=10, choices=[(state, state) for state in CommitmentState], default=CommitmentState.SIGNED
    )
    withdrawn_reason = models.CharField(max_length=500, blank=True)
    is_synthetic = models.BooleanField(default=False)
    entered_at = models.DateTimeField()
    entered_by = models.UUIDField(null=True)  # none: the guest itself

    personal_data = {
        "entered_by": Personal.ACTOR,
        "signed_by_name": Personal.NAMED,
        "signed_by_function": Personal.NAMED,
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
            models.CheckConstraint(
                name="only_what_came_from_a_visit_names_one",
                condition=models.Q(occasion="visit", visit__isnull=False)
                | (~models.Q(occasion="visit") & models.Q(visit__isnull=True)),
            ),
            models.CheckConstraint(
                name="a_guest_commits_after_its_visit_and_by_its_own_hand",
                condition=models.Q(organization__isnull=False, entered_by__isnull=False)
                | (
                    models.Q(organization__isnull=True, entered_by__isnull=True, visit__isnull=False)
                    & ~models.Q(signed_by_function="")
                ),
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
