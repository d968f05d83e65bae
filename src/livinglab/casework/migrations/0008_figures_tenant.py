"""Makes the table of what the figures hold of a case a tenant table."""

from django.db import migrations

from livinglab.kernel.schema import tenant_table


class Migration(migrations.Migration):
    dependencies = [("casework", "0007_figures")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE casework_fact ADD CONSTRAINT casework_fact_belongs_to_an_organization "
            "FOREIGN KEY (organization_id) REFERENCES organizations_organization (id)",
            migrations.RunSQL.noop,
        ),
        tenant_table("casework_fact", references={"case_id": "casework_case"}),
    ]
