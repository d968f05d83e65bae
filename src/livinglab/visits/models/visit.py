from django.db import models

from livinglab.kernel.personal import Personal
from livinglab.kernel.tenancy import SharedModel
from livinglab.visits.domain.kinds import VisitorKind
from livinglab.visits.domain.process import VisitState, VisitStepTaken


class Visit(SharedModel):
    """A study visit (*studi tiru*) for named steps. It belongs to two parties, so it is no tenant's own."""

    host = models.ForeignKey("organizations.Organization", on_delete=models.PROTECT, related_name="+")
    #: none for an institution that is not on the platform: then only its name is known, entered by the host
    visitor = models.ForeignKey(
        "organizations.Organization", null=True, on_delete=models.PROTECT, related_name="+"
    )
    visitor_name = models.CharField(max_length=160, blank=True)
    visitor_kind = models.CharField(max_length=12, choices=[(kind, kind) for kind in VisitorKind])
    state = models.CharField(
        max_length=12, choices=[(state, state) for state in VisitState], default=VisitState.REQUESTED
    )
    purpose = models.CharField(max_length=1000)
    people = models.PositiveSmallIntegerField(null=True)  # how many come
    wished_from = models.DateField()
    wished_until = models.DateField()
    agreed_on = models.DateField(null=True)  # the day that the host offers
    held_on = models.DateField(null=True)
    minutes = models.TextField(blank=True)
    minutes_by = models.UUIDField(null=True)
    reason = models.CharField(max_length=500, blank=True)  # why declined, withdrawn or without follow-up
    is_synthetic = models.BooleanField(default=False)
    requested_at = models.DateTimeField()
    requested_by = models.UUIDField()
    changed_at = models.DateTimeField()

    personal_data = {
        "minutes_by": Personal.ACTOR,
        "requested_by": Personal.ACTOR,
        "visitor_name": Personal.NAMED,
        "purpose": Personal.FREE_TEXT,
        "minutes": Personal.FREE_TEXT,
        "reason": Personal.FREE_TEXT,
    }

    class Meta:
        db_table = "visits_visit"
        constraints = [
            models.CheckConstraint(
                name="nobody_visits_itself", condition=~models.Q(host_id=models.F("visitor_id"))
            ),
            models.CheckConstraint(
                name="a_visitor_is_on_the_platform_or_named",
                condition=models.Q(visitor__isnull=False, visitor_name="")
                | (models.Q(visitor__isnull=True) & ~models.Q(visitor_name="")),
            ),
            models.CheckConstraint(
                name="the_wished_days_are_in_order",
                condition=models.Q(wished_from__lte=models.F("wished_until")),
            ),
            models.CheckConstraint(
                name="what_was_held_has_its_day",
                condition=models.Q(state__in=["requested", "agreed", "declined", "withdrawn"])
                | models.Q(held_on__isnull=False),
            ),
            models.CheckConstraint(
                name="what_was_minuted_has_minutes",
                condition=~models.Q(state__in=["minuted", "committed"]) | ~models.Q(minutes=""),
            ),
        ]
        indexes = [
            models.Index(fields=["host", "state"], name="visit_by_host"),
            models.Index(fields=["visitor", "state"], name="visit_by_visitor"),
        ]


class VisitStep(SharedModel):
    """A step that a visit is for."""

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="steps")
    instrument = models.CharField(max_length=40)
    indicator = models.CharField(max_length=6)
    to_level = models.PositiveSmallIntegerField()

    impersonal = ("instrument", "indicator")

    class Meta:
        db_table = "visits_step"
        constraints = [
            models.UniqueConstraint(
                fields=["visit", "instrument", "indicator", "to_level"], name="a_visit_names_a_step_once"
            ),
        ]


class VisitMove(SharedModel):
    """A step that a visit took, by whom and why. Append-only."""

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="moves")
    step = models.CharField(max_length=10, choices=[(step, step) for step in VisitStepTaken])
    state = models.CharField(max_length=12, choices=[(state, state) for state in VisitState])
    reason = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()
    by = models.UUIDField(null=True)

    personal_data = {"by": Personal.ACTOR, "reason": Personal.FREE_TEXT}

    class Meta:
        db_table = "visits_move"
