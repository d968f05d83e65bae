from django.conf import settings
from django.db import models

from livinglab.evaluations.domain.notices import NoticeKind
from livinglab.evaluations.models.round import Participation
from livinglab.kernel.personal import Personal
from livinglab.kernel.tenancy import SharedModel


class Notice(SharedModel):
    """What somebody is told of one indicator: who of them it concerns, never a level or a text. Kept for 90 days."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    participation = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=10, choices=[(kind, kind) for kind in NoticeKind])
    indicator = models.CharField(max_length=6)
    at = models.DateTimeField()

    personal_data = {"user": Personal.ACTOR}
    impersonal = ("indicator",)

    class Meta:
        db_table = "evaluations_notice"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "participation", "kind", "indicator", "at"],
                name="somebody_is_told_once_of_what_happened",
            ),
        ]
        indexes = [models.Index(fields=["user", "-at"], name="notice_newest_of_user")]
