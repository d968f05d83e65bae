from typing import Final

from django.db import models
from django.db.models import Q

from livinglab.casework.models.case import Case, Draft
from livinglab.kernel.personal import Personal
from livinglab.kernel.tenancy import TenantModel

#: what is taken: the database holds to it too
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CONTENT_TYPES: Final = ("application/pdf", "image/jpeg", "image/png", "text/csv", XLSX)
LONGEST_CONTENT_TYPE: Final = 80
LONGEST_NAME: Final = 120


class Attachment(TenantModel):
    """A file that answers a question of a form. Its content lies in the storage of evidence, by `sha256`.

    It belongs to a form until that is sent, then to the case. While `given_at` is empty it may be replaced and removed.
    """

    draft = models.ForeignKey(
        Draft, on_delete=models.PROTECT, db_constraint=False, related_name="files", null=True
    )
    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, db_constraint=False, related_name="files", null=True
    )
    form = models.CharField(max_length=80, blank=True)  # the id of the step's form; "" for the applicant's
    question = models.CharField(max_length=80)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()  # bytes
    content_type = models.CharField(
        max_length=LONGEST_CONTENT_TYPE, choices=[(one, one) for one in CONTENT_TYPES]
    )
    name = models.CharField(max_length=LONGEST_NAME)
    uploaded_at = models.DateTimeField()
    uploaded_by = models.UUIDField(null=True)  # an officer
    given_at = models.DateTimeField(null=True)  # when it became part of a case

    personal_data = {"name": Personal.APPLICANT, "uploaded_by": Personal.ACTOR}
    impersonal = ("form", "question", "sha256")

    class Meta:
        db_table = "casework_attachment"
        constraints = [
            models.CheckConstraint(
                name="a_file_belongs_to_a_form_or_a_case",
                condition=Q(draft__isnull=False, case__isnull=True)
                | Q(draft__isnull=True, case__isnull=False),
            ),
            models.CheckConstraint(
                name="what_was_given_belongs_to_a_case",
                condition=Q(given_at__isnull=True) | Q(case__isnull=False),
            ),
            models.CheckConstraint(
                name="a_file_holds_something",
                condition=Q(size__gt=0, sha256__regex=r"^[0-9a-f]{64}$") & ~Q(name=""),
            ),
            models.UniqueConstraint(
                fields=["organization_id", "draft", "question"],
                condition=Q(draft__isnull=False),
                name="a_question_of_a_form_has_one_file",
            ),
            models.UniqueConstraint(
                fields=["organization_id", "case", "form", "question"],
                condition=Q(case__isnull=False, given_at__isnull=True),
                name="a_question_of_a_case_waits_with_one_file",
            ),
        ]
        indexes = [
            models.Index(fields=["organization_id", "case"], name="casework_attachment_case"),
            models.Index(fields=["organization_id", "sha256"], name="casework_attachment_content"),
        ]
