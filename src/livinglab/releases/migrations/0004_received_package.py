"""Uploads that are compared before anything of them is kept."""

from django.db import migrations, models

import livinglab.kernel.identifiers
from livinglab.kernel.schema import tenant_table


class Migration(migrations.Migration):
    dependencies = [("releases", "0003_other_instances"), ("organizations", "0002_tenant")]

    operations = [
        migrations.CreateModel(
            name="ReceivedPackage",
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
                ("package_id", models.CharField(max_length=40)),
                ("digest", models.CharField(max_length=71)),
                ("content", models.BinaryField()),
                ("received_at", models.DateTimeField()),
                ("received_by", models.UUIDField()),
            ],
            options={
                "db_table": "releases_received_package",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organization_id", "digest"), name="an_upload_is_looked_at_once"
                    )
                ],
            },
        ),
        migrations.RunSQL(
            sql=(
                "ALTER TABLE releases_received_package ADD CONSTRAINT an_upload_belongs_to_an_organization "
                "FOREIGN KEY (organization_id) REFERENCES organizations_organization (id)"
            ),
            reverse_sql=migrations.RunSQL.noop,
        ),
        tenant_table("releases_received_package"),
    ]
