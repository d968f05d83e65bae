from django.db import models

from livinglab.actions.domain.states import ActionState
from livinglab.kernel.tenancy import SharedModel


class ActionFigure(SharedModel):
    """How far one action is, for ministries and provinces: the projection of an `Action`, whose id it has.

    Written in the same transaction by the organisation that owns the action only. It holds no texts and no people.
    """

    organization = models.ForeignKey("organizations.Organization", on_delete=models.PROTECT, related_name="+")
    plan_id = models.UUIDField()
    commitment_id = models.UUIDField(
        null=True
    )  # of a study visit; visits know actions, not the other way round
    instrument = models.CharField(max_length=40)
    indicator = models.CharField(max_length=6)
    to_level = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=[(state, state) for state in ActionState])
    starts_on = models.DateField(null=True)
    due_on = models.DateField()
    done_on = models.DateField(null=True)
    confirmed_on = models.DateField(null=True)
    evidence = models.PositiveSmallIntegerField(default=0)  # pieces named as produced
    is_synthetic = models.BooleanField(default=False)
    changed_at = models.DateTimeField()

    impersonal = ("plan_id", "commitment_id", "instrument", "indicator")

    class Meta:
        db_table = "actions_figure"
        indexes = [
            models.Index(fields=["organization", "state"], name="figure_by_organization_state"),
            models.Index(fields=["commitment_id"], name="figure_by_commitment"),
            models.Index(fields=["changed_at"], name="figure_by_change"),
        ]
