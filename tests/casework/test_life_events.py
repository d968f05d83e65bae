"""Citizens find a service by what has happened to them, by their region and by words, whichever words they know."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from livinglab.casework.models import Service
from livinglab.casework.operations import services
from livinglab.organizations.models import Organization
from livinglab.packages.domain.life_events import LIFE_EVENTS
from tests.casework.kit import AT, PARAMETERS, REGION, VILLAGE, running
from tests.casework.registers import nib
from tests.casework.test_pages import text
from tests.organizations.people import organization
from tests.releases.kit import files_of, zipped

pytestmark = pytest.mark.django_db
OTHER = "14.08"
LETTER = f'href="/apply/{REGION}/sktm/"'
LETTER_THERE = f'href="/apply/{OTHER}/sktm/"'
BUSINESS = f'href="/apply/{REGION}/nib-desa/"'


def found(client: Client, **asked: str) -> str:
    answer = client.get("/apply/", asked)
    assert answer.status_code == 200
    return text(answer)


def letter_of(region: Organization) -> Service:
    return services.put_to_work(
        organization=region,
        content=zipped(files_of("sktm", region)),
        parameters=PARAMETERS,
        places={},
        by=None,
        at=AT,
    )


def test_an_event_finds_the_services_that_name_it_and_no_other(client: Client) -> None:
    running()
    nib()
    hardship, business = found(client, event="hardship"), found(client, event="starting_a_business")
    assert (LETTER in hardship, BUSINESS in hardship) == (True, False)
    assert (LETTER in business, BUSINESS in business) == (False, True)
    nothing = found(client, event="death")
    assert "Tidak ada layanan yang cocok" in nothing
    assert '<option value="death" selected>Ada yang meninggal</option>' in nothing


def test_every_event_can_be_chosen_in_both_languages(client: Client) -> None:
    running()
    page, english = found(client), text(client.get("/en/apply/"))
    for words in LIFE_EVENTS.values():
        assert words.id in page
        assert words.en in english


@pytest.mark.parametrize("event", ["birthday", "HARDSHIP"])
def test_an_event_that_is_none_is_refused_with_those_that_are(client: Client, event: str) -> None:
    answer = client.get("/apply/", {"event": event})
    assert answer.status_code == 422
    assert "hardship" in text(answer)


@pytest.mark.parametrize("written", [REGION, "Kabupaten Sumedang", "sumedang", "Sumendang", " Sumedang "])
def test_a_region_is_found_by_its_code_or_its_name_as_people_write_it(client: Client, written: str) -> None:
    running()
    letter_of(organization(OTHER))
    page = found(client, region=written)
    assert (LETTER in page, LETTER_THERE in page) == (True, False)
    assert 'value="Kabupaten Sumedang"' in page


def test_a_name_that_several_have_shows_all_of_them_and_lets_one_be_chosen(client: Client) -> None:
    running()
    letter_of(organization(OTHER))
    page = found(client, region="kabupaten", event="hardship")
    assert LETTER in page
    assert LETTER_THERE in page
    assert f'href="?event=hardship&amp;region={OTHER}&amp;q="' in page


def test_a_whole_name_is_one_region_although_another_begins_with_it(client: Client) -> None:
    for code in ("32.04", "32.17"):
        letter_of(organization(code))
    page = found(client, region="kabupaten bandung")
    assert ('href="/apply/32.04/sktm/"' in page, 'href="/apply/32.17/sktm/"' in page) == (True, False)
    both = found(client, region="bandung")
    assert ('href="/apply/32.04/sktm/"' in both, 'href="/apply/32.17/sktm/"' in both) == (True, True)


def test_a_region_without_services_says_so_and_is_no_empty_search(client: Client) -> None:
    running()
    page = found(client, region="Atlantis")
    assert "Tidak ada daerah dengan nama ini" in page
    assert LETTER not in page


@pytest.mark.parametrize("words", ["suket tidak mampu", "sktm", "surat pengantar miskin", "kelurahan miskin"])
def test_other_words_for_the_same_find_it(client: Client, words: str) -> None:
    running()
    nib()
    page = found(client, q=words, event="hardship")
    assert LETTER in page
    assert BUSINESS not in page


@pytest.mark.parametrize("words", ["(", "\\m", "a|b", "%", "*", "'", "\x00"])
def test_signs_are_no_part_of_a_search(client: Client, words: str) -> None:
    running()
    assert "layanan" in found(client, q=words, region=words)


def test_a_newer_version_moves_the_service_to_other_events(client: Client) -> None:
    service = running()
    home = organization(REGION)
    files = files_of("sktm", home)
    manifest = files["package.yaml"].decode().replace("life_events: [hardship,", "life_events: [")
    services.put_to_work(
        organization=home,
        content=zipped({**files, "package.yaml": manifest.encode()}),
        parameters=PARAMETERS,
        places={VILLAGE: {}},
        by=None,
        at=AT + timedelta(days=1),
    )
    assert LETTER not in found(client, event="hardship")
    assert LETTER in found(client, event="education")
    assert service.package == "sktm"


def test_the_page_asks_little_and_is_small(client: Client) -> None:
    running()
    letter_of(organization(OTHER))
    client.get("/apply/")
    asked = {"event": "hardship", "region": "kabupaten", "q": "surat"}
    with CaptureQueriesContext(connection) as counted:
        answer = client.get("/apply/", asked)
    own = [one["sql"] for one in counted if "casework_offered_service" in one["sql"]]
    assert len(own) == 3  # regions of this name, how many fit, the page of them
    assert len(answer.content) < 60_000


def test_programs_ask_for_an_event_too(client: Client) -> None:
    running()
    nib()
    address = f"/api/v1/regions/{REGION}/offered-services"
    items = client.get(f"{address}?event=starting_a_business").json()["items"]
    assert [(one["package"], one["life_events"]) for one in items] == [("nib-desa", ["starting_a_business"])]
    assert client.get(f"{address}?event=birthday").status_code == 422
