from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from livinglab.kernel.personal import Personal
from livinglab.kernel.tenancy import SharedModel
from livinglab.releases.domain.states import ReleaseState


class Listing(SharedModel):
    """A service package across its versions; publisher and id never change, the words are its newest listed release's.

    `derived_from` is the release that the first version started from: the family tree.
    """

    publisher = models.ForeignKey("organizations.Organization", on_delete=models.PROTECT, related_name="+")
    package_id = models.CharField(max_length=40)
    name_id = models.CharField(max_length=160)
    name_en = models.CharField(max_length=160, blank=True)
    summary_id = models.CharField(max_length=400)
    summary_en = models.CharField(max_length=400, blank=True)
    functions = ArrayField(models.CharField(max_length=40), default=list)
    sector = models.CharField(max_length=40, blank=True)
    indicators = ArrayField(models.CharField(max_length=40), default=list)  # "spbe-2020/45/4"
    maturity = models.CharField(max_length=10)
    newest = models.ForeignKey("releases.Release", null=True, on_delete=models.PROTECT, related_name="+")
    derived_from = models.ForeignKey(
        "releases.Release", null=True, on_delete=models.PROTECT, related_name="+"
    )
    is_synthetic = models.BooleanField(default=False)
    changed_at = models.DateTimeField()

    impersonal = (
        "package_id",
        "name_id",
        "name_en",
        "summary_id",
        "summary_en",
        "functions",
        "sector",
        "indicators",
        "maturity",
    )

    class Meta:
        db_table = "releases_listing"
        constraints = [
            models.UniqueConstraint(fields=["publisher", "package_id"], name="one_listing_per_identity"),
        ]

    def __str__(self) -> str:
        return self.package_id


class Release(SharedModel):
    """One version of a package: its content, the publisher's signature, and where its review stands.

    A trigger lets nobody change or delete content, version or signature: only state and what the review said.
    """

    listing = models.ForeignKey(Listing, on_delete=models.PROTECT, related_name="releases")
    version = models.CharField(max_length=40)
    version_parts = ArrayField(models.IntegerField())  # [major, minor, patch], to sort by
    digest = models.CharField(max_length=71)  # "sha256:" and 64 digits
    content = models.BinaryField()  # the zip that is handed out, signature.json inside
    size = models.PositiveIntegerField()  # bytes of the zip
    words = models.JSONField()  # what the package page shows of package.yaml, so that it needs no unpacking
    changes = models.TextField(blank=True)  # its part of CHANGELOG.md
    requires = models.CharField(max_length=5)  # major, minor, patch: what the change to the version before is
    readiness = models.PositiveSmallIntegerField()  # 0 to 100, docs/package-checks.md
    derived_from = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    key = models.ForeignKey("releases.SigningKey", on_delete=models.PROTECT, related_name="+")
    signature = models.CharField(max_length=88)  # base64, as signature.json holds it
    signed_at = models.DateTimeField()
    submitted_by = models.UUIDField(null=True)  # None: fetched from another instance
    fetched_from = models.URLField(max_length=300, blank=True)
    state = models.CharField(
        max_length=10, choices=[(one, one) for one in ReleaseState], default=ReleaseState.IN_REVIEW
    )
    decided_at = models.DateTimeField(null=True)
    decided_by = models.UUIDField(null=True)
    reason = models.CharField(max_length=1000, blank=True)  # why returned or withdrawn

    personal_data = {
        "submitted_by": Personal.ACTOR,
        "decided_by": Personal.ACTOR,
        "reason": Personal.FREE_TEXT,
    }
    impersonal = (
        "version",
        "digest",
        "content",
        "words",
        "changes",
        "requires",
        "signature",
        "fetched_from",
    )

    class Meta:
        db_table = "releases_release"
        indexes = [models.Index(fields=["digest"], name="releases_release_digest")]
        constraints = [
            models.UniqueConstraint(fields=["listing", "version"], name="a_version_is_published_once"),
            models.UniqueConstraint(fields=["listing", "digest"], name="a_content_has_one_version"),
            models.CheckConstraint(
                name="who_returns_or_withdraws_says_why",
                condition=~Q(state__in=[ReleaseState.RETURNED, ReleaseState.WITHDRAWN]) | ~Q(reason=""),
            ),
            models.CheckConstraint(name="readiness_is_a_percentage", condition=Q(readiness__lte=100)),
        ]

    def __str__(self) -> str:
        return self.version
