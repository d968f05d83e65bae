"""Makes the region's own rows tenant tables; comments and moves are only added to."""

from django.db import migrations

from livinglab.kernel.schema import append_only, tenant_table

_OF_ACTION = {"action_id": "actions_action"}


class Migration(migrations.Migration):
    dependencies = [("actions", "0001_initial"), ("organizations", "0002_tenant")]
    operations = [
        tenant_table("actions_plan"),
        tenant_table(
            "actions_action", references={"plan_id": "actions_plan", "agency_id": "organizations_agency"}
        ),
        *(
            tenant_table(f"actions_{name}", references=_OF_ACTION)
            for name in ("milestone", "contribution", "comment", "move")
        ),
        append_only("actions_comment"),
        append_only("actions_move"),
    ]
