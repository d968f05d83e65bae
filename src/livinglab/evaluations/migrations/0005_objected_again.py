from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("evaluations", "0004_paperwork"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="objection",
            name="a_level_is_objected_to_once",
        ),
        migrations.AddConstraint(
            model_name="objection",
            constraint=models.UniqueConstraint(
                condition=~models.Q(outcome="withdrawn"),
                fields=("organization_id", "evaluation", "indicator", "stage"),
                name="a_level_is_objected_to_once",
            ),
        ),
    ]
