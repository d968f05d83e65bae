"""Programs of other makers report complaints and follow them by Open311 GeoReport v2, and see nothing about people."""

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from livinglab.audit.models import Entry
from livinglab.casework.api.open311 import requests as reporting
from livinglab.casework.models import Case, Draft
from livinglab.casework.queries.running import state_of
from livinglab.kernel import clock
from livinglab.kernel.identifiers import new_id
from livinglab.kernel.tenancy import tenancy
from tests.casework.attached import content_of, links, photo, upload
from tests.casework.attached import kept as files_kept
from tests.casework.complaints import REPORT, taking_complaints
from tests.casework.kit import REGION, VILLAGE, arrived, home, running
from tests.evidence.clamd import clamd
from tests.evidence.files import EICAR

pytestmark = pytest.mark.django_db
HERE = "/open311/v2"
WHERE = {"jurisdiction_id": REGION}
NOW = datetime(2026, 11, 22, 3, tzinfo=UTC)
_CONTROL = ("SAVEPOINT", "RELEASE", "SET LOCAL")
_W3 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+07:00")


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


def get(path: str, **query: str) -> Any:
    return Client().get(f"{HERE}/{path}", {**WHERE, **query})


def post(kind: str = "json", **changed: str | list[str]) -> Any:
    sent = {name: value for name, value in {**REPORT, **changed}.items() if value != ""}
    return Client(enforce_csrf_checks=True).post(f"{HERE}/requests.{kind}", sent)


def reported(**changed: str | list[str]) -> str:
    answer = post(**changed)
    assert answer.status_code == 200, answer.content
    return str(answer.json()[0]["service_request_id"])


def answers_of(case_id: str) -> dict[str, object]:
    with tenancy(home().id):
        return dict(state_of(Case.objects.get(id=case_id)).answers)


def wrong(answer: Any) -> tuple[int, list[str]]:
    rows = answer.json()
    assert {row["code"] for row in rows} == {answer.status_code}
    return answer.status_code, [row["description"] for row in rows]


def xml(answer: Any) -> Element:
    assert answer["Content-Type"] == "text/xml; charset=utf-8"
    assert answer.content.startswith(b'<?xml version="1.0" encoding="utf-8"?>')
    return fromstring(answer.content)  # type: ignore[no-any-return]


def test_what_complaints_may_be_about_is_the_same_in_both_formats() -> None:
    taking_complaints()
    rows = get("services.json", locale="en").json()
    assert [row["service_code"] for row in rows][:3] == ["service", "road", "health"]
    assert rows[1] == {
        "service_code": "road",
        "service_name": "Roads, bridges, drains or street lights",
        "description": rows[0]["description"],
        "metadata": True,
        "type": "realtime",
        "keywords": "",
        "group": "Complaints about public services",
    }
    root = xml(get("services.xml"))
    assert (root.tag, {one.tag for one in root}) == ("services", {"service"})
    assert root[1].findtext("service_name") == "Jalan, jembatan, saluran air, atau penerangan"
    assert root[1].findtext("metadata") == "true"


def test_a_definition_names_what_is_asked_beside_the_arguments_of_the_standard() -> None:
    taking_complaints()
    one = get("services/road.json", locale="en").json()
    found = {each["code"]: each for each in one["attributes"]}
    assert list(found) == [
        "subject",
        "village",
        "happened_on",
        "reported",
        "lapor_number",
        "publish",
        "truth",
        "remarks",
    ]
    assert [each["order"] for each in one["attributes"]] == list(range(1, 9))
    assert (found["truth"]["datatype"], found["truth"]["required"]) == ("singlevaluelist", True)
    assert found["truth"]["values"] == [{"key": "yes", "name": "Yes"}, {"key": "no", "name": "No"}]
    assert (found["happened_on"]["datatype"], found["lapor_number"]["required"]) == ("datetime", False)
    assert VILLAGE in {each["key"] for each in found["village"]["values"]}
    root = xml(get("services/road.xml"))
    assert root.tag == "service_definition"
    assert root.findtext("attributes/attribute/code") == "subject"
    assert root.find("attributes/attribute[1]/values/value") is None
    assert root.findtext("attributes/attribute[7]/values/value/key") == "yes"


def test_nobody_is_asked_to_publish_what_the_law_keeps_secret() -> None:
    taking_complaints()
    asked = {one["code"] for one in get("services/levy.json").json()["attributes"]}
    assert "publish" not in asked
    status, (sentence,) = wrong(post(service_code="levy", **{"attribute[publish]": "yes"}))
    assert (status, "attribute[publish]" in sentence) == (400, True)


def test_a_complaint_becomes_a_case_that_its_reporter_follows() -> None:
    taking_complaints()
    answer = post(first_name="Warga", last_name="Contoh", phone="080000000000", device_id="tt222111")
    (row,) = answer.json()
    assert set(row) == {"service_request_id", "service_notice", "account_id"}
    assert answers_of(row["service_request_id"]) == {
        "full_name": "Warga Contoh",
        "phone": "080000000000",
        "topic": "road",
        "subject": "Lampu jalan di depan pasar padam sejak tiga minggu lalu.",
        "story": "Lampu jalan di depan pasar padam sejak tiga minggu lalu.",
        "village": VILLAGE,
        "spot": "Depan Pasar Contoh",
        "happened_on": "2026-10-12",
        "truth": True,
    }
    page = re.search(r"http://testserver(/applications/\S+/)", row["service_notice"])
    assert page is not None
    assert Client().get(page[1]).status_code == 200
    secret = page[1].split("/")[3]
    named = get(f"tokens/{secret}.json").json()
    assert named == [{"service_request_id": row["service_request_id"], "token": secret}]
    (followed,) = get(f"requests/{row['service_request_id']}.json", locale="en").json()
    assert (followed["status"], followed["service_code"]) == ("open", "road")
    assert followed["status_notes"].startswith("Coordinator of complaints: Verify and dispose, by ")
    assert "November 2026" in followed["status_notes"]


def test_a_report_without_a_name_has_none_and_a_picture_stays_an_address() -> None:
    taking_complaints()
    link = "https://gambar.example/lampu.jpg"
    kept = answers_of(reported(media_url=link, lat="-7.2", long="107.9", address_string=""))
    assert (kept["anonymous"], "full_name" in kept) == (True, False)
    assert str(kept["story"]).endswith(f"\n\n{link}")
    assert kept["spot"] == "(-7.2, 107.9)"


def test_nothing_that_a_reporter_typed_is_ever_shown() -> None:
    taking_complaints()
    shown = reported(
        **{"attribute[publish]": "yes"},
        first_name="Nama Rahasia",
        phone="081111111111",
        email="rahasia@contoh.example",
        media_url="https://gambar.example/rahasia.jpg",
        description="Cerita rahasia tentang lampu jalan di depan pasar.",
        address_string="Tempat rahasia",
    )
    for answer in (get("requests.json"), get("requests.xml"), get(f"requests/{shown}.json")):
        said = answer.content.decode()
        assert shown in said
        for secret in ("ahasia", "0811", "gambar"):
            assert secret not in said


def test_only_what_its_reporter_lets_everybody_see_is_listed() -> None:
    taking_complaints()
    secret, public = reported(), reported(**{"attribute[publish]": "yes"})
    (row,) = get("requests.json").json()
    assert row["service_request_id"] == public
    assert (row["address_id"], row["address"].endswith(f", {home().name}")) == (VILLAGE, True)
    for name in ("requested_datetime", "updated_datetime", "expected_datetime"):
        assert _W3.fullmatch(row[name])
    assert row["requested_datetime"] == "2026-11-22T10:00:00+07:00"
    (own,) = get(f"requests/{secret}.json").json()
    assert (own["address"], own["address_id"], own["description"]) == (None, None, None)
    root = xml(get("requests.xml"))
    assert (root.tag, root[0].tag, root[0].findtext("service_request_id")) == (
        "service_requests",
        "request",
        public,
    )


def test_lists_are_searched_by_service_status_day_and_identifier() -> None:
    taking_complaints()
    publish = {"attribute[publish]": "yes"}
    road, health = reported(**publish), reported(service_code="health", **publish)
    secret = reported()

    def found(**query: str) -> set[str]:
        return {row["service_request_id"] for row in get("requests.json", **query).json()}

    assert found() == found(status="open,closed") == {road, health}
    assert (found(service_code="road"), found(service_code="road,health")) == ({road}, {road, health})
    assert (found(status="closed"), found(status="open")) == (set(), {road, health})
    assert found(start_date="2026-11-22T00:00:00+07:00") == {road, health}
    assert found(end_date="2026-11-21T00:00:00Z") == set()
    assert found(service_request_id=f"{road},{secret},{new_id()},x") == {road, secret}
    with tenancy(home().id):
        Case.objects.filter(id=road).update(started_at=NOW - timedelta(days=91))
    assert found() == {health}
    assert found(start_date="2026-08-01T00:00:00Z", end_date="2026-09-01T00:00:00Z") == {road}


@pytest.mark.parametrize(
    ("query", "status", "said"),
    [
        ({"jurisdiction_id": ""}, 400, "jurisdiction_id was not provided"),
        ({"jurisdiction_id": "99.99"}, 404, "takes complaints"),
        ({"jurisdiction_id": "14.08"}, 404, "takes complaints"),
        ({"jurisdiction_id": "a\x00b"}, 404, "takes complaints"),
        ({"start_date": "yesterday"}, 400, "start_date must look like"),
        ({"start_date": "2026-11-02"}, 400, "start_date must look like"),
        ({"end_date": "0001-01-01T00:00:00Z"}, 400, "end_date must look like"),
        ({"start_date": "2026-01-01T00:00:00Z", "end_date": "2026-11-01T00:00:00Z"}, 400, "90 days"),
        ({"status": "lost"}, 400, "open or closed"),
    ],
)
def test_errors_are_those_of_the_specification(query: dict[str, str], status: int, said: str) -> None:
    taking_complaints()
    found, (sentence,) = wrong(get("requests.json", locale="en", **query))
    assert (found, said in sentence) == (status, True), sentence
    root = xml(get("requests.xml", locale="en", **query))
    assert (root.tag, root[0].tag, root[0].findtext("code")) == ("errors", "error", str(status))
    assert said in str(root[0].findtext("description"))


@pytest.mark.parametrize(
    ("changed", "status", "said"),
    [
        ({"service_code": ""}, 400, "service_code was not provided"),
        ({"service_code": "stars"}, 404, "service_code was not found"),
        ({"address_id": "", "address_string": ""}, 400, "No location was sent"),
        ({"lat": "-7.2"}, 400, "lat and long must both"),
        ({"lat": "north", "long": "107"}, 400, "lat and long must both"),
        ({"media_url": "javascript:alert(1)"}, 400, "media_url"),
        ({"attribute[truth]": ""}, 400, "truth: "),
        ({"attribute[truth]": "no"}, 400, "truth: "),
        ({"attribute[stars]": "9"}, 400, "attribute[stars] is not asked"),
        ({"address_id": "ringroad"}, 400, "village: "),
        ({"description": "x" * 3001}, 400, "story: "),
        ({"attribute[happened_on]": "2027-01-01"}, 400, "happened_on: "),
    ],
)
def test_a_report_that_cannot_be_taken_keeps_nothing(changed: dict[str, str], status: int, said: str) -> None:
    taking_complaints()
    found, sentences = wrong(post(locale="en", **changed))
    assert (found, [said in one for one in sentences]) == (status, [True]), sentences
    with tenancy(home().id):
        assert (Case.objects.count(), Draft.objects.count()) == (0, 0)


def with_files(**files: object) -> Any:
    return Client(enforce_csrf_checks=True).post(f"{HERE}/requests.json", {**REPORT, "locale": "en", **files})


def test_a_picture_that_is_sent_with_a_report_becomes_its_photo(shelf: Path) -> None:
    taking_complaints()
    answer = with_files(media=upload(photo(place="Rumah Contoh"), "lampu.jpg"))
    assert answer.status_code == 200, answer.content
    (row,) = files_kept()
    (one,) = answer.json()
    assert (str(row.case_id), row.question, row.name) == (one["service_request_id"], "photo", "lampu.jpg")
    named = answers_of(one["service_request_id"])["photo"]
    assert named == {"name": "lampu.jpg", "size": row.size, "sha256": row.sha256}
    (stored,) = shelf.glob("*/*")
    assert b"Rumah Contoh" not in stored.read_bytes()
    page = re.search(r"http://testserver(/en/applications/\S+/)", one["service_notice"])
    assert page is not None
    (link,) = links(Client().get(page[1]).content.decode())
    assert content_of(Client().get(link)) == stored.read_bytes()
    for shown in (get("requests.json"), get(f"requests/{one['service_request_id']}.xml")):
        assert "lampu" not in shown.content.decode()


def test_the_same_picture_of_two_reports_lies_once(shelf: Path) -> None:
    taking_complaints()
    for _again in range(2):
        assert with_files(media=upload(photo(), "lampu.jpg")).status_code == 200
    assert len(files_kept()) == 2
    assert len(list(shelf.glob("*/*"))) == 1


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"media": upload(b"MZ" + bytes(99), "lampu.jpg")}, "media: Only a PDF or a photo (JPEG, PNG)"),
        ({"media": upload(photo()[:300], "lampu.jpg")}, "media: "),
        ({"media": upload(photo() + bytes(4096 * 1024), "lampu.jpg")}, "media: The file is larger than 4 MB"),
        ({"media": upload(photo() + bytes(8 * 1024 * 1024), "lampu.jpg")}, "media: The file is larger"),
        ({"picture": upload(photo(), "lampu.jpg")}, "One picture is taken, as media"),
        ({"media": [upload(photo(), "1.jpg"), upload(photo(), "2.jpg")]}, "One picture is taken, as media"),
        ({"media": upload(photo(), "1.jpg"), "attribute[truth]": "no"}, "truth: "),
    ],
    ids=["program", "cut off", "too large", "far too large", "other name", "two", "another mistake"],
)
def test_a_picture_that_is_not_taken_says_why_and_nothing_is_kept(
    shelf: Path, files: dict[str, object], said: str
) -> None:
    taking_complaints()
    status, (sentence,) = wrong(with_files(**files))
    assert (status, said in sentence) == (400, True), sentence
    assert files_kept() == []
    with tenancy(home().id):
        assert (Case.objects.count(), Draft.objects.count()) == (0, 0)


def test_an_infected_picture_stands_in_the_trail(shelf: Path, settings: Settings) -> None:
    taking_complaints()
    with clamd() as (_server, settings.CLAMAV_ADDRESS):
        status, (sentence,) = wrong(with_files(media=upload(photo() + EICAR, "lampu.jpg")))
    assert (status, sentence.startswith("media: ")) == (400, True)
    with tenancy(home().id):
        assert Entry.objects.filter(action="casework.infected_file_refused").count() == 1
        assert (Case.objects.count(), Draft.objects.count()) == (0, 0)


def test_pictures_from_one_address_have_an_end(shelf: Path, settings: Settings) -> None:
    taking_complaints()
    settings.ATTACHMENTS_AN_HOUR = 1
    assert with_files(media=upload(photo(), "1.jpg")).status_code == 200
    assert wrong(with_files(media=upload(photo(), "2.jpg")))[0] == 429
    assert with_files().status_code == 200


def test_what_is_far_too_much_is_not_even_read() -> None:
    answer = Client().post(
        f"{HERE}/requests.json", REPORT, CONTENT_LENGTH=str(10**10), headers={"Accept-Language": "en"}
    )
    assert wrong(answer)[0] == 400


def test_a_guessed_identifier_or_token_is_404_and_stands_in_the_trail() -> None:
    taking_complaints()
    reported()
    for path in (
        f"requests/{new_id()}",
        "requests/PENGADUAN-2026-000001",
        "requests/1",
        f"tokens/{'A' * 43}",
    ):
        assert get(f"{path}.json").status_code == 404
        assert xml(get(f"{path}.xml")).findtext("error/code") == "404"
    with tenancy(home().id):
        assert Entry.objects.filter(action="casework.address_unknown").count() == 8


def test_a_case_of_another_service_is_no_complaint() -> None:
    taking_complaints()
    other = arrived(running())
    assert get(f"requests/{other.id}.json").status_code == 404


def test_complaints_from_one_address_have_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    taking_complaints()
    monkeypatch.setattr(reporting, "MOST_REPORTED", 1)
    reported()
    assert wrong(post())[0] == 429
    with tenancy(home().id):
        assert Case.objects.count() == 1


def test_other_sites_may_read_what_is_listed_but_no_session_opens_anything() -> None:
    taking_complaints()
    answer = get("requests.json")
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert not answer.cookies
    assert "no-store" in answer["Cache-Control"]
    assert "Access-Control-Allow-Origin" not in post()
    assert get("requests.csv").status_code == 404


def test_discovery_names_the_address_and_the_formats() -> None:
    found = Client().get("/open311/discovery.json").json()
    (one,) = found["endpoints"]
    assert one["url"] == "http://testserver/open311/v2"
    assert one["formats"] == ["text/xml", "application/json"]
    root = xml(Client().get("/open311/discovery.xml"))
    assert root.findtext("endpoints/endpoint/formats/format") == "text/xml"
    assert Client().get("/open311/discovery.html").status_code == 404


def test_a_list_takes_as_many_statements_for_many_as_for_one() -> None:
    taking_complaints()

    def statements() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert get("requests.json").status_code == 200
        return len([one for one in asked.captured_queries if not one["sql"].startswith(_CONTROL)])

    reported(**{"attribute[publish]": "yes"})
    get("requests.json")
    one = statements()
    for _nth in range(4):
        reported(**{"attribute[publish]": "yes"})
    assert statements() == one <= 10
    assert len(json.loads(get("requests.json").content)) == 5
    assert all(UUID(row["service_request_id"]) for row in get("requests.json").json())
