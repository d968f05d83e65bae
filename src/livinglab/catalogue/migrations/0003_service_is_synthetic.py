from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0002_tenant")]

    operations = [
        migrations.AddField("service", "is_synthetic", models.BooleanField(default=False)),
    ]
