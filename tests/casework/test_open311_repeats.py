"""A report that an app sends again because it got no answer is one complaint; what two people say is two."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from livinglab.audit.models import Entry
from livinglab.casework.models import Attachment, Case, Draft
from livinglab.casework.operations.repeats import SOON
from livinglab.kernel import clock
from livinglab.kernel.tenancy import tenancy
from tests.casework.attached import photo, upload
from tests.casework.complaints import REPORT, taking_complaints
from tests.casework.kit import home

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 3, tzinfo=UTC)
KEY = "5b0c4f2e-0000-4000-8000-000000000001"


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch, NOW)
    taking_complaints()


def at(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    monkeypatch.setattr(clock, "now", lambda: moment)


def post(key: str | None = KEY, **changed: object) -> Any:
    headers = {} if key is None else {"Idempotency-Key": key}
    return Client().post("/open311/v2/requests.json", {**REPORT, "locale": "en", **changed}, headers=headers)


def kept() -> tuple[int, int, int]:
    with tenancy(home().id):
        arrived = Entry.objects.filter(action="casework.arrived").count()
        return Case.objects.count(), Draft.objects.count(), arrived


def test_a_report_that_is_sent_again_with_its_key_gets_the_same_answer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first = post()
    assert first.status_code == 200, first.content
    at(monkeypatch, NOW + timedelta(days=40))
    assert post().json() == post(f'"{KEY}"').json() == first.json()
    assert kept() == (1, 1, 1)
    page = first.json()[0]["service_notice"].split("http://testserver")[1].split(" ")[0].rstrip(".")
    assert Client().get(page).status_code == 200


def test_another_key_or_another_complaint_under_the_same_key_is_another_complaint() -> None:
    answers = [post(), post("other"), post(description="Jembatan di hulu rusak sejak kemarin sore.")]
    assert len({one.json()[0]["service_request_id"] for one in answers}) == 3
    assert kept() == (3, 3, 3)


def test_a_report_that_was_refused_can_be_mended_under_its_key() -> None:
    assert post(**{"attribute[truth]": "no"}).status_code == 400
    assert post().status_code == 200
    assert kept() == (1, 1, 1)


def test_a_picture_belongs_to_what_is_sent(shelf: Path) -> None:
    first = post(media=upload(photo(), "lampu.jpg"))
    again = post(media=upload(photo(), "lampu.jpg"))
    other = post(media=upload(photo(size=(41, 30)), "lampu.jpg"))
    assert first.json() == again.json() != other.json()
    with tenancy(home().id):
        assert Attachment.objects.count() == 2


@pytest.mark.parametrize("contact", [{"phone": "080000000000"}, {"email": "warga@contoh.example"}])
def test_without_a_key_the_same_words_of_the_same_person_are_one_complaint_for_ten_minutes(
    monkeypatch: pytest.MonkeyPatch, contact: dict[str, str]
) -> None:
    first = post(None, **contact)
    assert first.status_code == 200, first.content
    at(monkeypatch, NOW + SOON)
    assert post(None, **contact).json() == first.json()
    assert kept() == (1, 1, 1)
    at(monkeypatch, NOW + SOON + timedelta(seconds=1))
    assert post(None, **contact).json() != first.json()
    assert kept() == (2, 2, 2)


def test_without_a_key_the_same_words_may_be_two_people_s() -> None:
    ids = {
        post(None, **more).json()[0]["service_request_id"]
        for more in (
            {"device_id": "kios-1"},
            {"device_id": "kios-1"},
            {"phone": "080000000000"},
            {"phone": "080000000001"},
        )
    }
    assert len(ids) == 4


@pytest.mark.parametrize("key", ["x" * 201, "two words", '""', "kunci-é"])
def test_a_key_that_cannot_be_one_is_400_and_nothing_is_kept(key: str) -> None:
    answer = post(key)
    assert answer.status_code == 400
    assert "Idempotency-Key must be" in answer.json()[0]["description"]
    assert kept() == (0, 0, 0)


def test_a_key_opens_nothing_to_who_does_not_know_the_complaint() -> None:
    secret = post(phone="080000000000").json()[0]["service_notice"]
    other = post(phone="080000000001").json()[0]["service_notice"]
    assert secret != other
