"""Lets a cohort speak both languages and say who entered it; a member has a reason and a source."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("visits", "0002_rules")]
    operations = [
        migrations.AddField("cohort", "name_en", models.CharField(blank=True, max_length=160)),
        migrations.AddField("cohort", "about_en", models.TextField(blank=True)),
        migrations.AddField("cohort", "is_synthetic", models.BooleanField(default=False)),
        migrations.AddField("cohort", "entered_by", models.UUIDField(null=True)),
        migrations.AddConstraint(
            "cohortmember",
            models.CheckConstraint(
                name="a_member_has_reason_and_source",
                condition=~models.Q(reason="") & ~models.Q(source=""),
            ),
        ),
    ]
