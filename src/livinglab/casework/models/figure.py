from django.db import models
from django.db.models import F, Q

from livinglab.casework.models.case import Case
from livinglab.kernel.tenancy import SharedModel, TenantModel


class CaseFact(TenantModel):
    """What the figures hold of a case, so that it is counted once however often it is looked at."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, db_constraint=False, related_name="+")
    service_id = models.UUIDField()
    release = models.CharField(max_length=40)
    arrived = models.DateField()  # the first day of the month, as the region's calendar has it
    ended = models.DateField(null=True)
    outcome = models.CharField(max_length=11, blank=True)
    days = models.PositiveIntegerField(default=0)  # as the standard counts them
    hours = models.PositiveIntegerField(default=0)
    is_late = models.BooleanField(default=False)

    impersonal = ("service_id", "release", "outcome")

    class Meta:
        db_table = "casework_fact"


class ServiceMonth(SharedModel):
    """What a service did in a month under one version of its package: the projection of a region's cases.

    `days` and `hours` are histograms: how many cases took so many.
    """

    organization = models.ForeignKey("organizations.Organization", on_delete=models.PROTECT, related_name="+")
    service_id = models.UUIDField()
    release = models.CharField(max_length=40)
    month = models.DateField()
    arrived = models.PositiveIntegerField(default=0)
    granted = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    lapsed = models.PositiveIntegerField(default=0)
    withdrawn = models.PositiveIntegerField(default=0)
    handed_over = models.PositiveIntegerField(default=0)
    kept = models.PositiveIntegerField(default=0)
    breached = models.PositiveIntegerField(default=0)
    days = models.JSONField(default=dict)
    hours = models.JSONField(default=dict)

    impersonal = ("service_id", "release", "days", "hours")

    class Meta:
        db_table = "casework_service_month"
        constraints = [
            models.UniqueConstraint(
                fields=["service_id", "release", "month"], name="a_month_of_a_version_is_counted_once"
            ),
            models.CheckConstraint(
                name="who_did_not_withdraw_kept_or_breached_the_standard",
                condition=Q(
                    kept=F("granted") + F("refused") + F("lapsed") + F("handed_over") - F("breached")
                ),
            ),
        ]
