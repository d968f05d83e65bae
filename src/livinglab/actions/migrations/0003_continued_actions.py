"""Lets an action go on with that of a closed plan, and be called after its step."""

from django.db import migrations, models

from livinglab.kernel.schema import tenant_reference


class Migration(migrations.Migration):
    dependencies = [("actions", "0002_rules")]
    operations = [
        migrations.AddField("action", "continues_id", models.UUIDField(null=True)),
        migrations.AlterField("action", "title", models.CharField(blank=True, max_length=200)),
        tenant_reference("actions_action", "continues_id", "actions_action"),
    ]
