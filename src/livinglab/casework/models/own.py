from django.db import models

from livinglab.kernel.personal import Personal
from livinglab.kernel.tenancy import SharedModel


class OwnCase(SharedModel):
    """A case of somebody who was signed in when they applied: what their own list shows, across regions.

    It says what was applied for, not what was answered; that stays within the region.
    """

    organization = models.ForeignKey("organizations.Organization", on_delete=models.PROTECT, related_name="+")
    applicant = models.UUIDField()
    case_id = models.UUIDField(unique=True)
    number = models.CharField(max_length=80)
    names = models.JSONField()  # of the service, by language
    outcome = models.CharField(max_length=11, blank=True)
    started_at = models.DateTimeField()
    papers = models.JSONField(default=list)  # [{"names": {language: name}, "number": …}], in order
    forgotten_at = models.DateTimeField(null=True)  # when the data of the case was deleted
    is_synthetic = models.BooleanField(default=False)

    personal_data = {
        "applicant": Personal.APPLICANT,
        "number": Personal.APPLICANT,
        "papers": Personal.APPLICANT,
    }
    impersonal = ("case_id", "names", "outcome")

    class Meta:
        db_table = "casework_own_case"
        indexes = [
            models.Index(fields=["applicant", "-started_at", "id"], name="casework_own_cases_newest"),
        ]
