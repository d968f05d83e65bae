"""Makes what applicants say tenant tables; responses never change."""

from django.db import migrations

from livinglab.kernel.schema import append_only, tenant_table

_REFERENCES = {"invitation": {}, "response": {"invitation_id": "surveys_invitation"}, "comment": {}}


class Migration(migrations.Migration):
    dependencies = [("surveys", "0001_initial"), ("organizations", "0001_initial")]

    operations = [
        *(
            migrations.RunSQL(
                f"ALTER TABLE surveys_{table} ADD CONSTRAINT surveys_{table}_belongs_to_an_organization "
                "FOREIGN KEY (organization_id) REFERENCES organizations_organization (id)",
                migrations.RunSQL.noop,
            )
            for table in _REFERENCES
        ),
        *(
            tenant_table(f"surveys_{table}", references=references)
            for table, references in _REFERENCES.items()
        ),
        append_only("surveys_response"),
    ]
