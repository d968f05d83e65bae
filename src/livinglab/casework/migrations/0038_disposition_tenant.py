"""Makes the dispositions a tenant table."""

from django.db import migrations

from livinglab.kernel.schema import tenant_table


class Migration(migrations.Migration):
    dependencies = [("casework", "0037_disposition"), ("organizations", "0001_initial")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE casework_disposition ADD CONSTRAINT casework_disposition_belongs_to_an_organization "
            "FOREIGN KEY (organization_id) REFERENCES organizations_organization (id)",
            migrations.RunSQL.noop,
        ),
        tenant_table("casework_disposition", references={"case_id": "casework_case"}),
    ]
