"""The pages: nine questions by a link without an account, results for everybody, comments for members."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from livinglab.kernel import clock
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.queries import Role
from livinglab.surveys.domain.elements import ELEMENTS
from livinglab.surveys.models import Comment, Response
from livinglab.surveys.web import survey as pages
from tests.organizations.people import make_member, signed_in, trail
from tests.surveys import kit
from tests.surveys.kit import UNHAPPY, answered, asked, enough, invited

pytestmark = pytest.mark.django_db

RESULTS = "/regions/32.11/satisfaction/"
RESULT = f"{RESULTS}{kit.SERVICE}/"
GIVEN = {element.value: "4" for element in ELEMENTS}


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: kit.AT + kit.MINUTE)


def link(token: str) -> str:
    return f"/surveys/32.11/{token}/"


def kept() -> tuple[int, int]:
    with tenancy(kit.region().id):
        return Response.objects.count(), Comment.objects.count()


def test_an_applicant_answers_by_their_link_alone() -> None:
    here, client = link(invited()), Client()
    page = client.get(here)
    assert page.status_code == 200
    words = page.content.decode()
    assert "Seberapa puas Anda dengan Surat contoh?" in words
    assert words.count('type="radio"') == 36
    sent = client.post(here, {**GIVEN, "comment": "Cepat dan ramah."})
    assert (sent.status_code, sent["Location"]) == (302, here)
    assert "Terima kasih atas jawaban Anda" in client.get(here).content.decode()
    assert kept() == (1, 1)


def test_the_page_is_small_and_has_no_script() -> None:
    page = Client().get(link(invited()), headers={"accept-encoding": "identity"})
    assert len(page.content) < 60_000
    assert b"<script" not in page.content.split(b"<main")[1].split(b"</main")[0]


def test_the_page_is_there_in_english() -> None:
    words = Client().get(f"/en{link(invited())}").content.decode()
    assert "How satisfied are you with Sample letter?" in words
    assert "Very good" in words


def test_what_is_missing_is_named_and_nothing_typed_is_lost() -> None:
    here, given = link(invited()), {**GIVEN, "U3": "5", "comment": "Tersimpan?"}
    del given["U8"]
    page = Client().post(here, given)
    assert page.status_code == 422
    words = page.content.decode()
    assert re.findall(r'<a href="#(U\d)">', words) == ["U3", "U8"]
    assert words.count(" checked") == 7
    assert "Tersimpan?</textarea>" in words
    assert kept() == (0, 0)


def test_a_comment_that_is_too_long_comes_back_whole() -> None:
    page = Client().post(link(invited()), {**GIVEN, "comment": "a" * 1001})
    assert page.status_code == 422
    assert "a" * 1001 in page.content.decode()
    assert "Komentar berisi 1001 karakter; ringkaslah menjadi 1000." in page.content.decode()
    assert kept() == (0, 0)


def test_sent_twice_it_counts_once() -> None:
    here, client = link(invited()), Client()
    for _time in range(2):
        client.post(here, GIVEN)
    assert kept() == (1, 0)
    assert client.get(here).status_code == 200


def test_a_link_whose_days_are_over_says_so() -> None:
    token = invited(at=kit.AT - timedelta(days=40))
    page = Client().post(link(token), GIVEN)
    assert page.status_code == 410
    assert "Masa berlakunya 30 hari sudah lewat." in page.content.decode()
    assert kept() == (0, 0)


def test_a_link_that_is_none_is_not_found_and_noted_but_not_without_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    invited()
    monkeypatch.setattr(pages, "MOST_TRIES", 2)
    statuses = [Client().post(link(token), GIVEN).status_code for token in ("x.y", "kosong", "x.z")]
    assert statuses == [404, 404, 429]
    assert [one.action for one in trail()].count("surveys.unknown_link") == 2
    assert Client().get("/surveys/00.00/x.y/").status_code == 404


def test_enough_answers_are_shown_with_how_far_off_they_may_be() -> None:
    enough(19)
    answered(invited(), UNHAPPY)
    invited()
    words = Client().get(RESULT).content.decode()
    # (19 × 34 + 21) / (20 × 36); the variance of the sums is 8.45, of their mean 8.45 / 20 × 1 / 20
    assert "Surat contoh tahun 2026: sangat baik, 92,64 dari 100" in words
    assert "Dari 21 pemohon yang ditanya pada tahun 2026, 20 menjawab." in words
    assert "Indeks dapat meleset 0,79 poin" in words
    assert "Terendah dengan 2,90 dari 4: Waktu penyelesaian dan Penanganan pengaduan" in words


def test_one_answer_too_few_shows_no_figure_anywhere() -> None:
    enough(9, UNHAPPY)
    page = Client().get(RESULT).content.decode()
    assert "jawaban tahun 2026 belum cukup" in page
    assert "mulai 10 jawaban" in page
    assert "58,33" not in page  # 21 / 36
    rows = Client().get(f"{RESULT}years.csv").content.decode("utf-8-sig").splitlines()
    assert rows[1].startswith("2026,,,,,9,9,10,")
    answer = Client().get(f"/api/v1/regions/32.11/satisfaction/{kit.SERVICE}").json()
    assert answer["result"] == {
        "asked": 9,
        "answered": 9,
        "required": 10,
        "index": None,
        "band": None,
        "margin": None,
        "means": None,
    }


def test_years_and_versions_can_be_looked_at_alone() -> None:
    enough(10, UNHAPPY, at=kit.AT - timedelta(days=365))
    enough(10, version="1.3.0")
    client = Client()
    assert "Surat contoh tahun 2026: sangat baik" in client.get(RESULT).content.decode()
    assert "Surat contoh tahun 2025: tidak baik" in client.get(f"{RESULT}?year=2025").content.decode()
    assert "Surat contoh tahun 2025: tidak baik" in client.get(f"{RESULT}?version=1.2.0").content.decode()
    for wrong in ("?year=2024", "?year=x", "?version=9", "?year=2025&version=1.3.0"):
        assert client.get(f"{RESULT}{wrong}").status_code == 422, wrong
    rows = client.get(f"{RESULT}years.csv").content.decode("utf-8-sig").splitlines()
    assert [row.split(",")[:3] for row in rows[1:]] == [["2026", "94.44", "36.11"], ["2025", "58.33", ""]]


def test_the_api_tells_the_same_as_the_page() -> None:
    enough(10, at=kit.AT - timedelta(days=365))
    enough(10, UNHAPPY, version="1.3.0", step="refused")
    (listed,) = Client().get("/api/v1/regions/32.11/satisfaction").json()
    assert (listed["package"], listed["name_en"]) == ("99.71/sktm", "Sample letter")
    answer = Client().get(f"/api/v1/regions/32.11/satisfaction/{kit.SERVICE}").json()
    assert answer["result"] == listed["result"]
    assert (answer["result"]["index"], answer["result"]["band"]) == ("76.39", "C")
    assert answer["result"]["means"]["U1"] == "3.50"
    for key, names in (
        ("years", ["2025", "2026"]),
        ("versions", ["1.2.0", "1.3.0"]),
        ("steps", ["issued", "refused"]),
    ):
        groups = {one["name"]: one["result"]["index"] for one in answer[key]}
        assert groups == dict(zip(names, ("94.44", "58.33"), strict=True))


def test_every_service_of_a_region_is_listed_also_without_enough_answers() -> None:
    enough(10)
    invited(asked(service_id=kit.OTHER, names={"id": "Izin contoh", "en": "Sample permit"}))
    words = Client().get(RESULTS).content.decode()
    assert "Pendapat pemohon ditampilkan untuk 1 dari 2 layanan" in words
    assert "kurang 10 jawaban" in words
    assert "94,44" in words
    assert "Belum ada pemohon yang ditanya" in Client().get("/regions/14.08/satisfaction/").content.decode()


def test_made_up_services_are_not_shown_outside_demonstrations() -> None:
    invited(asked(service_id=kit.OTHER, is_synthetic=True))
    assert Client().get(f"{RESULTS}{kit.OTHER}/").status_code == 404
    assert Client().get("/api/v1/regions/32.11/satisfaction").json() == []


def test_a_made_up_service_says_so(settings: object) -> None:
    settings.DEMO = True  # type: ignore[attr-defined]
    enough(10, service_id=kit.OTHER, is_synthetic=True)
    assert 'class="synthetic"' in Client().get(f"{RESULTS}{kit.OTHER}/").content.decode()
    assert 'class="synthetic"' in Client().get(RESULTS).content.decode()


def test_members_read_comments_that_name_nobody() -> None:
    one = asked()
    answered(invited(one), UNHAPPY, "Menunggu <b>lama</b>.")
    head = make_member("bupati", Role.HEAD_OF_REGION)
    words = signed_in(head).get(f"{RESULTS}comments/").content.decode()
    assert "1 komentar pemohon" in words
    assert "Menunggu &lt;b&gt;lama&lt;/b&gt;." in words
    assert "Ditanya pada November 2026. Jawabannya sendiri: tidak baik." in words
    assert str(one.case_id) not in words


def test_comments_are_read_page_by_page() -> None:
    for number in range(51):
        answered(invited(), comment=f"Komentar {number}.")
    client = signed_in(make_member("bupati", Role.HEAD_OF_REGION))
    counts = [
        client.get(f"{RESULTS}comments/?page={page}").content.decode().count("<article") for page in (1, 2, 9)
    ]
    assert counts == [50, 1, 1]


def test_lists_take_few_statements_however_long_they_are() -> None:
    taken = []
    for times in (1, 12):
        enough(times)
        enough(times, service_id=kit.OTHER)
        for path in (RESULTS, RESULT, f"/api/v1/regions/32.11/satisfaction/{kit.SERVICE}"):
            with CaptureQueriesContext(connection) as statements:
                assert Client().get(path).status_code == 200
            taken.append(len(statements))
    assert taken[:3] == taken[3:]
    assert max(taken) <= 10
