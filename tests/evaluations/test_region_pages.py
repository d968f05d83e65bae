"""Assigning indicators, the assessor team, and the minutes that are signed and sent."""

from datetime import date

import pytest

from livinglab.evaluations.models import Answer, Evaluation, TeamSeat
from livinglab.kernel.tenancy import tenancy
from tests.evaluations.browsing import BASE, page, sent
from tests.evaluations.kit import Region, answer_everything, open_round
from tests.organizations.people import signed_in, trail

pytestmark = pytest.mark.django_db


@pytest.fixture
def siak() -> Region:
    return open_round()


# --- assigning ------------------------------------------------------------------------------------------


def given(siak: Region) -> dict[str, tuple[object, object, object]]:
    with tenancy(siak.organization.id):
        return {row.indicator: (row.agency_id, row.assignee_id, row.due_on) for row in Answer.objects.all()}


def test_indicators_and_whole_aspects_are_given_in_one_go(siak: Region) -> None:
    client = signed_in(siak.coordinator)
    form = {"indicator": ["21"], "aspect": ["A4"], "agency": siak.agency.id, "due": "30-06-2025"}
    assert client.post(f"{BASE}2025/assign/", form).status_code == 302
    wanted = (siak.agency.id, None, date(2025, 6, 30))
    assert given(siak) == {"19": wanted, "20": wanted, "21": wanted}
    text = page(client, "2025/assign/")
    assert "44 of 47 indicators are given to nobody yet" in text
    assert "3 indicators were changed." in text


def test_what_is_left_as_it_is_stays(siak: Region) -> None:
    client = signed_in(siak.coordinator)
    client.post(f"{BASE}2025/assign/", {"indicator": ["21"], "agency": siak.agency.id, "due": "2025-06-30"})
    client.post(f"{BASE}2025/assign/", {"indicator": ["21"], "agency": "keep", "person": siak.officer.id})
    assert given(siak) == {"21": (siak.agency.id, siak.officer.id, date(2025, 6, 30))}
    client.post(f"{BASE}2025/assign/", {"indicator": ["21"], "agency": "", "due_choice": "none"})
    assert given(siak) == {"21": (None, siak.officer.id, None)}
    newest = next(one.facts for one in trail("14.08") if one.action.endswith("indicators_assigned"))
    due = {"agency": str(siak.agency.id), "user": str(siak.officer.id), "due": "2025-06-30"}
    assert newest["before"] == {"21": due}
    assert (newest["agency"], newest["due"]) == ("", "")


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"agency": "keep"}, "Choose at least one indicator or aspect."),
        ({"indicator": ["21"], "agency": "nonsense"}, "This organisation has no such agency."),
        (
            {"indicator": ["21"], "person": "00000000-0000-0000-0000-000000000001"},
            "This person is not a member of this organisation.",
        ),
        ({"indicator": ["21"], "due": "31-31-2025"}, "Enter the day as in 31-12-2026."),
    ],
)
def test_a_wrong_assignment_says_what_to_do_and_changes_nothing(
    siak: Region, form: dict[str, object], words: str
) -> None:
    assert words in sent(signed_in(siak.coordinator), "2025/assign/", status=422, **form)
    assert given(siak) == {}


def test_an_agency_officer_sees_who_answers_what_but_assigns_nothing(siak: Region) -> None:
    client = signed_in(siak.officer)
    assert "Only the coordinator and the responsible officer assign indicators." in page(
        client, "2025/assign/"
    )
    sent(client, "2025/assign/", status=422, indicator=["21"], agency=siak.agency.id)
    assert given(siak) == {}


# --- the team -------------------------------------------------------------------------------------------


def test_the_decree_and_the_members_are_on_file(siak: Region) -> None:
    client = signed_in(siak.coordinator)
    assert "The assessor team has no member yet" in page(client, "2025/team/")
    for form in (
        {"intent": "decree", "decree_number": "100.3/55/2025", "decree_date": "2025-02-03"},
        {"intent": "add", "function": "data", "holder": "Kepala Bidang Statistik"},
    ):
        assert client.post(f"{BASE}2025/team/", form).status_code == 302
    text = page(client, "2025/team/")
    assert "The assessor team has 1 member, 17 functions are open" in text
    assert "100.3/55/2025" in text
    assert "3 February 2025" in text
    again = {"intent": "decree", "decree_number": "100.3/56/2025", "decree_date": "2025-02-04"}
    assert client.post(f"{BASE}2025/team/", again).status_code == 302
    newest, first = [one.facts for one in trail("14.08") if one.action.endswith("team_decree_entered")]
    assert first["before"] == {"number": "", "date": "", "piece": ""}
    assert newest["before"] == {"number": "100.3/55/2025", "date": "2025-02-03", "piece": ""}
    assert newest["number"] == "100.3/56/2025"
    with tenancy(siak.organization.id):
        seat = TeamSeat.objects.get()
    assert client.post(f"{BASE}2025/team/", {"intent": "remove", "seat": seat.id}).status_code == 302
    with tenancy(siak.organization.id):
        assert not TeamSeat.objects.exists()


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"intent": "decree", "decree_number": ""}, "Enter the number and the date of the decree."),
        (
            {"intent": "decree", "decree_number": "1", "decree_date": "2999-01-01"},
            "The decree cannot be dated in the future.",
        ),
        ({"intent": "add", "function": "king", "holder": "A"}, "Choose the function that the decree names."),
        ({"intent": "add", "function": "data", "holder": " "}, "Enter the name as it stands in the decree."),
    ],
)
def test_a_wrong_entry_of_the_team_says_what_to_do_and_changes_nothing(
    siak: Region, form: dict[str, object], words: str
) -> None:
    assert words in sent(signed_in(siak.coordinator), "2025/team/", status=422, **form)
    with tenancy(siak.organization.id):
        assert not TeamSeat.objects.exists()
        assert not Evaluation.objects.exclude(decree_number="").exists()


def test_an_agency_officer_reads_the_team_and_does_not_change_it(siak: Region) -> None:
    client = signed_in(siak.officer)
    form = {"intent": "add", "function": "data", "holder": "Saya sendiri"}
    assert "keep the team" in sent(client, "2025/team/", status=422, **form)
    with tenancy(siak.organization.id):
        assert not TeamSeat.objects.exists()


# --- the minutes ----------------------------------------------------------------------------------------


def state(siak: Region) -> str:
    return siak.as_(siak.coordinator).participation.state


def test_nothing_is_approved_while_answers_are_missing_and_the_page_says_so(siak: Region) -> None:
    client = signed_in(siak.responsible)
    text = sent(client, "2025/minutes/", status=422, step="approve")
    assert "47 indicators are not validated yet. Validate each answer first." in text
    assert state(siak) == "self"


def test_approve_sign_and_send_each_by_whoever_does_it(siak: Region) -> None:
    answer_everything(siak, 3)
    responsible, coordinator = signed_in(siak.responsible), signed_in(siak.coordinator)
    assert "This step is taken by: the responsible officer." in page(coordinator, "2025/minutes/")
    assert responsible.post(f"{BASE}2025/minutes/", {"step": "approve"}).status_code == 302
    assert "This step is taken by: the coordinator." in page(responsible, "2025/minutes/")
    wrong = sent(coordinator, "2025/minutes/", status=422, step="sign", minutes_number="BA/7/2025")
    assert "Enter the number and the date of the minutes." in wrong
    signing = {"step": "sign", "minutes_number": "BA/7/2025", "minutes_date": "2025-06-01"}
    without = sent(coordinator, "2025/minutes/", status=422, **signing)
    assert "The consent to publish is signed together with the minutes" in without
    assert state(siak) == "approved"
    assert coordinator.post(f"{BASE}2025/minutes/", {**signing, "consent": "yes"}).status_code == 302
    assert "BA/7/2025 · 1 June 2025" in page(coordinator, "2025/minutes/")
    assert coordinator.post(f"{BASE}2025/minutes/", {"step": "send"}).status_code == 302
    assert "Own index 3.00: signed and sent" in page(coordinator, "2025/minutes/")
    assert state(siak) == "document"


def test_the_minutes_say_what_each_warning_is(siak: Region) -> None:
    answer_everything(siak, 3)
    text = "Sama di dua indikator, kata demi kata, dan cukup panjang untuk dikenali sebagai salinan."
    with tenancy(siak.organization.id):
        Answer.objects.filter(indicator__in=["20", "21"]).update(facts=text)
    shown = signed_in(siak.coordinator).get(f"{BASE}2025/minutes/").content.decode()
    folded = shown.split('<details class="warnings">')[1].split("</details>")[0]
    assert "do not stop anything." in folded
    assert f'<a href="{BASE}2025/21/">Indicator 21</a>' in folded
    assert "<small>A0" in folded


def test_what_was_approved_is_opened_again_for_work(siak: Region) -> None:
    answer_everything(siak, 3)
    client = signed_in(siak.responsible)
    client.post(f"{BASE}2025/minutes/", {"step": "approve"})
    assert client.post(f"{BASE}2025/minutes/", {"step": "reopen"}).status_code == 302
    assert state(siak) == "self"


@pytest.mark.parametrize("step", ["", "decide", "interview", "nonsense"])
def test_other_steps_are_not_taken_here(siak: Region, step: str) -> None:
    text = sent(signed_in(siak.coordinator), "2025/minutes/", status=422, step=step)
    assert "Choose what to do with the self-assessment." in text


def test_the_minutes_are_printed_as_pdf(siak: Region) -> None:
    response = signed_in(siak.coordinator).get(f"{BASE}2025/minutes.pdf")
    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
    assert response.content.startswith(b"%PDF")
    assert "14.08-2025" in response["Content-Disposition"]
