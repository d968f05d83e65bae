"""Lets a reader ask for the newest change of an action without reading all of them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("actions", "0004_upkeep")]
    operations = [
        migrations.AddIndex("actionfigure", models.Index(fields=["changed_at"], name="figure_by_change")),
    ]
