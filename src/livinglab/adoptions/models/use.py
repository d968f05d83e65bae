from django.db import models
from django.db.models import Q

from livinglab.kernel.tenancy import SharedModel


class VersionUse(SharedModel):
    """How much a region uses one version of a package, with what success: counts of real cases, never of people.

    A projection of the cases that it handled, of what applicants answered and complained about, and of what decided
    evaluations confirmed; also of a publisher's own service.
    """

    organization = models.ForeignKey("organizations.Organization", on_delete=models.PROTECT, related_name="+")
    listing = models.ForeignKey("releases.Listing", on_delete=models.PROTECT, related_name="+")
    version = models.CharField(max_length=40)
    cases = models.PositiveIntegerField(default=0)
    kept = models.PositiveIntegerField(default=0)  # of them within the service standard
    heard = models.PositiveIntegerField(
        default=0
    )  # of the cases: one could complain about them by their number
    complained = models.PositiveIntegerField(default=0)  # of them somebody did
    ratings = models.PositiveIntegerField(default=0)
    satisfied = models.PositiveIntegerField(default=0)  # of them whose own answers come to band A or B
    steps_claimed = models.PositiveIntegerField(
        default=0
    )  # index steps for which it was evidence, and decided
    steps_confirmed = models.PositiveIntegerField(default=0)  # of them
    counted_at = models.DateTimeField()

    impersonal = ("version",)

    class Meta:
        db_table = "adoptions_version_use"
        constraints = [
            models.UniqueConstraint(
                fields=["listing", "organization", "version"], name="the_use_of_a_version_is_counted_once"
            ),
            models.CheckConstraint(
                name="no_part_of_a_use_exceeds_its_whole",
                condition=Q(
                    kept__lte=models.F("cases"),
                    heard__lte=models.F("cases"),
                    complained__lte=models.F("heard"),
                    satisfied__lte=models.F("ratings"),
                    steps_confirmed__lte=models.F("steps_claimed"),
                ),
            ),
        ]
