from django.db import models

from livinglab.kernel.tenancy import SharedModel


class Fingerprint(SharedModel):
    """The hash of a file, so that the same file is found under another region. It says nothing about the content.

    Shared on purpose: row-level security hides the pieces of other organisations. Read only for review teams.
    """

    sha256 = models.CharField(max_length=64)
    organization_id = models.UUIDField()
    piece_id = models.UUIDField(unique=True)

    impersonal = ("sha256", "piece_id")

    class Meta:
        db_table = "evidence_fingerprint"
        indexes = [models.Index(fields=["sha256"], name="evidence_fingerprint_sha256")]
