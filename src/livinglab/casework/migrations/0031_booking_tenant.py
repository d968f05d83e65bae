"""Makes the places that cases hold a tenant table.

A place is taken while its case is being sent, before the row of the case is written: that it belongs to a case is asked
at the end of the transaction.
"""

from django.db import migrations

from livinglab.kernel.schema import tenant_table


class Migration(migrations.Migration):
    dependencies = [("casework", "0030_booking"), ("organizations", "0001_initial")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE casework_booking ADD CONSTRAINT casework_booking_belongs_to_an_organization "
            "FOREIGN KEY (organization_id) REFERENCES organizations_organization (id)",
            migrations.RunSQL.noop,
        ),
        tenant_table("casework_booking", references={"service_id": "casework_service"}),
        migrations.RunSQL(
            "ALTER TABLE casework_booking ADD CONSTRAINT casework_booking_case_id_same_organization "
            "FOREIGN KEY (organization_id, case_id) REFERENCES casework_case (organization_id, id) "
            "DEFERRABLE INITIALLY DEFERRED",
            migrations.RunSQL.noop,
        ),
    ]
