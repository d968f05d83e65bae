"""Makes the last messages to those whose data was deleted a tenant table."""

from django.db import migrations

from livinglab.kernel.schema import tenant_table


class Migration(migrations.Migration):
    dependencies = [("casework", "0020_farewells"), ("organizations", "0001_initial")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE casework_farewell ADD CONSTRAINT casework_farewell_belongs_to_an_organization "
            "FOREIGN KEY (organization_id) REFERENCES organizations_organization (id)",
            migrations.RunSQL.noop,
        ),
        tenant_table("casework_farewell"),
    ]
