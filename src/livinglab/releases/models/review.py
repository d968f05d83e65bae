from django.db import models
from django.db.models import Q

from livinglab.kernel.personal import Personal
from livinglab.kernel.tenancy import SharedModel
from livinglab.releases.domain.states import Point


class PointAnswer(SharedModel):
    """What the reviewer found on one point of the checklist. Answered again by a new row; the newest counts."""

    release = models.ForeignKey("releases.Release", on_delete=models.PROTECT, related_name="answers")
    point = models.CharField(max_length=13, choices=[(one, one) for one in Point])
    is_met = models.BooleanField()
    note = models.CharField(max_length=1000, blank=True)
    answered_by = models.UUIDField()
    answered_at = models.DateTimeField()

    personal_data = {"answered_by": Personal.ACTOR, "note": Personal.FREE_TEXT}

    class Meta:
        db_table = "releases_point_answer"
        ordering = ["answered_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="a_point_that_is_not_met_says_what_is_missing", condition=Q(is_met=True) | ~Q(note="")
            ),
        ]
