"""The funnel counts what a person would count, and says a share only where it can be said."""

from collections import defaultdict
from collections.abc import Callable, Hashable
from decimal import Decimal
from math import comb

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from livinglab.organizations.models import Organization
from livinglab.visits.domain.funnel import FEWEST, Counts, share_of
from livinglab.visits.domain.kinds import CommitmentState, MemberStatus, Occasion
from livinglab.visits.models import Cohort, CohortMember, Commitment
from livinglab.visits.queries.funnel import Asked, Funnel, Side, funnel
from livinglab.visits.queries.owing import Wanted, owing
from tests.visits.scatter import REGIONS, TODAY, Trip, counted, held_on, trips, written

pytestmark = pytest.mark.django_db
_IN_THE_DATABASE = settings(
    max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


def _by(
    listed: list[Trip],
    key: Callable[[Trip], Hashable],
    *,
    with_synthetic: bool,
    among: list[Trip] | None = None,
) -> dict[Hashable, Counts]:
    groups: dict[Hashable, list[Trip]] = defaultdict(list)
    for one in listed:
        groups[key(one)].append(one)
    found = {
        name: counted(group, among or listed, with_synthetic=with_synthetic) for name, group in groups.items()
    }
    return {name: counts for name, counts in found.items() if counts.started}


def _code(position: int | None) -> str:
    return "" if position is None else REGIONS[position]


def _partners(found: Funnel) -> dict[Hashable, Counts]:
    return {(row.kind, row.partner.code): row.counts for row in found.partners}


@given(listed=trips(), with_synthetic=st.booleans())
@_IN_THE_DATABASE
def test_every_count_is_what_counting_one_by_one_gives(listed: list[Trip], with_synthetic: bool) -> None:
    with written(listed):
        hosts = funnel(Asked(today=TODAY, with_synthetic=with_synthetic, by=Side.HOST))
        visitors = funnel(Asked(today=TODAY, with_synthetic=with_synthetic, by=Side.VISITOR))
    assert hosts.kinds == _by(listed, lambda one: one.kind, with_synthetic=with_synthetic) == visitors.kinds
    assert hosts.years == _by(
        listed, lambda one: (one.kind, held_on(one).year), with_synthetic=with_synthetic
    )
    assert _partners(hosts) == _by(
        listed, lambda one: (one.kind, _code(one.host)), with_synthetic=with_synthetic
    )
    assert _partners(visitors) == _by(
        listed, lambda one: (one.kind, _code(one.visitor)), with_synthetic=with_synthetic
    )


@given(listed=trips(), side=st.sampled_from(Side), position=st.integers(0, len(REGIONS) - 1))
@_IN_THE_DATABASE
def test_one_organisation_has_its_own_visits_only(listed: list[Trip], side: Side, position: int) -> None:
    with written(listed):
        region = Organization.objects.get(code=REGIONS[position])
        found = funnel(Asked(today=TODAY, with_synthetic=True, organization_id=region.id, side=side, by=side))
    own = [one for one in listed if (one.host if side is Side.HOST else one.visitor) == position]
    assert found.kinds == _by(own, lambda one: one.kind, with_synthetic=True, among=listed)


@given(listed=trips())
@_IN_THE_DATABASE
def test_a_province_has_the_visits_of_its_regions(listed: list[Trip]) -> None:
    with written(listed):
        province = Organization.objects.get(code=REGIONS[0]).province
        assert province is not None
        found = funnel(Asked(today=TODAY, with_synthetic=True, province_ids=(province.id,)))
    own = [one for one in listed if _code(one.visitor).startswith(f"{province.code}.")]
    assert found.kinds == _by(own, lambda one: one.kind, with_synthetic=True, among=listed)


@given(listed=trips())
@_IN_THE_DATABASE
def test_stages_never_grow(listed: list[Trip]) -> None:
    with written(listed):
        found = funnel(Asked(today=TODAY, with_synthetic=True))
    for counts in found.kinds.values():
        way = [counts.started, counts.committed, counts.acted, counts.evidenced, counts.confirmed]
        assert way == sorted(way, reverse=True)
        assert counts.ripe_acted <= counts.ripe <= counts.started


@given(listed=trips())
@_IN_THE_DATABASE
def test_a_commitment_owes_what_the_funnel_calls_missed(listed: list[Trip]) -> None:
    with written(listed):
        Commitment.objects.update(
            visit=None, occasion=Occasion.MEETING
        )  # so that visits in no final state hide none of them
        found = funnel(Asked(today=TODAY, with_synthetic=True))
        owed = owing(Wanted(today=TODAY, with_synthetic=True))
    assert owed.missed == found.alone.get(Occasion.MEETING, Counts()).missed
    assert [one.missed > 0 for one in owed.rows] == sorted(
        (one.missed > 0 for one in owed.rows), reverse=True
    )
    assert all(one.done < one.steps for one in owed.rows)


@given(listed=trips())
@_IN_THE_DATABASE
def test_a_cohort_counts_members_once_and_disputed_ones_never(listed: list[Trip]) -> None:
    with written(listed):
        cohort = Cohort.objects.create(code="uji", name="Uji", source="Uji", starts_on=TODAY)
        for position, status in enumerate((*(MemberStatus.STATED,) * 4, MemberStatus.DISPUTED)):
            CohortMember.objects.create(
                cohort=cohort,
                organization=Organization.objects.get(code=REGIONS[position]),
                status=status,
                reason="Uji",
                source="Uji",
            )
        found = {one.code: one for one in funnel(Asked(today=TODAY, with_synthetic=True)).cohorts}
    members = range(4)
    committed = {
        one.visitor
        for one in listed
        if one.visitor in members and one.promise and one.promise.state != CommitmentState.WITHDRAWN
    }
    assert found["uji"].counts.started == 4
    assert found["uji"].counts.committed == len(committed)
    assert found["first-62"].counts == Counts()


def test_the_whole_funnel_is_one_statement() -> None:
    with CaptureQueriesContext(connection) as taken:
        funnel(Asked(today=TODAY))
    assert len(taken) == 1


def test_made_up_cohorts_are_for_demonstrations_only() -> None:
    Cohort.objects.create(code="uji", name="Uji", source="Uji", is_synthetic=True)
    assert [one.code for one in funnel(Asked(today=TODAY)).cohorts] == ["first-62"]
    with_them = funnel(Asked(today=TODAY, with_synthetic=True)).cohorts
    assert sorted(one.code for one in with_them) == ["first-62", "uji"]


def test_no_share_below_the_fewest() -> None:
    assert share_of(3, FEWEST - 1) is None
    assert share_of(3, FEWEST) is not None


def test_a_part_is_a_part() -> None:
    with pytest.raises(ValueError, match="11 is no part of 10"):
        share_of(11, 10)


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [
        (0, 10, "0.0000", "0.2775"),
        (10, 10, "0.7225", "1.0000"),
        (81, 263, "0.2553", "0.3662"),
    ],
)
def test_the_interval_is_wilsons(part: int, whole: int, low: str, high: str) -> None:
    """81 of 263: Newcombe 1998, Statistics in Medicine 17, table I, prints 0.2553 to 0.3662."""
    share = share_of(part, whole)
    assert share is not None
    assert (share.low, share.high) == (Decimal(low), Decimal(high))


@given(whole=st.integers(FEWEST, 60), part=st.integers(0, 60))
def test_an_interval_holds_its_share(whole: int, part: int) -> None:
    share = share_of(min(part, whole), whole)
    assert share is not None
    assert 0 <= share.low <= share.value <= share.high <= 1


def test_the_intervals_hold_the_true_share_about_as_often_as_they_say() -> None:
    """Exactly, over every outcome of 40 visits of which each is followed up with the same chance."""
    for chance in (0.1, 0.33, 0.5, 0.8):
        held = 0.0
        for part in range(41):
            share = share_of(part, 40)
            assert share is not None
            if float(share.low) <= chance <= float(share.high):
                held += comb(40, part) * chance**part * (1 - chance) ** (40 - part)
        assert 0.92 < held < 0.98
