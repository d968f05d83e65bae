from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from livinglab.kernel.personal import Personal
from livinglab.kernel.tenancy import SharedModel
from livinglab.releases.domain.states import AdvisoryKind, Severity


class Advisory(SharedModel):
    """A warning about versions of a package, by its publisher or a ministry. Adopters of these versions are told."""

    listing = models.ForeignKey("releases.Listing", on_delete=models.PROTECT, related_name="advisories")
    versions = ArrayField(models.CharField(max_length=40))
    kind = models.CharField(max_length=10, choices=[(one, one) for one in AdvisoryKind])
    severity = models.CharField(max_length=8, choices=[(one, one) for one in Severity])
    text = models.CharField(max_length=2000)
    fixed_in = models.CharField(max_length=40, blank=True)
    issued_for = models.ForeignKey("organizations.Organization", on_delete=models.PROTECT, related_name="+")
    issued_by = models.UUIDField()
    issued_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.UUIDField(null=True)

    personal_data = {
        "issued_by": Personal.ACTOR,
        "lifted_by": Personal.ACTOR,
        "text": Personal.FREE_TEXT,
    }
    impersonal = ("versions", "fixed_in")

    class Meta:
        db_table = "releases_advisory"
        ordering = ["-issued_at"]
        constraints = [
            models.CheckConstraint(name="an_advisory_names_versions", condition=Q(versions__len__gte=1)),
        ]
