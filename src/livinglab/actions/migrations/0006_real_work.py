"""Takes the mark of a demonstration from plans of real regions that only begin with made-up levels: their work is real.

What a demo person accepted stays marked. Figures follow their plan.
"""

from django.db import migrations

PLANS = """
UPDATE actions_plan AS plan
   SET is_synthetic = false
  FROM organizations_organization AS organization
 WHERE organization.id = plan.organization_id AND NOT organization.is_synthetic
   AND plan.is_synthetic AND plan.origin = 'synthetic'
   AND NOT EXISTS (SELECT 1 FROM accounts_user AS person
                    WHERE person.id = plan.accepted_by AND person.is_synthetic)
"""
FIGURES = """
UPDATE actions_figure AS figure
   SET is_synthetic = false
  FROM actions_plan AS plan
 WHERE plan.id = figure.plan_id AND plan.organization_id = figure.organization_id
   AND figure.is_synthetic AND NOT plan.is_synthetic
"""


class Migration(migrations.Migration):
    dependencies = [
        ("actions", "0005_newest_change"),
        ("accounts", "0001_initial"),
        ("organizations", "0002_tenant"),
    ]
    operations = [
        migrations.RunSQL(PLANS, migrations.RunSQL.noop),
        migrations.RunSQL(FIGURES, migrations.RunSQL.noop),
    ]
