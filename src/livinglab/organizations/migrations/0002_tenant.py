"""Makes agencies a tenant table; an agency's parent belongs to the same organisation."""

from django.db import migrations

from livinglab.kernel.schema import tenant_table


class Migration(migrations.Migration):
    dependencies = [("organizations", "0001_initial")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE organizations_agency ADD CONSTRAINT agency_belongs_to_an_organization "
            "FOREIGN KEY (organization_id) REFERENCES organizations_organization (id)",
            migrations.RunSQL.noop,
        ),
        tenant_table("organizations_agency", references={"parent_id": "organizations_agency"}),
    ]
