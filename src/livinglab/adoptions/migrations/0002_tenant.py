"""Makes adoptions tenant tables, and editions unchangeable."""

from django.db import migrations

from livinglab.kernel.schema import append_only, tenant_table

_TABLES = ("adoption", "value", "handed_down", "answered", "draft_file", "edition")


class Migration(migrations.Migration):
    dependencies = [("adoptions", "0001_initial"), ("organizations", "0001_initial")]

    operations = [
        *(
            migrations.RunSQL(
                f"ALTER TABLE adoptions_{table} ADD CONSTRAINT adoptions_{table}_belongs_to_an_organization "
                "FOREIGN KEY (organization_id) REFERENCES organizations_organization (id)",
                migrations.RunSQL.noop,
            )
            for table in _TABLES
        ),
        tenant_table("adoptions_adoption"),
        *(
            tenant_table(f"adoptions_{table}", references={"adoption_id": "adoptions_adoption"})
            for table in _TABLES[1:]
        ),
        append_only("adoptions_edition"),
    ]
