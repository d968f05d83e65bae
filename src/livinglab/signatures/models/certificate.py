from django.db import models
from django.db.models import F, Q

from livinglab.kernel.personal import Personal
from livinglab.kernel.tenancy import TenantModel
from livinglab.signatures.domain.services import Service


class Certificate(TenantModel):
    """An official's certificate: who may sign, in which position, from when until when.

    `sealed` is the private key of one that the local authority issued; only the official's passphrase opens it.
    """

    user_id = models.UUIDField()
    name = models.CharField(max_length=120)
    position = models.CharField(max_length=120)
    service = models.CharField(max_length=5, choices=[(one, one) for one in Service])
    serial = models.CharField(max_length=40)  # hexadecimal digits
    pem = models.TextField()
    sealed = models.TextField(blank=True)
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField()
    issued_at = models.DateTimeField()
    issued_by = models.UUIDField()
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.UUIDField(null=True)
    reason = models.CharField(max_length=300, blank=True)

    personal_data = {
        "user_id": Personal.ACTOR,
        "name": Personal.NAMED,
        "position": Personal.NAMED,
        "pem": Personal.NAMED,
        "issued_by": Personal.ACTOR,
        "revoked_by": Personal.ACTOR,
        "reason": Personal.FREE_TEXT,
    }
    impersonal = ("serial", "sealed")

    class Meta:
        db_table = "signatures_certificate"
        constraints = [
            models.UniqueConstraint(
                fields=["organization_id", "serial"], name="a_certificate_has_its_own_serial"
            ),
            models.UniqueConstraint(
                fields=["organization_id", "user_id"],
                condition=Q(revoked_at__isnull=True),
                name="an_official_has_one_certificate_in_force",
            ),
            models.CheckConstraint(
                name="a_certificate_begins_before_it_ends", condition=Q(valid_from__lt=F("valid_until"))
            ),
            models.CheckConstraint(
                name="a_revoked_certificate_says_why", condition=Q(revoked_at__isnull=True) | ~Q(reason="")
            ),
        ]
