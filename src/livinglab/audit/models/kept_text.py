from django.db import models

from livinglab.kernel.personal import Personal
from livinglab.kernel.tenancy import TenantModel


class KeptText(TenantModel):
    """A text that entries name by its fingerprint: what was written before somebody wrote anew. Append-only.

    It stands beside the chain, so that the owner of the database could take a text out that must not be kept, and
    every chain would still hold.
    """

    digest = models.CharField(max_length=71)
    text = models.TextField()
    kept_at = models.DateTimeField()

    personal_data = {"text": Personal.FREE_TEXT}
    impersonal = ("digest",)

    class Meta:
        db_table = "audit_kept_text"
        constraints = [
            models.UniqueConstraint(fields=["organization_id", "digest"], name="a_text_is_kept_once"),
        ]
