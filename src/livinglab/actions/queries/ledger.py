"""The ledger of a plan, added up by the database. Call it inside the region's transaction."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from livinglab.actions.domain.kinds import Payer
from livinglab.actions.domain.ledger import Balance, Given
from livinglab.actions.domain.states import ActionState
from livinglab.actions.models import Contribution

_NOTHING = Given()
#: one pass: sums by action, by payer, and of all, apart for actions that were given up
_GIVEN = """
SELECT a.state = %(dropped)s AS is_dropped, c.action_id, c.payer,
       coalesce(sum(c.rupiah) FILTER (WHERE c.paper <> ''), 0),
       coalesce(sum(c.rupiah) FILTER (WHERE c.paper = ''), 0)
FROM actions_contribution c
JOIN actions_action a ON a.organization_id = c.organization_id AND a.id = c.action_id
WHERE c.organization_id = %(organization)s AND a.plan_id = %(plan)s AND c.withdrawn_on IS NULL
GROUP BY GROUPING SETS ((is_dropped, c.action_id), (is_dropped, c.payer), (is_dropped))
"""
_COSTS = """
SELECT coalesce(sum(cost), 0), count(*) FILTER (WHERE cost IS NULL), count(*)
FROM actions_action WHERE organization_id = %(organization)s AND plan_id = %(plan)s AND state <> %(dropped)s
"""


@dataclass(frozen=True, slots=True)
class Ledger:
    """What a plan costs and who gives what, in whole rupiah; actions that were given up stand apart.

    `by_action` holds every action to which something was given, `by_payer` every payer who gave something to an action
    that goes on. `unpriced` actions of `actions` have no cost yet, so the whole costs at least `whole.cost`.
    """

    whole: Balance
    by_payer: Mapping[Payer, Given]
    by_action: Mapping[UUID, Given]
    to_dropped: Given
    unpriced: int
    actions: int


def ledger_of(organization_id: UUID, plan_id: UUID) -> Ledger:
    """This function will return the ledger of a plan. Two queries."""
    values: dict[str, str | UUID] = {
        "organization": organization_id,
        "plan": plan_id,
        "dropped": ActionState.DROPPED.value,
    }
    with connection.cursor() as cursor:
        cursor.execute(_GIVEN, values)
        rows = cursor.fetchall()
        cursor.execute(_COSTS, values)
        cost, unpriced, actions = cursor.fetchone() or (0, 0, 0)
    by_action, by_payer = {}, {}
    whole = {True: _NOTHING, False: _NOTHING}
    for is_dropped, action_id, payer, counted, promised in rows:
        given = Given(int(counted), int(promised))
        if action_id is not None:
            by_action[action_id] = given
        elif payer is None:
            whole[is_dropped] = given
        elif not is_dropped:
            by_payer[Payer(payer)] = given
    return Ledger(
        whole=Balance(int(cost), whole[False]),
        by_payer={payer: by_payer[payer] for payer in Payer if payer in by_payer},
        by_action=by_action,
        to_dropped=whole[True],
        unpriced=int(unpriced),
        actions=int(actions),
    )


def contributions_of(organization_id: UUID, action_id: UUID) -> "QuerySet[Contribution]":
    """This function will return what was given to an action, withdrawn ones too, in the order of entering."""
    found = Contribution.objects.filter(organization_id=organization_id, action_id=action_id)
    return found.order_by("entered_at", "id")


def contributions_to(organization_id: UUID, plan_id: UUID) -> "QuerySet[Contribution]":
    """This function will return what was given to the actions of a plan, with them, in the order of their numbers."""
    found = Contribution.objects.filter(organization_id=organization_id, action__plan_id=plan_id)
    return found.select_related("action").order_by("action__number", "entered_at", "id")
