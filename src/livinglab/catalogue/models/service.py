from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from livinglab.catalogue.domain.functions import OF_SERVICES, Reliability
from livinglab.kernel.tenancy import SharedModel


class Origin(models.TextChoices):
    REGISTER = "register"  # reference/services.csv
    REGION = "region"  # a region's own entry, projected from its OwnService


class Service(SharedModel):
    """A digital service in public: from the register, or projected from what a region entered itself.

    Homonyms are different services: `key` tells them apart, never the name.
    """

    key = models.CharField(max_length=120, unique=True)  # stable, used in addresses
    origin = models.CharField(max_length=8, choices=Origin.choices)
    entry_id = models.UUIDField(null=True, unique=True)  # the OwnService it shows
    region_code = models.CharField(max_length=64, blank=True, db_index=True)  # empty: no region, or not named
    region_name = models.CharField(max_length=160, blank=True)
    name = models.CharField(max_length=160, blank=True)
    functions = ArrayField(models.CharField(max_length=40), default=list)  # codes of service-functions.yaml
    description_id = models.CharField(max_length=300, blank=True)
    description_en = models.CharField(max_length=300, blank=True)
    agency = models.CharField(max_length=160, blank=True)
    platform = models.CharField(max_length=20, blank=True)
    app_class = models.CharField(max_length=10, blank=True)  # common or special (Perpres 95/2018 article 1)
    year = models.PositiveSmallIntegerField(null=True)
    status = models.CharField(max_length=8, choices=[(status, status) for status in OF_SERVICES])
    spbe_indicator = models.PositiveSmallIntegerField(null=True)  # as the source states it
    source = models.CharField(max_length=40)  # code of service-coverage.yaml; "region" for own entries
    reliability = models.CharField(max_length=13, choices=[(one, one) for one in Reliability])
    url = models.URLField(max_length=300, blank=True)
    is_synthetic = models.BooleanField(default=False)  # entered by a demo person: not a fact about the region

    impersonal = (
        "key",
        "entry_id",
        "region_code",
        "region_name",
        "name",
        "description_id",
        "description_en",
        "agency",
        "platform",
        "app_class",
        "source",
        "url",
    )

    class Meta:
        db_table = "catalogue_service"
        ordering = ["name", "region_name", "key"]
        indexes = [GinIndex(fields=["functions"], name="catalogue_service_functions")]
        constraints = [
            models.CheckConstraint(
                name="only_a_region_says_that_it_has_no_service",
                condition=~models.Q(status="none") | models.Q(origin="region"),
            ),
            models.CheckConstraint(
                name="a_service_has_a_name_unless_there_is_none",
                condition=models.Q(status="none") | ~models.Q(name=""),
            ),
            models.CheckConstraint(
                name="a_region_entry_names_its_row",
                condition=models.Q(origin="register", entry_id__isnull=True)
                | models.Q(origin="region", entry_id__isnull=False),
            ),
            models.CheckConstraint(
                name="service_indicators_are_32_to_47",
                condition=models.Q(spbe_indicator__isnull=True)
                | models.Q(spbe_indicator__gte=32, spbe_indicator__lte=47),
            ),
        ]

    def __str__(self) -> str:
        return self.name
