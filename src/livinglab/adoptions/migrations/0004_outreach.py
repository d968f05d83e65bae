"""Keeps how the people are told of a service, and how often they open its links."""

import django.db.models.deletion
from django.db import migrations, models

import livinglab.adoptions.domain.outreach
import livinglab.kernel.identifiers
from livinglab.kernel.schema import tenant_table


class Migration(migrations.Migration):
    dependencies = [
        ("adoptions", "0003_units"),
        ("organizations", "0001_initial"),
        ("releases", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="ShortLink",
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
                ("code", models.CharField(max_length=6, unique=True)),
                ("adoption_id", models.UUIDField()),
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
                "db_table": "adoptions_short_link",
            },
        ),
        migrations.CreateModel(
            name="Channel",
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
                (
                    "kind",
                    models.CharField(
                        choices=[
                            (
                                livinglab.adoptions.domain.outreach.ChannelKind["POSTER"],
                                livinglab.adoptions.domain.outreach.ChannelKind["POSTER"],
                            ),
                            (
                                livinglab.adoptions.domain.outreach.ChannelKind["WHATSAPP"],
                                livinglab.adoptions.domain.outreach.ChannelKind["WHATSAPP"],
                            ),
                            (
                                livinglab.adoptions.domain.outreach.ChannelKind["SMS"],
                                livinglab.adoptions.domain.outreach.ChannelKind["SMS"],
                            ),
                            (
                                livinglab.adoptions.domain.outreach.ChannelKind["ANNOUNCEMENT"],
                                livinglab.adoptions.domain.outreach.ChannelKind["ANNOUNCEMENT"],
                            ),
                            (
                                livinglab.adoptions.domain.outreach.ChannelKind["MEETING"],
                                livinglab.adoptions.domain.outreach.ChannelKind["MEETING"],
                            ),
                            (
                                livinglab.adoptions.domain.outreach.ChannelKind["RADIO"],
                                livinglab.adoptions.domain.outreach.ChannelKind["RADIO"],
                            ),
                            (
                                livinglab.adoptions.domain.outreach.ChannelKind["SOCIAL_MEDIA"],
                                livinglab.adoptions.domain.outreach.ChannelKind["SOCIAL_MEDIA"],
                            ),
                            (
                                livinglab.adoptions.domain.outreach.ChannelKind["WEBSITE"],
                                livinglab.adoptions.domain.outreach.ChannelKind["WEBSITE"],
                            ),
                        ],
                        max_length=12,
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("who", models.CharField(max_length=120)),
                ("starts", models.DateField()),
                ("ends", models.DateField(null=True)),
                ("code", models.CharField(max_length=6)),
                ("planned_at", models.DateTimeField()),
                ("planned_by", models.UUIDField()),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "adoption",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="channels",
                        to="adoptions.adoption",
                    ),
                ),
            ],
            options={
                "db_table": "adoptions_channel",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organization_id", "code"), name="a_channel_has_its_own_link"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends__isnull", True), ("ends__gte", models.F("starts")), _connector="OR"
                        ),
                        name="a_channel_ends_after_it_starts",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Outreach",
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
                ("place", models.CharField(blank=True, max_length=200)),
                ("contact", models.CharField(blank=True, max_length=120)),
                ("set_at", models.DateTimeField()),
                ("set_by", models.UUIDField()),
                (
                    "adoption",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="outreach",
                        to="adoptions.adoption",
                    ),
                ),
            ],
            options={
                "db_table": "adoptions_outreach",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organization_id", "adoption"), name="an_adoption_is_told_of_in_one_plan"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Reach",
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
                ("day", models.DateField()),
                ("opened", models.PositiveIntegerField()),
                (
                    "link",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reach",
                        to="adoptions.shortlink",
                    ),
                ),
            ],
            options={
                "db_table": "adoptions_reach",
                "constraints": [
                    models.UniqueConstraint(fields=("link", "day"), name="openings_are_counted_once_per_day")
                ],
            },
        ),
        *(
            migrations.RunSQL(
                f"ALTER TABLE adoptions_{table} ADD CONSTRAINT adoptions_{table}_belongs_to_an_organization "
                "FOREIGN KEY (organization_id) REFERENCES organizations_organization (id)",
                migrations.RunSQL.noop,
            )
            for table in ("outreach", "channel")
        ),
        *(
            tenant_table(f"adoptions_{table}", references={"adoption_id": "adoptions_adoption"})
            for table in ("outreach", "channel")
        ),
    ]
