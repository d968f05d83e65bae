"""The look at the clock, which was of casework until now: its table is there already, with its row."""

from django.db import migrations, models

import livinglab.kernel.identifiers


class Migration(migrations.Migration):
    dependencies = [("kernel", "0001_initial"), ("casework", "0028_clock_look_moved")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="ClockLook",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=livinglab.kernel.identifiers.new_id,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("is_the_one", models.BooleanField(default=True, unique=True)),
                        ("at", models.DateTimeField()),
                        ("steady_since", models.DateTimeField(null=True)),
                    ],
                    options={
                        "db_table": "kernel_clock_look",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("is_the_one", True)), name="kernel_clock_look_is_one"
                            )
                        ],
                    },
                )
            ]
        )
    ]
