"""Keeps what people are reminded of, their calendar addresses, and workbooks until they are confirmed."""

import django.db.models.deletion
from django.db import migrations, models

import livinglab.kernel.identifiers
from livinglab.kernel.schema import tenant_table


class Migration(migrations.Migration):
    dependencies = [
        ("actions", "0003_continued_actions"),
    ]

    operations = [
        migrations.CreateModel(
            name="CalendarFeed",
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
                ("person_id", models.UUIDField()),
                ("token_hash", models.CharField(max_length=64)),
                ("language", models.CharField(choices=[("id", "id"), ("en", "en")], max_length=2)),
                ("made_at", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "actions_calendar_feed",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("revoked_at__isnull", True)),
                        fields=("organization_id", "person_id"),
                        name="a_person_has_one_calendar_address",
                    ),
                    models.UniqueConstraint(
                        fields=("organization_id", "token_hash"), name="a_calendar_address_is_one_person_s"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanWorkbook",
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
                    "plan",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="workbooks",
                        to="actions.actionplan",
                    ),
                ),
            ],
            options={
                "db_table": "actions_plan_workbook",
            },
        ),
        migrations.CreateModel(
            name="Reminder",
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
                ("person_id", models.UUIDField()),
                ("subject_id", models.UUIDField()),
                (
                    "occasion",
                    models.CharField(
                        choices=[
                            ("two_weeks", "two_weeks"),
                            ("three_days", "three_days"),
                            ("overdue", "overdue"),
                        ],
                        max_length=12,
                    ),
                ),
                ("due_on", models.DateField()),
                ("at", models.DateTimeField()),
                ("mailed_at", models.DateTimeField(null=True)),
                (
                    "action",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reminders",
                        to="actions.action",
                    ),
                ),
            ],
            options={
                "db_table": "actions_reminder",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organization_id", "person_id", "subject_id", "occasion", "due_on"),
                        name="a_person_is_reminded_once",
                    )
                ],
            },
        ),
        tenant_table("actions_calendar_feed"),
        tenant_table("actions_plan_workbook", references={"plan_id": "actions_plan"}),
        tenant_table("actions_reminder", references={"action_id": "actions_action"}),
    ]
