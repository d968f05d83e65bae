"""A round as the ministry and a province follow it: every number equals what the participants say."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from livinglab.accounts.models import User
from livinglab.evaluations.domain.process import State
from livinglab.evaluations.domain.waiting import QUIET_DAYS, Wait
from livinglab.evaluations.models import Participation, Round
from livinglab.evaluations.operations import round_changes, rounds
from livinglab.evaluations.queries import overview, participants, round_map
from livinglab.evaluations.queries.kept_sql import kept_sql
from livinglab.evaluations.queries.overview import IndexBin, Scope
from livinglab.evaluations.queries.participants import Filter, Order
from livinglab.evaluations.queries.round_map import Colour
from livinglab.evaluations.queries.rounds import assessed_organizations
from livinglab.evaluations.web import overview_page
from livinglab.organizations.queries import Role
from tests.evaluations.kit import AT, MINISTRY, SIAK, SPBE, answer, open_round
from tests.organizations.people import make_member, organization, signed_in

pytestmark = pytest.mark.django_db

NOW = datetime(2025, 7, 25, 3, 0, tzinfo=UTC)  # six days before the self-assessment ends
TODAY = NOW.date()
SUMEDANG, JABAR, RIAU, BANDUNG = "32.11", "32", "14", "32.73"


@pytest.fixture
def ministry() -> User:
    return make_member("kementerian.pandang", Role.MINISTRY, MINISTRY)


@pytest.fixture
def row(ministry: User) -> Round:
    codes = (SIAK, SUMEDANG, BANDUNG, JABAR, RIAU)
    return rounds.open_round(
        wanted=SPBE,
        opened_by=organization(MINISTRY),
        participants=[organization(code).id for code in codes],
        by=ministry,
        at=AT,
    ).round


def put(code: str, **values: Any) -> None:
    """Set what a participant's projection says."""
    assert Participation.objects.filter(organization__code=code).update(**values) == 1


def scope(row: Round, *, now: datetime = NOW, today: date = TODAY, province: str = "") -> Scope:
    return Scope(row, now, today, organization(province).id if province else None, not province)


def sums(scope: Scope) -> overview.Sums:
    return overview.sums(scope, lowest=1, highest=5)


def waiting(row: Round, wait: Wait, **when: Any) -> list[str]:
    found = scope(row, **when)
    codes = [one.code for one in overview.longest_waiting(found, limit=9)[wait]]
    assert sums(found).totals.waiting[wait] == len(codes)
    return codes


def test_sums_are_those_of_the_participants(row: Round) -> None:
    put(SIAK, answered=10, validated=4, changed_at=NOW, self_index="1.50", standing_index="1.50")
    put(SUMEDANG, state=State.DOCUMENT, answered=47, validated=47, changed_at=NOW, standing_index="4.51")
    found = sums(scope(row)).totals
    assert (found.participants, found.begun, found.answered, found.validated) == (5, 2, 57, 51)
    assert (found.states[State.SELF], found.states[State.DOCUMENT]) == (4, 1)
    assert found.mean_index == Decimal("3.005")
    assert found.indicators == 5 * 47


def test_a_province_is_counted_with_its_regions_only(row: Round) -> None:
    put(SUMEDANG, answered=10)
    put(SIAK, answered=20)
    found = sums(scope(row, province=JABAR)).totals
    assert (found.participants, found.answered) == (3, 10)
    provinces = {one.code: (one.participants, one.answered) for one in sums(scope(row)).provinces}
    assert provinces == {"14": (2, 20), "32": (3, 10)}


def test_untouched_is_a_worry_only_near_the_end(row: Round) -> None:
    put(SIAK, changed_at=NOW - timedelta(days=7, minutes=1))
    put(SUMEDANG, changed_at=NOW - timedelta(days=7))
    put(BANDUNG, changed_at=NOW, answered=3)
    put(JABAR, state=State.APPROVED)
    assert waiting(row, Wait.UNTOUCHED) == [RIAU, SIAK]  # the never begun first
    fifteen_before = SPBE.self_until - timedelta(days=15)
    assert waiting(row, Wait.UNTOUCHED, today=fifteen_before) == []
    assert waiting(row, Wait.UNTOUCHED, today=fifteen_before + timedelta(days=1)) == [RIAU, SIAK]


def test_what_is_handed_in_and_not_accepted_waits_after_a_week(row: Round) -> None:
    put(SIAK, handed_in=5, accepted=4, changed_at=NOW - timedelta(days=8))
    put(SUMEDANG, handed_in=5, accepted=5, changed_at=NOW - timedelta(days=8))
    put(BANDUNG, handed_in=5, accepted=0, changed_at=NOW - timedelta(days=6))
    assert waiting(row, Wait.UNACCEPTED) == [SIAK]


def test_what_is_approved_waits_for_its_signature(row: Round) -> None:
    put(SIAK, state=State.APPROVED)
    put(SUMEDANG, state=State.SIGNED)
    assert waiting(row, Wait.UNSIGNED) == [SIAK]


def test_open_objections_wait(row: Round) -> None:
    put(SIAK, state=State.DOCUMENT, objections=2)
    assert waiting(row, Wait.OBJECTIONS) == [SIAK]


def test_who_is_overdue_depends_on_the_stage(row: Round) -> None:
    put(SIAK, state=State.SIGNED)
    put(SUMEDANG, state=State.DOCUMENT)
    put(BANDUNG, state=State.VISIT)
    put(JABAR, state=State.CONSOLIDATED)
    put(RIAU, state=State.DECIDED, decision_number="K/1", decision_date=TODAY)
    ends = (SPBE.self_until, SPBE.document_until, SPBE.interview_until, SPBE.ends_on)
    late: list[str] = []
    for last in ends:
        assert last is not None
        assert waiting(row, Wait.OVERDUE, today=last) == late
        late = sorted([*late, (SIAK, SUMEDANG, BANDUNG, JABAR)[ends.index(last)]])
        assert waiting(row, Wait.OVERDUE, today=last + timedelta(days=1)) == late


def test_the_distribution_counts_steps_of_five_hundredths_and_the_highest_joins_the_last(row: Round) -> None:
    put(SIAK, standing_index="1.00")
    put(SUMEDANG, standing_index="1.04")
    put(BANDUNG, standing_index="4.99")
    put(JABAR, standing_index="5.00")
    found = sums(scope(row)).bins
    assert found == (IndexBin(Decimal("1.0"), 2), IndexBin(Decimal("4.95"), 2))


@pytest.mark.parametrize(
    ("colour", "values", "step"),
    [
        (Colour.STATE, {"state": State.SELF}, 1),
        (Colour.STATE, {"state": State.VISIT}, 5),
        (Colour.PROGRESS, {"answered": 0}, 1),
        (Colour.PROGRESS, {"answered": 1}, 2),
        (Colour.PROGRESS, {"answered": 9}, 2),  # 19 %
        (Colour.PROGRESS, {"answered": 10}, 3),  # 21 %
        (Colour.PROGRESS, {"answered": 46}, 6),
        (Colour.PROGRESS, {"answered": 47}, 7),
        (Colour.INDEX, {"standing_index": None}, 0),
        (Colour.INDEX, {"standing_index": "1.49"}, 1),
        (Colour.INDEX, {"standing_index": "1.50"}, 2),
        (Colour.INDEX, {"standing_index": "4.00"}, 7),
    ],
)
def test_a_tile_has_the_colour_of_its_step(
    row: Round, colour: Colour, values: dict[str, object], step: int
) -> None:
    put(SIAK, **values)
    found = {code: one.step for one in round_map.tints(scope(row), colour) for code in one.codes}
    assert found[SIAK] == step
    assert set(found) == {SIAK, SUMEDANG, BANDUNG}  # a province has no tile


def test_the_table_is_filtered_and_ordered(row: Round) -> None:
    put(SIAK, answered=2, standing_index="2.00", state=State.APPROVED)
    put(SUMEDANG, answered=1, standing_index="3.00")

    def codes(**wanted: Any) -> list[str]:
        return [one.code for one in participants.rows_of(participants.chosen(scope(row), Filter(**wanted)))]

    assert codes() == [RIAU, SIAK, JABAR, SUMEDANG, BANDUNG]
    assert codes(state=State.APPROVED) == [SIAK]
    assert codes(wait=Wait.UNSIGNED) == [SIAK]
    assert codes(province=JABAR) == [JABAR, SUMEDANG, BANDUNG]
    assert codes(text="kota band") == [BANDUNG]
    assert codes(text="14.") == [SIAK]
    assert codes(order=Order.INDEX)[:2] == [SUMEDANG, SIAK]
    assert codes(order=Order.PROGRESS)[-2:] == [SUMEDANG, SIAK]


def test_the_page_asks_the_database_the_same_however_many_take_part(
    row: Round, ministry: User, django_assert_num_queries: Callable[[int], Any]
) -> None:
    browser = signed_in(ministry)
    url = f"/evaluations/rounds/{row.id}/"
    browser.get(url)
    with django_assert_num_queries(8):  # nothing has changed
        browser.get(url)
    overview_page.forget()
    with django_assert_num_queries(12):
        browser.get(url)
    round_changes.add_participants(
        round_id=row.id, participants=[one.id for one in assessed_organizations()], by=ministry, at=AT
    )
    with django_assert_num_queries(12):
        browser.get(url)


def test_an_unchanged_page_is_answered_by_304_and_a_change_by_the_new_page(ministry: User) -> None:
    region = open_round()
    row = region.participation.round
    browser = signed_in(ministry)
    url = f"/evaluations/rounds/{row.id}/"
    first = browser.get(url)
    etag = first.headers["ETag"]
    assert f'hx-get="{url}"' in first.content.decode()
    assert browser.get(url, headers={"If-None-Match": etag}).status_code == 304
    answer(region, "21", 3)
    fresh = browser.get(url, headers={"If-None-Match": etag})
    assert fresh.status_code == 200
    assert fresh.headers["ETag"] != etag
    assert "1,03" in fresh.content.decode()


def test_a_version_belongs_to_its_reader_and_view(row: Round, ministry: User) -> None:
    other = make_member("kementerian.kedua", Role.MINISTRY, MINISTRY)
    url = f"/evaluations/rounds/{row.id}/"
    etag = signed_in(ministry).get(url).headers["ETag"]
    assert signed_in(other).get(url, headers={"If-None-Match": etag}).status_code == 200
    mine = signed_in(ministry)
    assert mine.get(f"{url}?province=32", headers={"If-None-Match": etag}).status_code == 200
    assert "private" in mine.get(url).headers["Cache-Control"]
    assert "no-store" in mine.get(url).headers["Cache-Control"]


def test_every_figure_is_called_a_pre_assessment_until_it_is_decided(row: Round, ministry: User) -> None:
    browser = signed_in(ministry)
    url = f"/en/evaluations/rounds/{row.id}/"
    put(SIAK, standing_index="2.00", self_index="2.00", changed_at=NOW)
    assert "Pre-assessment, not an official result." in browser.get(url).content.decode()
    decision = {"state": State.DECIDED, "decision_number": "Kepmen 1", "decision_date": TODAY}
    Participation.objects.update(**decision, changed_at=NOW + timedelta(minutes=1))
    decided = browser.get(url).content.decode()
    assert "Pre-assessment" not in decided
    assert "All 5 results are decided" in decided


@pytest.mark.parametrize("ending", ["csv", "xlsx", "json"])
def test_the_table_is_a_file_that_says_what_its_figures_are(row: Round, ministry: User, ending: str) -> None:
    url = f"/en/evaluations/rounds/{row.id}/participants.{ending}"
    answered = signed_in(ministry).get(f"{url}?state=self&in=32")
    assert answered.headers["Content-Disposition"] == f'attachment; filename="round-2025.{ending}"'
    if ending != "xlsx":
        text = answered.content.decode("utf-8-sig")
        assert text.count("Pre-assessment") >= 3
        assert SIAK not in text
        assert SUMEDANG in text


def test_a_province_officer_sees_the_own_province_and_no_other(row: Round) -> None:
    officer = signed_in(make_member("provinsi.jabar.uji", Role.PROVINCE, JABAR))
    url = f"/evaluations/rounds/{row.id}/"
    for address in (url, f"{url}?province=32"):
        page = officer.get(address).content.decode()
        assert "Kabupaten Sumedang" in page
        assert "Kabupaten Siak" not in page
    assert officer.get(f"{url}?province=14").status_code == 403
    assert SIAK not in officer.get(f"{url}participants.csv").content.decode()
    assert officer.get(f"{url}participants.csv?province=14").status_code == 403


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.INTERNAL_ASSESSOR, Role.ADMINISTRATOR])
def test_a_region_does_not_follow_the_others(row: Round, role: Role) -> None:
    assert (
        signed_in(make_member("daerah", role, SIAK)).get(f"/evaluations/rounds/{row.id}/").status_code == 403
    )


@pytest.mark.parametrize(
    "query",
    ["province=77", "colour=pink", "state=lost", "wait=forever", "sort=luck", "page=0", "page=x"],
)
def test_what_cannot_be_asked_for_is_answered_by_422(row: Round, ministry: User, query: str) -> None:
    assert signed_in(ministry).get(f"/evaluations/rounds/{row.id}/?{query}").status_code == 422


def test_an_unknown_file_format_is_not_found(row: Round, ministry: User) -> None:
    assert signed_in(ministry).get(f"/evaluations/rounds/{row.id}/participants.pdf").status_code == 404


def test_a_filter_that_finds_nobody_says_what_to_do(row: Round, ministry: User) -> None:
    page = signed_in(ministry).get(f"/en/evaluations/rounds/{row.id}/?q=atlantis").content.decode()
    assert "No participant fits this search" in page


def test_a_round_without_any_index_has_no_distribution(row: Round, ministry: User) -> None:
    page = signed_in(ministry)
    assert 'id="distribution"' not in page.get(f"/evaluations/rounds/{row.id}/").content.decode()
    put(SIAK, standing_index="2.00")
    put(SIAK, changed_at=NOW)
    assert 'id="distribution"' in page.get(f"/evaluations/rounds/{row.id}/").content.decode()


@pytest.mark.parametrize(
    ("role", "code", "door", "closed"),
    [
        (Role.MINISTRY, MINISTRY, "/evaluations/rounds/", f"/regions/{MINISTRY}/evaluations/"),
        (Role.PROVINCE, JABAR, "/evaluations/rounds/", f"/regions/{JABAR}/evaluations/"),
        (Role.DATA_ENTRY, SIAK, f"/regions/{SIAK}/evaluations/", "/evaluations/rounds/"),
    ],
)
def test_the_workspace_shows_the_door_that_opens(role: Role, code: str, door: str, closed: str) -> None:
    browser = signed_in(make_member("pintu", role, code))
    page = browser.get(f"/organizations/{code}/").content.decode()
    assert f'href="{door}"' in page
    assert f'href="{closed}"' not in page
    assert browser.get(door).status_code == 200


def test_a_map_of_few_regions_is_not_drawn(
    row: Round, ministry: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, path = signed_in(ministry), f"/evaluations/rounds/{row.id}/"
    assert 'id="map"' not in client.get(path).content.decode()
    monkeypatch.setattr("livinglab.evaluations.web.overview_page.FEWEST_TILES", 3)  # provinces have no tile
    put(SIAK, changed_at=NOW)
    assert 'id="map"' in client.get(path).content.decode()


def test_whoever_assigns_assessors_is_led_there_from_the_rounds(row: Round, ministry: User) -> None:
    door = 'href="/evaluations/assessors/"'
    province = make_member("provinsi.pandang", Role.PROVINCE, JABAR)
    for path in ("/evaluations/rounds/", f"/evaluations/rounds/{row.id}/"):
        assert door in signed_in(ministry).get(path).content.decode()
        assert door not in signed_in(province).get(path).content.decode()


@pytest.mark.parametrize(
    ("role", "code", "doors"),
    [
        (Role.MINISTRY, MINISTRY, {"/evaluations/rounds/", "/evaluations/assessors/"}),
        (Role.PROVINCE, JABAR, {"/evaluations/rounds/"}),
        (Role.EXTERNAL_ASSESSOR, MINISTRY, {"/evaluations/assigned/"}),
        (
            Role.COORDINATOR,
            SIAK,
            {
                f"/regions/{SIAK}/{door}/"
                for door in (
                    *("evaluations", "evidence", "plan", "actions", "visits", "adoptions", "packages"),
                    *("desk", "counter"),
                )
            },
        ),
        (Role.CITIZEN, SIAK, set()),
    ],
)
def test_ones_own_page_has_the_doors_to_the_work_and_each_opens(
    role: Role, code: str, doors: set[str]
) -> None:
    browser = signed_in(make_member("pintu.sendiri", role, code))
    page = browser.get("/me/").content.decode()
    assert set(re.findall(r'href="(/(?:evaluations/|regions/[\d.]+/)[^"]*)"', page)) == doors
    assert {browser.get(door).status_code for door in doors} <= {200}


def test_sql_is_made_once_and_asked_with_each_readers_moment(row: Round) -> None:
    sql, parameters = kept_sql(scope(row), overview.stuck_participants)
    later, parameters_later = kept_sql(scope(row, now=NOW + timedelta(hours=1)), overview.stuck_participants)
    week = timedelta(days=QUIET_DAYS)
    assert later is sql
    assert (NOW - week in parameters, NOW - week in parameters_later) == (True, False)
    assert NOW + timedelta(hours=1) - week in parameters_later
    row.self_until = TODAY - timedelta(days=1)
    assert (
        kept_sql(scope(row), overview.stuck_participants)[1] != parameters
    )  # a day that was changed is asked for anew
