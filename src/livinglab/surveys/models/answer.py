from django.db import models
from django.db.models import F, Q

from livinglab.kernel.personal import Personal
from livinglab.kernel.tenancy import TenantModel
from livinglab.surveys.domain.elements import ELEMENTS, HIGHEST, LOWEST
from livinglab.surveys.domain.invitations import LONGEST_COMMENT
from livinglab.surveys.domain.scoring import Band


class Invitation(TenantModel):
    """An applicant is asked once about a step of a case, by a link. Only the hash of the link's secret is kept."""

    service_id = models.UUIDField()
    version = models.CharField(max_length=40)
    case_id = models.UUIDField()
    step = models.CharField(max_length=80)
    month = models.DateField()  # its first day: when the applicant was first asked, in the region's zone
    token_hash = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    comment_until = models.DateField()

    impersonal = ("service_id", "version", "case_id", "step", "token_hash")

    class Meta:
        db_table = "surveys_invitation"
        constraints = [
            models.UniqueConstraint(
                fields=["organization_id", "case_id", "step"], name="a_step_of_a_case_is_asked_about_once"
            ),
            models.UniqueConstraint(
                fields=["organization_id", "token_hash"], name="a_survey_link_has_its_own_secret"
            ),
            models.CheckConstraint(
                name="a_survey_link_expires_after_it_is_made", condition=Q(expires_at__gt=F("made_at"))
            ),
        ]


class Response(TenantModel):
    """What an applicant answered to the nine elements. Nothing in it says who they are; it never changes."""

    invitation = models.ForeignKey(
        Invitation, on_delete=models.PROTECT, db_constraint=False, related_name="responses"
    )
    at = models.DateTimeField()
    u1 = models.PositiveSmallIntegerField()
    u2 = models.PositiveSmallIntegerField()
    u3 = models.PositiveSmallIntegerField()
    u4 = models.PositiveSmallIntegerField()
    u5 = models.PositiveSmallIntegerField()
    u6 = models.PositiveSmallIntegerField()
    u7 = models.PositiveSmallIntegerField()
    u8 = models.PositiveSmallIntegerField()
    u9 = models.PositiveSmallIntegerField()

    tenant_references = {"invitation_id": "surveys_invitation"}

    class Meta:
        db_table = "surveys_response"
        constraints = [
            models.UniqueConstraint(
                fields=["organization_id", "invitation"], name="an_invitation_is_answered_once"
            ),
            models.CheckConstraint(
                name="answers_are_from_one_to_four",
                condition=Q(**{f"{one.lower()}__range": (LOWEST, HIGHEST) for one in ELEMENTS}),
            ),
        ]


class Comment(TenantModel):
    """What an applicant wrote beside their answers, for the office. It names neither the case nor the answers.

    Deleted after its last day.
    """

    service_id = models.UUIDField()
    version = models.CharField(max_length=40)
    month = models.DateField()  # its first day; the day itself could tell whose case it was
    band = models.CharField(max_length=1, choices=[(band, band) for band in Band])  # of the person's answers
    text = models.CharField(max_length=LONGEST_COMMENT)
    keep_until = models.DateField()

    personal_data = {"text": Personal.APPLICANT}
    impersonal = ("service_id", "version")

    class Meta:
        db_table = "surveys_comment"
        constraints = [
            models.CheckConstraint(name="a_comment_says_something", condition=~Q(text="")),
        ]
        indexes = [
            models.Index(fields=["organization_id", "-month", "id"], name="surveys_comments_newest"),
        ]
