"""Keeps how much a version is used and with what success: counts of real cases."""

import django.db.models.deletion
from django.db import migrations, models

import livinglab.kernel.identifiers


class Migration(migrations.Migration):
    dependencies = [
        ("adoptions", "0005_between"),
        ("organizations", "0003_universities"),
        ("releases", "0005_family"),
    ]

    operations = [
        migrations.CreateModel(
            name="VersionUse",
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
                ("version", models.CharField(max_length=40)),
                ("cases", models.PositiveIntegerField(default=0)),
                ("kept", models.PositiveIntegerField(default=0)),
                ("ratings", models.PositiveIntegerField(default=0)),
                ("satisfied", models.PositiveIntegerField(default=0)),
                ("counted_at", models.DateTimeField()),
                (
                    "listing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="releases.listing"
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organizations.organization",
                    ),
                ),
            ],
            options={
                "db_table": "adoptions_version_use",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("listing", "organization", "version"),
                        name="the_use_of_a_version_is_counted_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kept__lte", models.F("cases")), ("satisfied__lte", models.F("ratings"))
                        ),
                        name="no_part_of_a_use_exceeds_its_whole",
                    ),
                ],
            },
        ),
    ]
