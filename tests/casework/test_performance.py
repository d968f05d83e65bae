"""How a service does, for everybody: the finding in words, the same figures in files and API, nobody told apart."""

import csv
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from livinglab.casework.models import Service, ServiceMonth
from livinglab.casework.operations import counting
from tests.casework.kit import REGION, arrived, home, running
from tests.casework.test_pages import text

pytestmark = pytest.mark.django_db
PAGE = f"/regions/{REGION}/performance/sktm/"
API = f"/api/v1/regions/{REGION}/performance/sktm"


def did(service: Service, month: date, release: str = "1.0.0", **counts: object) -> None:
    """Have a service done something in a month."""
    ServiceMonth.objects.create(
        organization_id=home().id, service_id=service.id, release=release, month=month, **counts
    )


def busy() -> Service:
    """Return a service with two months of cases: 24 done, 3 of them late; the second month has too few to show."""
    service = running()
    did(
        service,
        date(2026, 9, 1),
        arrived=30,
        granted=16,
        refused=4,
        kept=18,
        breached=2,
        withdrawn=6,
        days={"1": 10, "2": 8, "5": 2},
        hours={"24": 10, "48": 8, "120": 2},
    )
    did(
        service,
        date(2026, 10, 1),
        arrived=7,
        granted=4,
        kept=3,
        breached=1,
        days={"2": 3, "9": 1},
        hours={"50": 3, "300": 1},
    )
    return service


def test_the_finding_stands_first_in_words(client: Client) -> None:
    busy()
    page = text(client.get(f"/en{PAGE}"))
    assert "<h1>Letter of financial hardship in 2026: half were done within 2 working days</h1>" in page
    assert "37 applications arrived. 24 are done. 95 of 100 took at most 5 working days." in page
    assert "The standard was kept by 87.5% and breached by 12.5% of them." in page
    assert "3 working days at most" in page


def test_it_is_there_in_indonesian(client: Client) -> None:
    busy()
    page = text(client.get(PAGE))
    assert "Surat Keterangan Tidak Mampu pada 2026: separuhnya selesai dalam 2 hari kerja" in page
    assert "37 permohonan masuk. 24 selesai." in page
    assert "September" in page


def rows(answer: object) -> list[list[str]]:
    """Return the rows of a file without its header and sources."""
    lines = list(csv.reader(answer.content.decode("utf-8-sig").splitlines()))  # type: ignore[attr-defined]
    width = lines[0].index("source") if "source" in lines[0] else len(lines[0])
    return [line[:width] for line in lines[1:]]


def test_small_counts_are_hidden_on_the_page_and_in_its_files(client: Client) -> None:
    busy()
    assert rows(client.get(f"{PAGE}months.csv?year=2026")) == [
        ["2026-09", "30", "", "0.9000", "1", "5", "1.00", "5.00"],
        ["2026-10", "7", "", "", "", "", "", ""],
    ]
    assert rows(client.get(f"/en{PAGE}outcomes.csv")) == [
        ["granted", "20"],
        ["refused", ""],
        ["lapsed", "0"],
        ["withdrawn by the applicant", ""],
        ["handed over to another agency", "0"],
    ]


def test_the_picture_is_a_file_too(client: Client) -> None:
    busy()
    answer = client.get(f"{PAGE}months.svg")
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/svg+xml")


def test_too_few_cases_show_no_duration(client: Client) -> None:
    service = running()
    did(service, date(2026, 9, 1), arrived=3, granted=3, kept=3, days={"1": 3}, hours={"24": 3})
    page = text(client.get(f"/en{PAGE}"))
    assert "too few applications are done in 2026 to show how long they took" in page
    assert "Fewer than five people applied." in page
    year = client.get(API).json()["years"][0]
    assert (year["arrived"], year["done"], year["kept"], year["days_p50"]) == (None, None, None, None)
    assert set(year["outcomes"].values()) == {None}


def test_nobody_applied_yet(client: Client) -> None:
    running()
    assert "nobody has applied yet" in text(client.get(f"/en{PAGE}"))
    assert client.get(API).json()["years"] == []


def test_years_and_versions_are_apart(client: Client) -> None:
    service = busy()
    did(service, date(2025, 3, 1), "0.9.0", arrived=12, lapsed=12, kept=12, days={"3": 12}, hours={"70": 12})
    did(service, date(2026, 11, 1), "1.1.0", arrived=6)
    assert "in 2025: half were done within 3 working days" in text(client.get(f"/en{PAGE}?year=2025"))
    assert rows(client.get(f"{PAGE}versions.csv"))[-1][:3] == ["1.1.0", "6", "0"]
    assert client.get(f"{PAGE}versions.csv?year=2025").status_code == 404
    assert client.get(f"{PAGE}?year=1999").status_code == 422
    assert [one["year"] for one in client.get(API).json()["years"]] == [2026, 2025]


def test_the_api_tells_the_same_as_the_page(client: Client) -> None:
    busy()
    found = client.get(API).json()
    year = found["years"][0]
    said = (found["package"], found["standard_days"], found["standard_calendar"])
    assert said == (f"{REGION}/sktm", 3, "working")
    assert (year["arrived"], year["done"], year["kept"]) == (37, 24, "0.8750")
    assert (year["days_p50"], year["days_p95"]) == (2, 5)
    assert (year["calendar_p50"], year["calendar_p95"]) == ("2.00", "5.00")
    assert [(one["name"], one["arrived"], one["done"]) for one in year["months"]] == [
        *(("2026-09", 30, None), ("2026-10", 7, None)),
    ]


def test_a_service_that_is_not_run_is_404(client: Client) -> None:
    assert client.get(PAGE).status_code == 404
    assert client.get(API).status_code == 404


def test_a_second_look_costs_nothing_and_what_changes_is_seen(client: Client) -> None:
    service = busy()
    first = client.get(f"/en{PAGE}")
    seen = {"if-none-match": first["ETag"]}
    assert client.get(f"/en{PAGE}", headers=seen).status_code == 304
    counting.count_case(organization_id=home().id, case_id=arrived(service).id)
    assert "38 applications arrived." in text(client.get(f"/en{PAGE}", headers=seen))


def test_the_page_takes_few_statements_however_many_cases(client: Client) -> None:
    busy()
    client.get(f"{PAGE}?year=2026")
    ServiceMonth.objects.filter(month=date(2026, 9, 1)).update(
        arrived=30_000,
        granted=16_000,
        kept=20_000,
        breached=2_000,
        refused=6_000,
        days={"1": 22_000},
        hours={"24": 22_000},
    )
    with CaptureQueriesContext(connection) as asked:
        client.get(PAGE)
    assert len(asked) <= 8
