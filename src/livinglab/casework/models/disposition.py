from django.db import models

from livinglab.casework.models.case import Case
from livinglab.kernel.personal import Personal
from livinglab.kernel.tenancy import TenantModel


class Disposition(TenantModel):
    """That an office handed its part of a case over to an agency, or took it back, with what it asks of them.

    Never changed; the newest of a lane holds, and stands on the case as `agencies`.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, db_constraint=False, related_name="dispositions")
    lane = models.CharField(max_length=60)
    node = models.CharField(max_length=80)  # the step that waited there
    agency_id = models.UUIDField(null=True)  # None: the lane's own office again
    before_id = models.UUIDField(null=True)  # who had it before
    instruction = models.TextField(blank=True)
    by = models.UUIDField()
    at = models.DateTimeField()

    tenant_references = {"case_id": "casework_case"}
    personal_data = {"instruction": Personal.APPLICANT, "by": Personal.ACTOR}
    impersonal = ("lane", "node", "agency_id", "before_id")

    class Meta:
        db_table = "casework_disposition"
        indexes = [
            models.Index(
                fields=["organization_id", "case", "at", "id"], name="casework_dispositions_of_case"
            ),
        ]
