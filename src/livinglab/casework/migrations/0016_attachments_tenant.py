"""Makes the files of applications a tenant table; a file's form or case is of the same organisation."""

from django.db import migrations

from livinglab.kernel.schema import tenant_table


class Migration(migrations.Migration):
    dependencies = [("casework", "0015_attachments"), ("organizations", "0001_initial")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE casework_attachment ADD CONSTRAINT casework_attachment_belongs_to_an_organization "
            "FOREIGN KEY (organization_id) REFERENCES organizations_organization (id)",
            migrations.RunSQL.noop,
        ),
        tenant_table(
            "casework_attachment", references={"draft_id": "casework_draft", "case_id": "casework_case"}
        ),
    ]
