"""What each agency promised and kept."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livinglab.actions.domain.scorecard import AgencyLine, Answered, Promise, line_of, scorecard, total_of
from livinglab.actions.domain.states import ActionState
from livinglab.actions.models import Action
from livinglab.actions.queries.scorecard import scorecard_of
from livinglab.kernel.tenancy import tenancy
from tests.actions.kit import AT, Region, accepted_region, bring
from tests.organizations.people import signed_in

NOW = date(2026, 11, 22)
BEFORE, AFTER = NOW - timedelta(days=5), NOW + timedelta(days=5)
S = ActionState


def test_a_line_counts_kept_late_blocked_and_dropped() -> None:
    promises = [
        Promise("Dinas", S.DONE, NOW, NOW),
        Promise("Dinas", S.CONFIRMED, BEFORE, NOW),
        Promise("Dinas", S.STARTED, BEFORE),
        Promise("Dinas", S.BLOCKED, AFTER),
        Promise("Dinas", S.DROPPED, BEFORE),
    ]
    answers = [
        Answered("Dinas", BEFORE, BEFORE),
        Answered("Dinas", BEFORE, NOW),
        Answered("Dinas", BEFORE),
        Answered("Dinas", AFTER),
    ]
    assert line_of("Dinas", promises, answers, day=NOW) == AgencyLine(
        agency="Dinas",
        promised=4,
        delivered=2,
        confirmed=1,
        on_time=1,
        delivered_late=1,
        overdue=1,
        blocked=1,
        dropped=1,
        answers_due=3,
        answers_late=2,
    )


def test_what_is_due_today_is_not_late() -> None:
    line = line_of("Dinas", [Promise("Dinas", S.STARTED, NOW)], [Answered("Dinas", NOW)], day=NOW)
    assert (line.late, line.answers_late, line.answers_due) == (0, 0, 1)


DATES = st.dates(date(2026, 1, 1), date(2027, 12, 31))
PROMISES = st.lists(
    st.builds(
        Promise, st.sampled_from(["", "A", "B"]), st.sampled_from(list(ActionState)), DATES, st.none() | DATES
    )
)


@given(
    promises=PROMISES,
    answers=st.lists(st.builds(Answered, st.sampled_from(["A", "C"]), DATES, st.none() | DATES)),
)
def test_lines_add_up_and_no_order_changes_them(promises: list[Promise], answers: list[Answered]) -> None:
    lines = scorecard(promises, answers, day=NOW)
    assert lines == scorecard(promises[::-1], answers[::-1], day=NOW)
    whole = total_of(lines)
    assert whole.promised + whole.dropped == len(promises)
    for one in lines:
        assert one.delivered == one.on_time + one.delivered_late
        assert one.confirmed <= one.delivered <= one.promised
        assert one.overdue <= one.promised - one.delivered
        assert one.answers_late <= one.answers_due


@pytest.fixture
def siak(db: None) -> Region:
    return accepted_region()


def lines_of(region: Region) -> dict[str, AgencyLine]:
    with tenancy(region.organization.id):
        return {one.agency: one for one in scorecard_of(region.organization.id, day=NOW)}


def test_the_region_s_own_actions_are_counted_by_agency(siak: Region) -> None:
    everything = len(siak.actions())
    bring(siak, 1, S.DONE, at=datetime(2026, 11, 22, 3, tzinfo=UTC))
    with tenancy(siak.organization.id):
        Action.objects.filter(organization_id=siak.organization.id, number=1).update(
            due_on=BEFORE, starts_on=None
        )
    lines = lines_of(siak)
    assert set(lines) == {"", "Dinas Kominfo (uji)"}
    own = lines["Dinas Kominfo (uji)"]
    assert (own.promised, own.delivered, own.on_time, own.delivered_late) == (1, 1, 0, 1)
    assert lines[""].promised == everything - 1


def test_a_plan_that_was_replaced_counts_no_more(siak: Region) -> None:
    with tenancy(siak.organization.id):
        type(siak.plan).objects.filter(id=siak.plan.id).update(closed_at=AT)
    assert lines_of(siak) == {}


def test_head_and_coordinator_read_it_and_nobody_else(siak: Region) -> None:
    bring(siak, 1, S.DONE)
    for person in (siak.head, siak.coordinator):
        client = signed_in(person)
        page = client.get("/regions/14.08/actions/scorecard/").content.decode()
        assert f"1 dari {len(siak.actions())} aksi yang dijanjikan sudah selesai" in page
        assert "Dinas Kominfo (uji)" in page
        rows = client.get("/regions/14.08/actions/scorecard.csv").content.decode("utf-8-sig").splitlines()
        assert rows[0].startswith("agency,promised,delivered,confirmed,on_time,late,blocked,dropped")
        assert client.get("/regions/14.08/actions/scorecard.xlsx").status_code == 200
    for person in (siak.planner, siak.officer, siak.assessor):
        assert signed_in(person).get("/regions/14.08/actions/scorecard/").status_code == 403
        assert signed_in(person).get("/regions/14.08/actions/scorecard.csv").status_code == 403
