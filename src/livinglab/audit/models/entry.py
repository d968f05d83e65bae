from django.db import models

from livinglab.kernel.personal import Personal
from livinglab.kernel.tenancy import TenantModel


class Entry(TenantModel):
    """One thing done, by whom and when. Append-only; hash-chained per organisation."""

    number = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    by = models.UUIDField(null=True)  # a user's id; None is the platform itself
    action = models.CharField(max_length=80)
    subject = models.CharField(max_length=200, blank=True)
    facts = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    personal_data = {"by": Personal.ACTOR, "facts": Personal.FREE_TEXT}
    impersonal = ("action", "subject", "previous_hash", "hash")

    class Meta:
        db_table = "audit_entry"
        constraints = [
            models.UniqueConstraint(
                fields=["organization_id", "number"], name="entry_number_is_unique_in_its_chain"
            ),
        ]
