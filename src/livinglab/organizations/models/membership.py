from django.conf import settings
from django.db import models

from livinglab.kernel.personal import Personal
from livinglab.kernel.tenancy import SharedModel
from livinglab.organizations.domain.roles import Role


class Membership(SharedModel):
    """A person's role in an organisation, from one moment to another. Ended, never deleted."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships")
    organization = models.ForeignKey(
        "organizations.Organization", on_delete=models.PROTECT, related_name="memberships"
    )
    role = models.CharField(max_length=20, choices=[(role, role) for role in Role])
    agency_id = models.UUIDField(null=True)  # an Agency of that organisation: a tenant row, so no foreign key
    granted_at = models.DateTimeField()
    granted_by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)

    personal_data = {"user": Personal.ACTOR, "granted_by": Personal.ACTOR}
    impersonal = ("agency_id",)

    class Meta:
        db_table = "organizations_membership"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organization", "role"],
                condition=models.Q(ended_at__isnull=True),
                name="a_role_is_held_once_at_a_time",
            ),
            models.CheckConstraint(
                name="a_membership_ends_after_it_began",
                condition=models.Q(ended_at__isnull=True) | models.Q(ended_at__gte=models.F("granted_at")),
            ),
        ]
