"""The ledger of a plan: who gives what to which action, what is counted, promised and missing."""

from collections import defaultdict
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from livinglab.actions.access import actions_page
from livinglab.actions.domain.kinds import Payer
from livinglab.actions.domain.ledger import Balance, Given
from livinglab.actions.domain.states import ActionState
from livinglab.actions.queries import records
from livinglab.actions.queries.ledger import contributions_to, ledger_of
from livinglab.actions.queries.places import Place
from livinglab.actions.web import findings, words
from livinglab.actions.web.frame import find_plan_or_404, plan_frame
from livinglab.actions.web.gifts import gift_line
from livinglab.assessments.queries import get_instrument


@require_safe
@actions_page
def ledger(request: HttpRequest, place: Place, plan_id: UUID) -> HttpResponse:
    """This function will show the sums of a plan by action and by payer, and every contribution."""
    found = find_plan_or_404(place, plan_id)
    here = place.organization.id
    sums = ledger_of(here, found.id)
    instrument = get_instrument(found.instrument)
    gifts = defaultdict(list)
    for one in contributions_to(here, found.id):
        gifts[one.action_id].append(gift_line(one))
    lines = []
    for action in records.actions_of(here, found.id):
        given = sums.by_action.get(action.id, Given())
        if action.cost is None and not gifts[action.id]:
            continue
        lines.append(
            {
                "action": action,
                "name": words.name(instrument, action),
                "is_dropped": action.state == ActionState.DROPPED,
                "balance": Balance(action.cost, given),
                "finding": findings.balance_finding(Balance(action.cost, given)),
                "gifts": gifts[action.id],
            }
        )
    context = {
        **plan_frame(place, found, "ledger"),
        "heading": findings.ledger_heading(sums),
        "sums": sums,
        "lines": lines,
        "payers": [(str(words.PAYERS[payer]), sums.by_payer.get(payer, Given())) for payer in Payer],
        "rupiah": words.rupiah,
    }
    return render(request, "actions/ledger.html", context)
