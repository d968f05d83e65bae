from django.db import models
from django.db.models.functions import Lower

from livinglab.catalogue.domain.functions import OF_SERVICES
from livinglab.kernel.personal import Personal
from livinglab.kernel.tenancy import TenantModel


class OwnService(TenantModel):
    """What a region says about one of its own services, or that it has none for a function.

    Withdrawn, never deleted; the public sees the projection in `Service`.
    """

    function = models.CharField(max_length=40)  # code of service-functions.yaml
    name = models.CharField(max_length=160, blank=True)
    agency = models.CharField(max_length=160, blank=True)  # as printed when it was recorded
    agency_id = models.UUIDField(null=True)  # none where the region does not keep the agency it named
    status = models.CharField(max_length=8, choices=[(status, status) for status in OF_SERVICES])
    year = models.PositiveSmallIntegerField(null=True)
    url = models.URLField(max_length=300, blank=True)
    note = models.CharField(max_length=300, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField()
    withdrawn_at = models.DateTimeField(null=True)

    tenant_references = {"agency_id": "organizations_agency"}

    personal_data = {"recorded_by": Personal.ACTOR, "note": Personal.FREE_TEXT}
    impersonal = ("function", "name", "agency", "agency_id", "url")

    class Meta:
        db_table = "catalogue_own_service"
        ordering = ["function", "name"]
        constraints = [
            models.CheckConstraint(
                name="an_own_service_has_a_name_unless_there_is_none",
                condition=models.Q(status="none", name="") | (~models.Q(status="none") & ~models.Q(name="")),
            ),
            models.CheckConstraint(
                name="an_own_service_prints_the_name_of_its_agency",
                condition=models.Q(agency_id__isnull=True) | ~models.Q(agency=""),
            ),
            models.UniqueConstraint(
                models.F("organization_id"),
                models.F("function"),
                Lower("name"),
                condition=models.Q(withdrawn_at__isnull=True),
                name="an_own_service_is_recorded_once_for_a_function",
            ),
        ]

    def __str__(self) -> str:
        return self.name
