"""How far each commitment is stands beside it, and is what counting its steps and actions one by one gives."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from importlib import import_module
from typing import Any

import psycopg
import pytest
from django.db import connection, transaction
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg.errors import LockNotAvailable

from livinglab.actions.domain.states import ActionState
from livinglab.actions.models import ActionFigure
from livinglab.adoptions.domain.states import AdoptionState
from livinglab.adoptions.domain.states import Manner as AdoptionManner
from livinglab.adoptions.models import AdoptionFigure
from livinglab.kernel.clock import day_of
from livinglab.kernel.identifiers import new_id
from livinglab.organizations.models import Organization
from livinglab.releases.models import Listing, Release
from livinglab.visits.domain.kinds import Occasion
from livinglab.visits.models import Commitment, CommitmentFigure, CommitmentStep
from livinglab.visits.queries.funnel import Asked, funnel
from livinglab.visits.queries.owing import Wanted, owing
from tests.releases import kit as releases
from tests.visits.kit import owner_of
from tests.visits.scatter import NOW, REGIONS, TODAY

pytestmark = pytest.mark.django_db
FILL = import_module("livinglab.visits.migrations.0005_guests_and_adoptions").FILL
_BEGUN = (ActionState.STARTED, ActionState.BLOCKED, ActionState.DONE, ActionState.CONFIRMED)
_ENDED = (ActionState.DONE, ActionState.CONFIRMED)
_INDICATORS = ("21", "22")


@dataclass(frozen=True, slots=True)
class Far:
    """A figure as plain values."""

    steps: int
    open_days: tuple[date, ...]
    acted: bool
    adopted: bool
    evidenced: bool
    confirmed: bool


def kept() -> dict[tuple[object, bool], Far]:
    """The figures that stand in the table."""
    rows = CommitmentFigure.objects.order_by("commitment_id", "with_synthetic")
    return {
        (row.commitment_id, row.with_synthetic): Far(
            row.steps, tuple(row.open_days), row.acted, row.adopted, row.evidenced, row.confirmed
        )
        for row in rows
    }


def counted() -> dict[tuple[object, bool], Far]:
    """The same, counted one by one from the rows themselves, as docs/visits.md says."""
    return {
        (one.id, with_synthetic): _far(one, with_synthetic=with_synthetic)
        for one in Commitment.objects.prefetch_related("steps")
        for with_synthetic in (False, True)
    }


def _far(one: Commitment, *, with_synthetic: bool) -> Far:
    own = [
        each
        for each in ActionFigure.objects.filter(organization_id=owner_of(one))
        if with_synthetic or not each.is_synthetic
    ]
    tied = [each for each in own if each.commitment_id == one.id and each.state in _BEGUN]
    steps = list(one.steps.all())
    fitting = {step.id: [each for each in own if _fits(each, one, step)] for step in steps}
    work = [*tied, *(each for found in fitting.values() for each in found)]
    open_days = sorted(
        step.due_on
        for step in steps
        if not fitting[step.id] and not any(_is_of(each, step) and each.state in _ENDED for each in tied)
    )
    confirmed = any(each.state == ActionState.CONFIRMED for each in work)
    taken = [
        each
        for each in AdoptionFigure.objects.filter(organization_id=owner_of(one))
        if (with_synthetic or not each.is_synthetic) and _helps(each, one, steps)
    ]
    evidenced = (
        confirmed or any(each.evidence for each in work) or any(each.live_at is not None for each in taken)
    )
    return Far(len(steps), tuple(open_days), bool(work or taken), bool(taken), evidenced, confirmed)


def _helps(row: AdoptionFigure, one: Commitment, steps: list[CommitmentStep]) -> bool:
    named = {tuple(each.split("/")[:2]) for each in row.listing.indicators}
    return (
        row.state != AdoptionState.ENDED
        and day_of(row.started_at, row.organization.zone) >= one.signed_on
        and any((step.instrument, step.indicator) in named for step in steps)
    )


def _is_of(row: ActionFigure, step: CommitmentStep) -> bool:
    return (row.instrument, row.indicator, row.to_level) == (step.instrument, step.indicator, step.to_level)


def _fits(row: ActionFigure, one: Commitment, step: CommitmentStep) -> bool:
    since = row.confirmed_on or row.done_on
    return (
        row.state == ActionState.CONFIRMED
        and (row.instrument, row.indicator) == (step.instrument, step.indicator)
        and row.to_level >= step.to_level
        and since is not None
        and since >= one.signed_on
    )


@pytest.fixture
def release() -> Release:
    """A version of a package, which regions take over."""
    return releases.published()


class Country:
    """Rows written past the operations, one change at a time; a number picks among what there is, or nothing."""

    def __init__(self) -> None:
        self.regions = [Organization.objects.get(code=code) for code in REGIONS[:2]]
        self.release = Release.objects.order_by("id").first()

    def adopt(self, number: int, days_ago: int, _state: ActionState) -> None:
        """A region takes a package over: just before midnight at home, the next day already in UTC or not."""
        assert self.release is not None
        state = list(AdoptionState)[number % 4]
        AdoptionFigure.objects.create(
            adoption_id=new_id(),
            organization=self.regions[number % 2],
            listing_id=self.release.listing_id,
            release=self.release,
            state=state,
            manner=AdoptionManner.AS_IS,
            started_at=NOW - timedelta(days=days_ago, hours=number),
            live_at=NOW if state in (AdoptionState.LIVE, AdoptionState.PAUSED) else None,
            is_synthetic=number % 3 == 0,
        )

    def end(self, number: int, _days_ago: int, _state: ActionState) -> None:
        """A region ends what it took over."""
        row = AdoptionFigure.objects.filter(id=_one(AdoptionFigure.objects.all(), number))
        row.update(state=AdoptionState.ENDED)

    def release_anew(self, number: int, _days_ago: int, _state: ActionState) -> None:
        """A newer release of a package names other indicators."""
        named: tuple[list[str], ...] = (
            [],
            ["spbe-2020/21/4"],
            ["spbe-2020/22/2", "pemdi-2026/21/3"],
            ["spbe-2020/2/4"],
        )
        Listing.objects.update(indicators=named[number % 4])

    def sign(self, number: int, days_ago: int, _state: ActionState) -> None:
        """A region promises one step, two or none."""
        commitment = Commitment.objects.create(
            organization=self.regions[number % 2],
            occasion=Occasion.OWN,
            title="Uji",
            number="1",
            signed_by_name="Uji",
            signed_on=TODAY - timedelta(days=days_ago),
            ends_on=TODAY,
            entered_at=NOW,
            entered_by=new_id(),
        )
        CommitmentStep.objects.bulk_create(
            CommitmentStep(
                commitment=commitment,
                instrument="spbe-2020",
                indicator=indicator,
                to_level=3,
                due_on=TODAY + timedelta(days=days_ago - number),
            )
            for indicator in _INDICATORS[: number % 3]
        )

    def act(self, number: int, days_ago: int, state: ActionState) -> None:
        """A region works on a step, for one of the commitments or for none."""
        day = TODAY - timedelta(days=days_ago)
        ActionFigure.objects.create(
            organization=self.regions[number // 2 % 2],
            plan_id=new_id(),
            commitment_id=_one(Commitment.objects.all(), number),
            instrument="spbe-2018" if number % 7 == 0 else "spbe-2020",
            indicator=_INDICATORS[number % 2],
            to_level=2 + number % 3,
            state=state,
            due_on=TODAY,
            done_on=day if state in _ENDED else None,
            confirmed_on=day if state is ActionState.CONFIRMED and number % 2 else None,
            evidence=number % 2,
            is_synthetic=number % 3 == 0,
            changed_at=NOW,
        )

    def move(self, number: int, days_ago: int, state: ActionState) -> None:
        """Actions go on or back, one or all."""
        day = TODAY - timedelta(days=days_ago) if state in _ENDED else None
        rows = ActionFigure.objects.all()
        (rows if number == 0 else rows.filter(id=_one(rows, number))).update(state=state, done_on=day)

    def tie(self, number: int, _days_ago: int, _state: ActionState) -> None:
        """An action becomes another commitment's, or none's."""
        row = ActionFigure.objects.filter(id=_one(ActionFigure.objects.all(), number))
        row.update(commitment_id=_one(Commitment.objects.all(), number // 2))

    def hand_over(self, number: int, _days_ago: int, _state: ActionState) -> None:
        """An action becomes another region's."""
        row = ActionFigure.objects.filter(id=_one(ActionFigure.objects.all(), number))
        row.update(organization=self.regions[number % 2])

    def forget(self, number: int, _days_ago: int, _state: ActionState) -> None:
        """An action goes away, as when a newer plan goes on with it."""
        ActionFigure.objects.filter(id=_one(ActionFigure.objects.all(), number)).delete()

    def sign_anew(self, number: int, days_ago: int, _state: ActionState) -> None:
        """A commitment has another day, and another region."""
        row = Commitment.objects.filter(id=_one(Commitment.objects.all(), number))
        row.update(signed_on=TODAY - timedelta(days=days_ago), organization=self.regions[number % 2])

    def postpone(self, number: int, days_ago: int, _state: ActionState) -> None:
        """A promised step has another last day."""
        row = CommitmentStep.objects.filter(id=_one(CommitmentStep.objects.all(), number))
        row.update(due_on=TODAY + timedelta(days=days_ago))

    def drop(self, number: int, _days_ago: int, _state: ActionState) -> None:
        """A step is promised no more."""
        CommitmentStep.objects.filter(id=_one(CommitmentStep.objects.all(), number)).delete()


def _one(rows: "QuerySet[Any]", number: int) -> Any:
    """The id of one of the rows, or None."""
    ids = [*rows.order_by("id").values_list("id", flat=True), None]
    return ids[number % len(ids)]


_CHANGES = (
    "sign",
    "act",
    "act",
    "move",
    "move",
    "tie",
    "hand_over",
    "forget",
    "sign_anew",
    "postpone",
    "drop",
    "adopt",
    "adopt",
    "end",
    "release_anew",
)
_change = st.tuples(
    st.sampled_from(_CHANGES), st.integers(0, 11), st.sampled_from((0, 5, 20)), st.sampled_from(ActionState)
)


@given(changes=st.lists(_change, min_size=4, max_size=16))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_after_every_change_each_figure_is_what_counting_one_by_one_gives(
    release: Release, changes: list[tuple[str, int, int, ActionState]]
) -> None:
    with transaction.atomic():
        country = Country()
        country.release_anew(1, 0, ActionState.PLANNED)
        for number in (1, 2):
            country.sign(number, 5, ActionState.PLANNED)
        for name, number, days_ago, state in changes:
            getattr(country, name)(number, days_ago, state)
            assert kept() == counted(), name
        transaction.set_rollback(True)


def test_what_stood_before_the_figures_is_counted_when_they_come() -> None:
    country = Country()
    country.sign(2, 5, ActionState.PLANNED)
    country.act(0, 0, ActionState.CONFIRMED)
    expected = kept()
    assert expected == counted()
    CommitmentFigure.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute(FILL)
    assert kept() == expected


def test_who_confirms_a_level_waits_for_who_signs_in_the_same_region() -> None:
    """Neither sees the other's row before it is committed; so one waits, and counts what the first one wrote."""
    country = Country()
    country.sign(2, 5, ActionState.PLANNED)  # not committed as long as this test runs
    signing, another = (region.id for region in country.regions)
    with beside() as cursor:
        cursor.execute("SET lock_timeout = '100ms'")
        cursor.execute(_CONFIRMED, [another])
        with pytest.raises(LockNotAvailable):
            cursor.execute(_CONFIRMED, [signing])


def test_the_page_reads_as_much_with_many_actions_as_with_few() -> None:
    """The statement names no action: what they are worth stands beside the commitments."""
    with CaptureQueriesContext(connection) as taken:
        funnel(Asked(today=TODAY))
        owing(Wanted(today=TODAY))
    assert len(taken) == 2
    assert not any("actions_" in each["sql"] or "commitment_step" in each["sql"] for each in taken)


_CONFIRMED = (
    "INSERT INTO actions_figure (id, organization_id, plan_id, instrument, indicator, to_level, state, due_on, "
    "done_on, evidence, is_synthetic, changed_at) VALUES (gen_random_uuid(), %s, gen_random_uuid(), 'spbe-2020', "
    "'21', 3, 'confirmed', now(), now(), 0, false, now())"
)


@contextmanager
def beside() -> Iterator[psycopg.Cursor[Any]]:
    """A second session of the same database; nothing that it writes stays."""
    keys = {"user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    given = {libpq: connection.settings_dict[django] for libpq, django in keys.items()}
    with psycopg.connect(dbname=connection.settings_dict["NAME"], **given) as other:
        try:
            yield other.cursor()
        finally:
            other.rollback()
