from django.db import models
from django.db.models import F, Q

from livinglab.kernel.tenancy import SharedModel


class SurveyedService(SharedModel):
    """A service whose applicants are asked, as the public reads its name."""

    organization = models.ForeignKey("organizations.Organization", on_delete=models.PROTECT, related_name="+")
    service_id = models.UUIDField(unique=True)
    package = models.CharField(max_length=80)  # 32.11/sktm
    name_id = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    is_synthetic = models.BooleanField(default=False)

    impersonal = ("service_id", "package", "name_id", "name_en")

    class Meta:
        db_table = "surveys_service"


class SatisfactionFigure(SharedModel):
    """How many were asked in a month about a step of one version of a service, and what they answered, summed up.

    The projection of a region's invitations and responses: written in their transactions, read by the public pages.
    An answer counts in the month in which its applicant was asked, so that answers are never more than people.
    """

    service = models.ForeignKey(SurveyedService, on_delete=models.PROTECT, related_name="figures")
    version = models.CharField(max_length=40)
    step = models.CharField(max_length=80)
    month = models.DateField()
    asked = models.PositiveIntegerField(default=0)
    answered = models.PositiveIntegerField(default=0)
    satisfied = models.PositiveIntegerField(default=0)  # whose own answers come to band A or B
    squares = models.PositiveBigIntegerField(default=0)  # over people: the square of their nine answers' sum
    u1 = models.PositiveIntegerField(default=0)
    u2 = models.PositiveIntegerField(default=0)
    u3 = models.PositiveIntegerField(default=0)
    u4 = models.PositiveIntegerField(default=0)
    u5 = models.PositiveIntegerField(default=0)
    u6 = models.PositiveIntegerField(default=0)
    u7 = models.PositiveIntegerField(default=0)
    u8 = models.PositiveIntegerField(default=0)
    u9 = models.PositiveIntegerField(default=0)

    impersonal = ("version", "step")

    class Meta:
        db_table = "surveys_figure"
        constraints = [
            models.UniqueConstraint(
                fields=["service", "version", "step", "month"], name="a_month_of_a_step_has_one_figure"
            ),
            models.CheckConstraint(
                name="no_more_answer_than_were_asked",
                condition=Q(answered__lte=F("asked"), satisfied__lte=F("answered")),
            ),
        ]
