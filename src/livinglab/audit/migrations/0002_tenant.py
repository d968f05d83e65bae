"""Makes the audit trail a tenant table that is only ever added to."""

from django.db import migrations

from livinglab.kernel.schema import append_only, tenant_table


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [tenant_table("audit_entry"), append_only("audit_entry")]
