from django.conf import settings
from django.db import models

from livinglab.evaluations.domain.process import State
from livinglab.evaluations.domain.stages import RoundKind
from livinglab.kernel.personal import Personal
from livinglab.kernel.tenancy import SharedModel


class Round(SharedModel):
    """A round of evaluation with one instrument and year, opened by a ministry or by a region for itself."""

    instrument = models.CharField(max_length=40)  # code of instruments/
    year = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=[(kind, kind) for kind in RoundKind])
    title = models.CharField(max_length=160)
    opened_by = models.ForeignKey("organizations.Organization", on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    self_until = models.DateField()  # last day of the self-assessment
    document_until = models.DateField()
    interview_until = models.DateField(null=True)  # none in monitoring
    ends_on = models.DateField()
    is_synthetic = models.BooleanField(default=False)  # demonstration: never an official result

    impersonal = ("instrument", "title")

    class Meta:
        db_table = "evaluations_round"
        ordering = ["-year", "-opened_at"]
        constraints = [
            models.CheckConstraint(
                name="the_dates_of_a_round_are_in_order",
                condition=models.Q(self_until__lte=models.F("document_until"))
                & models.Q(document_until__lte=models.F("ends_on"))
                & (
                    models.Q(interview_until__isnull=True)
                    | (
                        models.Q(document_until__lte=models.F("interview_until"))
                        & models.Q(interview_until__lte=models.F("ends_on"))
                    )
                ),
            ),
            models.CheckConstraint(
                name="monitoring_has_no_interview",
                condition=~models.Q(kind="monitoring") | models.Q(interview_until__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Participation(SharedModel):
    """One organisation in one round: how far it is, for everybody who may look across regions.

    The organisation's own rows (`Evaluation`, `Answer`, …) are behind its tenancy; this is their projection,
    written in the same transaction by their owner only. One of monitoring and evaluation per organisation and year.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="participations")
    organization = models.ForeignKey("organizations.Organization", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=12, choices=[(state, state) for state in State], default=State.SELF)
    indicators = models.PositiveSmallIntegerField()
    answered = models.PositiveSmallIntegerField(default=0)  # has a level
    handed_in = models.PositiveSmallIntegerField(default=0)
    accepted = models.PositiveSmallIntegerField(default=0)
    validated = models.PositiveSmallIntegerField(default=0)
    scored = models.PositiveSmallIntegerField(default=0)  # by external assessors, at any stage
    objections = models.PositiveSmallIntegerField(default=0)  # open ones
    self_index = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    standing_index = models.DecimalField(max_digits=5, decimal_places=2, null=True)  # at the present stage
    changed_at = models.DateTimeField(null=True)  # when somebody last did something
    sent_at = models.DateTimeField(null=True)
    has_consent = models.BooleanField(default=False)
    decision_number = models.CharField(max_length=80, blank=True)
    decision_date = models.DateField(null=True)
    #: indicator -> level as text; only of what was consented to or decided, else empty
    published_levels = models.JSONField(default=dict)

    impersonal = ("decision_number", "published_levels")

    class Meta:
        db_table = "evaluations_participation"
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "year"], name="an_organization_takes_part_once_a_year"
            ),
            models.CheckConstraint(
                name="a_decided_participation_names_its_decision",
                condition=~models.Q(state="decided")
                | (~models.Q(decision_number="") & models.Q(decision_date__isnull=False)),
            ),
        ]
        indexes = [models.Index(fields=["round", "state"], name="participation_by_round_state")]


class Assignment(SharedModel):
    """An external assessor who assesses an organisation in a round. The database refuses conflicts of interest."""

    participation = models.ForeignKey(Participation, on_delete=models.PROTECT, related_name="assignments")
    assessor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    assigned_at = models.DateTimeField()
    assigned_by = models.UUIDField()
    ended_at = models.DateTimeField(null=True)

    personal_data = {"assessor": Personal.ACTOR, "assigned_by": Personal.ACTOR}

    class Meta:
        db_table = "evaluations_assignment"
        constraints = [
            models.UniqueConstraint(
                fields=["participation", "assessor"],
                condition=models.Q(ended_at__isnull=True),
                name="an_assessor_is_assigned_once",
            ),
        ]


class AssessorProfile(SharedModel):
    """What is known of an external assessor that bears on conflicts: home region and university.

    Nobody is assigned whose home is not known: the database refuses the row.
    """

    assessor = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    home = models.ForeignKey(
        "organizations.Organization", null=True, on_delete=models.PROTECT, related_name="+"
    )
    university = models.ForeignKey(
        "organizations.University", null=True, on_delete=models.PROTECT, related_name="+"
    )

    personal_data = {"assessor": Personal.ACTOR, "home": Personal.ACCOUNT, "university": Personal.ACCOUNT}

    class Meta:
        db_table = "evaluations_assessor_profile"


class UniversityPartner(SharedModel):
    """A university that works for or with an organisation; its assessors do not assess that organisation."""

    university = models.ForeignKey("organizations.University", on_delete=models.PROTECT, related_name="+")
    organization = models.ForeignKey("organizations.Organization", on_delete=models.PROTECT, related_name="+")
    declared_at = models.DateTimeField()
    declared_by = models.UUIDField()

    personal_data = {"declared_by": Personal.ACTOR}

    class Meta:
        db_table = "evaluations_university_partner"
        constraints = [
            models.UniqueConstraint(
                fields=["university", "organization"], name="a_partnership_is_declared_once"
            ),
        ]


class DeclaredConflict(SharedModel):
    """A conflict of interest that an assessor or the ministry declared."""

    assessor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    organization = models.ForeignKey("organizations.Organization", on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300)
    declared_at = models.DateTimeField()
    declared_by = models.UUIDField()

    personal_data = {"assessor": Personal.ACTOR, "declared_by": Personal.ACTOR, "reason": Personal.FREE_TEXT}

    class Meta:
        db_table = "evaluations_declared_conflict"
        constraints = [
            models.UniqueConstraint(fields=["assessor", "organization"], name="a_conflict_is_declared_once"),
        ]
