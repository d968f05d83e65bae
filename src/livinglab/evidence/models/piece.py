from django.db import models
from django.db.models import F, Q

from livinglab.evidence.domain.classes import Classification, Exemption
from livinglab.evidence.domain.formats import CONTENT_TYPES, MARKABLE_TYPES
from livinglab.evidence.domain.states import Kind, ReviewState, ScanState
from livinglab.evidence.domain.types import EvidenceType
from livinglab.kernel.personal import Personal
from livinglab.kernel.tenancy import TenantModel

_NO_FILE = Q(sha256="", size=0, content_type="", file_name="", pages__isnull=True)


class Piece(TenantModel):
    """A file or a link that proves something. Withdrawn, never deleted; a revision is a row of its own.

    Revisions of one piece share `series_id`, the id of the first; `is_current` marks the newest.
    """

    #: whose personal data may stand here, and why: officers who answer for the piece; what a document itself
    #: holds is the organisation's to class
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=4, choices=[(one, one) for one in Kind])
    type = models.CharField(max_length=20, choices=[(one, one) for one in EvidenceType])
    document_number = models.CharField(max_length=100, blank=True)
    issued_on = models.DateField(null=True)  # of the document; of the review for a review
    expires_on = models.DateField(null=True)

    url = models.CharField(max_length=500, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField(default=0)  # bytes
    content_type = models.CharField(max_length=100, blank=True)
    file_name = models.CharField(max_length=120, blank=True)
    pages = models.PositiveIntegerField(null=True)
    scan_state = models.CharField(
        max_length=12, choices=[(one, one) for one in ScanState], default=ScanState.NOT_SCANNED
    )

    classification = models.CharField(max_length=8, choices=[(one, one) for one in Classification])
    exemption = models.CharField(max_length=1, choices=[(one, one) for one in Exemption], blank=True)
    class_reason = models.CharField(max_length=500, blank=True)

    series_id = models.UUIDField()
    revision = models.PositiveSmallIntegerField(default=1)
    supersedes = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, db_constraint=False, related_name="+"
    )
    is_current = models.BooleanField(default=True)

    review_state = models.CharField(
        max_length=10, choices=[(one, one) for one in ReviewState], default=ReviewState.UNREVIEWED
    )
    review_reason = models.CharField(max_length=500, blank=True)
    reviewed_by = models.UUIDField(null=True)
    reviewed_at = models.DateTimeField(null=True)

    added_by = models.UUIDField()
    added_at = models.DateTimeField()
    withdrawn_by = models.UUIDField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    tenant_references = {"supersedes_id": "evidence_piece"}

    personal_data = {
        "reviewed_by": Personal.ACTOR,
        "added_by": Personal.ACTOR,
        "withdrawn_by": Personal.ACTOR,
        "title": Personal.FREE_TEXT,
        "file_name": Personal.FREE_TEXT,
        "review_reason": Personal.FREE_TEXT,
    }
    impersonal = ("document_number", "url", "sha256", "content_type", "class_reason", "series_id")

    class Meta:
        db_table = "evidence_piece"
        ordering = ["-added_at", "-id"]
        indexes = [
            models.Index(fields=["organization_id", "-added_at"], name="evidence_piece_newest"),
            models.Index(fields=["organization_id", "sha256"], name="evidence_piece_sha256"),
        ]
        constraints = [
            models.CheckConstraint(
                name="a_piece_is_a_file_or_a_link",
                condition=(Q(kind=Kind.LINK) & ~Q(url="") & _NO_FILE)
                | Q(kind=Kind.FILE, url="", sha256__regex=r"^[0-9a-f]{64}$", size__gt=0)
                & Q(content_type__in=sorted(CONTENT_TYPES.values()))
                & ~Q(file_name=""),
            ),
            models.CheckConstraint(
                name="a_link_leads_to_the_web",
                condition=Q(url="") | Q(url__startswith="https://") | Q(url__startswith="http://"),
            ),
            models.CheckConstraint(
                name="an_exemption_names_its_letter_and_reason",
                condition=Q(classification=Classification.EXEMPT) & ~Q(exemption="") & ~Q(class_reason="")
                | ~Q(classification=Classification.EXEMPT) & Q(exemption=""),
            ),
            models.CheckConstraint(
                name="an_exempt_piece_can_carry_a_watermark",
                condition=~Q(classification=Classification.EXEMPT)
                | Q(content_type__in=sorted(MARKABLE_TYPES)),
            ),
            models.CheckConstraint(
                name="a_piece_expires_no_earlier_than_it_was_issued",
                condition=Q(expires_on__isnull=True)
                | Q(issued_on__isnull=True)
                | Q(expires_on__gte=F("issued_on")),
            ),
            models.CheckConstraint(
                name="a_review_says_who_and_when",
                condition=Q(
                    review_state=ReviewState.UNREVIEWED, reviewed_by__isnull=True, reviewed_at__isnull=True
                )
                | ~Q(review_state=ReviewState.UNREVIEWED)
                & Q(reviewed_by__isnull=False, reviewed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="a_refused_piece_says_why",
                condition=~Q(review_state=ReviewState.REFUSED) | ~Q(review_reason=""),
            ),
            models.CheckConstraint(
                name="nobody_reviews_a_piece_of_their_own",
                condition=Q(reviewed_by__isnull=True) | ~Q(reviewed_by=F("added_by")),
            ),
            models.CheckConstraint(
                name="a_withdrawal_says_who_and_when",
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
            ),
            models.CheckConstraint(
                name="the_first_revision_supersedes_nothing",
                condition=Q(revision=1, supersedes__isnull=True, series_id=F("id"))
                | Q(revision__gt=1, supersedes__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["organization_id", "series_id"],
                condition=Q(is_current=True),
                name="a_series_has_one_current_piece",
            ),
            models.UniqueConstraint(
                fields=["organization_id", "series_id", "revision"], name="a_revision_is_numbered_once"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_file(self) -> bool:
        """Whether the piece is a file that we keep."""
        return self.kind == Kind.FILE

    @property
    def is_exempt(self) -> bool:
        """Whether the piece opens only to a few, watermarked and logged."""
        return self.classification == Classification.EXEMPT

    @property
    def has_preview(self) -> bool:
        """Whether pictures of the piece may be shown: a PDF or a picture that is not exempt."""
        return self.content_type in MARKABLE_TYPES and not self.is_exempt
