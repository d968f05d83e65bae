"""A commitment that was missed, for demo mode: between two regions that do not exist."""

from datetime import datetime, timedelta
from typing import Final

from livinglab.accounts.queries import User
from livinglab.kernel.clock import day_of
from livinglab.organizations.queries import Organization
from livinglab.visits.domain.kinds import Manner
from livinglab.visits.domain.promises import Promised, StepKey
from livinglab.visits.models import Visit
from livinglab.visits.operations import commitments, visits

_INSTRUMENT: Final = "spbe-2020"
_STEPS: Final = (StepKey("21", 3), StepKey("29", 2))
#: days before today
_ASKED, _HELD, _SIGNED, _FIRST_DUE, _ENDED = 300, 280, 270, 90, 5


def add_missed_commitment(
    *, host: Organization, visitor: Organization, by_host: User, by_visitor: User, at: datetime
) -> None:
    """This function will let one fictitious region visit another, promise two steps and keep neither.

    Once: a second call finds the visit and changes nothing. Errors: ValueError for a region that exists.
    """
    if not (host.is_synthetic and visitor.is_synthetic):
        raise ValueError("a missed promise is made up for fictitious regions only")
    if Visit.objects.filter(host=host, visitor=visitor).exists():
        return
    asked, held, signed = (at - timedelta(days=days) for days in (_ASKED, _HELD, _SIGNED))
    wanted = visits.Wanted(
        instrument=_INSTRUMENT,
        steps=_STEPS,
        purpose="Peragaan: melihat manajemen risiko dan audit aplikasi.",
        wished_from=day_of(held),
        wished_until=day_of(held) + timedelta(days=3),
        people=6,
    )
    visit = visits.ask(host=host, visitor=visitor, wanted=wanted, by=by_visitor, at=asked)
    visits.agree(visit_id=visit.id, day=day_of(held), by=by_host, at=asked)
    visits.hold(visit_id=visit.id, day=day_of(held), by=by_host, at=held)
    visits.minute(visit_id=visit.id, text="Peragaan: catatan yang dibuat-buat.", by=by_visitor, at=held)
    paper = commitments.Paper(
        title="Komitmen peragaan",
        number="000/PERAGAAN/1",
        signer="Kepala daerah (demo)",
        signed_on=day_of(signed),
        ends_on=day_of(at) - timedelta(days=_ENDED),
        instrument=_INSTRUMENT,
        promises=(
            Promised(_STEPS[0], day_of(at) - timedelta(days=_FIRST_DUE), Manner.ATM),
            Promised(_STEPS[1], day_of(at) - timedelta(days=_ENDED), Manner.ATP),
        ),
    )
    commitments.sign(visit_id=visit.id, paper=paper, by=by_visitor, at=signed)
    commitments.end_over(at=at)
