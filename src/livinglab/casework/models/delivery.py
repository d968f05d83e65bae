from django.db import models
from django.db.models import Q

from livinglab.casework.domain.contacts import Way
from livinglab.casework.domain.deliveries import DeliveryState, Obstacle
from livinglab.casework.models.case import Case
from livinglab.casework.models.paper import Message
from livinglab.kernel.tenancy import TenantModel


class Delivery(TenantModel):
    """A message that leaves by one way. Where it goes to stands in the case alone."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, db_constraint=False, related_name="+")
    message = models.ForeignKey(
        Message, on_delete=models.PROTECT, db_constraint=False, related_name="deliveries"
    )
    way = models.CharField(max_length=8, choices=[(one, one) for one in Way])
    state = models.CharField(
        max_length=7, choices=[(one, one) for one in DeliveryState], default=DeliveryState.WAITING
    )
    obstacle = models.CharField(max_length=10, choices=[(one, one) for one in Obstacle], blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    tries_at = models.DateTimeField()  # when it is tried next, or was tried last
    made_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "casework_delivery"
        constraints = [
            models.UniqueConstraint(
                fields=["organization_id", "message", "way"], name="a_message_leaves_once_by_each_way"
            ),
            models.CheckConstraint(
                name="a_message_that_was_told_says_when",
                condition=Q(state=DeliveryState.TOLD, told_at__isnull=False)
                | (~Q(state=DeliveryState.TOLD) & Q(told_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="a_message_that_failed_says_why",
                condition=~Q(state=DeliveryState.FAILED) | ~Q(obstacle=""),
            ),
        ]
        indexes = [
            models.Index(
                fields=["organization_id", "state", "-made_at", "id"], name="casework_delivery_shown"
            ),
        ]
