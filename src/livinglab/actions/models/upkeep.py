"""What the platform tells people about their actions, and what it takes back from their spreadsheets."""

from django.db import models

from livinglab.actions.models.plan import Action, ActionPlan
from livinglab.kernel.personal import Personal
from livinglab.kernel.tenancy import TenantModel


class Reminder(TenantModel):
    """Somebody was told that an action or a milestone is due: once for each occasion and due day.

    A new due day is a new reminder. `mailed_at` is empty until the mail left.
    """

    person_id = models.UUIDField()
    action = models.ForeignKey(
        Action, on_delete=models.PROTECT, db_constraint=False, related_name="reminders"
    )
    subject_id = models.UUIDField()  # the milestone, or the action itself
    occasion = models.CharField(
        max_length=12,
        choices=[(one, one) for one in ("two_weeks", "three_days", "overdue")],
    )
    due_on = models.DateField()
    at = models.DateTimeField()
    mailed_at = models.DateTimeField(null=True)

    tenant_references = {"action_id": "actions_action"}
    personal_data = {"person_id": Personal.ACTOR}
    impersonal = ("subject_id",)

    class Meta:
        db_table = "actions_reminder"
        constraints = [
            models.UniqueConstraint(
                fields=["organization_id", "person_id", "subject_id", "occasion", "due_on"],
                name="a_person_is_reminded_once",
            ),
        ]


class CalendarFeed(TenantModel):
    """The secret address of one person's calendar; only the hash of the secret is kept."""

    person_id = models.UUIDField()
    token_hash = models.CharField(max_length=64)  # SHA-256 of 32 random bytes: too many to try, so no salt
    language = models.CharField(max_length=2, choices=[("id", "id"), ("en", "en")])
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    personal_data = {"person_id": Personal.ACTOR}
    impersonal = ("token_hash",)

    class Meta:
        db_table = "actions_calendar_feed"
        constraints = [
            models.UniqueConstraint(
                fields=["organization_id", "person_id"],
                condition=models.Q(revoked_at__isnull=True),
                name="a_person_has_one_calendar_address",
            ),
            models.UniqueConstraint(
                fields=["organization_id", "token_hash"], name="a_calendar_address_is_one_person_s"
            ),
        ]


class PlanWorkbook(TenantModel):
    """What an uploaded workbook of a plan said, kept for a day until whoever uploaded it confirms or discards it.

    Rows that were read, not the file: a hostile file is opened once, and what is confirmed is what was checked.
    """

    plan = models.ForeignKey(
        ActionPlan, on_delete=models.PROTECT, db_constraint=False, related_name="workbooks"
    )
    rows = models.JSONField()  # as livinglab.actions.domain.sheet.row_to_json writes them
    uploaded_at = models.DateTimeField()
    uploaded_by = models.UUIDField()
    applied_at = models.DateTimeField(null=True)

    tenant_references = {"plan_id": "actions_plan"}
    personal_data = {"uploaded_by": Personal.ACTOR, "rows": Personal.FREE_TEXT}

    class Meta:
        db_table = "actions_plan_workbook"
