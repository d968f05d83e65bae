"""Open data: every file holds every row, the catalogues say what harvesters require, nothing runs as a formula.

What our issue asks of the catalogue beyond the profile is checked here by name; `test_dcat_shapes.py` reads it as
RDF.
"""

import csv
import io
import json
from decimal import Decimal
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from openpyxl import load_workbook

from livinglab.portal import queries
from livinglab.portal.adapters.dataset_files import DatasetFileError, read_datasets, read_rows
from livinglab.portal.adapters.dataset_writers import as_csv, as_xlsx
from livinglab.portal.dataset_rows import ROWS
from livinglab.portal.domain.datasets import CellKind
from livinglab.portal.queries import TOPICS

pytestmark = pytest.mark.django_db

KEYS = ("results", "averages", "regions", "instruments", "services", "tiles", "egdi")
ROW_COUNTS = {"regions": 552, "instruments": 102, "tiles": 514, "egdi": 11, "averages": 50, "results": 1293}


def _csv(client: Client, path: str) -> list[dict[str, str]]:
    content = client.get(path).content.decode()
    return list(csv.DictReader(io.StringIO(content, newline="")))


def test_every_dataset_of_the_file_is_offered() -> None:
    assert tuple(one.key for one in queries.datasets()) == KEYS
    assert {one.key for one in queries.datasets() if not one.file} == set(ROWS)


def test_the_pages_depend_on_what_the_datasets_depend_on() -> None:
    assert queries.topics() == TOPICS


@pytest.mark.parametrize("key", KEYS)
def test_a_row_has_a_cell_of_its_kind_for_every_column(key: str) -> None:
    dataset = queries.get_dataset(key)
    texts = (CellKind.TEXT, CellKind.CODE)
    decimals = (CellKind.INDEX, CellKind.MEASURE)
    for row in queries.rows(dataset):
        assert len(row) == len(dataset.columns)
        for column, cell in zip(dataset.columns, row, strict=True):
            wanted = str if column.kind in texts else Decimal if column.kind in decimals else int
            assert cell is None or isinstance(cell, wanted), (column.key, cell)


@pytest.mark.parametrize("key", KEYS)
def test_csv_xlsx_and_json_hold_the_same_rows(client: Client, key: str) -> None:
    rows = _csv(client, f"/data/{key}.csv")
    assert len(rows) == ROW_COUNTS.get(key, len(rows))
    document = json.loads(client.get(f"/data/{key}.json").content)
    assert [
        {name: "" if value is None else str(value) for name, value in row.items()} for row in document["rows"]
    ] == [{name: value.removeprefix("'") for name, value in row.items()} for row in rows]
    book = load_workbook(io.BytesIO(client.get(f"/data/{key}.xlsx").content), read_only=True)
    sheet = list(book["data"].iter_rows(values_only=True))
    assert len(sheet) == len(rows) + 1
    assert list(sheet[0]) == list(rows[0])


def test_a_region_without_a_result_has_no_row_and_nobody_has_zero(client: Client) -> None:
    rows = _csv(client, "/data/results-2024.csv")
    leading = {
        row["code"]: row for row in rows if row["leading"] == "yes" and row["kind"] in ("regency", "city")
    }
    assert len(leading) == 485
    assert leading["32.11"]["index"] == "4.51"
    assert leading["14.08"]["d3"] == "1.73"
    assert {row["year"] for row in rows} == {"2024"}
    assert not [row for row in rows if row["index"] in ("0", "0.00")]


def test_disagreeing_statements_stand_side_by_side(client: Client) -> None:
    rows = [row for row in _csv(client, "/data/results-2022.csv") if row["code"] == "32.11"]
    assert [(row["index"], row["leading"]) for row in rows] == [("3.84", "yes"), ("3.87", "no")]


@pytest.mark.parametrize(
    ("path", "known"),
    [
        ("/data/nix.csv", "results"),
        ("/data/results-1999.csv", "2024"),
        ("/data/results.pdf", "xlsx"),
        ("/data/regions-2024.csv", "404"),
    ],
)
def test_an_unknown_file_is_a_404_that_names_the_known_ones(client: Client, path: str, known: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert known in response.content.decode()


def test_no_cell_is_run_as_a_formula() -> None:
    dataset = queries.get_dataset("tiles")
    row = ("=1+1", 1, 2, "@SUM(A1)")
    assert b"\r\n'=1+1,1,2,'@SUM(A1)\r\n" in as_csv(dataset, [row])
    book = load_workbook(io.BytesIO(as_xlsx(dataset, [row])))
    cells = [cell for line in book["data"].iter_rows(min_row=2) for cell in line]
    assert [cell.data_type for cell in cells] == ["s", "n", "n", "s"]
    assert cells[0].value == "'=1+1"


def test_a_reference_file_with_other_columns_is_refused(tmp_path: Any) -> None:
    wrong = tmp_path / "tiles.csv"
    wrong.write_text("code,row\n11.01,1\n")
    with pytest.raises(DatasetFileError, match=r"tiles\.csv: columns are \['code', 'row'\]"):
        read_rows(wrong, queries.get_dataset("tiles").columns)


def test_a_broken_description_names_file_and_dataset(tmp_path: Any) -> None:
    text = (
        (settings.REFERENCE_DIR / queries.FILE)
        .read_text()
        .replace("reliability: computed", "reliability: nix")
    )
    broken = tmp_path / "datasets.yaml"
    broken.write_text(text)
    with pytest.raises(DatasetFileError, match=r"datasets\.yaml, dataset tiles: .*nix"):
        read_datasets(broken)


# --- DCAT-AP ----------------------------------------------------------------------------------------

CATALOGUE = (
    "dct:title",
    "dct:description",
    "dct:publisher",
    "dcat:dataset",
    "dct:license",
    "dct:spatial",
    "dct:issued",
    "dct:modified",
    "dct:language",
    "foaf:homepage",
)
DATASET = (
    "dct:title",
    "dct:description",
    "dct:identifier",
    "dct:publisher",
    "dct:issued",
    "dct:modified",
    "dct:spatial",
    "dct:provenance",
    "dct:accrualPeriodicity",
    "dcat:theme",
    "dcat:keyword",
    "dcat:contactPoint",
    "dcat:distribution",
)
DISTRIBUTION = (
    "dcat:accessURL",
    "dcat:downloadURL",
    "dcat:mediaType",
    "dct:format",
    "dct:license",
    "dct:issued",
    "dct:modified",
    "dcatap:availability",
)


@pytest.fixture
def catalogue(client: Client) -> dict[str, Any]:
    response = client.get("/data/catalog.jsonld")
    assert response["Content-Type"] == "application/ld+json"
    document: dict[str, Any] = json.loads(response.content)
    return document


def test_the_catalogue_says_what_harvesters_require(catalogue: dict[str, Any]) -> None:
    assert catalogue["@type"] == "dcat:Catalog"
    assert [name for name in CATALOGUE if not catalogue.get(name)] == []
    assert [one["dct:identifier"] for one in catalogue["dcat:dataset"]] == list(KEYS)
    for dataset in catalogue["dcat:dataset"]:
        assert dataset["@type"] == "dcat:Dataset"
        assert [name for name in DATASET if not dataset.get(name)] == []
        for distribution in dataset["dcat:distribution"]:
            assert distribution["@type"] == "dcat:Distribution"
            assert [name for name in DISTRIBUTION if not distribution.get(name)] == []


def test_every_prefix_of_the_catalogue_is_explained_in_it(catalogue: dict[str, Any]) -> None:
    used: set[str] = set()

    def walk(node: Any) -> None:
        if isinstance(node, dict):
            for key, value in node.items():
                if ":" in key:
                    used.add(key.split(":")[0])
                if key == "@type":
                    used.update(one.split(":")[0] for one in ([value] if isinstance(value, str) else value))
                walk(value)
        elif isinstance(node, list):
            for one in node:
                walk(one)

    context = catalogue.pop("@context")
    walk(catalogue)
    assert used <= set(context)


def test_every_text_of_the_catalogue_is_in_both_languages(catalogue: dict[str, Any]) -> None:
    for node in (catalogue, *catalogue["dcat:dataset"]):
        assert [one["@language"] for one in node["dct:title"]] == ["id", "en"]
        assert [one["@language"] for one in node["dct:description"]] == ["id", "en"]


def test_the_years_of_results_are_their_time_and_have_files(catalogue: dict[str, Any]) -> None:
    results = catalogue["dcat:dataset"][0]
    assert results["dct:temporal"]["dcat:startDate"]["@value"] == "2018-01-01"
    names = {one["dct:title"] for one in results["dcat:distribution"]}
    assert {"results.csv", "results.xlsx", "results.json", "results-2023.csv", "results-2024.json"} <= names


def test_every_distribution_can_be_fetched(client: Client, catalogue: dict[str, Any]) -> None:
    for dataset in catalogue["dcat:dataset"]:
        for one in dataset["dcat:distribution"]:
            if one["dct:title"].endswith(".xlsx") and "-" in one["dct:title"]:
                continue  # the whole workbook is fetched; its years are made the same way
            address = one["dcat:downloadURL"]["@id"].removeprefix("http://testserver")
            response = client.get(address)
            assert response.status_code == 200, address
            media = one["dcat:mediaType"]["@id"].removeprefix("https://www.iana.org/assignments/media-types/")
            assert response["Content-Type"].split(";")[0] == media


# --- CKAN -------------------------------------------------------------------------------------------


def test_ckan_lists_shows_and_finds_the_datasets(client: Client) -> None:
    assert client.get("/api/3/action/package_list").json()["result"] == list(KEYS)
    shown = client.get("/api/3/action/package_show?id=results").json()
    assert shown["success"] is True
    package = shown["result"]
    assert (package["name"], package["license_id"], package["isopen"]) == ("results", "CC-BY-4.0", True)
    assert package["num_resources"] == len(package["resources"])
    assert package["resources"][0] | {"url": "http://testserver/data/results.csv"} == package["resources"][0]
    assert package["resources"][0]["format"] == "CSV"
    found = client.get("/api/3/action/package_search?q=EGDI").json()["result"]
    assert (found["count"], [one["name"] for one in found["results"]]) == (1, ["egdi"])


def test_ckan_pages_its_search(client: Client) -> None:
    result = client.get("/api/3/action/package_search?q=*:*&rows=2&start=1").json()["result"]
    assert (result["count"], [one["name"] for one in result["results"]]) == (7, ["egdi", "instruments"])


@pytest.mark.parametrize("query", ["rows=-1", "rows=x", "start=1e9", "rows=1001", "rows=²"])
def test_ckan_refuses_a_number_that_is_none(client: Client, query: str) -> None:
    response = client.get(f"/api/3/action/package_search?{query}")
    assert response.status_code == 409
    assert response.json()["success"] is False


def test_ckan_says_in_its_own_way_that_a_dataset_is_unknown(client: Client) -> None:
    response = client.get("/api/3/action/package_show?id=nix")
    assert response.status_code == 404
    answer = response.json()
    assert (answer["success"], answer["error"]["__type"]) == (False, "Not Found Error")
    assert "results" in answer["error"]["message"]
