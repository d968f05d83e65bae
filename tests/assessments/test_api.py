"""The API of instruments, scores and results: exact, complete, and clear about what is wrong."""

import csv
import io
import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from livinglab.assessments.domain.scoring import level_keys
from tests.assessments.known import BY_CODE, Case, published_cases

pytestmark = pytest.mark.django_db
API = "/api/v1"


def post_score(client: Client, body: str) -> tuple[int, Any]:
    response = client.post(f"{API}/score", body, content_type="application/json")
    return response.status_code, response.json()


def test_instruments_are_listed_newest_first(client: Client) -> None:
    listed = client.get(f"{API}/instruments").json()
    assert [(each["code"], each["indicators"], each["years"]) for each in listed] == [
        ("pemdi-2026", 20, {"from": 2026, "to": None}),
        ("spbe-2020", 47, {"from": 2021, "to": 2025}),
        ("spbe-2018", 35, {"from": 2018, "to": 2020}),
    ]


def test_an_instrument_says_its_weights_exactly_and_what_is_a_draft(client: Client) -> None:
    pemdi = client.get(f"{API}/instruments/pemdi-2026").json()
    assert pemdi["domains"] == []
    assert pemdi["aspects"][6] == {
        "code": "A7",
        "name": {
            "id": "Kepuasan Pengguna Layanan Digital Pemerintah",
            "en": "User satisfaction with digital government services",
        },
        "weight": "25",
    }
    assert pemdi["criteria_status"] == "draft-own-words"
    assert pemdi["crosswalk"] == {"instrument": "spbe-2020", "status": "unofficial"}
    fifth = pemdi["indicators"][4]
    assert fifth["from"] == {"evidence": "reuse", "indicators": [3, 23, 43]}
    assert fifth["external_index"] == {"abbreviation": "SDI", "steward": "Kementerian PPN/Bappenas"}
    assert pemdi["indicators"][19]["criteria"]["5"] is None


def test_an_unknown_instrument_is_a_404_that_names_the_known_ones(client: Client) -> None:
    response = client.get(f"{API}/instruments/spbe-2031")
    assert response.status_code == 404
    assert response.json()["error"]["known"] == ["pemdi-2026", "spbe-2020", "spbe-2018"]


@pytest.mark.parametrize("case", published_cases(), ids=lambda case: case.name)
def test_the_score_of_a_published_evaluation(client: Client, case: Case) -> None:
    body = {"instrument": case.instrument, "year": case.year, "levels": dict(case.levels)}
    status, answer = post_score(client, json.dumps(body))
    assert (status, answer) == (
        200,
        {
            "instrument": case.instrument,
            "index": str(case.index),
            "index_exact": case.index_exact,
            "predicate": case.predicate,
            "domains": case.domains,
            "aspects": case.aspects,
        },
    )


def test_without_an_instrument_the_one_in_force_is_used(client: Client) -> None:
    levels = {**dict.fromkeys(level_keys(BY_CODE["pemdi-2026"]), 3), "20": 3.25, "19": "3.50"}
    status, answer = post_score(client, json.dumps({"levels": levels}))
    assert (status, answer["instrument"], answer["index_exact"]) == (200, "pemdi-2026", "247/80")


def test_every_wrong_level_is_named(client: Client) -> None:
    levels = {**dict.fromkeys(level_keys(BY_CODE["spbe-2020"]), 3), "48": 1, "2": 9, "3": None, "5": True}
    del levels["1"]
    body = json.dumps({"instrument": "spbe-2020", "levels": levels})
    status, answer = post_score(client, body[:-2] + ', "4": 3.0}}')
    assert status == 422
    assert [(each["indicator"], each["problem"]) for each in answer["error"]["problems"]] == [
        ("1", "missing"),
        ("2", "out_of_range"),
        ("3", "not_a_number"),
        ("4", "not_whole"),
        ("5", "not_a_number"),
        ("48", "unknown"),
    ]
    assert "indicator 2: 9 is outside 1 to 5" in answer["error"]["message"]


@pytest.mark.parametrize(
    ("body", "status", "message"),
    [
        ('{"instrument": "spbe-1999", "levels": {}}', 422, "spbe-1999"),
        ('{"instrument": "spbe-2020"}', 422, "levels"),
        ('{"levels": ', 400, ""),
        (
            json.dumps({"levels": {str(n): 1 for n in range(201)}}),
            422,
            "levels: Dictionary should have at most 200",
        ),
        ('{"instrument": "spbe-2020", "year": 2019, "levels": LEVELS}', 422, "2019"),
    ],
)
def test_a_score_that_cannot_be_computed_is_refused(
    client: Client, body: str, status: int, message: str
) -> None:
    levels = json.dumps(dict.fromkeys(level_keys(BY_CODE["spbe-2020"]), 3))
    answered, answer = post_score(client, body.replace("LEVELS", levels))
    assert answered == status
    assert message in answer["error"]["message"]


def test_results_of_a_year_are_paged_and_lead(client: Client) -> None:
    with CaptureQueriesContext(connection) as captured:
        page = client.get(f"{API}/results?year=2024&kind=regency&province=32&limit=5").json()
    selects = [each for each in captured.captured_queries if each["sql"].startswith("SELECT")]
    assert len(selects) == 5  # freshness, known years, province, count, page
    assert (page["total"], len(page["items"])) == (18, 5)
    assert page["next"].endswith("offset=5")
    assert all(item["leads"] and item["code"].startswith("32.") for item in page["items"])


def test_both_claims_about_sumedang_in_2022_are_there_and_the_decree_leads(client: Client) -> None:
    page = client.get(f"{API}/results?year=2022&claims=all&province=32").json()
    sumedang = [item for item in page["items"] if item["code"] == "32.11"]
    assert [(item["index"], item["leads"], item["reliability"]) for item in sumedang] == [
        ("3.84", True, "decree_in_press"),
        ("3.87", False, "press"),
    ]
    assert sumedang[0]["decision"] == "KepmenPANRB 108/2023"


def test_a_result_has_its_domains_as_text(client: Client) -> None:
    page = client.get(f"{API}/results?year=2024&province=32&limit=100").json()
    sumedang = next(item for item in page["items"] if item["code"] == "32.11")
    assert (sumedang["index"], sumedang["predicate"]) == ("4.51", "Memuaskan")
    assert sumedang["domains"] == {"D1": "5.00", "D2": "4.30", "D3": "3.91", "D4": "4.69"}


def test_results_as_csv_have_a_column_for_each_domain(client: Client) -> None:
    response = client.get(f"{API}/results?year=2024&format=csv")
    rows = list(csv.DictReader(io.StringIO(response.content.decode())))
    assert len(rows) == 615
    sumedang = next(row for row in rows if row["code"] == "32.11")
    assert [sumedang[code] for code in ("index", "D1", "D2", "D3", "D4", "A1")] == [
        "4.51", "5.00", "4.30", "3.91", "4.69", "",
    ]  # fmt: skip


def test_an_unknown_year_is_a_422_that_names_the_known_ones(client: Client) -> None:
    response = client.get(f"{API}/results?year=1999")
    assert response.status_code == 422
    assert response.json()["error"]["known"] == [str(year) for year in range(2025, 2017, -1)]


def test_unchanged_results_cost_a_304(client: Client) -> None:
    first = client.get(f"{API}/results?year=2024&limit=1")
    again = client.get(f"{API}/results?year=2024&limit=1", headers={"If-None-Match": first["ETag"]})
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
