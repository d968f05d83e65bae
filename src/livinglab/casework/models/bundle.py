from django.db import models

from livinglab.casework.models.service import Service
from livinglab.kernel.personal import Personal
from livinglab.kernel.tenancy import TenantModel


class Bundle(TenantModel):
    """Where the evidence of a service lies in the library: the piece that was added last, of which a repeat is the next
    revision.
    """

    service = models.OneToOneField(Service, on_delete=models.PROTECT, db_constraint=False, related_name="+")
    piece_id = models.UUIDField()  # of the context `evidence`
    made_at = models.DateTimeField()
    made_by = models.UUIDField()

    personal_data = {"made_by": Personal.ACTOR}
    impersonal = ("piece_id",)

    class Meta:
        db_table = "casework_bundle"
