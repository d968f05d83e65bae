import django.db.models.deletion
from django.db import migrations, models

import livinglab.kernel.identifiers


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0010_public_complaints"),
    ]

    operations = [
        migrations.CreateModel(
            name="Bundle",
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
                ("piece_id", models.UUIDField()),
                ("made_at", models.DateTimeField()),
                ("made_by", models.UUIDField()),
                (
                    "service",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casework.service",
                    ),
                ),
            ],
            options={
                "db_table": "casework_bundle",
            },
        ),
    ]
