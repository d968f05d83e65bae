from django.contrib.postgres.fields import ArrayField
from django.db import models

from livinglab.casework.domain.states import ServiceState
from livinglab.kernel.tenancy import SharedModel


class OfferedService(SharedModel):
    """A service that a region runs, as everybody may read it: the projection that lists and searches read."""

    organization = models.ForeignKey("organizations.Organization", on_delete=models.PROTECT, related_name="+")
    service_id = models.UUIDField(unique=True)
    publisher = models.CharField(max_length=16)
    package = models.CharField(max_length=60)
    name_id = models.CharField(max_length=160)
    name_en = models.CharField(max_length=160, blank=True)
    summary_id = models.CharField(max_length=400)
    summary_en = models.CharField(max_length=400, blank=True)
    functions = ArrayField(models.CharField(max_length=40), default=list)
    sector = models.CharField(max_length=40, blank=True)
    life_events = ArrayField(models.CharField(max_length=40), default=list)  # packages.domain.life_events
    state = models.CharField(max_length=7, choices=[(one, one) for one in ServiceState])
    is_free = models.BooleanField(default=False)
    days = models.PositiveSmallIntegerField()  # the standard of the whole request
    calendar = models.CharField(max_length=8)  # how these days count
    is_synthetic = models.BooleanField(default=False)

    impersonal = (
        *("service_id", "publisher", "package", "name_id", "name_en", "summary_id", "summary_en"),
        *("functions", "sector", "life_events", "calendar"),
    )

    class Meta:
        db_table = "casework_offered_service"
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "publisher", "package"], name="a_region_offers_a_package_once"
            ),
        ]
