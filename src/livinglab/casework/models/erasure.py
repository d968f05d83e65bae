from django.db import models
from django.db.models import Q

from livinglab.casework.domain.forgetting import LONGEST_ANSWER
from livinglab.casework.models.case import Case
from livinglab.kernel.personal import Personal
from livinglab.kernel.tenancy import TenantModel


class Erasure(TenantModel):
    """That an applicant asked to have their data of a case deleted before its last day, and what the region decided."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, db_constraint=False, related_name="erasures")
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.UUIDField(null=True)
    is_granted = models.BooleanField(null=True)
    reason = models.CharField(max_length=LONGEST_ANSWER, blank=True)  # why it was refused

    personal_data = {"decided_by": Personal.ACTOR, "reason": Personal.FREE_TEXT}

    class Meta:
        db_table = "casework_erasure"
        constraints = [
            models.UniqueConstraint(
                fields=["organization_id", "case"],
                condition=Q(decided_at__isnull=True),
                name="an_erasure_is_asked_for_once_at_a_time",
            ),
            models.CheckConstraint(
                name="an_erasure_that_was_decided_says_how",
                condition=Q(decided_at__isnull=True, is_granted__isnull=True)
                | Q(decided_at__isnull=False, is_granted__isnull=False),
            ),
            models.CheckConstraint(
                name="an_erasure_that_was_refused_says_why",
                condition=~Q(is_granted=False) | ~Q(reason=""),
            ),
        ]
        indexes = [
            models.Index(
                fields=["organization_id", "due_at", "id"],
                condition=Q(decided_at__isnull=True),
                name="casework_erasures_to_decide",
            ),
        ]
