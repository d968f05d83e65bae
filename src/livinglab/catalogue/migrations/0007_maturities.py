"""Tells packages apart that are drafted, piloted or in use."""

from django.db import migrations, models

import livinglab.catalogue.domain.functions


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0006_search"),
    ]

    operations = [
        migrations.AlterField(
            model_name="shelfrow",
            name="status",
            field=models.CharField(
                choices=[
                    (
                        livinglab.catalogue.domain.functions.Status["ACTIVE"],
                        livinglab.catalogue.domain.functions.Status["ACTIVE"],
                    ),
                    (
                        livinglab.catalogue.domain.functions.Status["INACTIVE"],
                        livinglab.catalogue.domain.functions.Status["INACTIVE"],
                    ),
                    (
                        livinglab.catalogue.domain.functions.Status["UNKNOWN"],
                        livinglab.catalogue.domain.functions.Status["UNKNOWN"],
                    ),
                    (
                        livinglab.catalogue.domain.functions.Status["NONE"],
                        livinglab.catalogue.domain.functions.Status["NONE"],
                    ),
                    (
                        livinglab.catalogue.domain.functions.Status["DRAFTED"],
                        livinglab.catalogue.domain.functions.Status["DRAFTED"],
                    ),
                    (
                        livinglab.catalogue.domain.functions.Status["PILOTED"],
                        livinglab.catalogue.domain.functions.Status["PILOTED"],
                    ),
                ],
                max_length=8,
            ),
        ),
    ]
