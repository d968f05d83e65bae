"""A place that a case holds in an hour of a day."""

from django.db import models
from django.db.models import Q

from livinglab.casework.models.case import Case
from livinglab.casework.models.service import Service
from livinglab.kernel.tenancy import TenantModel

_MINUTES_OF_A_DAY = 24 * 60


class Booking(TenantModel):
    """One of the places that an hour has at a counter, held until its case ends; the row goes with the case's data.

    `nth` is which of the hour's places it is, from 1: two cases that take the last one meet in the unique constraint.
    A place that was given back before the end leaves no row; one of a case that ended is anybody's again.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, db_constraint=False, related_name="bookings")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, db_constraint=False, related_name="+")
    step = models.CharField(max_length=80)  # of the process, which holds one place at most
    counter = models.CharField(max_length=80, blank=True)  # an answer of the form; "" where all are one
    day = models.DateField()
    minute = models.PositiveSmallIntegerField()  # when the hour begins, from midnight of the place
    nth = models.PositiveIntegerField()
    ended_at = models.DateTimeField(null=True)  # when its case ended, and the place was free again

    impersonal = ("step", "counter")

    class Meta:
        db_table = "casework_booking"
        constraints = [
            models.UniqueConstraint(
                fields=["organization_id", "service", "counter", "day", "minute", "nth"],
                condition=Q(ended_at__isnull=True),
                name="a_place_is_held_once",
            ),
            models.UniqueConstraint(
                fields=["organization_id", "case", "step"], name="a_step_holds_one_place"
            ),
            models.CheckConstraint(
                condition=Q(nth__gte=1) & Q(minute__lt=_MINUTES_OF_A_DAY),
                name="a_place_is_in_an_hour_of_a_day",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organization_id", "day", "service", "minute"], name="casework_bookings_of_day"
            ),
        ]
