"""Regions side by side: everything is in the address, and whatever is unknown is answered with what is known."""

import csv
import io
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from livinglab.kernel.kept_pages import kept_pages

pytestmark = pytest.mark.django_db

TWELVE = "32.11,14.08,34.02,35.10,35.29,32.73,33.14,35.15,18.71,51.71,73.72,35.22"
_NOT_COUNTED = re.compile(r"SET LOCAL|SAVEPOINT|RELEASE|BEGIN|COMMIT|ROLLBACK")


def _text(client: Client, url: str, status: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == status, url
    main = answer.content.decode().partition("<main")[2].partition("</main>")[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))


def _csv(client: Client, url: str) -> list[dict[str, str]]:
    answer = client.get(url)
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_sumedang_and_siak_side_by_side(client: Client) -> None:
    page = _text(client, "/compare/?regions=32.11,14.08")
    for figure in ("4,51", "3,54", "2,60", "1,73", "ke-6 dari 485", "ke-136 dari 485"):
        assert figure in page
    for finding in (
        "Sumedang tertinggi dengan 4,51; selisih teratas dan terbawah 0,97",
        "Jarak terlebar di manajemen, dari 1,73 sampai 3,91; tersempit di kebijakan",
        "Keduanya naik dari 2023 ke 2024, paling tinggi Siak, sebesar 0,53",
        "Sumedang 0,97 di atas Siak, sebagian besar karena tata kelola dan manajemen",
    ):
        assert finding in page


def test_the_same_in_english(client: Client) -> None:
    page = _text(client, "/en/compare/?regions=32.11,14.08")
    assert "Sumedang leads with 4.51; 0.97 lie between first and last" in page
    assert "Furthest apart in management, from 1.73 to 3.91; closest in policy" in page


@pytest.mark.parametrize(
    ("strategy", "heading", "why"),
    [
        ("similar", "Sebelas daerah yang paling mirip dengan Siak", "simpangan baku"),
        ("province", "Sebelas daerah seprovinsi dengan Siak", "Kota Dumai indeks 3,90 1"),
        ("neighbours", "Sebelas daerah terdekat dari Siak", "berjarak"),
        ("role-models", "Sebelas daerah berawal setara dengan Siak dan naik lebih tinggi", "naik 1,"),
        ("best", "Sebelas daerah terbaik yang sejenis dengan Siak", "indeks 4,77"),
    ],
)
def test_each_way_to_choose_peers_is_explained_with_its_numbers(
    client: Client, strategy: str, heading: str, why: str
) -> None:
    page = _text(client, f"/compare/?regions=14.08&peers={strategy}")
    found = page.partition("Mengapa mereka di sini")
    assert heading in found[0]
    assert why in found[2]


def test_where_no_peer_can_be_chosen_the_page_says_so(client: Client) -> None:
    page = _text(client, "/compare/?regions=31.74&peers=role-models")
    assert "Tidak ada pembanding seperti itu bagi Kota Administrasi Jakarta Selatan" in page


def test_peers_never_push_the_chosen_regions_out(client: Client) -> None:
    rows = _csv(client, "/compare/figures/regions.csv?regions=32.11,94.01&peers=best")
    assert [row["code"] for row in rows[:2]] == ["32.11", "94.01"]
    assert len(rows) == 12
    assert (rows[1]["index"], rows[1]["rank"]) == ("", "")


def test_a_region_is_added_by_name_or_code_and_left_out_by_a_link(client: Client) -> None:
    for added in ("Siak", "14.08", "Kabupaten Siak (14.08)"):
        answer = client.get("/compare/", {"regions": "32.11", "add": added, "peers": "best", "year": "2023"})
        assert (answer.status_code, answer["Location"]) == (
            302,
            "/compare/?regions=32.11,14.08&peers=best&year=2023",
        )
    page = client.get("/compare/?regions=32.11,14.08").content.decode()
    assert 'href="/compare/?regions=14.08"' in page
    assert 'href="/compare/?regions=32.11"' in page


def test_without_regions_the_page_asks_for_one(client: Client) -> None:
    page = client.get("/compare/").content.decode()
    assert "Sandingkan hingga dua belas kabupaten dan kota" in page
    assert page.count("<option") == 514


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("regions=32.99", "Kabupaten Bogor"),
        ("regions=32", "kabupaten atau kota"),
        ("regions=32.11&add=Siaq", "Kabupaten Siak"),
        ("regions=32.11&peers=nice", "similar province neighbours role-models best"),
        ("regions=32.11&year=2011", "2024 2023"),
        (f"regions={TWELVE},11.01", "Paling banyak 12 daerah dapat berdampingan"),
    ],
)
def test_what_is_unknown_is_answered_with_what_is_known(client: Client, query: str, said: str) -> None:
    assert said.lower() in _text(client, f"/compare/?{query}", 422).lower()


@pytest.mark.parametrize(
    ("query", "count"),
    [(f"regions={TWELVE}", 7), ("regions=32.11&peers=similar", 8), ("", 4)],
)
def test_twelve_regions_take_as_many_queries_as_two(client: Client, query: str, count: int) -> None:
    client.get(f"/compare/?{query}")
    kept_pages.clear()
    with CaptureQueriesContext(connection) as queries:
        assert client.get(f"/compare/?{query}").status_code == 200
    assert sum(not _NOT_COUNTED.match(one["sql"]) for one in queries) == count


def test_every_figure_can_be_downloaded(client: Client) -> None:
    page = client.get("/compare/?regions=32.11,14.08&peers=similar").content.decode()
    links = re.findall(r'href="(/compare/figures/[^"]+)"', page)
    assert len(links) == 5 * 3 + 3
    for link in links:
        assert client.get(link.replace("&amp;", "&")).status_code == 200, link


def test_each_figure_names_the_sources_of_all_its_years(client: Client) -> None:
    page = client.get("/compare/?regions=32.11,14.08").content.decode()
    ranking = page.partition('<h2 id="regions"')[2].partition('class="downloads"')[0]
    history = page.partition('<h2 id="history"')[2].partition('class="downloads"')[0]
    # the notch and the change need the year before; the history needs every year it shows
    assert "KepmenPANRB 13/2024" in ranking
    assert "KepmenPANRB 108/2023" not in ranking
    for source in ("m.jpnn.com", "KepmenPANRB 1503/2021", "KepmenPANRB 108/2023", "KepmenPANRB 663/2024"):
        assert source in history
