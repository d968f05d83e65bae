from django.db import models
from django.db.models import F, Q

from livinglab.kernel.personal import Personal
from livinglab.kernel.tenancy import SharedModel, TenantModel


class SigningKey(SharedModel):
    """The public half of an Ed25519 key with which an organisation signs its releases.

    One of another instance (`fetched_from`) is trusted since `made_at` by `made_by`, who compared it with what the
    publisher said another way (docs/federation.md).
    A *retired* key signs no more, what it signed stays good. A *revoked* one is no longer believed, except for
    releases that this platform itself recorded before that moment (docs/package-format.md section 8).
    """

    organization = models.ForeignKey("organizations.Organization", on_delete=models.PROTECT, related_name="+")
    key_id = models.CharField(max_length=16, unique=True)  # first 16 hexadecimal digits of the key's SHA-256
    public_key = models.CharField(max_length=44)  # 32 bytes in base64
    made_at = models.DateTimeField()
    made_by = models.UUIDField(null=True)
    retired_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.UUIDField(null=True)
    reason = models.CharField(max_length=300, blank=True)  # why it was revoked
    fetched_from = models.URLField(max_length=300, blank=True)  # the address of another instance

    personal_data = {
        "made_by": Personal.ACTOR,
        "revoked_by": Personal.ACTOR,
        "reason": Personal.FREE_TEXT,
    }
    impersonal = ("key_id", "public_key", "fetched_from")

    class Meta:
        db_table = "releases_signing_key"
        constraints = [
            models.UniqueConstraint(
                fields=["organization"],
                condition=Q(retired_at__isnull=True, revoked_at__isnull=True, fetched_from=""),
                name="one_key_in_use_per_organization",
            ),
            models.CheckConstraint(
                name="a_revoked_key_says_why",
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True, reason="")
                | (Q(revoked_at__isnull=False) & ~Q(reason="")),
            ),
            models.CheckConstraint(
                name="a_key_ends_after_it_was_made",
                condition=(Q(retired_at__isnull=True) | Q(retired_at__gte=F("made_at")))
                & (Q(revoked_at__isnull=True) | Q(revoked_at__gte=F("made_at"))),
            ),
        ]

    def __str__(self) -> str:
        return self.key_id


class SigningSecret(TenantModel):
    """The private half, sealed with a key made from SECRET_KEY; behind the tenancy of its organisation."""

    key_id = models.CharField(max_length=16)
    sealed = models.TextField()  # Fernet over the 32 bytes; emptied when the key is retired or revoked

    impersonal = ("key_id", "sealed")

    class Meta:
        db_table = "releases_signing_secret"
        constraints = [
            models.UniqueConstraint(fields=["organization_id", "key_id"], name="one_secret_per_key"),
        ]
