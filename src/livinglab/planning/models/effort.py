from django.db import models

from livinglab.kernel.personal import Personal
from livinglab.kernel.tenancy import TenantModel


class EffortEdit(TenantModel):
    """What a region says a step costs it in effort and in rupiah, with the reason. Append-only: the newest counts.

    Without an effort the documented default counts again; without rupiah the step costs its effort at a price.
    """

    instrument = models.CharField(max_length=40)
    indicator = models.CharField(max_length=6)
    to_level = models.PositiveSmallIntegerField()
    effort = models.DecimalField(max_digits=20, decimal_places=6, null=True)
    rupiah = models.BigIntegerField(null=True)
    reason = models.CharField(max_length=500)
    at = models.DateTimeField()
    by = models.UUIDField()

    personal_data = {"by": Personal.ACTOR, "reason": Personal.FREE_TEXT}
    impersonal = ("instrument", "indicator")

    class Meta:
        db_table = "planning_effort_edit"
        constraints = [
            models.CheckConstraint(
                name="an_effort_is_nothing_or_more",
                condition=models.Q(effort__isnull=True) | models.Q(effort__gte=0),
            ),
            models.CheckConstraint(
                name="a_step_costs_no_less_than_nothing",
                condition=models.Q(rupiah__isnull=True) | models.Q(rupiah__gte=0),
            ),
            models.CheckConstraint(name="an_edited_effort_says_why", condition=~models.Q(reason="")),
        ]
