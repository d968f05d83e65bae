"""What people take out of the platform and bring back: workbooks between looking and confirming, reports."""

from django.db import models

from livinglab.evaluations.models.evaluation import Evaluation
from livinglab.kernel.personal import Personal
from livinglab.kernel.tenancy import TenantModel


class WorkbookDraft(TenantModel):
    """What an uploaded workbook said, kept for a day until whoever uploaded it confirms or discards it.

    Kept here and not in the reader's form, so that what is confirmed is what was checked; and as rows that were
    read, not as a file, so that a hostile file is opened once.
    """

    evaluation = models.ForeignKey(
        Evaluation, on_delete=models.PROTECT, db_constraint=False, related_name="workbook_drafts"
    )
    rows = models.JSONField()  # as livinglab.evaluations.domain.workbook.row_to_json writes them
    uploaded_at = models.DateTimeField()
    uploaded_by = models.UUIDField()
    applied_at = models.DateTimeField(null=True)

    tenant_references = {"evaluation_id": "evaluations_evaluation"}

    personal_data = {"uploaded_by": Personal.ACTOR, "rows": Personal.FREE_TEXT}

    class Meta:
        db_table = "evaluations_workbook_draft"


class ReportState(models.TextChoices):
    """Where the making of a report is."""

    WAITING = "waiting"
    WORKING = "working"
    DONE = "done"
    FAILED = "failed"


class ReportJob(TenantModel):
    """A report that somebody asked for, and the file once it is made.

    The file is kept in the row: it is small (a few hundred kilobytes), lives for days, belongs to one organisation
    and opens under the same policy as its other rows.
    """

    evaluation = models.ForeignKey(
        Evaluation, on_delete=models.PROTECT, db_constraint=False, related_name="report_jobs"
    )
    language = models.CharField(max_length=2, choices=[("id", "id"), ("en", "en")])
    form = models.CharField(max_length=4, choices=[("pdf", "pdf"), ("docx", "docx")])
    audience = models.CharField(max_length=8, choices=[("region", "region"), ("external", "external")])
    state = models.CharField(max_length=8, choices=ReportState, default=ReportState.WAITING)
    percent = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=40, blank=True)  # a code, said in words by the page
    requested_at = models.DateTimeField()
    requested_by = models.UUIDField()
    finished_at = models.DateTimeField(null=True)
    content = models.BinaryField(null=True)

    tenant_references = {"evaluation_id": "evaluations_evaluation"}

    personal_data = {"requested_by": Personal.ACTOR, "content": Personal.FREE_TEXT}
    impersonal = ("problem",)

    class Meta:
        db_table = "evaluations_report_job"
        ordering = ["-requested_at"]
        constraints = [
            models.CheckConstraint(
                name="a_report_that_is_done_has_its_file",
                condition=~models.Q(state="done")
                | models.Q(content__isnull=False, finished_at__isnull=False, percent=100),
            ),
            models.CheckConstraint(
                name="a_report_that_failed_says_why",
                condition=~models.Q(state="failed") | ~models.Q(problem=""),
            ),
            models.UniqueConstraint(
                fields=["organization_id", "evaluation", "language", "form", "audience"],
                condition=models.Q(state__in=["waiting", "working"]),
                name="a_report_is_made_once_at_a_time",
            ),
        ]
