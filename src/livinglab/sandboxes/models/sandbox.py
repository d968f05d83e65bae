from django.db import models
from django.db.models import F, Q

from livinglab.kernel.tenancy import SharedModel


class Sandbox(SharedModel):
    """Somebody's try of a package: invented people only, at an address that nobody can guess, gone after a day."""

    address = models.CharField(max_length=43, unique=True)  # 256 random bits
    publisher = models.CharField(max_length=40)
    package = models.CharField(max_length=40)
    version = models.CharField(max_length=40)
    #: `domain.stage.Stage` as JSON: the case, the drafts, the role, the tour
    state = models.JSONField()
    made_at = models.DateTimeField()
    used_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    #: the pages refuse a national identity number that is not of the invented range, and say so before
    impersonal = ("address", "publisher", "package", "version", "state")

    class Meta:
        db_table = "sandboxes_sandbox"
        indexes = [
            models.Index(fields=["used_at"], name="sandboxes_by_use"),
            models.Index(fields=["ends_at"], name="sandboxes_by_end"),
        ]
        constraints = [
            models.CheckConstraint(
                name="a_sandbox_ends_after_it_was_made", condition=Q(ends_at__gt=F("made_at"))
            ),
        ]
