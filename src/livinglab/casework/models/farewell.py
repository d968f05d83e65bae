from django.db import models

from livinglab.casework.domain.contacts import LONGEST_EMAIL, Way
from livinglab.kernel.personal import Personal
from livinglab.kernel.tenancy import TenantModel


class Farewell(TenantModel):
    """The last message to somebody whose data was deleted because they asked: what it needs to leave, and no more.

    The row names no case but its number, and goes as soon as the message left or was given up, within a day.
    """

    number = models.CharField(max_length=60)  # of the application
    way = models.CharField(max_length=8, choices=[(one, one) for one in Way])
    address = models.CharField(max_length=LONGEST_EMAIL)
    language = models.CharField(max_length=2)
    tries = models.PositiveSmallIntegerField(default=0)
    tries_at = models.DateTimeField()
    ends_at = models.DateTimeField()  # when it goes in any case

    personal_data = {"address": Personal.APPLICANT}
    impersonal = ("number", "language")

    class Meta:
        db_table = "casework_farewell"
