"""Rounds: opened for many in one action, changed by who opened them, never half."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from livinglab.accounts.models import User
from livinglab.evaluations.domain.stages import RoundKind
from livinglab.evaluations.models import Participation, Round
from livinglab.evaluations.operations import round_changes, rounds
from livinglab.evaluations.operations.round_changes import Days
from livinglab.evaluations.queries.rounds import assessed_organizations, taken_already
from livinglab.kernel.refusals import Refused
from livinglab.organizations.queries import Role
from tests.evaluations.kit import AT, MINISTRY, SIAK, SPBE, answer, of_year, open_round
from tests.organizations.people import make_member, organization, signed_in, trail

pytestmark = pytest.mark.django_db

OPEN = "/evaluations/rounds/new/"
FORM: dict[str, str] = {
    "instrument": "spbe-2020",
    "year": "2025",
    "kind": "evaluation",
    "title": "Evaluasi SPBE 2025 (uji)",
    "self_until": "2025-07-31",
    "document_until": "2025-09-30",
    "interview_until": "2025-10-31",
    "ends_on": "2025-12-31",
    "who": "codes",
    "province": "",
    "codes": "14.08, 32.11",
    "step": "open",
}


@pytest.fixture
def ministry() -> User:
    return make_member("kementerian.putaran", Role.MINISTRY, MINISTRY)


@pytest.fixture
def browser(ministry: User) -> Client:
    return signed_in(ministry)


def codes_of(row: Round) -> list[str]:
    found = Participation.objects.filter(round=row).order_by("organization__code")
    return list(found.values_list("organization__code", flat=True))


def test_the_whole_country_is_taken_in_by_one_action(
    ministry: User, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    everybody = [one.id for one in assessed_organizations()]
    assert len(everybody) == 508 + 38
    with django_assert_max_num_queries(20):
        opened = rounds.open_round(
            wanted=SPBE, opened_by=organization(MINISTRY), participants=everybody, by=ministry, at=AT
        )
    assert (opened.added, opened.elsewhere) == (546, ())
    assert {one.indicators for one in Participation.objects.filter(round=opened.round)} == {47}
    entry = trail(MINISTRY)[0]
    assert (entry.action, entry.facts["count"]) == ("evaluations.round_opened", 546)


def test_who_is_in_another_round_of_that_year_stays_there_and_is_named(ministry: User) -> None:
    open_round()
    ids = [organization(code).id for code in (SIAK, "32.11")]
    assert [one.code for one in taken_already(ids, 2025)] == [SIAK]
    opened = rounds.open_round(
        wanted=SPBE, opened_by=organization(MINISTRY), participants=ids, by=ministry, at=AT
    )
    assert (opened.added, opened.elsewhere, codes_of(opened.round)) == (1, (SIAK,), ["32.11"])


def test_a_second_tab_that_opens_the_same_round_is_told_so_and_leaves_nothing(browser: Client) -> None:
    assert browser.post(OPEN, FORM).status_code == 302
    answered = browser.post(OPEN, FORM)
    assert answered.status_code == 422
    assert "ikut dalam putaran tahun itu" in answered.content.decode()
    assert Round.objects.count() == 1


def test_the_preview_names_who_stays_elsewhere_and_stores_nothing(browser: Client) -> None:
    open_round()
    page = browser.post(OPEN, {**FORM, "step": "preview"})
    assert page.status_code == 200
    text = page.content.decode()
    assert "Kabupaten Siak" in text
    assert "Evaluasi SPBE 2025" in text
    assert "Kabupaten Sumedang" not in text
    assert Round.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"self_until": "2025-12-01"}, "self_until"),  # after the documents
        ({"self_until": "31 Juli"}, "self_until"),
        ({"ends_on": ""}, "ends_on"),
        ({"year": "2027"}, "year"),  # SPBE is not used any more
        ({"year": "99999"}, "year"),
        ({"year": "dua ribu"}, "year"),
        ({"instrument": "spbe-1999"}, "instrument"),
        ({"kind": "inspection"}, "kind"),
        ({"kind": "monitoring"}, "interview_until"),  # with a day of interviews
        ({"interview_until": ""}, "interview_until"),
        ({"title": "  "}, "title"),
        ({"title": "a" * 161}, "title"),
        ({"codes": "14.08, 99.99"}, "codes"),
        ({"codes": "31.71"}, "codes"),  # one of Jakarta's six is not assessed apart
        ({"codes": ""}, "codes"),
        ({"who": "province"}, "province"),
        ({"who": "province", "province": "77"}, "province"),
        ({"who": "friends"}, "who"),
    ],
)
@pytest.mark.parametrize("step", ["preview", "open"])
def test_bad_input_comes_back_as_the_form_with_its_field_and_nothing_is_stored(
    browser: Client, change: dict[str, str], field: str, step: str
) -> None:
    page = browser.post(OPEN, {**FORM, **change, "step": step})
    assert page.status_code == 422
    text = page.content.decode()
    assert f'href="#{field}"' in text
    assert "Evaluasi SPBE 2025 (uji)" in text or field == "title"  # what was typed is still there
    assert not Round.objects.exists()


@pytest.mark.parametrize(
    ("who", "count"),
    [("everybody", 546), ("regions", 508), ("regencies", 415), ("cities", 93), ("provinces", 38)],
)
def test_participants_are_chosen_by_kind(browser: Client, who: str, count: int) -> None:
    assert browser.post(OPEN, {**FORM, "who": who, "codes": ""}).status_code == 302
    assert Participation.objects.count() == count


def test_participants_are_chosen_by_province(browser: Client) -> None:
    browser.post(OPEN, {**FORM, "who": "province", "province": "14", "codes": ""})
    codes = codes_of(Round.objects.get())
    assert codes[:2] == ["14", "14.01"]
    assert SIAK in codes
    assert len(codes) == 13


def test_a_coordinator_opens_a_round_for_the_own_region_and_no_second_one() -> None:
    browser = signed_in(make_member("sekda.sendiri", Role.COORDINATOR, SIAK))
    url = f"/regions/{SIAK}/evaluations/new/"
    assert browser.get(url).status_code == 200
    assert browser.post(url, FORM).headers["Location"] == f"/regions/{SIAK}/evaluations/2025/"
    assert codes_of(Round.objects.get()) == [SIAK]
    assert trail(SIAK)[0].action == "evaluations.round_opened"
    again = browser.post(url, FORM)
    assert again.status_code == 422
    assert "sudah ikut" in again.content.decode()
    assert Round.objects.count() == 1


def test_a_coordinator_opens_no_round_for_another_region() -> None:
    coordinator = make_member("sekda.lain", Role.COORDINATOR, SIAK)
    with pytest.raises(Refused) as refused:
        rounds.open_round(
            wanted=SPBE,
            opened_by=organization(SIAK),
            participants=[organization("32.11").id],
            by=coordinator,
            at=AT,
        )
    assert refused.value.refusal.code == "not_an_opener"
    assert not Round.objects.exists()


DAYS = Days(
    self_until=date(2025, 8, 15),
    document_until=date(2025, 9, 30),
    interview_until=date(2025, 10, 31),
    ends_on=date(2025, 12, 31),
)


def a_round(ministry: User, *codes: str) -> Round:
    return rounds.open_round(
        wanted=SPBE,
        opened_by=organization(MINISTRY),
        participants=[organization(code).id for code in codes],
        by=ministry,
        at=AT,
    ).round


def test_changed_days_are_kept_with_what_they_were(ministry: User) -> None:
    row = a_round(ministry, SIAK)
    round_changes.change_days(round_id=row.id, days=DAYS, by=ministry, at=AT)
    row.refresh_from_db()
    assert row.self_until == date(2025, 8, 15)
    entry = trail(MINISTRY)[0]
    assert entry.action == "evaluations.round_days_changed"
    assert (entry.facts["before"]["self_until"], entry.facts["after"]["self_until"]) == (
        "2025-07-31",
        "2025-08-15",
    )


def test_days_out_of_order_change_nothing(ministry: User) -> None:
    row = a_round(ministry, SIAK)
    wrong = Days(
        self_until=date(2025, 11, 1),
        document_until=date(2025, 9, 30),
        interview_until=date(2025, 10, 31),
        ends_on=date(2025, 12, 31),
    )
    with pytest.raises(Refused) as refused:
        round_changes.change_days(round_id=row.id, days=wrong, by=ministry, at=AT)
    assert refused.value.refusal.code == "dates_out_of_order"
    row.refresh_from_db()
    assert row.self_until == SPBE.self_until


def test_only_the_ministry_that_opened_a_round_changes_it(ministry: User) -> None:
    row = a_round(ministry, SIAK)
    other = make_member("kementerian.lain", Role.MINISTRY, "kementerian-dalam-negeri")
    with pytest.raises(Refused) as refused:
        round_changes.change_days(round_id=row.id, days=DAYS, by=other, at=AT)
    assert refused.value.refusal.code == "not_the_opener"
    assert signed_in(other).get(f"/evaluations/rounds/{row.id}/change/").status_code == 403


def test_added_participants_are_counted_once(ministry: User) -> None:
    row = a_round(ministry, SIAK)
    ids = [organization(code).id for code in (SIAK, "32.11")]
    opened = round_changes.add_participants(round_id=row.id, participants=ids, by=ministry, at=AT)
    assert (opened.added, opened.elsewhere, codes_of(row)) == (1, (), [SIAK, "32.11"])
    with pytest.raises(Refused) as refused:
        round_changes.add_participants(round_id=row.id, participants=ids, by=ministry, at=AT)
    assert refused.value.refusal.code == "nobody_takes_part"


def test_who_has_not_begun_leaves_the_round(ministry: User, browser: Client) -> None:
    row = a_round(ministry, SIAK, "32.11")
    url = f"/evaluations/rounds/{row.id}/participants/{SIAK}/withdraw/"
    assert browser.get(url).status_code == 200
    assert browser.post(url).status_code == 302
    assert codes_of(row) == ["32.11"]
    assert trail(MINISTRY)[0].facts["organization"] == SIAK


def test_who_has_begun_stays_with_what_was_done(browser: Client) -> None:
    region = open_round()
    answer(region, "21", 2)
    row = region.participation.round
    with pytest.raises(Refused) as refused:
        round_changes.withdraw_participant(
            round_id=row.id, organization_id=region.organization.id, by=region.ministry, at=AT
        )
    assert refused.value.refusal.code == "already_begun"
    page = browser.post(f"/evaluations/rounds/{row.id}/participants/{SIAK}/withdraw/")
    assert page.status_code == 422
    assert codes_of(row) == [SIAK]


def test_who_has_an_assessor_stays(ministry: User) -> None:
    region = open_round()  # assigns one
    with pytest.raises(Refused) as refused:
        round_changes.withdraw_participant(
            round_id=region.participation.round_id,
            organization_id=region.organization.id,
            by=ministry,
            at=AT,
        )
    assert refused.value.refusal.code == "already_begun"
    assert Participation.objects.count() == 1


def test_the_page_of_changes_changes_days_and_adds(ministry: User, browser: Client) -> None:
    row = a_round(ministry, SIAK)
    url = f"/evaluations/rounds/{row.id}/change/"
    assert browser.get(url).status_code == 200
    days = {name: FORM[name] for name in ("self_until", "document_until", "interview_until", "ends_on")}
    assert browser.post(url, {**days, "self_until": "2025-08-15", "act": "days"}).status_code == 302
    assert browser.post(url, {"who": "codes", "codes": "32.11", "act": "add"}).status_code == 302
    row.refresh_from_db()
    assert (row.self_until, codes_of(row)) == (date(2025, 8, 15), [SIAK, "32.11"])
    assert browser.post(url, {**days, "self_until": "2026-01-01", "act": "days"}).status_code == 422


def test_the_list_counts_for_a_province_only_its_own_regions(ministry: User, browser: Client) -> None:
    row = a_round(ministry, SIAK, "32.11")
    officer = make_member("provinsi.riau", Role.PROVINCE, "14")
    rounds.open_round(
        wanted=of_year(SPBE, 2024),
        opened_by=organization(MINISTRY),
        participants=[organization("32.11").id],
        by=ministry,
        at=AT,
    )
    own = signed_in(officer).get("/evaluations/rounds/").content.decode()
    assert str(row.id) in own
    assert own.count("/evaluations/rounds/0") == 1  # the round of 2024 has none of its regions
    everything = browser.get("/evaluations/rounds/").content.decode()
    assert everything.count('<tr><th scope="row">') == 2


def test_an_unknown_round_is_not_found(browser: Client) -> None:
    unknown = UUID("01930000-0000-7000-8000-00000000beef")
    assert browser.get(f"/evaluations/rounds/{unknown}/").status_code == 404
    assert browser.get(f"/evaluations/rounds/{unknown}/change/").status_code == 404


def test_each_day_that_is_missing_is_named_once(browser: Client) -> None:
    days = dict.fromkeys(("self_until", "document_until", "interview_until", "ends_on"), "")
    text = browser.post(f"/en{OPEN}", {**FORM, **days, "step": "preview"}).content.decode()
    named = re.findall(r'<li><a href="#(\w+)">(.*?)</a>', text)
    assert named == [
        ("self_until", "Enter the last day of the self-assessment."),
        ("document_until", "Enter the last day of the document assessment."),
        ("ends_on", "Enter the last day of the round."),
    ]


def test_monitoring_has_no_day_of_interviews(browser: Client) -> None:
    given = {**FORM, "kind": "monitoring", "interview_until": ""}
    assert browser.post(OPEN, given).status_code == 302
    row = Round.objects.get()
    assert (row.kind, row.interview_until) == (RoundKind.MONITORING, None)
