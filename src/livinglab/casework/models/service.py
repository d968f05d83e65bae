from django.db import models
from django.db.models import Q

from livinglab.casework.domain.states import ServiceState
from livinglab.kernel.personal import Personal
from livinglab.kernel.tenancy import TenantModel


class Service(TenantModel):
    """A service that a region runs; new applications begin with its current version."""

    publisher = models.CharField(max_length=16)  # with `package` the identity: 32.11/sktm
    package = models.CharField(max_length=60)
    version_id = models.UUIDField(null=True)  # of the version at work; None until the first is put to work
    state = models.CharField(
        max_length=7, choices=[(one, one) for one in ServiceState], default=ServiceState.OPEN
    )
    reason = models.CharField(max_length=500, blank=True)  # why it takes nothing now, as citizens read it
    opened_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    is_synthetic = models.BooleanField(default=False)

    personal_data = {"reason": Personal.FREE_TEXT}
    impersonal = ("publisher", "package", "version_id")

    class Meta:
        db_table = "casework_service"
        constraints = [
            models.UniqueConstraint(
                fields=["organization_id", "publisher", "package"], name="a_region_runs_a_package_once"
            ),
            models.CheckConstraint(
                name="a_service_that_takes_nothing_says_why",
                condition=Q(state=ServiceState.OPEN) | ~Q(reason=""),
            ),
        ]


class ServiceVersion(TenantModel):
    """What a service was from one moment on: form, process, rules, documents and values together. It never changes.

    A case stays on the version that it began with.
    """

    service = models.ForeignKey(
        Service, on_delete=models.PROTECT, db_constraint=False, related_name="versions"
    )
    number = models.PositiveIntegerField()
    release = models.CharField(max_length=40)  # the package's own version
    digest = models.CharField(max_length=71)
    content = models.BinaryField()  # the canonical zip
    parameters = models.JSONField()  # the region's values by parameter
    made_at = models.DateTimeField()
    made_by = models.UUIDField(null=True)

    #: an official's name and number may stand in a value: they sign for their office
    personal_data = {"parameters": Personal.NAMED, "made_by": Personal.ACTOR}
    impersonal = ("release", "digest", "content")

    class Meta:
        db_table = "casework_service_version"
        constraints = [
            models.UniqueConstraint(
                fields=["organization_id", "service", "number"],
                name="versions_of_a_service_are_numbered_once",
            ),
        ]


class ServicePlace(TenantModel):
    """A district or village that offers a service, and the values in which it differs from the region."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, db_constraint=False, related_name="places")
    unit_code = models.CharField(max_length=16)
    parameters = models.JSONField(default=dict)

    personal_data = {"parameters": Personal.NAMED}
    impersonal = ("unit_code",)

    class Meta:
        db_table = "casework_service_place"
        constraints = [
            models.UniqueConstraint(
                fields=["organization_id", "service", "unit_code"], name="a_place_offers_a_service_once"
            ),
        ]
