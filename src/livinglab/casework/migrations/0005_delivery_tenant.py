"""Makes the table of messages on their way a tenant table."""

from django.db import migrations

from livinglab.kernel.schema import tenant_table


class Migration(migrations.Migration):
    dependencies = [("casework", "0004_deliveries"), ("organizations", "0001_initial")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE casework_delivery ADD CONSTRAINT casework_delivery_belongs_to_an_organization "
            "FOREIGN KEY (organization_id) REFERENCES organizations_organization (id)",
            migrations.RunSQL.noop,
        ),
        tenant_table(
            "casework_delivery",
            references={"case_id": "casework_case", "message_id": "casework_message"},
        ),
    ]
