"""In which actions pieces of evidence are named as produced. Call it inside the region's transaction."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from livinglab.actions.models import Action
from livinglab.evidence.queries import Use
from livinglab.organizations.queries import organizations


def actions_naming(organization_id: UUID, ids: Sequence[UUID]) -> dict[UUID, list[Use]]:
    """This function will return the actions that name pieces (by id), those of plans in force first. Two queries."""
    wanted = {str(one): one for one in ids}
    named = Q()
    for one in wanted:
        named |= Q(evidence_pieces__contains=[one])
    if not named:
        return {}
    rows = Action.objects.filter(named, organization_id=organization_id).select_related("plan")
    code = organizations().get(id=organization_id).code
    found: dict[UUID, list[Use]] = defaultdict(list)
    for row in sorted(rows, key=lambda one: (one.plan.closed_at is not None, one.number)):
        values = {
            "number": row.number,
            "indicator": row.indicator,
            "level": row.to_level,
            "plan": row.plan.title,
        }
        words = _("Action %(number)s (indicator %(indicator)s to level %(level)s) of the plan “%(plan)s”")
        url = reverse("actions:action", args=[code, row.plan_id, row.id])
        for piece in set(row.evidence_pieces) & wanted.keys():
            found[wanted[piece]].append(Use(words % values, url))
    return dict(found)
