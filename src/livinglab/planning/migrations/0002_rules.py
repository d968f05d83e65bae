"""Makes edited efforts a tenant table that is only added to."""

from django.db import migrations

from livinglab.kernel.schema import append_only, tenant_table


class Migration(migrations.Migration):
    dependencies = [("planning", "0001_initial"), ("organizations", "0002_tenant")]
    operations = [tenant_table("planning_effort_edit"), append_only("planning_effort_edit")]
