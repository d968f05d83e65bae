"""The public API says of regions what the pages say, exactly and with its sources."""

import csv
import io

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_all_regions_in_pages(client: Client) -> None:
    first = client.get("/api/v1/regions?limit=200").json()
    assert (first["total"], len(first["items"]), first["previous"]) == (514, 200, None)
    last = client.get("/api/v1/regions?limit=200&offset=400").json()
    assert (len(last["items"]), last["next"]) == (114, None)


def test_sumedang_in_the_list(client: Client) -> None:
    (one,) = client.get("/api/v1/regions?q=sumedang").json()["items"]
    assert (one["code"], one["province"], one["island_group"]) == ("32.11", "Jawa Barat", "java")
    standing = one["standing"]
    assert (standing["year"], standing["index"], standing["predicate"]) == (2024, "4.51", "Memuaskan")
    assert standing["domains"] == {"D1": "5.00", "D2": "4.30", "D3": "3.91", "D4": "4.69"}
    assert standing["everybody"] == {"rank": 6, "of": 485, "below": 479}
    assert standing["sensitivity"] == {"best_rank": 6, "worst_rank": 6, "flips": 0}


def test_absent_is_null_and_never_zero(client: Client) -> None:
    one = client.get("/api/v1/regions/31.01").json()
    assert one["is_autonomous"] is False
    standing = one["standings"][0]
    nothing = ("index", "predicate", "change", "everybody", "kind", "province", "sensitivity", "decision")
    assert {standing[key] for key in nothing} == {None}
    assert standing["domains"] == {}


def test_one_region_has_every_claim_with_the_official_one_leading(client: Client) -> None:
    one = client.get("/api/v1/regions/32.11").json()
    assert [standing["year"] for standing in one["standings"]] == [2024, 2023]
    claims = [(claim["index"], claim["leads"]) for claim in one["results"] if claim["year"] == 2022]
    assert claims == [("3.84", True), ("3.87", False)]


def test_an_impossible_row_says_so(client: Client) -> None:
    rows = client.get("/api/v1/regions/16.07").json()["standings"]
    assert {row["year"]: bool(row["doubts"]) for row in rows} == {2024: False, 2023: True}


def test_filters(client: Client) -> None:
    def total(query: str) -> int:
        return int(client.get(f"/api/v1/regions?{query}").json()["total"])

    assert total("kind=city") == 98
    assert total("province=32") == 27
    assert total("province=32&kind=city") == 9
    assert total("island_group=papua") == 42
    assert total("year=2023") == 514


@pytest.mark.parametrize(
    ("path", "status", "known"),
    [
        ("/api/v1/regions?year=1999", 422, ["2024", "2023"]),
        ("/api/v1/regions?province=77", 422, ["11", "12"]),
        ("/api/v1/regions/32.99", 404, ["32.01"]),
        ("/api/v1/regions/32", 404, ["32.01"]),
    ],
)
def test_what_is_unknown_says_what_is_known(client: Client, path: str, status: int, known: list[str]) -> None:
    response = client.get(path)
    assert response.status_code == status
    assert set(known) <= set(response.json()["error"]["known"])


@pytest.mark.parametrize("query", ["kind=village", "island_group=atlantis", "limit=0", "year=banana"])
def test_a_bad_parameter_is_a_422(client: Client, query: str) -> None:
    assert client.get(f"/api/v1/regions?{query}").status_code == 422


def test_the_csv_has_every_region_and_empty_cells_for_gaps(client: Client) -> None:
    response = client.get("/api/v1/regions?format=csv")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    rows = {row["code"]: row for row in csv.DictReader(io.StringIO(response.content.decode("utf-8-sig")))}
    assert len(rows) == 514
    assert (rows["32.11"]["index"], rows["32.11"]["d3"], rows["32.11"]["rank"]) == ("4.51", "3.91", "6")
    assert rows["32.11"]["latitude"].startswith("-6.")
    assert (rows["31.01"]["index"], rows["31.01"]["rank"]) == ("", "")


def test_a_second_look_costs_a_304(client: Client) -> None:
    first = client.get("/api/v1/regions/32.11")
    assert client.get("/api/v1/regions/32.11", headers={"if-none-match": first["ETag"]}).status_code == 304
