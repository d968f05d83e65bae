"""What people take out and bring back: workbooks that wait for confirmation, reports."""

import django.db.models.deletion
from django.db import migrations, models

import livinglab.kernel.identifiers
from livinglab.kernel.schema import tenant_table


class Migration(migrations.Migration):
    dependencies = [
        ("evaluations", "0003_external_assessment"),
    ]

    operations = [
        migrations.CreateModel(
            name="WorkbookDraft",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=livinglab.kernel.identifiers.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("organization_id", models.UUIDField(editable=False)),
                ("rows", models.JSONField()),
                ("uploaded_at", models.DateTimeField()),
                ("uploaded_by", models.UUIDField()),
                ("applied_at", models.DateTimeField(null=True)),
                (
                    "evaluation",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="workbook_drafts",
                        to="evaluations.evaluation",
                    ),
                ),
            ],
            options={
                "db_table": "evaluations_workbook_draft",
            },
        ),
        migrations.CreateModel(
            name="ReportJob",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=livinglab.kernel.identifiers.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("organization_id", models.UUIDField(editable=False)),
                ("language", models.CharField(choices=[("id", "id"), ("en", "en")], max_length=2)),
                ("form", models.CharField(choices=[("pdf", "pdf"), ("docx", "docx")], max_length=4)),
                (
                    "audience",
                    models.CharField(choices=[("region", "region"), ("external", "external")], max_length=8),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("working", "Working"),
                            ("done", "Done"),
                            ("failed", "Failed"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("percent", models.PositiveSmallIntegerField(default=0)),
                ("problem", models.CharField(blank=True, max_length=40)),
                ("requested_at", models.DateTimeField()),
                ("requested_by", models.UUIDField()),
                ("finished_at", models.DateTimeField(null=True)),
                ("content", models.BinaryField(null=True)),
                (
                    "evaluation",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="report_jobs",
                        to="evaluations.evaluation",
                    ),
                ),
            ],
            options={
                "db_table": "evaluations_report_job",
                "ordering": ["-requested_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "done"), _negated=True),
                            models.Q(
                                ("content__isnull", False), ("finished_at__isnull", False), ("percent", 100)
                            ),
                            _connector="OR",
                        ),
                        name="a_report_that_is_done_has_its_file",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "failed"), _negated=True),
                            models.Q(("problem", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="a_report_that_failed_says_why",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["waiting", "working"])),
                        fields=("organization_id", "evaluation", "language", "form", "audience"),
                        name="a_report_is_made_once_at_a_time",
                    ),
                ],
            },
        ),
        tenant_table("evaluations_workbook_draft", references={"evaluation_id": "evaluations_evaluation"}),
        tenant_table("evaluations_report_job", references={"evaluation_id": "evaluations_evaluation"}),
    ]
