from django.db import models
from django.db.models import Q

from livinglab.casework.models.case import Case
from livinglab.kernel.personal import Personal
from livinglab.kernel.tenancy import TenantModel


class Counter(TenantModel):
    """The last number of a register's series in a year. Its row is locked while a number is taken: no gaps."""

    unit_code = models.CharField(max_length=16, blank=True)  # the village that keeps it; empty: the region
    series = models.CharField(max_length=80)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField()

    impersonal = ("unit_code", "series")

    class Meta:
        db_table = "casework_counter"
        constraints = [
            models.UniqueConstraint(
                fields=["organization_id", "unit_code", "series", "year"], name="a_series_counts_once_a_year"
            ),
        ]


class Message(TenantModel):
    """What an applicant is told, kept with the step that told it; `told_at` is when it left."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, db_constraint=False, related_name="messages")
    nth = models.PositiveIntegerField()  # with the case, what a receiver knows a repeat by
    message = models.CharField(max_length=80)
    texts = models.JSONField()  # subject and body by language
    at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)

    personal_data = {"texts": Personal.APPLICANT}
    impersonal = ("message",)

    class Meta:
        db_table = "casework_message"
        constraints = [
            models.UniqueConstraint(
                fields=["organization_id", "case", "nth"], name="messages_of_a_case_are_in_order"
            ),
        ]


class Paper(TenantModel):
    """A document that a case issued: its register number, its text by language, who signs it and when they did.

    `signer` is the role whom the process had sign it; `signed_by` is who then signed its files.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, db_constraint=False, related_name="papers")
    nth = models.PositiveIntegerField()
    unit_code = models.CharField(max_length=16, blank=True)  # whose register gave the number
    document = models.CharField(max_length=80)
    number = models.CharField(max_length=120)
    pages = models.JSONField()  # safe HTML by language
    at = models.DateTimeField()
    signer = models.CharField(max_length=60, blank=True)  # the role
    office = models.CharField(max_length=16, blank=True)  # where it works; empty: the region's own
    signed_by = models.UUIDField(null=True)
    signed_at = models.DateTimeField(null=True)

    personal_data = {"pages": Personal.APPLICANT, "signed_by": Personal.ACTOR}
    impersonal = ("unit_code", "document", "number", "signer", "office")

    class Meta:
        db_table = "casework_paper"
        constraints = [
            models.UniqueConstraint(
                fields=["organization_id", "case", "nth"], name="papers_of_a_case_are_in_order"
            ),
            models.UniqueConstraint(
                fields=["organization_id", "unit_code", "number"], name="a_document_number_is_given_once"
            ),
        ]
        indexes = [
            models.Index(
                fields=["organization_id", "at", "id"],
                condition=Q(signed_by__isnull=True) & ~Q(signer=""),
                name="casework_papers_to_sign",
            ),
        ]
