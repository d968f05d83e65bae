"""A complaint reported by Open311 goes through disposition between agencies; each sees who has it and by when."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from livinglab.accounts.models import User
from livinglab.casework.domain.states import SeatKind
from livinglab.casework.models import Case, Draft
from livinglab.casework.operations import cases
from livinglab.kernel import clock
from livinglab.kernel.tenancy import tenancy
from tests.casework.complaints import REPORT, in_lane, taking_complaints
from tests.casework.kit import home
from tests.organizations.people import signed_in

pytestmark = pytest.mark.django_db
#: a Monday, ten in the morning in western Indonesia
MONDAY = datetime(2026, 11, 2, 3, tzinfo=UTC)


class Town:
    """The reporter's page, the offices, and the clock that all of them look at."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = MONDAY
        monkeypatch.setattr(clock, "now", lambda: self.now)
        self.service = taking_complaints()
        answer = Client().post("/open311/v2/requests.json", {**REPORT, "attribute[publish]": "yes"})
        (row,) = answer.json()
        self.id = row["service_request_id"]
        page = re.search(r"http://testserver(/applications/\S+/)", row["service_notice"])
        assert page is not None
        self.page = page[1]

    def status(self) -> str:
        return Client().get(f"/en{self.page}").content.decode()

    def listed(self) -> dict[str, str]:
        (row,) = (
            Client()
            .get(f"/open311/v2/requests/{self.id}.json", {"jurisdiction_id": "32.11", "locale": "en"})
            .json()
        )
        return dict(row)

    def at(self, day: int) -> None:
        """Let time pass until ten in the morning of a day of November 2026, as the clock of the country does."""
        self.now = MONDAY + timedelta(days=day - 2)
        cases.ring(organization=home(), case_id=self.case().id, at=self.now)

    def case(self) -> Case:
        with tenancy(home().id):
            return Case.objects.get(id=self.id)

    def work(self, by: User, **answers: str) -> None:
        desk = "/api/v1/regions/32.11/desk"
        client = signed_in(by)
        (task,) = client.get(desk).json()["items"]
        done = client.post(
            f"{desk}/{task['id']}/completion",
            {"key": task["id"], "answers": answers},
            content_type="application/json",
        )
        assert done.status_code == 200, done.content


def test_a_complaint_is_passed_between_agencies_until_it_is_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    town = Town(monkeypatch)
    desk = in_lane("pengaduan-admin", SeatKind.AGENCY, "desk", town.service)
    agency = in_lane("pengaduan-dinas", SeatKind.AGENCY, "agency", town.service)
    # verified within three working days
    assert "Coordinator of complaints" in town.status()
    assert town.listed()["status_notes"] == (
        "Coordinator of complaints: Verify and dispose, by 5 November 2026, 24:00 WIB"
    )
    assert signed_in(agency).get("/api/v1/regions/32.11/desk").json()["total"] == 0
    town.work(desk, result="ours", agency="Dinas Contoh Pertama")
    # acted upon within five working days, counted from the disposition
    assert "Contact of the agency" in town.status()
    assert "Dinas Contoh Pertama" in town.status()
    assert town.listed()["agency_responsible"] == "Dinas Contoh Pertama"
    # the first agency sends it back, and the next one has it
    town.at(3)
    town.work(agency, result="wrong_agency", return_reason="Ini tugas dinas yang kedua.")
    assert town.listed()["status_notes"].startswith("Coordinator of complaints: Verify and dispose, by ")
    town.work(desk, result="ours", agency="Dinas Contoh Kedua")
    assert town.listed()["agency_responsible"] == "Dinas Contoh Kedua"
    assert town.listed()["status_notes"] == (
        "Contact of the agency: Act on the complaint, by 10 November 2026, 24:00 WIB"
    )
    # five working days pass: the reporter is told, and reads who is late
    town.at(12)
    assert "late since" in town.listed()["status_notes"]
    assert "late" in town.status()
    town.work(agency, result="done", answer_text="Lampu sudah diganti oleh petugas kami kemarin.")
    # ten days to respond, and then it is closed with a letter
    assert town.listed()["status_notes"].startswith("Reporter: ")
    assert town.listed()["status"] == "open"
    town.at(23)
    row = town.listed()
    assert (row["status"], row["status_notes"]) == ("closed", "granted")
    assert row["updated_datetime"].startswith("2026-11-23T")
    assert "has ended: granted" in town.status()


def test_a_response_within_ten_days_goes_to_the_superior(monkeypatch: pytest.MonkeyPatch) -> None:
    town = Town(monkeypatch)
    desk = in_lane("pengaduan-admin", SeatKind.AGENCY, "desk", town.service)
    agency = in_lane("pengaduan-dinas", SeatKind.AGENCY, "agency", town.service)
    head = in_lane("pengaduan-atasan", SeatKind.SIGNER, "head", town.service)
    town.work(desk, result="ours", agency="Dinas Contoh")
    town.work(agency, result="done", answer_text="Lampu sudah diganti oleh petugas kami kemarin.")
    secret = town.page.split("/")[3]
    answer = Client().post(
        "/api/v1/regions/32.11/application/reply",
        {"key": "1", "answers": {"remarks": "Lampunya masih padam."}},
        content_type="application/json",
        headers={"Authorization": f"Bearer {secret}"},
    )
    assert answer.status_code == 200, answer.content
    assert town.listed()["status_notes"].startswith("Superior of the complaints unit: ")
    assert signed_in(head).get("/api/v1/regions/32.11/desk").json()["total"] == 1


def test_nobody_complains_about_a_complaint(monkeypatch: pytest.MonkeyPatch) -> None:
    town = Town(monkeypatch)
    assert f'action="{town.page}complain/"' not in Client().get(town.page).content.decode()
    assert Client().post(f"{town.page}complain/")["Location"] == town.page
    with tenancy(home().id):
        assert Draft.objects.filter(case_id__isnull=True).count() == 0
