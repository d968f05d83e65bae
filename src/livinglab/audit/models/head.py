from django.db import models

from livinglab.kernel.tenancy import SharedModel


class Head(SharedModel):
    """The newest link of each organisation's chain: where the next one is tied, and how a cut-off end shows."""

    organization_id = models.UUIDField(unique=True, editable=False)
    number = models.PositiveBigIntegerField()
    hash = models.CharField(max_length=64)

    impersonal = ("hash",)

    class Meta:
        db_table = "audit_head"
