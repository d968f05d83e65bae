"""Takes the services out of the names: the catalogue is searched itself."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("portal", "0001_initial")]

    operations = [
        migrations.RunSQL("DELETE FROM portal_search_entry WHERE kind = 'service'", migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="searchentry",
            name="kind",
            field=models.CharField(
                choices=[("region", "region"), ("institution", "institution"), ("indicator", "indicator")],
                max_length=12,
            ),
        ),
    ]
