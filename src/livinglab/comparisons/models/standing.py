from django.db import models
from django.db.models import Q

from livinglab.kernel.tenancy import SharedModel


class Standing(SharedModel):
    """One region in one ranked year: its result, its ranks, how it moved, and its tile on the map.

    A projection, written only by `operations.rebuild_standings`. Every region has a row; one without a result has
    no index and no rank, never a zero. So a page of one region reads one row, and the country reads 514.
    """

    organization = models.ForeignKey("organizations.Organization", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    island_group = models.CharField(max_length=20)
    tile_column = models.PositiveSmallIntegerField(null=True)
    tile_row = models.PositiveSmallIntegerField(null=True)

    index = models.DecimalField(max_digits=4, decimal_places=2, null=True)
    predicate = models.CharField(max_length=40, blank=True)  # as printed
    band = models.PositiveSmallIntegerField(null=True)  # position in the instrument's bands, 0 is the lowest
    domains = models.JSONField(default=dict)  # "D1": "2.40"
    doubts = models.JSONField(default=list)  # parts of the row that no set of levels gives: "D4", "index"
    source = models.CharField(max_length=300, blank=True)
    decision = models.CharField(max_length=80, blank=True)

    rank_all = models.PositiveSmallIntegerField(null=True)
    rank_kind = models.PositiveSmallIntegerField(null=True)
    rank_province = models.PositiveSmallIntegerField(null=True)
    of_all = models.PositiveSmallIntegerField(null=True)  # how many are ranked
    of_kind = models.PositiveSmallIntegerField(null=True)
    of_province = models.PositiveSmallIntegerField(null=True)
    below_all = models.PositiveSmallIntegerField(null=True)  # how many of them have a lower index
    below_kind = models.PositiveSmallIntegerField(null=True)
    below_province = models.PositiveSmallIntegerField(null=True)
    best_rank = models.PositiveSmallIntegerField(null=True)  # among all, when domain weights shift by a tenth
    worst_rank = models.PositiveSmallIntegerField(null=True)
    flips = models.PositiveSmallIntegerField(
        null=True
    )  # regions that are ahead or behind by the weights alone

    previous_index = models.DecimalField(max_digits=4, decimal_places=2, null=True)
    previous_band = models.PositiveSmallIntegerField(null=True)
    previous_rank_all = models.PositiveSmallIntegerField(null=True)
    previous_rank_kind = models.PositiveSmallIntegerField(null=True)
    previous_rank_province = models.PositiveSmallIntegerField(null=True)
    previous_of_all = models.PositiveSmallIntegerField(null=True)
    previous_of_kind = models.PositiveSmallIntegerField(null=True)
    previous_of_province = models.PositiveSmallIntegerField(null=True)
    previous_doubts = models.JSONField(default=list)
    change = models.DecimalField(max_digits=4, decimal_places=2, null=True)

    impersonal = ("island_group", "predicate", "domains", "doubts", "source", "decision", "previous_doubts")

    class Meta:
        db_table = "comparisons_standing"
        ordering = ["year", "organization"]
        constraints = [
            models.UniqueConstraint(fields=["organization", "year"], name="a_region_stands_once_in_a_year"),
            models.CheckConstraint(
                name="a_region_is_ranked_exactly_if_it_has_a_result",
                condition=Q(index__isnull=True, rank_all__isnull=True, band__isnull=True)
                | Q(index__isnull=False, rank_all__isnull=False, band__isnull=False),
            ),
            models.CheckConstraint(
                name="a_change_needs_both_results",
                condition=Q(change__isnull=True) | Q(index__isnull=False, previous_index__isnull=False),
            ),
            models.CheckConstraint(
                name="a_rank_lies_between_its_best_and_its_worst",
                condition=Q(best_rank__isnull=True)
                | Q(best_rank__lte=models.F("rank_all"), worst_rank__gte=models.F("rank_all")),
            ),
            models.UniqueConstraint(
                fields=["year", "tile_column", "tile_row"], name="a_tile_holds_one_region_in_a_year"
            ),
        ]
        indexes = [models.Index(fields=["year", "rank_all"], name="standings_of_a_year_by_rank")]

    def __str__(self) -> str:
        return f"{self.organization_id} {self.year}"
