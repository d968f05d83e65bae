"""Keeps what people are told of packages, and lets an adopter report one fault once at a time."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import livinglab.adoptions.domain.notices
import livinglab.kernel.identifiers


class Migration(migrations.Migration):
    dependencies = [
        ("adoptions", "0004_outreach"),
        ("organizations", "0003_universities"),
        ("releases", "0003_other_instances"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Notice",
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
                (
                    "kind",
                    models.CharField(
                        choices=[
                            (
                                livinglab.adoptions.domain.notices.NoticeKind["NEWER"],
                                livinglab.adoptions.domain.notices.NoticeKind["NEWER"],
                            ),
                            (
                                livinglab.adoptions.domain.notices.NoticeKind["WITHDRAWN"],
                                livinglab.adoptions.domain.notices.NoticeKind["WITHDRAWN"],
                            ),
                            (
                                livinglab.adoptions.domain.notices.NoticeKind["WARNED"],
                                livinglab.adoptions.domain.notices.NoticeKind["WARNED"],
                            ),
                            (
                                livinglab.adoptions.domain.notices.NoticeKind["WARNING_LIFTED"],
                                livinglab.adoptions.domain.notices.NoticeKind["WARNING_LIFTED"],
                            ),
                            (
                                livinglab.adoptions.domain.notices.NoticeKind["AGREEMENT_WAITS"],
                                livinglab.adoptions.domain.notices.NoticeKind["AGREEMENT_WAITS"],
                            ),
                            (
                                livinglab.adoptions.domain.notices.NoticeKind["AGREED"],
                                livinglab.adoptions.domain.notices.NoticeKind["AGREED"],
                            ),
                            (
                                livinglab.adoptions.domain.notices.NoticeKind["OFFERED"],
                                livinglab.adoptions.domain.notices.NoticeKind["OFFERED"],
                            ),
                            (
                                livinglab.adoptions.domain.notices.NoticeKind["OFFER_WITHDRAWN"],
                                livinglab.adoptions.domain.notices.NoticeKind["OFFER_WITHDRAWN"],
                            ),
                            (
                                livinglab.adoptions.domain.notices.NoticeKind["OFFER_TAKEN"],
                                livinglab.adoptions.domain.notices.NoticeKind["OFFER_TAKEN"],
                            ),
                            (
                                livinglab.adoptions.domain.notices.NoticeKind["OFFER_DECLINED"],
                                livinglab.adoptions.domain.notices.NoticeKind["OFFER_DECLINED"],
                            ),
                            (
                                livinglab.adoptions.domain.notices.NoticeKind["FAULT_FOUND"],
                                livinglab.adoptions.domain.notices.NoticeKind["FAULT_FOUND"],
                            ),
                            (
                                livinglab.adoptions.domain.notices.NoticeKind["FAULT_OF_MANY"],
                                livinglab.adoptions.domain.notices.NoticeKind["FAULT_OF_MANY"],
                            ),
                            (
                                livinglab.adoptions.domain.notices.NoticeKind["FAULT_ANSWERED"],
                                livinglab.adoptions.domain.notices.NoticeKind["FAULT_ANSWERED"],
                            ),
                        ],
                        max_length=15,
                    ),
                ),
                ("subject_id", models.UUIDField()),
                ("at", models.DateTimeField()),
                ("mailed_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "adoptions_notice",
            },
        ),
        migrations.AddField(
            model_name="faultreport",
            name="is_synthetic",
            field=models.BooleanField(default=False),
        ),
        migrations.AddConstraint(
            model_name="faultreport",
            constraint=models.UniqueConstraint(
                condition=models.Q(("answered_at__isnull", True)),
                fields=("adopter", "release", "path"),
                name="a_fault_is_open_once_per_adopter",
            ),
        ),
        migrations.AddConstraint(
            model_name="faultreport",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("answered_at__isnull", True), models.Q(("answer", ""), _negated=True), _connector="OR"
                ),
                name="an_answered_fault_has_its_answer",
            ),
        ),
        migrations.AddField(
            model_name="notice",
            name="listing",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="releases.listing"
            ),
        ),
        migrations.AddField(
            model_name="notice",
            name="organization",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="organizations.organization"
            ),
        ),
        migrations.AddField(
            model_name="notice",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(fields=["user", "-at"], name="package_notice_newest_of_user"),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                condition=models.Q(("mailed_at__isnull", True)),
                fields=["at"],
                name="package_notice_not_mailed",
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.UniqueConstraint(
                fields=("user", "organization", "kind", "subject_id", "at"),
                name="somebody_is_told_once_of_a_package",
            ),
        ),
    ]
