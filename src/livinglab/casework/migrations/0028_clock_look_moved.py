"""The look at the clock goes over to the kernel, with its row: surveys wait for a steady clock, too."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("casework", "0027_cases_found_by_version_and_helper")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    "ALTER TABLE casework_clock_look RENAME TO kernel_clock_look",
                    "ALTER TABLE kernel_clock_look RENAME TO casework_clock_look",
                ),
                migrations.RunSQL(
                    "ALTER TABLE kernel_clock_look "
                    "RENAME CONSTRAINT casework_clock_look_is_one TO kernel_clock_look_is_one",
                    "ALTER TABLE kernel_clock_look "
                    "RENAME CONSTRAINT kernel_clock_look_is_one TO casework_clock_look_is_one",
                ),
            ],
            state_operations=[migrations.DeleteModel("ClockLook")],
        )
    ]
