from django.db import models

from livinglab.kernel.tenancy import SharedModel


class YearSummary(SharedModel):
    """The figures of one set of regions in one ranked year; a projection beside `Standing`.

    `scope` is "all", "kind:city", "kind:regency", "province:32" or "group:java". Sums are stored beside their
    counts, so that means stay exact. `regions` counts those without a result too; `assessed` those with one.
    """

    year = models.PositiveSmallIntegerField()
    previous_year = models.PositiveSmallIntegerField(null=True)  # the year moves are counted from, if any
    scope = models.CharField(max_length=30)
    regions = models.PositiveSmallIntegerField()
    autonomous = models.PositiveSmallIntegerField()  # regions that are assessed by themselves
    assessed = models.PositiveSmallIntegerField()
    index_sum = models.DecimalField(max_digits=8, decimal_places=2)
    index_median = models.DecimalField(max_digits=6, decimal_places=3, null=True)
    domain_sums = models.JSONField(default=dict)  # "D1": ["1605.35", 485]
    band_counts = models.JSONField(default=list)  # from the lowest band
    bins = models.JSONField(default=dict)  # "2.60": counts by band of what lies from 2.60 to below 2.65
    compared = models.PositiveSmallIntegerField()  # regions with a result in both years
    risen = models.PositiveSmallIntegerField()
    unchanged = models.PositiveSmallIntegerField()
    fallen = models.PositiveSmallIntegerField()
    change_sum = models.DecimalField(max_digits=8, decimal_places=2)
    change_median = models.DecimalField(max_digits=6, decimal_places=3, null=True)
    sources = models.JSONField(default=list)  # pairs (source, decision) behind the results

    impersonal = ("scope", "domain_sums", "band_counts", "bins", "sources")

    class Meta:
        db_table = "comparisons_year_summary"
        ordering = ["-year", "scope"]
        constraints = [
            models.UniqueConstraint(fields=["year", "scope"], name="a_scope_is_summed_up_once_a_year"),
            models.CheckConstraint(
                name="no_more_are_assessed_than_there_are",
                condition=models.Q(assessed__lte=models.F("regions")),
            ),
            models.CheckConstraint(
                name="moves_add_up",
                condition=models.Q(compared=models.F("risen") + models.F("unchanged") + models.F("fallen")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scope} {self.year}"
