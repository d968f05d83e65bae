"""Lets a region say what a step costs in rupiah."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("planning", "0002_rules")]
    operations = [
        migrations.AddField(
            model_name="effortedit",
            name="rupiah",
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddConstraint(
            model_name="effortedit",
            constraint=models.CheckConstraint(
                condition=models.Q(("rupiah__isnull", True), ("rupiah__gte", 0), _connector="OR"),
                name="a_step_costs_no_less_than_nothing",
            ),
        ),
    ]
