from django.db import models

from livinglab.kernel.tenancy import SharedModel
from livinglab.organizations.domain.kinds import AreaKind


class Area(SharedModel):
    """A district (kecamatan), urban village (kelurahan) or village (desa), with its Kemendagri code.

    Shared: codes and names are public reference data. Its code begins with its region's code.
    """

    code = models.CharField(max_length=13, unique=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=17, choices=[(kind, kind) for kind in AreaKind])
    parent_code = models.CharField(max_length=8, db_index=True)
    region_code = models.CharField(max_length=5, db_index=True)

    impersonal = ("code", "name", "parent_code", "region_code")

    class Meta:
        db_table = "organizations_area"
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                name="an_area_code_begins_with_its_parents",
                condition=models.Q(code__startswith=models.F("parent_code")),
            ),
        ]

    def __str__(self) -> str:
        return self.name
