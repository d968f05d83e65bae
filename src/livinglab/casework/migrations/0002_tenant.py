"""Makes the tables of casework tenant tables; versions and steps never change."""

from django.db import migrations

from livinglab.kernel.schema import append_only, tenant_table

_REFERENCES = {
    "service": {},
    "service_version": {"service_id": "casework_service"},
    "service_place": {"service_id": "casework_service"},
    "draft": {"service_id": "casework_service", "version_id": "casework_service_version"},
    "case": {"service_id": "casework_service", "version_id": "casework_service_version"},
    "step": {"case_id": "casework_case"},
    "task": {"case_id": "casework_case", "service_id": "casework_service"},
    "counter": {},
    "message": {"case_id": "casework_case"},
    "paper": {"case_id": "casework_case"},
    "seat": {"service_id": "casework_service"},
}


class Migration(migrations.Migration):
    dependencies = [("casework", "0001_initial"), ("organizations", "0001_initial")]

    operations = [
        *(
            migrations.RunSQL(
                f"ALTER TABLE casework_{table} ADD CONSTRAINT casework_{table}_belongs_to_an_organization "
                "FOREIGN KEY (organization_id) REFERENCES organizations_organization (id)",
                migrations.RunSQL.noop,
            )
            for table in _REFERENCES
        ),
        *(
            tenant_table(f"casework_{table}", references=references)
            for table, references in _REFERENCES.items()
        ),
        append_only("casework_service_version"),
        append_only("casework_step"),
    ]
