from datetime import datetime, timedelta

from django.db import migrations, models

from livinglab.kernel import clock


def in_time() -> datetime:
    """What waits while this is applied gets the whole time once more."""
    return clock.now() + timedelta(hours=23)


class Migration(migrations.Migration):
    dependencies = [("casework", "0028_clock_look_moved")]

    operations = [
        migrations.AddField(
            model_name="farewell",
            name="ends_at",
            field=models.DateTimeField(default=in_time),
            preserve_default=False,
        ),
    ]
