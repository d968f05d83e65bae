from django.db import models

from livinglab.kernel.tenancy import SharedModel


class ClockLook(SharedModel):
    """The last look at the clock before time did what cannot be taken back: one row for the whole installation."""

    is_the_one = models.BooleanField(default=True, unique=True)
    at = models.DateTimeField()
    steady_since = models.DateTimeField(null=True)  # since a jump; null: it never jumped

    class Meta:
        db_table = "kernel_clock_look"
        constraints = [
            models.CheckConstraint(condition=models.Q(is_the_one=True), name="kernel_clock_look_is_one"),
        ]
