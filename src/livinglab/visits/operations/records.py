"""What every write of a visit shares: its locked row, its next state, and the entry in both parties' trails."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from livinglab.assessments.queries import get_instrument
from livinglab.audit import operations as audit
from livinglab.kernel.freshness import changed
from livinglab.kernel.refusals import Refusal
from livinglab.kernel.texts import storable
from livinglab.organizations.queries import organizations
from livinglab.planning.queries import fixed_inputs
from livinglab.ui import formats
from livinglab.visits.domain.parties import Parties
from livinglab.visits.domain.process import VisitState, VisitStepTaken, next_state
from livinglab.visits.domain.promises import StepKey
from livinglab.visits.models import Visit, VisitMove

#: what pages about visits are fresh by
TOPIC = "visits"
LONGEST_REASON = 500


class UnknownVisit(Exception):
    """There is no such visit."""


def lock_visit(visit_id: UUID) -> Visit:
    """This function will return a visit, locked until the transaction ends. Errors: `UnknownVisit`."""
    row = Visit.objects.select_for_update(of=("self",)).filter(id=visit_id).first()
    if row is None:
        raise UnknownVisit(visit_id)
    return row


def take(visit: Visit, step: VisitStepTaken, *, by: UUID | None, at: datetime, reason: str = "") -> None:
    """This function will move a visit on by a step that its policy allows, and keep the move.

    The caller changed the step's own fields; the whole row is saved.
    """
    after = next_state(VisitState(visit.state), step)
    assert after is not None, "the policy asked before"
    visit.state, visit.changed_at = after, at
    if reason:
        visit.reason = reason
    visit.save()
    VisitMove.objects.create(visit=visit, step=step, state=after, reason=reason, at=at, by=by)


def record(
    parties: Parties,
    action: str,
    subject: UUID,
    *,
    by: UUID | None,
    at: datetime,
    facts: Mapping[str, object] | None = None,
) -> None:
    """This function will append an entry to the trail of each party on the platform, and make its pages stale.

    Facts hold no words of people. Trails are locked in one order, so that two visits never wait for each other.
    """
    for organization_id in sorted(parties.ids):
        audit.record(
            organization_id=organization_id, by=by, at=at, action=action, subject=str(subject), facts=facts
        )
    changed(TOPIC)


def zone_of(organization_id: UUID) -> str:
    """This function will return the time zone of an organisation, which says what "today" is there. One query."""
    return str(organizations().values_list("zone", flat=True).get(id=organization_id))


def on(day: date) -> str:
    """This function will return a day in the reader's language, for a message."""
    return formats.day(day, language=(get_language() or "id").split("-")[0])


def one_line(text: str) -> str:
    """This function will return a text as it is stored in one line."""
    return " ".join(storable(text).split())


def refusal_of_reason(reason: str) -> Refusal | None:
    """This function will return why a reason cannot be taken."""
    if not reason:
        return Refusal("reason_missing", _("Say why, in a sentence or two."))
    return refusal_of_length("reason", reason, LONGEST_REASON)


def refusal_of_length(what: str, text: str, longest: int) -> Refusal | None:
    """This function will return why a text cannot be stored; the code names its field."""
    if len(text) <= longest:
        return None
    words: Promise = _("This text is too long: at most %(count)s characters.")
    return Refusal(f"{what}_too_long", words % {"count": longest})


def refusal_of_steps(instrument_code: str, steps: Iterable[StepKey]) -> Refusal | None:
    """This function will return why steps cannot be named: none, an unknown indicator or level, a fixed input.

    Errors: `UnknownValue` for an unknown instrument.
    """
    instrument = get_instrument(instrument_code)
    fixed = fixed_inputs(instrument)
    known = [each.key for each in instrument.indicators() if each.key not in fixed]
    listed = tuple(steps)
    if not listed:
        return Refusal(
            "steps_missing",
            _("Name at least one step: without it nobody can say whether it was followed up."),
        )
    for one in listed:
        if one.indicator not in known:
            words = _("Indicator %(indicator)s has no steps in this instrument. Choose one of %(known)s.")
            return Refusal(
                "indicator_unknown", words % {"indicator": one.indicator, "known": ", ".join(known)}
            )
        lowest, highest = instrument.scale.levels[1], instrument.scale.levels[-1]
        if not lowest <= one.to_level <= highest:
            words = _("Level %(level)s cannot be reached by a step. The nearest is %(nearest)s.")
            nearest = min(max(one.to_level, lowest), highest)
            return Refusal("level_unknown", words % {"level": one.to_level, "nearest": nearest})
    return None
