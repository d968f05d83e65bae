from django.db import models
from django.db.models import Q

from livinglab.assessments.domain.claims import Scope
from livinglab.assessments.models.source import Source
from livinglab.kernel.tenancy import SharedModel


class PublishedResult(SharedModel):
    """What one source printed about one organisation and year. All claims stay; one of them leads."""

    organization = models.ForeignKey("organizations.Organization", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    instrument = models.CharField(max_length=40)
    index = models.DecimalField(max_digits=4, decimal_places=2, null=True)
    predicate = models.CharField(max_length=40, blank=True)  # as printed
    domains = models.JSONField(default=dict)  # "D1": "2.40"; aspects where the instrument has no domains
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="results")
    note = models.CharField(max_length=500, blank=True)
    is_leading = models.BooleanField(default=False)

    impersonal = ("instrument", "predicate", "domains", "note")

    class Meta:
        db_table = "assessments_published_result"
        ordering = ["organization", "year"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "year", "source"], name="a_source_states_a_result_once"
            ),
            models.UniqueConstraint(
                fields=["organization", "year"],
                condition=Q(is_leading=True),
                name="one_claim_leads_per_organization_and_year",
            ),
            models.CheckConstraint(
                name="a_result_states_an_index_or_a_domain",
                condition=Q(index__isnull=False) | ~Q(domains={}),
            ),
            models.CheckConstraint(
                name="a_result_index_lies_between_zero_and_five",
                condition=Q(index__isnull=True) | Q(index__gte=0, index__lte=5),
            ),
        ]
        indexes = [
            models.Index(fields=["year"], condition=Q(is_leading=True), name="leading_results_of_a_year")
        ]


class PublishedAverage(SharedModel):
    """An average that a source printed for a group and year; one claim of each group and year leads."""

    scope = models.CharField(max_length=30, choices=[(each.value, each.value) for each in Scope])
    year = models.PositiveSmallIntegerField()
    instrument = models.CharField(max_length=40)
    index = models.DecimalField(max_digits=4, decimal_places=2)
    domains = models.JSONField(default=dict)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="averages")
    note = models.CharField(max_length=500, blank=True)
    is_leading = models.BooleanField(default=False)

    impersonal = ("instrument", "domains", "note")

    class Meta:
        db_table = "assessments_published_average"
        ordering = ["scope", "year"]
        constraints = [
            models.UniqueConstraint(
                fields=["scope", "year", "source"], name="a_source_states_an_average_once"
            ),
            models.UniqueConstraint(
                fields=["scope", "year"],
                condition=Q(is_leading=True),
                name="one_claim_leads_per_scope_and_year",
            ),
        ]
