from django.db import models
from django.db.models import Q

from livinglab.casework.domain.states import SeatKind
from livinglab.kernel.personal import Personal
from livinglab.kernel.tenancy import TenantModel


class Seat(TenantModel):
    """Where somebody works: a lane of a service, or all lanes of a kind; in a district or village, or everywhere.

    Everywhere is not in a desa, which governs itself: `queries.seats.covers`.

    Ended, never deleted.
    """

    user_id = models.UUIDField()
    kind = models.CharField(max_length=9, choices=[(one, one) for one in SeatKind])
    service_id = models.UUIDField(null=True)  # None: every service
    lane = models.CharField(max_length=60, blank=True)  # of that service; empty: every lane of the kind
    unit_code = models.CharField(max_length=16, blank=True)  # empty: everywhere, of villages every kelurahan
    agency_id = models.UUIDField(
        null=True
    )  # only what was handed over to this agency; None: everything there
    given_at = models.DateTimeField()
    given_by = models.UUIDField()
    ended_at = models.DateTimeField(null=True)

    tenant_references = {"service_id": "casework_service"}
    personal_data = {"user_id": Personal.ACTOR, "given_by": Personal.ACTOR}
    impersonal = ("service_id", "lane", "unit_code", "agency_id")

    class Meta:
        db_table = "casework_seat"
        constraints = [
            models.UniqueConstraint(
                fields=["organization_id", "user_id", "kind", "service_id", "lane", "unit_code", "agency_id"],
                condition=Q(ended_at__isnull=True),
                nulls_distinct=False,
                name="a_seat_is_held_once_at_a_time",
            ),
            models.CheckConstraint(
                name="a_lane_is_of_a_service", condition=Q(lane="") | Q(service_id__isnull=False)
            ),
        ]
        indexes = [
            models.Index(
                fields=["organization_id", "user_id"],
                condition=Q(ended_at__isnull=True),
                name="casework_seats_held",
            ),
        ]
