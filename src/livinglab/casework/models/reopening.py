from django.db import models
from django.db.models import Q

from livinglab.casework.domain.reopening import LONGEST_REASON
from livinglab.casework.models.case import Case
from livinglab.kernel.personal import Personal
from livinglab.kernel.tenancy import TenantModel
from livinglab.packages.domain.process import Outcome


class Reopening(TenantModel):
    """That an ended case was opened again, once, because its applicant asked; and how it stood at its first end."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, db_constraint=False, related_name="reopening")
    at = models.DateTimeField()
    reason = models.CharField(max_length=LONGEST_REASON)  # in the applicant's words; empty once forgotten
    node = models.CharField(max_length=80)  # the office's step to which the case went back
    outcome = models.CharField(max_length=11)  # of the first end
    ended_at = models.DateTimeField()
    was_late = models.BooleanField()

    personal_data = {"reason": Personal.APPLICANT}
    impersonal = ("node", "outcome")

    class Meta:
        db_table = "casework_reopening"
        constraints = [
            models.CheckConstraint(
                name="who_withdrew_is_not_opened_again", condition=~Q(outcome=Outcome.WITHDRAWN)
            ),
            models.CheckConstraint(
                name="what_is_opened_again_had_ended", condition=Q(at__gte=models.F("ended_at"))
            ),
        ]
