"""Makes what is kept of opening cases again, and of requests for deletion, tenant tables."""

from django.db import migrations

from livinglab.kernel.schema import tenant_table


class Migration(migrations.Migration):
    dependencies = [("casework", "0017_again"), ("organizations", "0001_initial")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE casework_reopening ADD CONSTRAINT casework_reopening_belongs_to_an_organization "
            "FOREIGN KEY (organization_id) REFERENCES organizations_organization (id)",
            migrations.RunSQL.noop,
        ),
        tenant_table("casework_reopening", references={"case_id": "casework_case"}),
        migrations.RunSQL(
            "ALTER TABLE casework_erasure ADD CONSTRAINT casework_erasure_belongs_to_an_organization "
            "FOREIGN KEY (organization_id) REFERENCES organizations_organization (id)",
            migrations.RunSQL.noop,
        ),
        tenant_table("casework_erasure", references={"case_id": "casework_case"}),
    ]
