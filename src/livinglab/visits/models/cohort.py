from django.db import models

from livinglab.kernel.personal import Personal
from livinglab.kernel.tenancy import SharedModel
from livinglab.visits.domain.kinds import MemberStatus


class Cohort(SharedModel):
    """A group whose follow-through is counted together, such as those who visited one host in one year.

    Those of reference/cohorts.yaml have texts in both languages; what a ministry writes stands in its own.
    """

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=160)
    name_en = models.CharField(max_length=160, blank=True)
    about = models.TextField(blank=True)
    about_en = models.TextField(blank=True)
    #: what the source says, where no list was published
    stated_size = models.PositiveSmallIntegerField(null=True)
    source = models.CharField(max_length=300)
    source_url = models.URLField(blank=True)
    starts_on = models.DateField(null=True)
    is_synthetic = models.BooleanField(default=False)
    entered_by = models.UUIDField(null=True)  # none: the reference file

    personal_data = {"entered_by": Personal.ACTOR}
    impersonal = ("code", "name", "name_en", "about", "about_en", "source", "source_url")

    class Meta:
        db_table = "visits_cohort"


class CohortMember(SharedModel):
    """Who belongs to a cohort, and why somebody says so: sources disagree."""

    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="members")
    organization = models.ForeignKey("organizations.Organization", on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=10, choices=[(status, status) for status in MemberStatus])
    reason = models.CharField(max_length=500)
    source = models.CharField(max_length=300)
    entered_by = models.UUIDField(null=True)

    personal_data = {"entered_by": Personal.ACTOR, "reason": Personal.FREE_TEXT}
    impersonal = ("source",)

    class Meta:
        db_table = "visits_cohort_member"
        constraints = [
            models.UniqueConstraint(fields=["cohort", "organization"], name="a_cohort_names_a_member_once"),
            models.CheckConstraint(
                name="a_member_has_reason_and_source",
                condition=~models.Q(reason="") & ~models.Q(source=""),
            ),
        ]
