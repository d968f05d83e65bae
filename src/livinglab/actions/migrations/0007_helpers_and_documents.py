"""Lets several agencies and people work on an action, and names the budget document in which it stands."""

from django.db import migrations, models

from livinglab.actions.domain.cutoffs import Stage

_NONE = models.Q(document="", document_number="", document_date__isnull=True, document_year__isnull=True)
_WHOLE = (
    ~models.Q(document="")
    & ~models.Q(document_number="")
    & models.Q(document_date__isnull=False, document_year__isnull=False)
)


class Migration(migrations.Migration):
    dependencies = [("actions", "0006_real_work")]
    operations = [
        migrations.AddField("action", "helping_agencies", models.JSONField(default=list)),
        migrations.AddField("action", "helping_people", models.JSONField(default=list)),
        migrations.AddField(
            "action",
            "document",
            models.CharField(blank=True, choices=[(one, one) for one in Stage], default="", max_length=12),
            preserve_default=False,
        ),
        migrations.AddField(
            "action",
            "document_number",
            models.CharField(blank=True, default="", max_length=80),
            preserve_default=False,
        ),
        migrations.AddField("action", "document_date", models.DateField(null=True)),
        migrations.AddField("action", "document_year", models.PositiveSmallIntegerField(null=True)),
        migrations.AddConstraint(
            "action",
            models.CheckConstraint(name="a_document_has_kind_number_day_and_year", condition=_NONE | _WHOLE),
        ),
    ]
