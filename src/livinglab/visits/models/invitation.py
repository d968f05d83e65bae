from django.db import models

from livinglab.kernel.personal import Personal
from livinglab.kernel.tenancy import SharedModel
from livinglab.visits.models.visit import Visit


class Invitation(SharedModel):
    """A link by which a guest that is not on the platform signs its commitment once, without an account.

    Only the hash of the link's secret is kept: whoever reads the table cannot sign.
    """

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="invitations")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    made_by = models.UUIDField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    personal_data = {"made_by": Personal.ACTOR}
    impersonal = ("token_hash",)

    class Meta:
        db_table = "visits_invitation"
        constraints = [
            models.UniqueConstraint(
                fields=["visit"],
                condition=models.Q(used_at__isnull=True, revoked_at__isnull=True),
                name="a_visit_has_one_open_invitation",
            ),
            models.CheckConstraint(
                name="an_invitation_ends_once",
                condition=models.Q(used_at__isnull=True) | models.Q(revoked_at__isnull=True),
            ),
            models.CheckConstraint(
                name="an_invitation_expires_after_it_is_made",
                condition=models.Q(expires_at__gt=models.F("made_at")),
            ),
        ]
