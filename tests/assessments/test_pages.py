"""The pages of instruments: complete in both languages, drafts and unofficial mappings labelled."""

import pytest
from django.test import Client

from livinglab.assessments import queries

pytestmark = pytest.mark.django_db
PAGES = [
    "/instruments/",
    *(f"/instruments/{each.code}/" for each in queries.instruments()),
    *(
        f"/instruments/{each.code}/indicators/{indicator.number}/"
        for each in queries.instruments()
        for indicator in each.indicators()
    ),
]


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_every_page_of_instruments_can_be_read(client: Client, prefix: str) -> None:
    statuses = {page: client.get(prefix + page).status_code for page in PAGES}
    assert {page: status for page, status in statuses.items() if status != 200} == {}
    assert len(PAGES) == 1 + 3 + 35 + 47 + 20


def test_the_list_begins_with_the_instrument_in_force(client: Client) -> None:
    text = client.get("/en/instruments/").content.decode()
    assert "Pemdi 2026 is in force since 5 June 2026" in text
    assert text.index('href="/en/instruments/pemdi-2026/"') < text.index('href="/en/instruments/spbe-2020/"')
    assert text.count(">in force<") == 1


def test_an_unknown_instrument_names_those_that_exist(client: Client) -> None:
    response = client.get("/en/instruments/spbe-2031/")
    assert response.status_code == 404
    text = response.content.decode()
    assert all(name in text for name in ("SPBE 2018", "SPBE 2020", "Pemdi 2026"))


def test_an_unknown_indicator_names_those_that_exist(client: Client) -> None:
    response = client.get("/en/instruments/pemdi-2026/indicators/21/")
    assert response.status_code == 404
    assert "20" in response.content.decode()


def test_pemdi_criteria_are_labelled_as_a_draft_and_spbe_criteria_are_not(client: Client) -> None:
    draft = client.get("/en/instruments/pemdi-2026/indicators/5/").content.decode()
    assert "Draft: in our own words" in draft
    assert "SDI, Satu Data Indonesia (One Data Indonesia) index" in draft
    assert "unofficial" in draft
    published = client.get("/en/instruments/spbe-2020/indicators/1/").content.decode()
    assert "Draft:" not in published
    assert "In our own words, after the published text" in published


def test_a_criterion_that_was_not_published_is_said_to_be_missing(client: Client) -> None:
    assert "Not published." in client.get("/en/instruments/pemdi-2026/indicators/20/").content.decode()


def test_the_predicate_rule_of_each_year_says_how_it_is_known(client: Client) -> None:
    text = client.get("/en/instruments/spbe-2020/").content.decode()
    assert "Kab. Boven Digoel at 1.7995 is printed 1.80 Cukup" in text
    assert "Kab. Pacitan at 3.4985 is printed 3.50 Baik" in text
    assert text.count(">assumption<") == 2
    assert "SPBE services weighs most, 45.50% of the index; Internal SPBE policy least, 13.00%" in text


def test_indonesian_writes_decimals_with_a_comma(client: Client) -> None:
    assert "45,50" in client.get("/instruments/spbe-2020/").content.decode()


def test_an_indicator_shows_its_evidence_and_how_old_it_may_be(client: Client) -> None:
    text = client.get("/en/instruments/spbe-2020/indicators/29/").content.decode()
    assert text.count("The audit must be less than 24 months old.") == 5
    assert text.count("The review must be less than 24 months old.") == 1
    assert text.count("The audit recurs at least every 24 months.") == 4
    assert "Typical evidence, in our own words after the guideline." in text


def test_the_evidence_of_pemdi_is_a_draft_with_its_agencies(client: Client) -> None:
    text = client.get("/en/instruments/pemdi-2026/indicators/2/").content.decode()
    assert "Draft: what is usually shown" in text
    assert "BSSN (risk management); BRIN (knowledge management); BPKP" in text


def test_an_instrument_without_a_guide_says_so(client: Client) -> None:
    text = client.get("/en/instruments/spbe-2018/indicators/1/").content.decode()
    assert "No evidence guide by level is known to us for this instrument." in text
