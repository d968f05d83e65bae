from django.conf import settings
from django.db import models

from livinglab.adoptions.domain.notices import ALWAYS, OPTIONAL, NoticeKind
from livinglab.kernel.personal import Personal
from livinglab.kernel.tenancy import SharedModel


class SilencedNotice(SharedModel):
    """A kind of notice that somebody switched off for themselves; without a row they are told."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=15, choices=[(kind, kind) for kind in OPTIONAL])

    personal_data = {"user": Personal.ACTOR}

    class Meta:
        db_table = "adoptions_silenced_notice"
        constraints = [
            models.UniqueConstraint(fields=["user", "kind"], name="a_kind_of_notice_is_switched_off_once"),
            models.CheckConstraint(
                name="warnings_are_never_switched_off",
                condition=~models.Q(kind__in=sorted(ALWAYS)),
            ),
        ]


class Notice(SharedModel):
    """What somebody is told of a package that concerns an organisation of theirs; no texts. Kept for 90 days.

    `subject_id` is the release, warning, agreement, offer or fault report; `at` when it came to be so.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    organization = models.ForeignKey("organizations.Organization", on_delete=models.CASCADE, related_name="+")
    listing = models.ForeignKey("releases.Listing", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=15, choices=[(kind, kind) for kind in NoticeKind])
    subject_id = models.UUIDField()
    at = models.DateTimeField()
    mailed_at = models.DateTimeField(null=True)

    personal_data = {"user": Personal.ACTOR}
    impersonal = ("subject_id",)

    class Meta:
        db_table = "adoptions_notice"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organization", "kind", "subject_id", "at"],
                name="somebody_is_told_once_of_a_package",
            ),
        ]
        indexes = [
            models.Index(fields=["user", "-at"], name="package_notice_newest_of_user"),
            models.Index(
                fields=["at"],
                condition=models.Q(mailed_at__isnull=True),
                name="package_notice_not_mailed",
            ),
        ]
