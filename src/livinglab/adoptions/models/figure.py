from django.db import models
from django.db.models import Q

from livinglab.adoptions.domain.states import AdoptionState, Manner
from livinglab.kernel.tenancy import SharedModel


class AdoptionFigure(SharedModel):
    """Who runs which version of what, how far adapted and since when: the public projection of an adoption.

    Written by this context alone, in the transaction of the adoption; no texts and no people. `cases` and
    `satisfaction` stay empty until real cases came to their end and enough applicants answered.
    """

    adoption_id = models.UUIDField(unique=True)
    organization = models.ForeignKey("organizations.Organization", on_delete=models.PROTECT, related_name="+")
    listing = models.ForeignKey("releases.Listing", on_delete=models.PROTECT, related_name="+")
    release = models.ForeignKey("releases.Release", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=9, choices=[(one, one) for one in AdoptionState])
    manner = models.CharField(max_length=7, choices=[(one, one) for one in Manner])
    changed = models.PositiveIntegerField(default=0)  # elements that differ from the release
    elements = models.PositiveIntegerField(default=0)
    units = models.PositiveIntegerField(default=0)  # districts and villages that take part
    started_at = models.DateTimeField()
    live_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    cases = models.PositiveIntegerField(null=True)
    cases_in_time = models.PositiveIntegerField(null=True)
    satisfaction = models.DecimalField(max_digits=5, decimal_places=2, null=True)  # 25 to 100
    is_synthetic = models.BooleanField(default=False)

    impersonal = ("adoption_id",)

    class Meta:
        db_table = "adoptions_figure"
        indexes = [models.Index(fields=["listing", "state"], name="adoptions_figure_listing")]
        constraints = [
            models.CheckConstraint(
                name="no_more_cases_in_time_than_cases",
                condition=Q(cases__isnull=True) | Q(cases_in_time__lte=models.F("cases")),
            ),
        ]
