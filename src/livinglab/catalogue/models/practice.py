from django.db import models

from livinglab.kernel.personal import Personal
from livinglab.kernel.tenancy import SharedModel


class Practice(SharedModel):
    """A practice in public: what a region published, projected from its `OwnPractice`."""

    key = models.CharField(max_length=120, unique=True)  # stable, used in addresses
    practice_id = models.UUIDField(unique=True)  # the OwnPractice it shows
    region_code = models.CharField(max_length=64, db_index=True)
    region_name = models.CharField(max_length=160)
    service_key = models.CharField(max_length=120, blank=True, db_index=True)  # of the service it tells about
    text = models.JSONField()  # domain.practices.PracticeText, with an office as contact
    published_at = models.DateTimeField()
    is_synthetic = models.BooleanField(default=False)

    personal_data = {"text": Personal.FREE_TEXT}
    impersonal = ("key", "practice_id", "region_code", "region_name", "service_key")

    class Meta:
        db_table = "catalogue_practice"
        ordering = ["region_code", "key"]

    def __str__(self) -> str:
        return self.key
