"""Makes the questions to systems outside and the bills tenant tables."""

from django.db import migrations

from livinglab.kernel.schema import tenant_table


class Migration(migrations.Migration):
    dependencies = [("casework", "0013_outside"), ("organizations", "0001_initial")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE casework_outside_call ADD CONSTRAINT casework_outside_call_belongs_to_an_organization "
            "FOREIGN KEY (organization_id) REFERENCES organizations_organization (id)",
            migrations.RunSQL.noop,
        ),
        tenant_table("casework_outside_call", references={"case_id": "casework_case"}),
        migrations.RunSQL(
            "ALTER TABLE casework_bill ADD CONSTRAINT casework_bill_belongs_to_an_organization "
            "FOREIGN KEY (organization_id) REFERENCES organizations_organization (id)",
            migrations.RunSQL.noop,
        ),
        tenant_table(
            "casework_bill", references={"case_id": "casework_case", "call_id": "casework_outside_call"}
        ),
    ]
