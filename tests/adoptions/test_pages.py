"""The pages of taking a package over, as an officer of the adopting region walks them."""

import pytest
from django.test import Client

from livinglab.adoptions.models import Adoption, Value
from livinglab.kernel.tenancy import tenancy
from tests.adoptions import kit
from tests.organizations.people import organization, signed_in
from tests.releases import kit as releases

pytestmark = pytest.mark.django_db
LETTER = "documents/letter.html"


def officer() -> Client:
    return signed_in(kit.officer())


def only() -> Adoption:
    with tenancy(kit.home().id):
        return Adoption.objects.get()


def test_a_visitor_reads_a_package_and_signs_in_to_take_it_over(client: Client) -> None:
    releases.published()
    page = client.get("/en/packages/32.11/sktm/").content.decode()
    assert "Letter of financial hardship" in page
    assert "Three working days at most." in page
    assert 'href="/en/packages/32.11/sktm/1.0.0/adopt/"' in page
    answer = client.get("/packages/32.11/sktm/1.0.0/adopt/")
    assert answer.headers["Location"].startswith("/accounts/login/")


def test_one_screen_and_one_click_take_a_package_over() -> None:
    releases.published()
    browser = officer()
    page = browser.get("/packages/32.11/sktm/1.0.0/adopt/")
    assert "Kabupaten Siak" in page.content.decode()
    answer = browser.post("/packages/32.11/sktm/1.0.0/adopt/", {"region": "14.08"})
    row = only()
    assert answer.headers["Location"] == f"/regions/14.08/adoptions/{row.id}/"
    assert (
        "Surat Keterangan Tidak Mampu: disiapkan" in browser.get(answer.headers["Location"]).content.decode()
    )
    assert browser.post("/packages/32.11/sktm/1.0.0/adopt/", {"region": "32.11"}).status_code == 422


def test_values_that_cannot_be_kept_come_back_beside_their_field() -> None:
    row = kit.started()
    browser, path = officer(), f"/en/regions/14.08/adoptions/{row.id}/"
    typed = {"form": "values", "value-income_limit": "banyak", "value-agency_name": "Dinas Sosial Siak"}
    answer = browser.post(path, typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Give a whole number, such as 600000." in page
    assert 'value="banyak"' in page
    assert 'value="Dinas Sosial Siak"' in page
    assert browser.post(path, {**typed, "value-income_limit": "650000"}).status_code == 302
    assert 'value="650000"' in browser.get(path).content.decode()


def test_a_choice_may_stay_empty_and_says_what_the_origin_chose() -> None:
    row = kit.started()
    browser, path = officer(), f"/en/regions/14.08/adoptions/{row.id}/"
    page = " ".join(browser.get(path).content.decode().split())
    assert "If yes, each district needs an officer. Empty means no. At the origin: No." in page
    typed = {"form": "values", "value-district_checks": "yes", "value-objection_days": "61"}
    answer = browser.post(path, typed)
    assert (answer.status_code, "This is more than the package allows." in answer.content.decode()) == (
        422,
        True,
    )
    assert browser.post(path, {**typed, "value-objection_days": "21"}).status_code == 302
    with tenancy(kit.home().id):
        kept = dict(Value.objects.filter(adoption_id=row.id).values_list("parameter", "value"))
    assert kept == {"district_checks": True, "objection_days": 21}


def test_every_form_of_the_page_does_what_it_says_until_the_service_is_live() -> None:
    row = kit.started()
    browser, path = officer(), f"/en/regions/14.08/adoptions/{row.id}/"
    page = browser.get(path).content.decode()
    assert "16 things are left before it can go live:" in page
    assert '<a href="#values">4 required values are missing</a>' in page
    assert '<a href="#agreement">The agreement is not signed by both sides</a>' in page
    assert '<a href="#needs">11 requirements are open</a>' in page
    kit.valued(row)
    page = browser.get(path).content.decode()
    assert "12 things are left before it can go live:" in page
    assert "#values" not in page
    kit.answered(row)
    terms = {"shared": "Paket.", "support": "Dua minggu.", "cost": "Masing-masing.", "law": "Kerja sama."}
    assert browser.post(path, {"form": "agreement", **terms}).status_code == 302
    assert browser.post(path, {"form": "sign"}).status_code == 302
    answer = browser.post(path, {"form": "go_live"})
    assert answer.status_code == 422
    assert "Both sides sign the agreement before the service goes live." in answer.content.decode()
    kit.agreed_by_publisher(row)
    assert browser.post(path, {"form": "go_live"}).status_code == 302
    assert "Letter of financial hardship: live" in browser.get(path).content.decode()
    assert browser.post(path, {"form": "pause"}).status_code == 422
    assert browser.post(path, {"form": "pause", "reason-pause": "Libur."}).status_code == 302
    page = browser.get("/en/packages/32.11/sktm/adopters/").content.decode()
    assert "1 region took Letter of financial hardship over" in page
    assert "as it is (ATP), paused" in page


def test_a_newer_version_asks_its_question_and_goes_to_work() -> None:
    release = releases.published()
    row = kit.started(release)
    kit.edited(row, LETTER, "Surat Keterangan Tidak Mampu", "Surat Keterangan Kurang Mampu")
    files = releases.files_of("sktm", organization("32.11"))
    words = ("Surat Keterangan Tidak Mampu", "Surat Keterangan Keluarga Tidak Mampu")
    releases.published(files=releases.raised(files, "1.0.1", **{LETTER: words}))
    browser, path = officer(), f"/en/regions/14.08/adoptions/{row.id}/"
    assert "Version 1.0.1 is out." in browser.get(path).content.decode()
    adopters = browser.get("/en/packages/32.11/sktm/adopters/").content.decode()
    assert "1 version behind, since 2 November 2026" in adopters
    page = browser.get(f"{path}upgrade/1.0.1/").content.decode()
    assert "Version 1.0.1 asks 1 question." in page
    name = page.split('name="at:')[1].split('"')[0]
    answer = browser.post(f"{path}upgrade/1.0.1/", {})
    assert answer.status_code == 422
    assert browser.post(f"{path}upgrade/1.0.1/", {f"at:{name}": "ours"}).status_code == 302
    page = browser.get(path).content.decode()
    assert "Go back to edition 1" in page
    assert browser.post(path, {"form": "back", "number": "1"}).status_code == 302


def test_another_regions_adoption_is_not_there() -> None:
    row = kit.started()
    stranger = signed_in(releases.coordinator("33.22"))
    assert stranger.get(f"/regions/33.22/adoptions/{row.id}/").status_code == 404
    assert stranger.get(f"/regions/14.08/adoptions/{row.id}/").status_code == 403
