"""Makes the tables of signatures tenant tables."""

from django.db import migrations

from livinglab.kernel.schema import tenant_table

_REFERENCES = {
    "certificate": {},
    "document": {"certificate_id": "signatures_certificate"},
    "file": {"document_id": "signatures_document"},
}


class Migration(migrations.Migration):
    dependencies = [("signatures", "0001_initial"), ("organizations", "0001_initial")]

    operations = [
        *(
            migrations.RunSQL(
                f"ALTER TABLE signatures_{table} ADD CONSTRAINT signatures_{table}_belongs_to_an_organization "
                "FOREIGN KEY (organization_id) REFERENCES organizations_organization (id)",
                migrations.RunSQL.noop,
            )
            for table in _REFERENCES
        ),
        *(
            tenant_table(f"signatures_{table}", references=references)
            for table, references in _REFERENCES.items()
        ),
    ]
