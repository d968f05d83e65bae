"""The effect of a cohort: exact where it can be worked out by hand, honest where it cannot be known."""

from dataclasses import replace
from datetime import date
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.effect import World, cohort, prove
from livinglab.assessments.models import PublishedResult
from livinglab.comparisons.operations import rebuild_standings
from livinglab.kernel.identifiers import new_id
from livinglab.organizations.models import Organization
from livinglab.visits.domain.effect import (
    FEWEST_PARTICIPANTS,
    Effect,
    Lacking,
    NotComputed,
    Variant,
    effect,
)
from livinglab.visits.domain.kinds import MemberStatus
from livinglab.visits.domain.matching_pairs import Unit, match
from livinglab.visits.models import Cohort, CohortMember
from livinglab.visits.queries.effect import Missing, effect_of
from tests.organizations.people import AT


def unit(
    code: str, *, took_part: bool, before: float = 2.0, change: float = 0.3, kind: str = "regency"
) -> Unit:
    return Unit(
        code=code,
        kind=kind,
        took_part=took_part,
        traits=(5.0, 3.0),
        before=before,
        after=before + change,
        earlier=before - 0.2,
    )


def pair_of_groups(count: int = 30, *, effect: float) -> list[Unit]:
    """Members and others at the same places, everybody else rising by exactly 0.3."""
    places = [1.5 + number / count for number in range(count)]
    return [
        *(
            unit(f"m{number:02}", took_part=True, before=place, change=0.3 + effect)
            for number, place in enumerate(places)
        ),
        *(
            unit(f"o{number:02}", took_part=False, before=place, change=0.3)
            for number, place in enumerate(places)
        ),
    ]


def computed(units: list[Unit]) -> Effect:
    found = effect(units)
    assert isinstance(found, Effect)
    return found


@pytest.mark.parametrize("true", [-0.4, 0.0, 0.25])
def test_the_same_rise_everywhere_leaves_exactly_the_effect(true: float) -> None:
    found = computed(pair_of_groups(effect=true))
    assert found.main.effect == pytest.approx(true, abs=1e-9)
    assert found.change == pytest.approx(0.3 + true, abs=1e-9)
    assert found.expected == pytest.approx(0.3, abs=1e-9)
    assert found.main.low <= true + 1e-9
    assert found.main.high >= true - 1e-9


def test_the_order_of_regions_changes_nothing() -> None:
    units = cohort(1, World(participants=40, effect=0.2))
    shuffled = list(units)
    Random(7).shuffle(shuffled)
    assert effect(units, draws=199) == effect(shuffled, draws=199)


def test_asked_twice_it_says_the_same() -> None:
    units = cohort(2, World(participants=40, effect=0.2))
    assert effect(units, draws=199) == effect(units, draws=199)


@given(shift=st.floats(-0.5, 0.5), seed=st.integers(0, 50))
@settings(max_examples=12)
def test_what_everybody_gains_is_no_effect(shift: float, seed: int) -> None:
    units = cohort(seed, World(participants=30))
    moved = [replace(one, after=one.after + shift) for one in units]
    first, second = effect(units, draws=99), effect(moved, draws=99)
    assert isinstance(first, Effect)
    assert isinstance(second, Effect)
    assert second.main.effect == pytest.approx(first.main.effect, abs=1e-9)


@given(more=st.floats(-0.5, 0.5), seed=st.integers(0, 50))
@settings(max_examples=12)
def test_what_only_members_gain_is_all_effect(more: float, seed: int) -> None:
    units = cohort(seed, World(participants=30))
    moved = [replace(one, after=one.after + more) if one.took_part else one for one in units]
    first, second = effect(units, draws=99), effect(moved, draws=99)
    assert isinstance(first, Effect)
    assert isinstance(second, Effect)
    assert second.main.effect == pytest.approx(first.main.effect + more, abs=1e-9)


def test_matches_are_of_the_same_kind_near_and_share_the_weight() -> None:
    units = cohort(3, World(participants=40))
    pairs = match(units, neighbours=3, caliper=0.6)
    kinds = [one.kind for one in units]
    for row, number in enumerate(pairs.participants):
        matched = [pairs.others[column] for column in pairs.weights[row].nonzero()[0]]
        assert 1 <= len(matched) <= 3
        assert {kinds[other] for other in matched} == {kinds[number]}
        assert pairs.weights[row].sum() == pytest.approx(1)
        assert not any(units[other].took_part for other in matched)
    assert pairs.distances.max() <= 0.6
    assert len(pairs.participants) + len(pairs.left_out) == 40


def test_a_member_without_a_region_like_it_is_left_out_and_named() -> None:
    units = [*pair_of_groups(effect=0.1), unit("zz", took_part=True, before=4.9)]
    assert computed(units).left_out == ("zz",)


def test_a_city_is_not_compared_with_regencies() -> None:
    units = [*pair_of_groups(effect=0.1), unit("zz", took_part=True, kind="city")]
    assert computed(units).left_out == ("zz",)


def test_too_few_members_are_refused() -> None:
    units = cohort(4, World(participants=FEWEST_PARTICIPANTS - 1))
    assert effect(units) == NotComputed(Lacking.PARTICIPANTS, FEWEST_PARTICIPANTS - 1, FEWEST_PARTICIPANTS)


def test_members_unlike_everybody_else_are_refused() -> None:
    units = [
        replace(one, kind="city") if one.took_part else replace(one, kind="regency")
        for one in pair_of_groups(effect=0.1)
    ]
    found = effect(units)
    assert isinstance(found, NotComputed)
    assert found.lacking is Lacking.COMPARISONS


def test_a_region_stands_once() -> None:
    with pytest.raises(ValueError, match="stands twice"):
        effect([*pair_of_groups(effect=0), unit("m00", took_part=True)])


def test_without_an_earlier_year_there_is_no_placebo() -> None:
    units = [replace(one, earlier=None) for one in pair_of_groups(effect=0.1)]
    found = computed(units)
    assert found.placebo is None
    assert not found.fails_placebo
    assert Variant.PLACEBO not in {one.variant for one in found.variants}


def test_members_that_rose_before_already_fail_the_placebo() -> None:
    units = [
        replace(one, earlier=(one.earlier or 0) - (0.3 if one.took_part else 0))
        for one in cohort(5, World(participants=60))
    ]
    assert computed(units).fails_placebo


def test_intervals_hold_no_effect_and_a_known_one_about_as_often_as_they_say() -> None:
    """60 cohorts of 40 each: a true 95 % gives 52 or more in 99 of 100 runs; `bench effect-none` counts more."""
    none = prove(World(participants=40), cohorts=60, draws=299)
    known = prove(World(participants=40, effect=0.2), cohorts=60, draws=299)
    assert none.cohorts == known.cohorts == 60
    assert none.covered >= 52 / 60
    assert known.covered >= 52 / 60
    assert none.detected <= 8 / 60
    assert known.detected >= 40 / 60
    assert abs(none.bias) < 0.03
    assert abs(known.bias) < 0.03


def test_what_no_data_show_is_taken_for_an_effect() -> None:
    """The method cannot see it; docs/visits.md says so, and the placebo catches a part."""
    hidden = prove(World(participants=60, hidden=0.15), cohorts=30, draws=199)
    assert hidden.bias > 0.1
    assert hidden.covered < 0.6
    assert hidden.placebo_failed > 0.1


@pytest.mark.django_db
class TestOfACohort:
    """What is asked of the published results before anything is computed."""

    def test_for_the_first_62_nothing_is_computed(self) -> None:
        cohort = Cohort.objects.get(code="first-62")
        assert cohort.stated_size == 62
        assert not CohortMember.objects.filter(cohort=cohort).exists()
        assert effect_of(cohort).found is Missing.MEMBERS

    def test_disputed_members_are_no_members(self) -> None:
        row = make_cohort(members=25, status=MemberStatus.DISPUTED)
        assert effect_of(row).found is Missing.MEMBERS

    def test_without_a_first_day_nothing_is_computed(self) -> None:
        assert effect_of(make_cohort(members=25, starts_on=None)).found is Missing.START

    def test_without_a_ranked_year_before_nothing_is_computed(self) -> None:
        assert effect_of(make_cohort(members=25, starts_on=date(2022, 11, 21))).found is Missing.BEFORE

    def test_the_year_of_the_start_is_not_after(self) -> None:
        assert effect_of(make_cohort(members=25, starts_on=date(2024, 1, 2))).found is Missing.AFTER

    def test_a_made_up_cohort_says_nothing_of_real_results(self) -> None:
        row = make_cohort(members=25, starts_on=date(2024, 1, 2), is_synthetic=True)
        assert effect_of(row).found is Missing.REALITY

    def test_too_few_members_are_refused(self) -> None:
        a_year_later()
        measured = effect_of(make_cohort(members=5, starts_on=date(2024, 1, 2)))
        assert isinstance(measured.found, NotComputed)
        assert measured.found.lacking is Lacking.PARTICIPANTS
        assert measured.found.found <= 5

    def test_with_results_before_and_after_it_is_computed(self) -> None:
        a_year_later()
        measured = effect_of(make_cohort(members=60, starts_on=date(2024, 1, 2)))
        assert isinstance(measured.found, Effect)
        assert (measured.before, measured.after) == (2023, 2025)
        assert measured.found.placebo is None  # nothing was ranked before 2023
        assert measured.found.main.participants + len(measured.found.left_out) <= 60


def make_cohort(
    *,
    members: int,
    status: MemberStatus = MemberStatus.STATED,
    starts_on: date | None = date(2024, 1, 2),
    is_synthetic: bool = False,
) -> Cohort:
    """A cohort of every sixth regency in the order of their codes."""
    row = Cohort.objects.create(
        code="uji", name="Uji", source="Uji", starts_on=starts_on, is_synthetic=is_synthetic
    )
    some = Organization.objects.filter(kind="regency", is_synthetic=False).order_by("code")[::6][:members]
    CohortMember.objects.bulk_create(
        CohortMember(cohort=row, organization=one, status=status, reason="Uji", source="Uji") for one in some
    )
    return row


def a_year_later() -> None:
    """Results of 2025, made up: what was published for 2024 once more."""
    known = PublishedResult.objects.filter(year=2025).values("organization_id")
    rows = list(PublishedResult.objects.filter(year=2024, is_leading=True).exclude(organization_id__in=known))
    for row in rows:
        row.pk, row.year = new_id(), 2025
    PublishedResult.objects.bulk_create(rows)
    assert rebuild_standings(year=2025, by=None, at=AT)
