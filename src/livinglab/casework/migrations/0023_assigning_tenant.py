"""Makes the digests of superiors a tenant table, and says of each step that waits which place its case is of."""

from django.db import migrations

from livinglab.kernel.schema import tenant_table

_PLACES = """
UPDATE casework_task AS task SET place = held.unit_code
FROM casework_case AS held
WHERE held.organization_id = task.organization_id AND held.id = task.case_id AND held.unit_code <> ''
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0022_assigning"), ("organizations", "0001_initial")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE casework_escalation_digest ADD CONSTRAINT casework_digest_belongs_to_an_organization "
            "FOREIGN KEY (organization_id) REFERENCES organizations_organization (id)",
            migrations.RunSQL.noop,
        ),
        tenant_table("casework_escalation_digest"),
        migrations.RunSQL(_PLACES, migrations.RunSQL.noop),
    ]
