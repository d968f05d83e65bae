from django.db import models
from django.db.models import Q

from livinglab.kernel.personal import Personal
from livinglab.kernel.tenancy import SharedModel, TenantModel
from livinglab.signatures.models.certificate import Certificate


class IssuedDocument(TenantModel):
    """A document that an organisation issued: what it is about, its number, its code, who signed it, and when.

    `kind` and `subject_id` name what it was issued for, such as the paper of a case. `sha256` is of the file as it is
    now: before the signature, then after it.
    """

    kind = models.CharField(max_length=60)
    subject_id = models.UUIDField()
    title = models.CharField(max_length=200)
    number = models.CharField(max_length=120)
    language = models.CharField(max_length=2)
    code = models.CharField(max_length=12)
    sha256 = models.CharField(max_length=64)
    issued_at = models.DateTimeField()
    issued_by = models.UUIDField(null=True)
    certificate = models.ForeignKey(
        Certificate, on_delete=models.PROTECT, db_constraint=False, null=True, related_name="+"
    )
    signed_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.UUIDField(null=True)
    reason = models.CharField(max_length=300, blank=True)
    deleted_at = models.DateTimeField(
        null=True
    )  # when its file was deleted with the data of whom it is about
    is_synthetic = models.BooleanField(default=False)

    personal_data = {
        "issued_by": Personal.ACTOR,
        "revoked_by": Personal.ACTOR,
        "reason": Personal.FREE_TEXT,
    }
    impersonal = ("kind", "subject_id", "title", "number", "language", "code", "sha256")

    class Meta:
        db_table = "signatures_document"
        constraints = [
            models.UniqueConstraint(
                fields=["organization_id", "kind", "subject_id", "language"],
                condition=Q(revoked_at__isnull=True),
                name="a_document_is_issued_once_while_it_is_good",
            ),
            models.CheckConstraint(
                name="a_signed_document_names_its_certificate",
                condition=Q(signed_at__isnull=True, certificate__isnull=True)
                | Q(signed_at__isnull=False, certificate__isnull=False),
            ),
            models.CheckConstraint(
                name="a_revoked_document_says_why", condition=Q(revoked_at__isnull=True) | ~Q(reason="")
            ),
        ]


class IssuedFile(TenantModel):
    """The bytes of an issued document, apart from what is read in lists; they commit with what is known of them."""

    document = models.ForeignKey(
        IssuedDocument, on_delete=models.PROTECT, db_constraint=False, related_name="files"
    )
    content = models.BinaryField()

    #: a document names whom it is about
    personal_data = {"content": Personal.APPLICANT}

    class Meta:
        db_table = "signatures_file"
        constraints = [
            models.UniqueConstraint(fields=["organization_id", "document"], name="a_document_has_one_file"),
        ]


class PublicDocument(SharedModel):
    """What anybody with the code may know of a signed document: never whom it is about."""

    organization = models.ForeignKey("organizations.Organization", on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=12, unique=True)
    title = models.CharField(max_length=200)
    number = models.CharField(max_length=120)
    signer = models.CharField(max_length=120)
    position = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64, unique=True)
    signed_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, blank=True)
    deleted_at = models.DateTimeField(
        null=True
    )  # when its file was deleted with the data of whom it is about
    is_synthetic = models.BooleanField(default=False)

    personal_data = {
        "signer": Personal.NAMED,
        "position": Personal.NAMED,
        "reason": Personal.FREE_TEXT,
    }
    impersonal = ("code", "title", "number", "sha256")

    class Meta:
        db_table = "signatures_public_document"
        indexes = [models.Index(fields=["number", "code"], name="documents_by_number_and_code")]
