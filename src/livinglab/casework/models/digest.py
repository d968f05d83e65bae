from django.db import models

from livinglab.kernel.personal import Personal
from livinglab.kernel.tenancy import TenantModel


class EscalationDigest(TenantModel):
    """That a superior was mailed on a day what is late at their offices; one a day for each person at most."""

    user_id = models.UUIDField()
    day = models.DateField()  # in the region's zone
    at = models.DateTimeField()
    number = models.PositiveIntegerField()  # of the steps that it told

    personal_data = {"user_id": Personal.ACTOR}

    class Meta:
        db_table = "casework_escalation_digest"
        constraints = [
            models.UniqueConstraint(
                fields=["organization_id", "user_id", "day"], name="a_superior_is_mailed_once_a_day"
            ),
        ]
