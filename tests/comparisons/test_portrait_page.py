"""The portrait page with the real published results."""

import csv
import io
import json
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from livinglab.comparisons.models import Standing
from livinglab.comparisons.web.portrait_views import TOPICS
from livinglab.kernel.freshness import changed
from livinglab.kernel.kept_pages import kept_pages
from livinglab.organizations.queries import Kind, organizations

pytestmark = pytest.mark.django_db

_NOT_COUNTED = re.compile(r"SET LOCAL|SAVEPOINT|RELEASE|BEGIN|COMMIT|ROLLBACK")


def _text(client: Client, url: str, status: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == status, url
    main = answer.content.decode().partition("<main")[2].partition("</main>")[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))


def _queries(client: Client, url: str) -> int:
    client.get(url)  # what is read once per process is read
    kept_pages.clear()
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return sum(not _NOT_COUNTED.match(query["sql"]) for query in queries)


def test_sumedang_shows_index_domains_places_and_history(client: Client) -> None:
    page = _text(client, "/regions/32.11/")
    for figure in ("4,51", "5,00", "4,30", "3,91", "4,69", "Memuaskan", "1.226.660", "1.566 km²"):
        assert figure in page
    for finding in (
        "Peringkat ke-6 dari 485 kabupaten dan kota, naik 11 tingkat",
        "Naik setiap tahun sejak instrumen SPBE 2020 dipakai pada 2021",
        "Memuaskan adalah predikat tertinggi; dari sisa 0,49, terbanyak ada di manajemen",
        "2022: yang dipakai 3,84; sumber lain menulis 3,87.",
        "Kuat: nilai 4,20 ke atas; atau, mulai 2,60, sedikitnya 0,50 di atas rata-rata kabupaten.",
        "Instrumen yang berlaku hari ini adalah Pemdi 2026; hasilnya belum ada yang diumumkan.",
    ):
        assert finding in page


def test_the_same_page_in_english(client: Client) -> None:
    page = _text(client, "/en/regions/32.11/")
    assert "6th of 485 regencies and cities, up 11 places" in page
    assert "Memuaskan (Excellent)" in page
    assert "4.51" in page
    assert "4,51" not in page


def test_three_places_with_movement_and_what_the_weights_would_change(client: Client) -> None:
    page = _text(client, "/regions/14.08/")
    for said in (
        "2023: ke-156 dari 491",
        "2023: ke-112 dari 398",
        "peringkatnya berada di antara ke-129 dan ke-142",
    ):
        assert said in page


def test_all_claims_of_a_year_stand_side_by_side_and_the_official_one_leads(client: Client) -> None:
    rows = _csv(client, "/regions/32.11/figures/history.csv")
    of_2022 = [(row["index"], row["leads"], row["reliability"]) for row in rows if row["year"] == "2022"]
    assert of_2022 == [("3.84", "ya", "Keputusan, dikutip pers"), ("3.87", "tidak", "Pers")]


def test_a_portrait_leads_to_the_services_of_its_region(client: Client) -> None:
    for address, code, name in (
        ("/regions/32.11/", "32.11", "Kabupaten Sumedang"),
        ("/regions/31.74/", "31.74", "Kota Administrasi Jakarta Selatan"),
        ("/regions/32/", "32", "Provinsi Jawa Barat"),
    ):
        html = client.get(address).content.decode()
        link = f'<a href="/services/compare/?regions={code}">Layanan digital {name}</a>'
        assert link in html
        assert client.get(f"/services/compare/?regions={code}").status_code == 200


def test_an_institution_without_a_column_of_services_has_no_link_to_one(client: Client) -> None:
    html = client.get("/institutions/kementerian-panrb/").content.decode()
    assert "Kementerian" in html
    assert "/services/compare/" not in html


def test_siak_beside_sumedang_is_explained_by_parts_that_add_up(client: Client) -> None:
    page = _text(client, "/regions/32.11/?with=14.08")
    assert "Sumedang 0,97 di atas Siak, sebagian besar karena tata kelola dan manajemen" in page
    rows = _csv(client, "/regions/32.11/figures/difference.csv?with=14.08")
    assert [row["points"] for row in rows] == ["0.01", "0.43", "0.36", "0.17", "0.97"]
    assert _text(client, "/regions/32.11/?with=Siak").count("Siak 3,54") == page.count("Siak 3,54") > 0


def test_another_year_has_its_own_figures(client: Client) -> None:
    page = _text(client, "/regions/32.11/?year=2023")
    assert "Sangat Baik dimulai" not in page
    assert "4,14" in page
    assert "pada 2023 yang menentukan adalah indeks setelah dibulatkan" in page


def test_a_year_known_from_the_press_has_no_rank_and_says_where_it_is_from(client: Client) -> None:
    page = _text(client, "/regions/32.11/?year=2022")
    assert "3,84" in page
    assert "pers atau laporan lain" in page
    assert "dari 485" not in page
    rows = _csv(client, "/regions/32.11/figures/next-predicate.csv?year=2022")
    assert [(row["value"], row["needed"]) for row in rows] == [("3.84", "4.20")]


def test_a_region_without_result_says_so_and_shows_no_zero(client: Client) -> None:
    page = _text(client, "/regions/94.01/")
    assert "Kabupaten Nabire tidak memiliki hasil dalam daftar kementerian tahun 2024." in page
    assert "tanpa hasil bukan berarti nol" in page
    assert "Tanpa peringkat" in page
    assert "0,00" not in page


def test_jakartas_six_are_said_to_be_administrative(client: Client) -> None:
    page = _text(client, "/regions/31.74/")
    assert (
        "bagian administratif dari provinsinya dan tidak dinilai tersendiri. Lihat Provinsi DKI Jakarta"
        in page
    )
    assert "tidak memiliki hasil SPBE sendiri pada tahun mana pun" in page


def test_a_province_stands_among_provinces_and_lists_its_regions(client: Client) -> None:
    page = _text(client, "/regions/32/")
    assert "Peringkat ke-1 dari 38 provinsi" in page
    assert "Kota Bandung tertinggi dengan 4,59, Majalengka terendah dengan 2,94" in page
    assert "Pers memberitakan 4,80 untuk 2025." in page


def test_a_central_institution_stands_among_its_own(client: Client) -> None:
    assert "Peringkat ke-14 dari 92 instansi pusat" in _text(client, "/institutions/kementerian-panrb/")
    answer = client.get("/regions/kementerian-panrb/")
    assert (answer.status_code, answer["Location"]) == (302, "/institutions/kementerian-panrb/")


def test_an_impossible_row_is_shown_as_printed_and_flagged(client: Client) -> None:
    page = _text(client, "/regions/16.07/?year=2023")
    assert (
        "2023: tidak ada susunan tingkat yang menghasilkan layanan 0,30; ditampilkan seperti tercetak."
        in page
    )


@pytest.mark.parametrize(
    ("url", "status", "said"),
    [
        ("/regions/32.99/", 404, "Kabupaten Bogor"),
        ("/regions/sumedan/", 404, "Kabupaten Sumedang"),
        ("/regions/platform/", 404, "tidak dikenal"),
        ("/regions/32.11/?year=1999", 404, "2024 2023 2022 2021 2020 2019"),
        ("/regions/32.11/?year=next", 404, "2024 2023 2022 2021 2020 2019"),
        ("/regions/32.11/?with=99.99", 422, "semua kabupaten dan kota"),
        ("/regions/32.11/?with=32.11", 422, "Kabupaten Sumedang"),
        ("/regions/32.11/figures/map.csv", 404, "history"),
        ("/regions/32.11/figures/history.doc", 404, "csv xlsx json svg"),
        ("/regions/32.11/figures/strengths.svg", 404, "csv xlsx json"),
    ],
)
def test_what_is_unknown_is_answered_with_what_is_known(
    client: Client, url: str, status: int, said: str
) -> None:
    assert said in _text(client, url, status)


@pytest.mark.parametrize(
    ("url", "count"),
    [
        ("/regions/32.11/", 3),
        ("/regions/32.11/?with=14.08", 5),
        ("/regions/94.01/", 3),
        ("/regions/32/", 5),
        ("/institutions/kementerian-panrb/", 5),
    ],
)
def test_a_portrait_takes_the_same_few_queries(client: Client, url: str, count: int) -> None:
    assert _queries(client, url) == count


def test_a_place_that_is_renamed_is_shown_by_its_new_name(client: Client) -> None:
    assert "Kabupaten Sumedang" in _text(client, "/regions/32.11/")
    organizations().filter(code="32.11").update(name="Kabupaten Sumedang Larang")
    changed("organizations")
    assert "Kabupaten Sumedang Larang" in _text(client, "/regions/32.11/")


def test_a_second_look_costs_one_query(client: Client) -> None:
    etag = client.get("/regions/32.11/")["ETag"]
    with CaptureQueriesContext(connection) as queries:
        answer = client.get("/regions/32.11/", headers={"If-None-Match": etag})
    assert (answer.status_code, answer.content) == (304, b"")
    assert sum(not _NOT_COUNTED.match(query["sql"]) for query in queries) == 1


def _csv(client: Client, url: str) -> list[dict[str, str]]:
    answer = client.get(url)
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_every_figure_can_be_downloaded_in_every_format_it_offers(client: Client) -> None:
    page = client.get("/regions/14.08/?with=32.11").content.decode()
    links = re.findall(r'href="(/regions/14\.08/figures/[^"]+)"', page)
    assert len(links) == 8 * 3 + 6
    for link in links:
        answer = client.get(link.replace("&amp;", "&"))
        assert answer.status_code == 200, link
        assert len(answer.content) > 200


def test_a_downloaded_figure_keeps_its_decimals_as_text(client: Client) -> None:
    content = json.loads(client.get("/regions/32.11/figures/domains.json").content)
    assert content["rows"][2]["value"] == "3.91"
    assert content["rows"][2]["kind_mean"] == "1.65"
    assert content["rows"][2]["over_kind"] == "2.26"
    assert content["rows"][2]["national_mean"] == "1.86"


def test_the_page_keeps_the_strict_content_policy(client: Client) -> None:
    page = client.get("/regions/32.11/").content.decode()
    assert " style=" not in page
    assert "<style" not in page
    assert not re.search(r"<script(?![^>]*src=)", page)


def test_an_invented_region_is_marked_on_page_and_in_its_files(client: Client) -> None:
    java = organizations().get(code="32")
    invented = java.__class__(
        code="99.01",
        name="Kabupaten Contoh",
        short_name="Contoh",
        kind=Kind.REGENCY,
        province=java,
        is_synthetic=True,
        population=100_000,
    )
    invented.save()
    assert "Dibuat untuk peragaan; ini bukan daerah sungguhan." in _text(client, "/regions/99.01/")
    assert json.loads(client.get("/regions/99.01/figures/sources.json").content)["synthetic"] is True
    assert "Contoh" not in _text(client, "/regions/contok/", 404)


def test_other_methods_than_reading_are_refused(client: Client) -> None:
    assert client.post("/regions/32.11/").status_code == 405


def test_the_topics_of_the_page_are_those_that_its_writers_change(client: Client) -> None:
    first = client.get("/regions/32.11/")["ETag"]
    for topic in TOPICS:
        changed(topic)
        now = client.get("/regions/32.11/", headers={"If-None-Match": first})
        assert now.status_code == 200, topic
        first = now["ETag"]


def test_what_portraits_share_is_read_again_after_a_change(client: Client) -> None:
    assert "Peringkat ke-6 dari 485" in _text(client, "/regions/32.11/")
    rows = Standing.objects.filter(year=2024, organization__code="32.11")
    rows.update(rank_all=99, best_rank=1, worst_rank=485)
    changed("standings")
    assert "Peringkat ke-99 dari 485" in _text(client, "/regions/32.11/")


def test_a_national_mean_from_the_press_is_hollow_and_named_so(client: Client) -> None:
    page = client.get("/regions/32.11/").content.decode()
    history = page.partition('<h2 id="history"')[2].partition('class="downloads"')[0]
    picture, _, key = history.partition("</svg>")
    # 2019 to 2024 are the ministry's own, 2025 is not; the mark in the key is the one in the picture
    assert picture.count('<circle class="nation"') == 6
    assert picture.count('<circle class="hollow nation"') == 1
    assert (
        '<circle class="hollow nation" cx="8" cy="9" r="4.5"/></svg>Rata-rata nasional, dari pers</li>' in key
    )
    assert "Pemberitaan pers, 2026" in history


def test_notes_beside_sources_are_in_the_readers_language(client: Client) -> None:
    assert "berbeda dari 3,84 menurut KepmenPANRB 108/2023, yang dipakai" in _text(client, "/regions/32.11/")
    assert "disagrees with 3.84 of KepmenPANRB 108/2023, which leads" in _text(client, "/en/regions/32.11/")
