from django.db import models

from livinglab.assessments.domain.claims import Reliability
from livinglab.kernel.tenancy import SharedModel


class Source(SharedModel):
    """Where published figures come from: a report, a decree, an article."""

    title = models.CharField(max_length=300)
    decision = models.CharField(max_length=80, blank=True)  # the ministerial decree it states, if any
    reliability = models.CharField(max_length=20, choices=[(each.value, each.value) for each in Reliability])

    impersonal = ("title", "decision")

    class Meta:
        db_table = "assessments_source"
        ordering = ["title"]
        constraints = [
            models.UniqueConstraint(
                fields=["title", "decision", "reliability"], name="a_source_is_stated_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.decision})" if self.decision else self.title
