from django.contrib.postgres.fields import ArrayField
from django.db import models

from livinglab.kernel.tenancy import SharedModel
from livinglab.visits.models.commitment import Commitment


class CommitmentFigure(SharedModel):
    """How far one commitment is: the projection of its steps and of the actions that keep them.

    The triggers of migration 0004 write it in the transaction of each change, whoever makes the change; nobody else
    does. An action of the promising organisation counts when it is tied to the commitment and begun, and, tied or not,
    once its level is confirmed since the day of signing, for a promised indicator at the promised level or above. A
    package counts that the organisation began to take over since that day, whose maker says that it helps a promised
    indicator: as work begun, once live as evidence; it never makes a step done. Each commitment has two: one knows
    made-up actions and adoptions, the other does not. Whether the commitment itself is withdrawn or made up is not
    asked here.
    """

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="figures")
    with_synthetic = models.BooleanField()  # whether made-up actions count
    steps = models.PositiveSmallIntegerField()
    open_days = ArrayField(models.DateField())  # the last days of the steps that are not done, in order
    acted = (
        models.BooleanField()
    )  # an action that counts is begun, done or confirmed, or a package is taken over
    adopted = models.BooleanField(default=False)  # a package for a promised indicator is taken over
    evidenced = (
        models.BooleanField()
    )  # an action that counts names evidence or is confirmed, or a package is live
    confirmed = models.BooleanField()  # an action that counts is confirmed

    class Meta:
        db_table = "visits_commitment_figure"
        constraints = [
            models.UniqueConstraint(
                fields=["commitment", "with_synthetic"], name="a_commitment_has_a_figure_of_each_kind"
            ),
        ]
