"""The country, ranking, province and world pages: complete, light on the database, honest about gaps."""

import csv
import gzip
import io
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from livinglab.assessments.models import PublishedResult
from livinglab.comparisons import operations
from livinglab.comparisons.models import Standing
from livinglab.comparisons.web import country_data, kept
from livinglab.kernel.kept_pages import kept_pages
from livinglab.organizations.models import Organization

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 21, 12, tzinfo=UTC)
CODE = re.compile(r'href="(?:/en)?/regions/(\d\d\.\d\d)/"')
COLOURS = ("band", "index", "change", "domain:D1", "domain:D2", "domain:D3", "domain:D4")


def _forget() -> None:
    country_data.load_country.cache_clear()
    kept._country.cache_clear()
    kept._ranking.cache_clear()


@pytest.fixture
def cold() -> Iterator[None]:
    """Forget what earlier tests have kept, and leave nothing of this one."""
    _forget()
    yield
    _forget()


def text_of(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status, path
    return response.content.decode()


def statements(client: Client, path: str) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    aside = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "SET LOCAL")
    return [one["sql"] for one in captured.captured_queries if not one["sql"].startswith(aside)]


@pytest.mark.parametrize(
    ("path", "first", "then"),
    [
        ("/", 5, 2),
        ("/?year=2023", 4, 2),
        ("/regions/", 5, 2),
        ("/regions/?province=32&sort=D3", 5, 2),
        ("/provinces/", 5, 2),
        ("/provinces/32/", 7, 4),
        ("/country/figures/map.csv", 5, 2),
        ("/world/", 0, 0),
    ],
)
def test_a_page_asks_the_database_so_many_times(
    client: Client, cold: None, path: str, first: int, then: int
) -> None:
    assert len(statements(client, path)) == first
    kept_pages.clear()
    assert len(statements(client, path)) == then


@pytest.mark.parametrize("path", ["/", "/regions/", "/provinces/32/", "/regions/32.11/"])
def test_a_second_visitor_costs_one_statement(client: Client, cold: None, path: str) -> None:
    client.get(path)
    assert len(statements(Client(), path)) == 1


@pytest.mark.parametrize("path", ["/", "/en/", "/?colour=change", "/regions/"])
def test_all_514_regions_are_named_and_linked(client: Client, path: str) -> None:
    assert len(set(CODE.findall(text_of(client, path)))) == 514


@pytest.mark.parametrize("path", ["/", "/?colour=change", "/?year=2023", "/regions/", "/en/regions/?sort=D2"])
def test_a_page_weighs_at_most_60_kilobytes(client: Client, path: str) -> None:
    assert len(gzip.compress(client.get(path).content, 6)) <= 60 * 1024


def test_the_country_page_says_what_the_figures_say(client: Client) -> None:
    page = text_of(client, "/")
    assert "Tujuh dari sepuluh daerah kini Baik atau lebih; manajemen masih yang terlemah" in page
    assert "350 dari 485" in page
    assert "277 dari 491" in page
    assert "Di Jawa 112 dari 113 daerah berpredikat Baik atau lebih; di Maluku dan Papua 3 dari 43" in page
    assert "Banyuwangi memimpin; lima belas dari enam belas teratas ada di Jawa" in page
    assert "Pasuruan melompat paling jauh: dari Cukup ke Sangat Baik dalam setahun" in page
    assert "lebih dari dua kali lipat dalam setahun: dari 53 menjadi 122 daerah" in page


def test_the_impossible_start_is_named_beside_its_rise(client: Client) -> None:
    page = text_of(client, "/en/")
    assert "Kab. Banyuasin" in page
    assert "start is not possible" in page
    assert "its published row of 2023 cannot be right" in page


def test_english_is_complete(client: Client) -> None:
    page = text_of(client, "/en/")
    assert "Seven in ten regions are now Good or better; management is still weakest" in page
    assert "Without a result 2024" in page


def test_another_year_has_other_findings(client: Client) -> None:
    page = text_of(client, "/en/?year=2023")
    assert "277 of the 491" in page
    assert 'id="rises"' not in page  # the first ranked year of the instrument moves from nothing


@pytest.mark.parametrize("colour", COLOURS)
def test_the_map_can_be_coloured(client: Client, colour: str) -> None:
    page = text_of(client, f"/en/?colour={colour}")
    assert page.count('aria-current="true"') >= 2
    assert page.count('class="b0"') >= 29


def test_a_second_look_costs_a_304(client: Client) -> None:
    first = client.get("/")
    again = client.get("/", headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304
    assert client.get("/en/", headers={"if-none-match": first["ETag"]}).status_code == 200


def test_what_is_kept_is_never_older_than_the_database(client: Client) -> None:
    stale = client.get("/en/regions/")
    assert b"Banyuwangi leads 485 regions with 4.77" in stale.content
    PublishedResult.objects.filter(organization__code="32.11", year=2024).update(index=Decimal("4.99"))
    operations.rebuild_standings(year=2024, by=None, at=AT)
    fresh = client.get("/en/regions/", headers={"if-none-match": stale["ETag"]})
    assert fresh.status_code == 200
    assert b"Sumedang leads 485 regions with 4.99" in fresh.content


@pytest.mark.parametrize(
    ("path", "status", "known"),
    [
        ("/en/?year=1999", 422, ["2024", "2023"]),
        ("/en/?colour=red", 422, list(COLOURS)),
        ("/en/?colour=domain:D9", 422, list(COLOURS)),
        ("/en/regions/?year=banana", 422, ["2024", "2023"]),
        ("/en/regions/?kind=village", 422, ["Regencies", "Cities"]),
        ("/en/regions/?province=99", 422, ["Jawa Barat"]),
        ("/en/regions/?island=atlantis", 422, ["Java", "Papua"]),
        ("/en/regions/?band=superb", 422, ["Excellent", "No result"]),
        ("/en/regions/?sort=luck", 422, ["Index", "Change", "Name"]),
        ("/en/regions/?order=sideways", 422, ["reversed"]),
        ("/en/provinces/77/", 404, ["Jawa Barat"]),
        ("/en/country/figures/nothing.csv", 404, ["map", "ranking", "rises", "domains", "distribution"]),
        ("/en/country/figures/map.docx", 404, ["csv", "xlsx", "json", "svg"]),
        ("/en/regions/ranking.svg", 404, ["csv", "xlsx", "json"]),
        ("/en/world/figures/nothing.csv", 404, ["egdi-2024"]),
    ],
)
def test_what_is_unknown_is_answered_with_what_is_known(
    client: Client, path: str, status: int, known: list[str]
) -> None:
    page = text_of(client, path, status)
    assert [one for one in known if one not in page] == []


def listed(client: Client, query: str) -> list[str]:
    table = text_of(client, f"/en/regions/{query}").partition("<tbody>")[2].partition("</tbody>")[0]
    return CODE.findall(table)


def test_the_ranking_is_filtered_and_sorted_by_the_address(client: Client) -> None:
    assert listed(client, "")[:3] == ["35.10", "35.06", "32.73"]
    assert listed(client, "?order=reversed")[-1] == "35.10"
    assert listed(client, "?kind=city")[:2] == ["32.73", "35.77"]
    assert listed(client, "?province=32&kind=city")[0] == "32.73"
    assert listed(client, "?sort=change")[0] == "16.07"
    assert listed(client, "?sort=name")[0] == "11.05"  # Aceh Barat
    assert listed(client, "?q=sumed") == ["32.11"]
    assert listed(client, "?q=kota+ban")[:2] == ["32.73", "63.71"]  # Bandung, Banjarmasin
    assert len(listed(client, "?band=memuaskan")) == 23
    assert len(listed(client, "?island=papua")) == 23
    assert listed(client, "?q=<script>") == []


def test_those_without_a_result_stand_apart_and_have_no_rank(client: Client) -> None:
    page = text_of(client, "/en/regions/")
    absent = page.partition('<ul class="absent">')[2].partition("</ul>")[0]
    assert len(CODE.findall(absent)) == 29
    assert absent.count("not assessed apart") == 6
    assert len(listed(client, "")) == 485


def test_a_search_text_is_shown_as_text(client: Client) -> None:
    page = text_of(client, "/en/regions/?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E")
    assert "<script>alert" not in page
    assert "No region fits this search" in page


def test_a_rank_comes_with_its_sensitivity(client: Client) -> None:
    page = text_of(client, "/en/regions/?q=siak")
    assert "129–142" in page
    assert "1,678 of 117,370 pairs of regions (1.4%) change order" in page


def test_provinces_from_the_highest_to_the_lowest(client: Client) -> None:
    page = text_of(client, "/en/provinces/")
    assert "average 3.97, those of Papua Pegunungan 1.62" in page
    assert page.count('<p class="who"><a href="/en/provinces/') == 37  # Jakarta's regions have no results
    assert page.count('<th scope="row"><a href="/en/provinces/') == 38


def test_a_province_has_its_regions_and_its_own_result(client: Client) -> None:
    page = text_of(client, "/en/provinces/32/")
    assert len(set(CODE.findall(page))) == 27
    assert "Kota Bandung leads" in page
    assert "its own result, not the mean" in page


def test_the_world_never_shares_an_axis_with_spbe(client: Client) -> None:
    page = text_of(client, "/en/world/")
    assert "Indonesia rose from rank 77 in 2022 to 64 in 2024" in page
    assert "unverified" in page
    assert "0.7160" in page
    assert "Memuaskan" not in page
    assert "Baik" not in page


@pytest.mark.parametrize("key", ["map", "ranking", "rises", "domains", "distribution"])
@pytest.mark.parametrize("file_format", ["csv", "xlsx", "json", "svg"])
def test_every_figure_can_be_taken_along(client: Client, key: str, file_format: str) -> None:
    response = client.get(f"/country/figures/{key}.{file_format}")
    assert response.status_code == 200
    assert response["Content-Disposition"] == f'attachment; filename="indonesia-2024-{key}.{file_format}"'
    assert len(response.content) > 500


def test_the_map_as_csv_holds_every_region_and_leaves_gaps_empty(client: Client) -> None:
    text = client.get("/en/country/figures/map.csv").content.decode("utf-8-sig")
    rows = {row["region"]: row for row in csv.DictReader(io.StringIO(text))}
    assert len(rows) == 514
    assert rows["Kab. Sumedang"]["index"] == "4.51"
    assert rows["Kab. Sumedang"]["rank"] == "6"
    absent = [name for name, row in rows.items() if row["index"] == ""]
    assert len(absent) == 29
    assert {rows[name]["rank"] for name in absent} == {""}


def test_the_ranking_as_json_follows_the_filter(client: Client) -> None:
    document = json.loads(client.get("/en/regions/ranking.json?province=32").content)
    assert len(document["rows"]) == 27


def test_without_any_ranking_the_pages_say_so(client: Client, cold: None) -> None:
    PublishedResult.objects.all().delete()
    for year in (2023, 2024):
        operations.rebuild_standings(year=year, by=None, at=AT)
    assert not Standing.objects.exists()
    for path in ("/en/", "/en/regions/", "/en/provinces/"):
        assert "No ranking yet" in text_of(client, path)
    assert client.get("/en/provinces/32/").status_code == 404
    assert client.get("/en/country/figures/map.csv").status_code == 404


def test_a_name_of_a_region_cannot_break_the_page(client: Client, cold: None) -> None:
    Organization.objects.filter(code="32.11").update(short_name='<b>"S&umedang')
    operations.rebuild_standings(year=2024, by=None, at=AT)
    for path in ("/", "/regions/", "/provinces/32/"):
        assert '<b>"S&umedang' not in text_of(client, path)


def test_a_tile_says_its_region_once(client: Client) -> None:
    page = client.get("/").content.decode()
    assert "<title>Kab. Sumedang, 4,51, Memuaskan</title>" in page


def test_the_map_of_changes_counts_and_credits_both_years(client: Client) -> None:
    page = client.get("/?colour=change").content.decode()
    map_figure = page.partition('<h2 id="map"')[2].partition('class="downloads"')[0]
    # 479 regions have a result in both years; the legend counts the tiles that show none
    assert map_figure.count('class="b0"') >= 35
    assert "35 daerah" in map_figure
    assert "KepmenPANRB 13/2024" in map_figure
    assert "29 daerah" in client.get("/").content.decode()
