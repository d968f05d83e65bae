"""How the index moves with the work, exactly."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livinglab.actions.domain.forecast import Reading, Work, levels_on, quarter_ends
from livinglab.actions.domain.states import ActionState
from livinglab.actions.models import Action
from livinglab.actions.queries.forecast import forecast_of
from livinglab.assessments.queries import gains, get_instrument
from livinglab.kernel.tenancy import tenancy
from tests.actions.kit import AT, DUE, Region, accepted_region, bring
from tests.organizations.people import signed_in

NOW = date(2026, 11, 22)
START = {"1": 2, "2": 2}
S = ActionState


def work(
    indicator: str, to_level: int, state: ActionState, due_on: date, done_on: date | None = None
) -> Work:
    return Work(indicator, to_level, state, due_on, done_on, done_on if state is S.CONFIRMED else None)


def levels(works: list[Work], day: date, reading: Reading = Reading.EXPECTED) -> dict[str, int]:
    found = levels_on(START, works, day, today=NOW, reading=reading)
    return {key: int(level) for key, level in found.items()}


def test_a_started_action_counts_from_its_due_day_and_a_planned_one_only_as_promised() -> None:
    due = date(2027, 3, 1)
    works = [work("1", 3, S.STARTED, due), work("2", 3, S.PLANNED, due)]
    assert levels(works, due - timedelta(days=1)) == START
    assert levels(works, due) == {"1": 3, "2": 2}
    assert levels(works, due, Reading.PROMISED) == {"1": 3, "2": 3}


def test_an_action_past_its_day_counts_again_once_it_is_done_or_has_a_new_day() -> None:
    late, far = NOW - timedelta(days=1), date(2030, 1, 1)
    assert levels([work("1", 3, S.STARTED, late)], far) == START
    assert levels([work("1", 3, S.STARTED, NOW)], far) == {"1": 3, "2": 2}
    assert levels([work("1", 3, S.DONE, late, NOW)], NOW) == {"1": 3, "2": 2}


def test_what_is_blocked_or_dropped_moves_nothing() -> None:
    due, far = date(2027, 3, 1), date(2030, 1, 1)
    works = [work("1", 3, S.BLOCKED, due), work("2", 3, S.DROPPED, due)]
    assert levels(works, far) == START
    assert levels(works, far, Reading.PROMISED) == {"1": 3, "2": 2}


def test_a_step_counts_only_on_top_of_the_one_below() -> None:
    upper = work("1", 4, S.DONE, NOW, NOW)
    assert levels([upper], NOW) == START
    assert levels([upper, work("1", 3, S.DONE, NOW, NOW)], NOW) == {"1": 4, "2": 2}


def test_only_a_decision_confirms() -> None:
    done, confirmed = work("1", 3, S.DONE, NOW, NOW), work("2", 3, S.CONFIRMED, NOW, NOW)
    assert levels([done, confirmed], NOW, Reading.CONFIRMED) == {"1": 2, "2": 3}
    assert levels([done, confirmed], NOW) == {"1": 3, "2": 3}


STATES = st.sampled_from(list(ActionState))
WORKS = st.lists(
    st.builds(
        work,
        st.sampled_from(["1", "2"]),
        st.integers(3, 5),
        STATES,
        st.dates(date(2026, 6, 1), date(2028, 6, 1)),
        st.just(NOW),
    ),
    unique_by=lambda one: (one.indicator, one.to_level),
)


@given(works=WORKS, days=st.integers(0, 700))
def test_time_never_takes_a_level_away_and_expectation_never_beats_all_promises_kept(
    works: list[Work], days: int
) -> None:
    day, far = NOW + timedelta(days=days), date(2040, 1, 1)
    for reading in Reading:
        before, after = levels(works, day, reading), levels(works, day + timedelta(days=90), reading)
        assert all(before[key] <= after[key] for key in START)
    confirmed, expected, promised = (
        levels(works, far, one) for one in (Reading.CONFIRMED, Reading.EXPECTED, Reading.PROMISED)
    )
    assert all(confirmed[key] <= expected[key] <= promised[key] for key in START)


def test_quarters_end_with_the_one_that_holds_the_last_day() -> None:
    assert quarter_ends(NOW, date(2027, 4, 1)) == (date(2026, 12, 31), date(2027, 3, 31), date(2027, 6, 30))
    assert quarter_ends(date(2026, 12, 31), date(2027, 1, 1)) == (date(2027, 3, 31),)


@given(first=st.dates(date(2020, 1, 1), date(2030, 1, 1)), days=st.integers(1, 2000))
def test_quarters_leave_no_gap(first: date, days: int) -> None:
    ends = quarter_ends(first, first + timedelta(days=days))
    assert first < ends[0]
    assert ends[-1] >= first + timedelta(days=days)
    assert all((right - left).days in (90, 91, 92) for left, right in pairwise(ends))


@pytest.fixture
def siak(db: None) -> Region:
    return accepted_region()


def test_a_plan_that_nobody_began_stays_where_it_was_and_its_promise_reaches_the_target(siak: Region) -> None:
    found = forecast_of(siak.plan, siak.actions(), today=NOW)
    assert found.today.expected == found.end.expected == siak.plan.start_index == Decimal("2.00")
    assert found.end.day == DUE
    assert found.end.promised_exact >= Fraction("2.20")
    assert not found.reaches_target
    assert (found.overdue, found.waiting, found.unconfirmed) == (0, len(siak.actions()), 0)


def test_each_action_done_adds_exactly_its_gain_and_a_delay_takes_it_back(siak: Region) -> None:
    gain = gains(get_instrument("spbe-2020"), siak.plan.levels)
    first = bring(siak, 1, ActionState.DONE)
    second = bring(siak, 2, ActionState.STARTED)
    found = forecast_of(siak.plan, siak.actions(), today=NOW)
    assert found.today.expected_exact == 2 + gain[first.indicator]
    assert found.end.expected_exact == 2 + gain[first.indicator] + gain[second.indicator]
    assert found.today.confirmed == Decimal("2.00")
    assert found.unconfirmed == 1
    with tenancy(siak.organization.id):
        Action.objects.filter(id=second.id).update(due_on=NOW - timedelta(days=1), starts_on=None)
    late = forecast_of(siak.plan, siak.actions(), today=NOW)
    assert late.end.expected_exact == 2 + gain[first.indicator]
    assert late.overdue == 1


def test_all_started_on_time_reaches_the_target(siak: Region) -> None:
    for action in siak.actions():
        bring(siak, action.number, ActionState.STARTED)
    found = forecast_of(siak.plan, siak.actions(), today=NOW)
    assert found.reaches_target
    assert found.end.expected_exact == found.end.promised_exact
    assert found.start.day == AT.date()


def test_the_page_says_where_the_plan_is_going_and_hands_the_figures_out(siak: Region) -> None:
    bring(siak, 1, ActionState.DONE)
    client, here = signed_in(siak.assessor), f"/regions/14.08/actions/{siak.plan.id}/"
    page = client.get(f"{here}forecast/").content.decode()
    assert "Dengan kemajuan sekarang, indeks menjadi" in page
    assert "1 aksi selesai tetapi belum dipastikan" in page
    assert "TW4 2026" in page
    for name in ("csv", "xlsx", "json", "svg"):
        assert client.get(f"{here}forecast.{name}").status_code == 200
    assert client.get(f"{here}forecast.exe").status_code == 404


def test_the_budget_page_names_what_missed_its_year_and_marks_guesses(siak: Region) -> None:
    client, here = signed_in(siak.planner), f"/regions/14.08/actions/{siak.plan.id}/"
    assert "Belum ada aksi terbuka yang menyebut biayanya" in client.get(f"{here}budget/").content.decode()
    with tenancy(siak.organization.id):
        Action.objects.filter(organization_id=siak.organization.id, number=1).update(
            cost=5_000_000, planning_year=2026, starts_on=None, due_on=date(2026, 12, 1)
        )
    page = client.get(f"{here}budget/").content.decode()
    assert "1 aksi terlewat dari dokumen tahun anggarannya" in page
    assert "Terlewat dari RKPD, KUA-PPAS, APBD 2026: dana paling cepat di APBD" in page
    assert "perkiraan kami" in page
    assert "menurut hukum" in page
    action = client.get(f"{here}{siak.action(1).id}/").content.decode()
    assert "Terlewat dari RKPD, KUA-PPAS, APBD 2026" in action
    assert "Melewati batas waktu sebuah dokumen memindahkannya ke anggaran berikutnya" in page
    with tenancy(siak.organization.id):
        Action.objects.filter(organization_id=siak.organization.id, number=1).update(
            sub_activity="2.16.02.2.01.0001"
        )
    typed = client.get(f"{here}budget/").content.decode()
    assert "Tidak ada aksi yang diketahui terlewat dari dokumen tahun anggarannya" in typed
    assert "batas waktu RKPD, KUA-PPAS, APBD sudah lewat: catat di dokumen mana aksi ini tercantum" in typed
