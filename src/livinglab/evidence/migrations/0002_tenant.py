"""Makes evidence a tenant table; a piece supersedes one of the same organisation."""

from django.db import migrations

from livinglab.kernel.schema import tenant_table


class Migration(migrations.Migration):
    dependencies = [("evidence", "0001_initial"), ("organizations", "0001_initial")]

    operations = [
        *(
            migrations.RunSQL(
                f"ALTER TABLE {table} ADD CONSTRAINT {name} "
                "FOREIGN KEY (organization_id) REFERENCES organizations_organization (id)",
                migrations.RunSQL.noop,
            )
            for table, name in (
                ("evidence_piece", "a_piece_belongs_to_an_organization"),
                ("evidence_fingerprint", "a_fingerprint_belongs_to_an_organization"),
            )
        ),
        tenant_table("evidence_piece", references={"supersedes_id": "evidence_piece"}),
    ]
