"""The pages of handing a service down, as officers of the region walk them."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from livinglab.adoptions.models import Adoption, HandedDown, Value
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.queries import Role
from tests.adoptions import kit
from tests.adoptions.test_units import DESA, DISTRICT, KELURAHAN, OTHER_DESA, handed, load, set_for, started
from tests.organizations.people import make_member, signed_in

pytestmark = pytest.mark.django_db


def officer() -> Client:
    return signed_in(kit.officer())


def place(row: Adoption, more: str = "") -> str:
    return f"/en/regions/14.08/adoptions/{row.id}/units/{more}"


def codes(row: Adoption) -> set[str]:
    with tenancy(row.organization_id):
        return set(HandedDown.objects.filter(adoption_id=row.id).values_list("unit_code", flat=True))


def page(browser: Client, path: str, status: int = 200) -> str:
    answer = browser.get(path)
    assert answer.status_code == status
    return answer.content.decode()


@pytest.mark.parametrize(
    ("said", "chosen"),
    [
        ({"form": "some", "unit": [DESA, KELURAHAN]}, {DESA, KELURAHAN}),
        ({"form": "villages"}, {DESA, KELURAHAN, OTHER_DESA}),
        ({"form": "districts"}, {DISTRICT, "14.08.02"}),
        ({"form": "district", "district": "14.08.02"}, {"14.08.02", OTHER_DESA}),
        ({"form": "all"}, {DISTRICT, "14.08.02", DESA, KELURAHAN, OTHER_DESA}),
    ],
)
def test_one_button_hands_it_down_to_some_a_whole_district_or_all(
    said: dict[str, object], chosen: set[str]
) -> None:
    row = started()
    browser = officer()
    assert browser.post(place(row, "choose/"), said).status_code == 302
    assert codes(row) == chosen


def test_choosing_nobody_or_a_stranger_says_so_and_changes_nothing() -> None:
    row = started()
    browser = officer()
    for said, words in (
        ({"form": "some"}, "Choose at least one district or village."),
        ({"form": "district", "district": "32.11.01\x00"}, "Choose at least one district or village."),
        ({"form": "some", "unit": ["32.11.01"]}, "32.11.01 is no district or village of this region."),
    ):
        answer = browser.post(place(row, "choose/"), said)
        assert answer.status_code == 422
        assert words in answer.content.decode()
    assert codes(row) == set()


def test_the_list_says_in_words_who_has_it_and_who_has_not_decided() -> None:
    row = started()
    browser = officer()
    assert "This service is not handed down to any district or village yet." in page(browser, place(row))
    browser.post(place(row, "choose/"), {"form": "all"})
    said = page(browser, place(row))
    assert "Handed down to 2 districts and 3 villages; 2 villages have not decided yet." in said
    assert "3 units lack a value that the service needs there." in said
    waiting = page(browser, place(row) + "?show=waiting")
    assert f'value="{DESA}"' in waiting
    assert f'value="{KELURAHAN}"' not in waiting
    found = page(browser, place(row) + "?q=seberang")
    assert f'value="{OTHER_DESA}"' in found
    assert f'value="{DESA}"' not in found
    assert "Nothing matches." in page(browser, place(row) + "?q=tidak+ada")
    page(browser, place(row) + "?page=2", 422)


def test_one_agreement_is_kept_for_all_villages_of_the_list_that_owe_one() -> None:
    row = handed()
    browser = officer()
    said = {"form": "decide", "every": "yes", "number": "141/5/2026"}
    answer = browser.post(place(row), {**said, "day": "31-31-2026"})
    assert answer.status_code == 422
    assert 'value="141/5/2026"' in answer.content.decode()
    assert browser.post(place(row), {**said, "day": "2026-11-01"}).status_code == 302
    text = page(browser, place(row))
    assert "Handed down to 2 districts and 3 villages." in text
    assert text.count("takes part by 141/5/2026") == 2
    answer = browser.post(place(row), {**said, "every": "", "unit": [KELURAHAN], "day": "2026-11-01"})
    assert "takes part without a decision of its own" in answer.content.decode()


def test_the_chosen_are_taken_out_and_nothing_chosen_says_so() -> None:
    row = handed()
    browser = officer()
    answer = browser.post(place(row), {"form": "out"})
    assert answer.status_code == 422
    assert "Choose at least one district or village." in answer.content.decode()
    assert browser.post(place(row), {"unit": [DESA]}).status_code == 422
    assert browser.post(place(row), {"form": "out", "unit": [DESA, DISTRICT]}).status_code == 302
    assert codes(row) == {KELURAHAN, "14.08.02", OTHER_DESA}


def test_a_unit_shows_whose_each_value_is_sets_its_own_and_inherits_again() -> None:
    row = handed()
    kit.valued(row)
    set_for(row, DISTRICT, office_name="Kantor Kecamatan")
    browser, path = officer(), place(row, f"{DESA}/")
    said = page(browser, path)
    assert "Desa Contoh inherits all values. 2 are still missing." in said
    assert "<td>Kantor Kecamatan</td><td>from Contoh Satu</td>" in said
    assert "<td>Rp 650,000</td><td>from Kabupaten Siak (may not differ here)</td>" in said
    assert 'name="value-income_limit"' not in said
    answer = browser.post(path, {"value-office_name": "x" * 301})
    assert answer.status_code == 422
    assert "This is too long." in answer.content.decode()
    own = {
        "value-office_name": "Kantor Desa",
        "value-head_of_village-name": "Pejabat Contoh",
        "value-head_of_village-rank": "",
        "value-head_of_village-number": "",
        "value-letterhead": "Pemerintah Desa Contoh\nKecamatan Contoh",
    }
    assert browser.post(path, own).status_code == 302
    said = page(browser, path)
    assert "Desa Contoh sets 3 values itself and inherits the rest." in said
    assert "<td>Pemerintah Desa Contoh / Kecamatan Contoh</td><td>its own</td>" in said
    for name in ("office_name", "head_of_village"):
        assert browser.post(path, {"reset": name}).status_code == 302
    said = page(browser, path)
    assert "<td>Kantor Kecamatan</td><td>from Contoh Satu</td>" in said
    with tenancy(row.organization_id):
        kept = Value.objects.filter(unit_code=DESA).values_list("parameter", flat=True)
        assert list(kept) == ["letterhead"]


def test_a_page_costs_as_many_statements_for_three_hundred_villages_as_for_three() -> None:
    row = handed()
    browser = officer()
    page(browser, place(row))
    with CaptureQueriesContext(connection) as few:
        page(browser, place(row))
    load({f"14.08.01.{2000 + number}": f"Desa {number}" for number in range(2, 302)})
    browser.post(place(row, "choose/"), {"form": "villages"})
    page(browser, place(row))
    with CaptureQueriesContext(connection) as many:
        text = page(browser, place(row))
    assert len(many) == len(few)
    assert text.count('name="unit"') == 50
    assert "Page 1 of 7" in text


def test_who_may_only_prepare_sees_why_the_buttons_are_off() -> None:
    row = handed()
    clerk = signed_in(make_member("juru.uji", Role.DATA_ENTRY, kit.ADOPTER))
    reason = "This is decided by the head of region, the coordinator or the responsible officer."
    assert reason in page(clerk, place(row))
    assert reason in page(clerk, place(row, "choose/"))
    answer = clerk.post(place(row), {"form": "out", "unit": [DESA]})
    assert answer.status_code == 422
    assert DESA in codes(row)


def test_neither_another_regions_service_nor_a_unit_without_it_is_there() -> None:
    row = handed(DESA)
    assert officer().get(place(row, f"{OTHER_DESA}/")).status_code == 404
    stranger = signed_in(kit.releases.coordinator("33.22"))
    for more in ("", "choose/", f"{DESA}/"):
        assert stranger.get(place(row, more)).status_code == 403
        assert stranger.get(place(row, more).replace("14.08/", "33.22/")).status_code == 404


def test_only_a_regency_or_city_with_areas_can_hand_down() -> None:
    row = kit.started()
    assert "No districts and villages are loaded yet" in page(officer(), place(row, "choose/"))
