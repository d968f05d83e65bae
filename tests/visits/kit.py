"""Two regions and a visit at each of its states, for the tests of visits. Everything in it is made up."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from livinglab.accounts.models import User
from livinglab.organizations.models import Organization
from livinglab.organizations.queries import Role
from livinglab.visits.domain.kinds import Completion, Manner, Potential, VisitorKind
from livinglab.visits.domain.process import DAYS_TO_COMMIT, VisitState
from livinglab.visits.domain.promises import Promised, StepKey
from livinglab.visits.models import Commitment, Rating, Visit
from livinglab.visits.operations import commitments, ratings, visits
from tests.organizations.people import make_member, organization

AT = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)  # a Monday, ten in the morning at both places
TODAY = date(2026, 3, 2)
HOST, VISITOR, THIRD = "32.11", "14.08", "33.22"
MINISTRY = "kementerian-panrb"
SPBE = "spbe-2020"
STEPS = (StepKey("21", 4), StepKey("22", 3))
HELD_ON = TODAY + timedelta(days=10)
ENDS_ON = TODAY + timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Scene:
    """Host and visitor with those who act for them, and people of neither."""

    host: Organization
    visitor: Organization
    host_coordinator: User
    visitor_coordinator: User
    visitor_head: User
    visitor_entry: User
    citizen: User
    third_coordinator: User
    ministry: User
    mentor: User


def scene(host: str = HOST, visitor: str = VISITOR) -> Scene:
    """This function will make the two parties' people, somebody of a third region, of the ministry, and a mentor."""
    return Scene(
        host=organization(host),
        visitor=organization(visitor),
        host_coordinator=make_member(f"sekda.{host}", Role.COORDINATOR, host),
        visitor_coordinator=make_member(f"sekda.{visitor}", Role.COORDINATOR, visitor),
        visitor_head=make_member(f"kepala.{visitor}", Role.HEAD_OF_REGION, visitor),
        visitor_entry=make_member(f"entri.{visitor}", Role.DATA_ENTRY, visitor),
        citizen=make_member(f"warga.{visitor}", Role.CITIZEN, visitor),
        third_coordinator=make_member(f"sekda.{THIRD}", Role.COORDINATOR, THIRD),
        ministry=make_member("petugas.kementerian", Role.MINISTRY, MINISTRY),
        mentor=make_member("mentor.uji", Role.MENTOR, "platform"),
    )


def wanted(
    steps: tuple[StepKey, ...] = STEPS,
    *,
    first: date | None = TODAY + timedelta(days=7),
    last: date | None = TODAY + timedelta(days=21),
    purpose: str = "Melihat layanan yang sudah terpadu (uji).",
    people: int | None = 5,
) -> visits.Wanted:
    """This function will return a request that nothing is wrong with, but for what is given."""
    return visits.Wanted(SPBE, steps, purpose, first, last, people)


def paper(
    promises: tuple[Promised, ...] | None = None,
    *,
    signed_on: date | None = HELD_ON,
    ends_on: date | None = ENDS_ON,
    number: str = "800/1/2026",
) -> commitments.Paper:
    """This function will return a signed paper on both steps of the visit, but for what is given."""
    kept = promises
    if kept is None:
        kept = (
            Promised(STEPS[0], ENDS_ON - timedelta(days=100), Manner.ATM),
            Promised(STEPS[1], ENDS_ON - timedelta(days=50)),
        )
    return commitments.Paper("Komitmen uji", number, "Kepala daerah (uji)", signed_on, ends_on, SPBE, kept)


def requested(who: Scene, *, at: datetime = AT) -> Visit:
    """This function will let the visitor ask the host."""
    return visits.ask(host=who.host, visitor=who.visitor, wanted=wanted(), by=who.visitor_coordinator, at=at)


def agreed(who: Scene) -> Visit:
    """This function will let the host agree with a day."""
    visit = requested(who)
    return visits.agree(visit_id=visit.id, day=HELD_ON, by=who.host_coordinator, at=AT)


def held(who: Scene) -> Visit:
    """This function will let the visit take place on `HELD_ON`."""
    visit = agreed(who)
    return visits.hold(visit_id=visit.id, day=HELD_ON, by=who.host_coordinator, at=on(HELD_ON))


def minuted(who: Scene) -> Visit:
    """This function will let the visitor write the minutes."""
    visit = held(who)
    return visits.minute(visit_id=visit.id, text="Catatan uji.", by=who.visitor_coordinator, at=on(HELD_ON))


def committed(who: Scene, given: commitments.Paper | None = None) -> Commitment:
    """This function will enter the commitment that the visit ends in; its visit is `commitment.visit`."""
    visit = minuted(who)
    return commitments.sign(visit_id=visit.id, paper=given or paper(), by=who.visitor_head, at=on(HELD_ON))


def ended(who: Scene) -> Commitment:
    """This function will let a commitment come to its last day."""
    commitment = committed(who)
    commitments.end_over(at=on(ENDS_ON + timedelta(days=1)))
    commitment.refresh_from_db()
    return commitment


def rated(who: Scene, *, by: User | None = None) -> Rating:
    """This function will let somebody of neither party rate an ended commitment."""
    return ratings.rate(
        commitment_id=ended(who).id,
        potential=Potential.MODEST,
        completion=Completion.LIMITED,
        reason="Satu dari dua langkah terlihat (uji).",
        by=by or who.third_coordinator,
        at=on(ENDS_ON + timedelta(days=2)),
    )


def not_followed_up(who: Scene) -> Visit:
    """This function will let the days to commit pass after the minutes."""
    visit = minuted(who)
    visits.close_late(at=on(HELD_ON + timedelta(days=DAYS_TO_COMMIT + 1)))
    visit.refresh_from_db()
    return visit


def declined(who: Scene) -> Visit:
    """This function will let the host say no."""
    visit = requested(who)
    return visits.decline(visit_id=visit.id, reason="Jadwal penuh (uji).", by=who.host_coordinator, at=AT)


def withdrawn(who: Scene) -> Visit:
    """This function will let the host withdraw after it agreed."""
    visit = agreed(who)
    return visits.withdraw(visit_id=visit.id, reason="Ada bencana (uji).", by=who.host_coordinator, at=AT)


def guest(who: Scene, kind: VisitorKind = VisitorKind.NGO, *, day: date = TODAY) -> Visit:
    """This function will let the host enter a guest that is not on the platform."""
    return visits.receive(
        host=who.host,
        name="Lembaga uji",
        kind=kind,
        wanted=wanted(),
        day=day,
        by=who.host_coordinator,
        at=AT,
    )


def visit_of(commitment: Commitment) -> Visit:
    """This function will return the visit that a commitment came from."""
    visit = commitment.visit
    assert visit is not None
    return visit


def owner_of(commitment: Commitment) -> UUID:
    """This function will return the organisation of the platform that promised."""
    assert commitment.organization_id is not None
    return commitment.organization_id


def on(day: date) -> datetime:
    """This function will return ten in the morning of a day, western time."""
    return datetime(day.year, day.month, day.day, 3, 0, tzinfo=UTC)


#: how to bring a visit to each state
AT_STATE = {
    VisitState.REQUESTED: requested,
    VisitState.AGREED: agreed,
    VisitState.HELD: held,
    VisitState.MINUTED: minuted,
    VisitState.COMMITTED: lambda who: visit_of(committed(who)),
    VisitState.NO_FOLLOW_UP: not_followed_up,
    VisitState.DECLINED: declined,
    VisitState.WITHDRAWN: withdrawn,
}
