"""Lets a region's own service name one of the agencies that the region keeps."""

from django.db import migrations, models

from livinglab.kernel.schema import tenant_reference


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0003_service_is_synthetic"), ("organizations", "0002_tenant")]

    operations = [
        migrations.AddField("ownservice", "agency_id", models.UUIDField(null=True)),
        migrations.AddConstraint(
            "ownservice",
            models.CheckConstraint(
                name="an_own_service_prints_the_name_of_its_agency",
                condition=models.Q(agency_id__isnull=True) | ~models.Q(agency=""),
            ),
        ),
        tenant_reference("catalogue_own_service", "agency_id", "organizations_agency"),
    ]
