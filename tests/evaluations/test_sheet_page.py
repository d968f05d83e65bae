"""The working sheet and the list of rounds: what they say, to whom, and with how few queries."""

import gzip
import re
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from livinglab.evaluations.domain.answers import AnswerStep, Draft
from livinglab.evaluations.domain.opinions import Opinion
from livinglab.evaluations.operations import answer_steps, answers, delegation, scores
from livinglab.organizations.queries import Role
from tests.evaluations.browsing import BASE, page
from tests.evaluations.kit import (
    AT,
    Region,
    answer,
    answer_everything,
    open_round,
    send,
)
from tests.organizations.people import make_member, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def siak() -> Region:
    return open_round()


@pytest.mark.parametrize(
    "path",
    ["", "2025/", "2025/21/", "2025/21/evidence/", "2025/assign/", "2025/team/", "2025/minutes/"],
)
def test_every_page_of_the_regions_own_work_opens_and_is_never_kept_by_a_proxy(
    siak: Region, path: str
) -> None:
    answer(siak, "21", 3)
    response = signed_in(siak.coordinator).get(BASE + path)
    assert response.status_code == 200
    assert {"private", "no-store"} <= set(response["Cache-Control"].split(", "))


@pytest.mark.parametrize("path", ["", "2025/", "2025/21/", "2025/minutes/"])
def test_a_member_of_another_region_and_a_citizen_are_refused(siak: Region, path: str) -> None:
    stranger = make_member("sekda.lain", Role.COORDINATOR, "32.11")
    citizen = make_member("warga", Role.CITIZEN, "14.08")
    for user in (stranger, citizen):
        page(signed_in(user), path, status=403)


@pytest.mark.parametrize("path", ["2024/", "2025/48/", "2025/0/", "99999999999/"])
def test_what_there_is_not_is_not_found(siak: Region, path: str) -> None:
    assert signed_in(siak.coordinator).get(BASE + path).status_code == 404


def test_the_list_says_what_to_do_next_where_there_is_no_round() -> None:
    coordinator = make_member("sekda", Role.COORDINATOR, "14.08")
    officer = make_member("opd", Role.AGENCY_OFFICER, "14.08")
    assert "Open the first round" in page(signed_in(coordinator), "")
    assert "Nothing to work on yet" in page(signed_in(officer), "")


def test_the_list_names_each_round_with_its_index_and_that_it_is_no_official_result(siak: Region) -> None:
    answer(siak, "21", 3)
    text = page(signed_in(siak.officer), "")
    assert "Siak takes part in 1 round of evaluation" in text
    assert "Own index 1.03: 46 of 47 indicators have no answer yet" in text
    assert "Pre-assessment, not an official result." in text


def test_the_heading_is_the_finding(siak: Region) -> None:
    client = signed_in(siak.coordinator)
    assert "None of the 47 indicators has an answer yet" in page(client)
    answer(siak, "21", 3)
    assert "Own index 1.03: 46 of 47 indicators have no answer yet" in page(client)


def test_a_button_that_is_off_says_why(siak: Region) -> None:
    assert "This step is taken by: the responsible officer." in page(signed_in(siak.coordinator))
    text = page(signed_in(siak.responsible))
    assert "47 indicators are not validated yet. Validate each answer first." in text


def test_rows_are_narrowed_by_agency_state_and_what_is_mine_or_missing(siak: Region) -> None:
    delegation.assign(
        place=siak.as_(siak.coordinator),
        indicators=["21", "22"],
        agency_id=siak.agency.id,
        assignee_id=None,
        due_on=date(2025, 6, 30),
        at=AT,
    )
    answer(siak, "21", 3)
    officer = signed_in(siak.officer)

    def rows(query: str) -> list[str]:
        html = officer.get(f"{BASE}2025/{query}").content.decode()
        return re.findall(r'<td class="aside">(\d+)</td>', html)

    assert len(rows("")) == 47
    assert rows("?only=mine") == ["21", "22"]
    assert rows(f"?agency={siak.agency.id}&state=answered") == ["21"]
    assert rows("?only=missing") == [str(number) for number in range(1, 48) if number != 21]
    assert rows("?agency=nonsense&state=nonsense&only=nonsense") == rows("")
    assert "No indicator fits this choice." in page(officer, "2025/?state=validated")


def test_the_sheet_with_47_answers_takes_ten_queries_and_stays_small(siak: Region) -> None:
    place = siak.as_(siak.coordinator)
    delegation.assign(
        place=place, indicators=["21"], agency_id=None, assignee_id=siak.officer.id, due_on=None, at=AT
    )
    answer_everything(siak, 3)
    client = signed_in(siak.coordinator)
    client.get(f"{BASE}2025/")
    with CaptureQueriesContext(connection) as counted:
        response = client.get(f"{BASE}2025/")
    statements = [one["sql"] for one in counted if not one["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert statements.pop() == "SET LOCAL app.organization = ''"  # only inside the test's own transaction
    assert len(statements) == 10, "\n".join(statements)
    assert len(gzip.compress(response.content, 6)) < 8_000


def test_the_sheet_counts_what_the_checks_say_of_each_answer(siak: Region) -> None:
    draft = Draft(Decimal(3), frozenset({1, 2, 3}), "Fakta uji.", "Analisis uji.")
    answers.save(place=siak.as_(siak.entry), indicator="21", draft=draft, base_version=0, at=AT)
    text = page(signed_in(siak.entry), "2025/?state=open")
    assert "21 SPBE risk management In progress 3 In progress 1 error 3 warnings" in text


def test_a_region_does_not_see_a_stage_that_the_assessors_have_not_shown(siak: Region) -> None:
    answer_everything(siak, 3)
    send(siak)
    opinion = Opinion(Decimal(1), "Fakta.", "Analisis.", "Justifikasi.", None)
    scores.score(place=siak.as_(siak.external), indicator="47", opinion=opinion, mark="", at=AT)
    assert "Index 3.00 at the stage" in page(signed_in(siak.coordinator))
    assert "Index 2.94 at the stage" in page(signed_in(siak.external))


def test_what_comes_next_begins_with_the_readers_own_work(siak: Region) -> None:
    coordinator, officer = signed_in(siak.coordinator), signed_in(siak.officer)

    def steps(client: Client) -> list[tuple[str, str]]:
        text = client.get(f"{BASE}2025/").content.decode()
        return re.findall(r'href="([^"]+)"[^>]*>([^<]+)</a>', text.split('id="next"')[1].split("</ul>")[0])

    def give(*indicators: str) -> None:
        delegation.assign(
            place=siak.as_(siak.coordinator),
            indicators=indicators,
            agency_id=siak.agency.id,
            assignee_id=None,
            due_on=None,
            at=AT,
        )

    assert steps(coordinator) == [(f"{BASE}2025/assign/", "Assign indicators")]
    assert steps(officer) == []
    give("21")
    assert steps(coordinator) == []
    assert steps(officer) == [(f"{BASE}2025/21/", "Answer the 1 indicator given to you")]
    give("22", "23")
    mine = f"{BASE}2025/?only=mine#indicators"
    assert steps(officer) == [(mine, "Answer the 3 indicators given to you")]
    answer(siak, "21", 3)  # handed in: it lies with the internal assessor now
    assert steps(officer) == [(mine, "Answer the 2 indicators given to you")]
    handed_in, accepted = (f"{BASE}2025/?state={state}#indicators" for state in ("answered", "accepted"))
    internal, responsible = signed_in(siak.internal), signed_in(siak.responsible)
    assert steps(internal) == [(handed_in, "Review 1 answer handed in")]
    assert handed_in not in dict(steps(responsible))
    answer_steps.take_step(place=siak.as_(siak.internal), indicator="21", step=AnswerStep.ACCEPT, at=AT)
    assert steps(internal) == []
    assert (accepted, "Validate 1 accepted answer") in steps(responsible)
