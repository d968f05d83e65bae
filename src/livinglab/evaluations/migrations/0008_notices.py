import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import livinglab.evaluations.domain.notices
import livinglab.kernel.identifiers


class Migration(migrations.Migration):
    dependencies = [
        ("evaluations", "0007_score_drafts"),
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
                                livinglab.evaluations.domain.notices.NoticeKind["HANDED_IN"],
                                livinglab.evaluations.domain.notices.NoticeKind["HANDED_IN"],
                            ),
                            (
                                livinglab.evaluations.domain.notices.NoticeKind["ACCEPTED"],
                                livinglab.evaluations.domain.notices.NoticeKind["ACCEPTED"],
                            ),
                            (
                                livinglab.evaluations.domain.notices.NoticeKind["RETURNED"],
                                livinglab.evaluations.domain.notices.NoticeKind["RETURNED"],
                            ),
                            (
                                livinglab.evaluations.domain.notices.NoticeKind["VALIDATED"],
                                livinglab.evaluations.domain.notices.NoticeKind["VALIDATED"],
                            ),
                            (
                                livinglab.evaluations.domain.notices.NoticeKind["SCORED"],
                                livinglab.evaluations.domain.notices.NoticeKind["SCORED"],
                            ),
                            (
                                livinglab.evaluations.domain.notices.NoticeKind["OBJECTED"],
                                livinglab.evaluations.domain.notices.NoticeKind["OBJECTED"],
                            ),
                            (
                                livinglab.evaluations.domain.notices.NoticeKind["SETTLED"],
                                livinglab.evaluations.domain.notices.NoticeKind["SETTLED"],
                            ),
                        ],
                        max_length=10,
                    ),
                ),
                ("indicator", models.CharField(max_length=6)),
                ("at", models.DateTimeField()),
                (
                    "participation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notices",
                        to="evaluations.participation",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "evaluations_notice",
                "indexes": [models.Index(fields=["user", "-at"], name="notice_newest_of_user")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("user", "participation", "kind", "indicator", "at"),
                        name="somebody_is_told_once_of_what_happened",
                    )
                ],
            },
        ),
    ]
