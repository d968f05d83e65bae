from django.db import models
from django.db.models.functions import Lower

from livinglab.kernel.tenancy import TenantModel
from livinglab.organizations.domain.kinds import AgencyKind


class Agency(TenantModel):
    """A perangkat daerah (OPD) inside a region."""

    name = models.CharField(max_length=160)
    short_name = models.CharField(max_length=40, blank=True)
    kind = models.CharField(max_length=20, choices=[(kind, kind) for kind in AgencyKind])
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, db_constraint=False, related_name="units"
    )
    closed_at = models.DateTimeField(null=True)

    tenant_references = {"parent_id": "organizations_agency"}

    impersonal = ("name", "short_name")

    class Meta:
        db_table = "organizations_agency"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                "organization_id", Lower("name"), name="agency_name_is_unique_in_its_organization"
            ),
        ]

    def __str__(self) -> str:
        return self.name
