from django.db import models

from livinglab.kernel.tenancy import SharedModel


class DataVersion(SharedModel):
    """How often the public data of one topic changed: what pages put into their ETag."""

    topic = models.CharField(max_length=40, unique=True)
    number = models.PositiveBigIntegerField(default=1)

    impersonal = ("topic",)

    class Meta:
        db_table = "kernel_data_version"
