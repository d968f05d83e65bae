"""What every address of the API does alike: freshness, paging, CSV, errors, other sites."""

import csv
import io
from typing import Any

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db

READ = (
    "/api/v1/regions",
    "/api/v1/regions/32.11",
    "/api/v1/openapi.json",
    "/api/v1/instruments",
    "/api/v1/instruments/spbe-2020",
    "/api/v1/results?year=2024",
    "/api/v1/services",
    "/api/v1/service-functions",
    "/api/3/action/package_list",
    "/api/3/action/package_show?id=results",
    "/data/catalog.jsonld",
    "/data/tiles.csv",
)
LISTS = ("/api/v1/regions", "/api/v1/results?year=2024", "/api/v1/services")


def _get(client: Client, path: str) -> Any:
    return client.get(path).json()


@pytest.mark.parametrize("path", READ)
def test_a_second_question_costs_a_304(client: Client, path: str) -> None:
    first = client.get(path)
    assert first.status_code == 200
    second = client.get(path, headers={"If-None-Match": first["ETag"]})
    assert (second.status_code, second.content) == (304, b"")
    assert second["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("path", READ)
def test_other_sites_may_read_and_no_cookie_is_set(client: Client, path: str) -> None:
    response = client.get(path, headers={"Origin": "https://data.example"})
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in response
    assert not response.cookies
    assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("path", READ)
def test_head_and_options_are_answered_and_put_is_refused(client: Client, path: str) -> None:
    head = client.head(path)
    assert (head.status_code, head.content) == (200, b"")
    options = client.options(path)
    assert options.status_code == 204
    assert options["Access-Control-Allow-Methods"] == "GET, HEAD"
    assert client.put(path).status_code == 405


def test_other_sites_may_not_post(client: Client) -> None:
    response = client.post("/api/v1/score", {"levels": {}}, content_type="application/json")
    assert "Access-Control-Allow-Origin" not in response


@pytest.mark.parametrize("path", LISTS)
def test_the_pages_of_a_list_give_each_item_once(client: Client, path: str) -> None:
    join = "&" if "?" in path else "?"
    whole = _get(client, f"{path}{join}limit=1000")
    assert whole["total"] == len(whole["items"])
    assert (whole["next"], whole["previous"]) == (None, None)
    collected: list[Any] = []
    address: str | None = f"{path}{join}limit=250"
    while address:
        page = _get(client, address)
        assert page["total"] == whole["total"]
        collected += page["items"]
        address = page["next"]
    assert collected == whole["items"]


def test_a_page_beyond_the_end_is_empty_and_leads_back(client: Client) -> None:
    page = _get(client, "/api/v1/services?limit=10&offset=1000000")
    assert (page["items"], page["next"]) == ([], None)
    assert page["previous"] == "/api/v1/services?limit=10&offset=999990"


@pytest.mark.parametrize("path", LISTS)
def test_csv_has_every_item_of_the_list(client: Client, path: str) -> None:
    join = "&" if "?" in path else "?"
    response = client.get(f"{path}{join}format=csv&limit=1")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(response.content.decode(), newline="")))
    assert len(rows) == _get(client, path)["total"]


def test_published_decimals_are_texts_with_a_point_and_nothing_is_zero_for_absent(client: Client) -> None:
    items = _get(client, "/api/v1/results?year=2024&limit=1000")["items"]
    sumedang = next(one for one in items if one["code"] == "32.11")
    assert sumedang["index"] == "4.51"
    assert sumedang["domains"] == {"D1": "5.00", "D2": "4.30", "D3": "3.91", "D4": "4.69"}
    assert not [one["code"] for one in items if one["index"] in ("0.00", 0)]
    assert "32.99" not in {one["code"] for one in items}


@pytest.mark.parametrize(
    ("path", "status", "known"),
    [
        ("/api/v1/instruments/spbe-1999", 404, "spbe-2020"),
        ("/api/v1/regions/32.99", 404, "32.01"),
        ("/api/v1/regions?year=1999", 422, "2024"),
        ("/api/v1/results?year=1999", 422, "2024"),
        ("/api/v1/services?function=nix", 422, "complaints"),
    ],
)
def test_an_unknown_value_is_answered_with_the_known_ones(
    client: Client, path: str, status: int, known: str
) -> None:
    response = client.get(path)
    error = response.json()["error"]
    assert (response.status_code, error["status"]) == (status, status)
    assert known in error["known"]
    assert "is not known" in error["message"]
    assert response["Access-Control-Allow-Origin"] == "*"


def test_a_wrong_parameter_is_named(client: Client) -> None:
    error = client.get("/api/v1/results?limit=0&offset=x").json()["error"]
    assert "query.limit:" in error["message"]
    assert "query.offset:" in error["message"]


def test_an_unknown_address_is_answered_as_json(client: Client) -> None:
    response = client.get("/api/v1/nix")
    assert response.status_code == 404
    assert response.json()["error"]["status"] == 404


def test_a_body_that_is_no_json_is_refused(client: Client) -> None:
    response = client.post("/api/v1/score", "{", content_type="application/json")
    assert response.status_code == 400
    assert response.json()["error"]["status"] == 400


def test_an_error_is_no_version_of_the_answer(client: Client) -> None:
    response = client.get("/api/v1/results?year=1999")
    assert response.status_code == 422
    assert "ETag" not in response


def test_the_root_leads_to_the_documentation(client: Client) -> None:
    assert client.get("/api/v1/")["Location"] == "/api/v1/docs"
