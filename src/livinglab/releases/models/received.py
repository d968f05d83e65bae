from django.db import models

from livinglab.kernel.personal import Personal
from livinglab.kernel.tenancy import TenantModel


class ReceivedPackage(TenantModel):
    """An upload whose differences from what is published are being looked at; gone once it was decided or forgotten."""

    package_id = models.CharField(max_length=40)
    digest = models.CharField(max_length=71)
    content = models.BinaryField()  # the zip
    received_at = models.DateTimeField()
    received_by = models.UUIDField()

    personal_data = {"received_by": Personal.ACTOR}
    impersonal = ("package_id", "digest", "content")

    class Meta:
        db_table = "releases_received_package"
        constraints = [
            models.UniqueConstraint(fields=["organization_id", "digest"], name="an_upload_is_looked_at_once"),
        ]
