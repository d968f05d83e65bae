"""Keeps texts that entries name by their fingerprint."""

from django.db import migrations, models

import livinglab.kernel.identifiers
from livinglab.kernel.schema import append_only, tenant_table


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0003_head"),
    ]

    operations = [
        migrations.CreateModel(
            name="KeptText",
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
                ("digest", models.CharField(max_length=71)),
                ("text", models.TextField()),
                ("kept_at", models.DateTimeField()),
            ],
            options={
                "db_table": "audit_kept_text",
                "constraints": [
                    models.UniqueConstraint(fields=("organization_id", "digest"), name="a_text_is_kept_once")
                ],
            },
        ),
        tenant_table("audit_kept_text"),
        append_only("audit_kept_text"),
    ]
