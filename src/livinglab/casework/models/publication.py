from django.db import models
from django.db.models import Q

from livinglab.casework.models.attachment import CONTENT_TYPES, LONGEST_CONTENT_TYPE, LONGEST_NAME
from livinglab.kernel.personal import Personal
from livinglab.kernel.tenancy import TenantModel
from livinglab.packages.domain.process import Publishes
from livinglab.packages.domain.publications import FREQUENCIES, STATUSES


class Publication(TenantModel):
    """What an office's step made public, for everybody: data or a legal document, as a file, a link, or both.

    It says nothing of the applicant. `case_id` makes a repeat recognisable and goes with the data of the case; the
    entry stays. What was withdrawn keeps number, day and reason, and nothing of what it said.
    """

    number = models.CharField(max_length=20)  # year and how many-th of the region: 2026-1
    kind = models.CharField(max_length=14, choices=[(one, one) for one in Publishes])
    package = models.CharField(max_length=60)  # the service whose office published
    names = models.JSONField()  # of the service, by language
    case_id = models.UUIDField(null=True)
    step = models.CharField(max_length=80)
    title = models.CharField(max_length=300, blank=True)
    description = models.TextField(blank=True)
    keeper = models.CharField(max_length=200, blank=True)  # the unit that produced it, or keeps it
    licence = models.CharField(max_length=20, blank=True)
    from_year = models.PositiveSmallIntegerField(null=True)
    until_year = models.PositiveSmallIntegerField(null=True)
    frequency = models.CharField(max_length=7, blank=True, choices=[(one, one) for one in FREQUENCIES])
    document_type = models.CharField(max_length=100, blank=True)
    document_number = models.CharField(max_length=60, blank=True)
    document_year = models.PositiveSmallIntegerField(null=True)
    status = models.CharField(max_length=8, blank=True, choices=[(one, one) for one in STATUSES])
    related = models.CharField(max_length=1_000, blank=True)  # what amended or repealed it
    link = models.CharField(max_length=300, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveIntegerField(default=0)  # bytes
    content_type = models.CharField(
        max_length=LONGEST_CONTENT_TYPE, blank=True, choices=[(one, one) for one in CONTENT_TYPES]
    )
    file_name = models.CharField(max_length=LONGEST_NAME, blank=True)
    edition = models.PositiveIntegerField(default=1)
    published_at = models.DateTimeField()
    revised_at = models.DateTimeField()  # of the newest edition
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.UUIDField(null=True)
    reason = models.CharField(max_length=1_000, blank=True)  # why it was withdrawn, as everybody reads it
    is_synthetic = models.BooleanField(default=False)

    personal_data = {"withdrawn_by": Personal.ACTOR, "reason": Personal.FREE_TEXT}
    impersonal = (
        *(
            "number",
            "kind",
            "package",
            "names",
            "case_id",
            "step",
            "title",
            "description",
            "keeper",
            "licence",
        ),
        *("frequency", "document_type", "document_number", "status", "related", "link"),
        *("sha256", "content_type", "file_name"),
    )

    class Meta:
        db_table = "casework_publication"
        constraints = [
            models.UniqueConstraint(
                fields=["organization_id", "number"], name="a_publication_number_is_given_once"
            ),
            models.UniqueConstraint(
                fields=["organization_id", "case_id", "step"],
                condition=Q(case_id__isnull=False),
                name="a_step_of_a_case_publishes_once",
            ),
            models.CheckConstraint(
                name="a_link_of_a_publication_runs_nothing",
                condition=Q(link="") | Q(link__startswith="https://"),
            ),
            models.CheckConstraint(
                name="what_was_withdrawn_says_why_and_nothing_else",
                condition=Q(withdrawn_at__isnull=True)
                | (~Q(reason="") & Q(title="", description="", link="", sha256="", file_name="")),
            ),
        ]
        indexes = [
            models.Index(
                fields=["organization_id", "-published_at", "-id"],
                condition=Q(withdrawn_at__isnull=True),
                name="casework_publications_newest",
            ),
            models.Index(
                fields=["organization_id", "package", "-published_at", "-id"],
                condition=Q(withdrawn_at__isnull=True),
                name="casework_publications_service",
            ),
            models.Index(
                fields=["organization_id", "sha256"],
                condition=~Q(sha256=""),
                name="casework_publications_content",
            ),
        ]
