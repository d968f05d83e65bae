"""Visits, commitments and actions at random, written past the operations; and their funnel counted the slow way."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.db import transaction
from hypothesis import strategies as st

from livinglab.actions.domain.states import ActionState
from livinglab.actions.models import ActionFigure
from livinglab.kernel.identifiers import new_id
from livinglab.organizations.models import Organization
from livinglab.visits.domain.funnel import DAYS_TO_RIPEN, Counts
from livinglab.visits.domain.kinds import CommitmentState, VisitorKind
from livinglab.visits.domain.process import TOOK_PLACE, VisitState
from livinglab.visits.models import Commitment, CommitmentStep, Visit

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
REGIONS = ("32.11", "14.08", "33.22", "34.02", "35.10", "31.74")
_STEPS = (("21", 3), ("21", 4), ("22", 3))
_ENDED = (ActionState.DONE, ActionState.CONFIRMED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """An action for a promised step, by the region that promised or by another one."""

    step: int
    state: ActionState
    evidence: int
    done_days_ago: int
    by_another: bool
    is_synthetic: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """A commitment with some steps, their days before or after today, and the work for it."""

    state: CommitmentState
    days_due: tuple[int, ...]
    work: tuple[Work, ...]
    is_synthetic: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Trip:
    """A visit: host and visitor by position in `REGIONS`, no visitor for a guest that is not on the platform."""

    host: int
    visitor: int | None
    kind: VisitorKind
    state: VisitState
    days_ago: int
    promise: Promise | None
    is_synthetic: bool


def _work() -> st.SearchStrategy[Work]:
    return st.builds(
        Work,
        step=st.integers(0, len(_STEPS) - 1),
        state=st.sampled_from(ActionState),
        evidence=st.integers(0, 2),
        done_days_ago=st.sampled_from((0, DAYS_TO_RIPEN, 500)),
        by_another=st.booleans(),
        is_synthetic=st.booleans(),
    )


def _promise() -> st.SearchStrategy[Promise]:
    return st.builds(
        Promise,
        state=st.sampled_from(CommitmentState),
        days_due=st.lists(st.integers(-3, 3), max_size=len(_STEPS)).map(tuple),
        work=st.lists(_work(), max_size=4).map(tuple),
        is_synthetic=st.booleans(),
    )


def trips() -> st.SearchStrategy[list[Trip]]:
    """This function will return lists of visits in every state, with and without what follows."""
    one = st.builds(
        Trip,
        host=st.integers(0, len(REGIONS) - 1),
        visitor=st.one_of(st.none(), st.integers(0, len(REGIONS) - 1)),
        kind=st.sampled_from(VisitorKind),
        state=st.sampled_from(VisitState),
        days_ago=st.sampled_from((0, DAYS_TO_RIPEN - 1, DAYS_TO_RIPEN, 400, 800)),
        promise=st.one_of(st.none(), _promise()),
        is_synthetic=st.booleans(),
    )
    return st.lists(one.filter(lambda trip: trip.host != trip.visitor), max_size=14)


@contextmanager
def written(listed: list[Trip]) -> Iterator[None]:
    """This function will write visits for a block and take them away again."""
    with transaction.atomic():
        regions = [Organization.objects.get(code=code) for code in REGIONS]
        for one in listed:
            _write(one, regions)
        yield
        transaction.set_rollback(True)


def _write(one: Trip, regions: list[Organization]) -> None:
    visitor = None if one.visitor is None else regions[one.visitor]
    visit = Visit.objects.create(
        host=regions[one.host],
        visitor=visitor,
        visitor_name="" if visitor else "Lembaga uji",
        visitor_kind=one.kind,
        state=one.state,
        purpose="Uji",
        wished_from=TODAY,
        wished_until=TODAY,
        held_on=held_on(one),
        minutes="Uji",
        is_synthetic=one.is_synthetic,
        requested_at=NOW,
        requested_by=new_id(),
        changed_at=NOW,
    )
    if one.promise is None or visitor is None:
        return
    promised = Commitment.objects.create(
        organization=visitor,
        visit=visit,
        title="Uji",
        number="1",
        signed_by_name="Uji",
        signed_on=held_on(one),
        ends_on=TODAY + timedelta(days=400),
        state=one.promise.state,
        withdrawn_reason="Uji" if one.promise.state == CommitmentState.WITHDRAWN else "",
        is_synthetic=one.promise.is_synthetic,
        entered_at=NOW,
        entered_by=new_id(),
    )
    for (indicator, level), days in zip(_STEPS, one.promise.days_due, strict=False):
        CommitmentStep.objects.create(
            commitment=promised,
            instrument="spbe-2020",
            indicator=indicator,
            to_level=level,
            due_on=TODAY + timedelta(days=days),
        )
    for work in one.promise.work:
        indicator, level = _STEPS[work.step]
        ActionFigure.objects.create(
            organization=regions[one.host] if work.by_another else visitor,
            plan_id=new_id(),
            commitment_id=promised.id,
            instrument="spbe-2020",
            indicator=indicator,
            to_level=level,
            state=work.state,
            due_on=TODAY,
            done_on=TODAY - timedelta(days=work.done_days_ago) if work.state in _ENDED else None,
            evidence=work.evidence,
            is_synthetic=work.is_synthetic,
            changed_at=NOW,
        )


def held_on(one: Trip) -> date:
    """This function will return the day of a visit; one that was not held has it too, and must not count."""
    return TODAY - timedelta(days=one.days_ago)


def counted(listed: list[Trip], among: list[Trip], *, with_synthetic: bool) -> Counts:
    """This function will count visits one by one, as docs/visits.md says; `among` are all, with what regions did."""
    sums = dict.fromkeys(Counts.__slots__, 0)
    for one in listed:
        if one.state not in TOOK_PLACE or (one.is_synthetic and not with_synthetic):
            continue
        reached = _reached(one, among, with_synthetic=with_synthetic)
        can_sign = one.visitor is not None and one.kind is VisitorKind.REGION
        is_ripe = can_sign and (TODAY - held_on(one)).days >= DAYS_TO_RIPEN
        for name in ("started", *reached):
            sums[name] += 1
        sums["ripe"] += is_ripe
        sums["ripe_acted"] += is_ripe and "acted" in reached
    return Counts(**sums)


def _fitting(
    one: Trip, promise: Promise, among: list[Trip], *, with_synthetic: bool
) -> list[tuple[int, Work]]:
    """Which step of a promise which action of the same region took since, tied to it or not."""
    ended = [
        work
        for trip in among
        if trip.promise is not None and trip.visitor is not None
        for work in trip.promise.work
        if (trip.host if work.by_another else trip.visitor) == one.visitor
        if work.state is ActionState.CONFIRMED and (with_synthetic or not work.is_synthetic)
    ]
    return [
        (step, work)
        for step, (indicator, level) in enumerate(_STEPS[: len(promise.days_due)])
        for work in ended
        if _STEPS[work.step][0] == indicator
        and _STEPS[work.step][1] >= level
        and work.done_days_ago <= one.days_ago
    ]


def _reached(one: Trip, among: list[Trip], *, with_synthetic: bool) -> set[str]:
    promise = one.promise
    if one.visitor is None or promise is None or promise.state == CommitmentState.WITHDRAWN:
        return set()
    if promise.is_synthetic and not with_synthetic:
        return set()
    own = [each for each in promise.work if not each.by_another and (with_synthetic or not each.is_synthetic)]
    begun = [each for each in own if each.state not in (ActionState.PLANNED, ActionState.DROPPED)]
    fitting = _fitting(one, promise, among, with_synthetic=with_synthetic)
    ended = {each.step for each in own if each.state in _ENDED} | {step for step, _work in fitting}
    begun += [each for _step, each in fitting]
    found = {"committed"}
    if begun:
        found.add("acted")
    if any(each.evidence or each.state is ActionState.CONFIRMED for each in begun):
        found.add("evidenced")
    if any(each.state is ActionState.CONFIRMED for each in begun):
        found.add("confirmed")
    if any(days < 0 and step not in ended for step, days in enumerate(promise.days_due)):
        found.add("missed")
    return found
