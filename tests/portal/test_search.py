"""The search finds what is meant, forgives a mistyped letter, and survives whatever it is asked."""

import re

import pytest
from django.test import Client
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from livinglab.catalogue.queries import shelf
from livinglab.kernel import clock
from livinglab.portal import operations
from livinglab.portal import search as searching
from livinglab.portal.domain.search import MOST_WORDS, EntryKind, search_words
from livinglab.portal.models import SearchEntry
from livinglab.portal.search import Answer, search

pytestmark = pytest.mark.django_db


def _first(answer: Answer, kind: EntryKind) -> str:
    return next(group.hits[0].title_id for group in answer.groups if group.kind is kind)


def test_everything_public_can_be_found() -> None:
    kinds = {kind: SearchEntry.objects.filter(kind=kind).count() for kind in EntryKind}
    assert kinds[EntryKind.REGION] == 552
    assert kinds[EntryKind.INDICATOR] == 102
    assert kinds[EntryKind.INSTITUTION] == 95


@pytest.mark.parametrize(
    ("asked", "kind", "found"),
    [
        ("sumedang", EntryKind.REGION, "Kabupaten Sumedang"),
        ("Kab. Siak", EntryKind.REGION, "Kabupaten Siak"),
        ("pemkot bandung", EntryKind.REGION, "Kota Bandung"),
        ("32.11", EntryKind.REGION, "Kabupaten Sumedang"),
        ("sumed", EntryKind.REGION, "Kabupaten Sumedang"),
        ("manajemen risiko", EntryKind.INDICATOR, "Tingkat Kematangan Penerapan Manajemen Risiko SPBE"),
        ("informasi geospasial", EntryKind.INSTITUTION, "Badan Informasi Geospasial"),
    ],
)
def test_the_one_that_is_meant_comes_first(asked: str, kind: EntryKind, found: str) -> None:
    answer = search(search_words(asked))
    assert not answer.is_alike
    assert _first(answer, kind) == found


@pytest.mark.parametrize(
    ("asked", "found"), [("sumdang", "Kabupaten Sumedang"), ("banyuwngi", "Kabupaten Banyuwangi")]
)
def test_a_mistyped_name_is_found(asked: str, found: str) -> None:
    answer = search(search_words(asked))
    assert answer.is_alike
    assert _first(answer, EntryKind.REGION) == found


def test_without_similarity_a_mistyped_name_finds_nothing_and_nothing_breaks(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (searching, shelf):
        monkeypatch.setattr(module, "has_similarity", lambda: False)
    assert search(search_words("sumdang")).groups == ()
    assert "Coba cara lain" in client.get("/search/?q=sumdang").content.decode()


@given(st.text(max_size=300))
@example("' OR 1=1 --")
@example("a & | ! ( ) <-> :* b")
@example("%_\\")
@example("\x00")
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_question_breaks_the_search(asked: str) -> None:
    words = search_words(asked)
    assert len(words.words) <= MOST_WORDS
    assert all(re.fullmatch(r"[^\W_]+", word) for word in words.words)
    search(words)


def test_the_empty_page_says_what_to_do(client: Client) -> None:
    page = client.get("/en/search/").content.decode()
    assert "Find a region, an institution, an indicator or a service" in page
    assert "For example:" in page


def test_what_is_asked_is_shown_escaped(client: Client) -> None:
    page = client.get("/search/", {"q": "<b>x"}).content.decode()
    assert "<b>x" not in page
    assert "&lt;b&gt;x" in page


def test_an_english_reader_is_led_to_english_pages(client: Client) -> None:
    page = client.get("/en/search/?q=risk").content.decode()
    assert 'href="/en/instruments/spbe-2020/indicators/21/"' in page


def test_an_index_that_is_right_is_left_alone() -> None:
    before = set(SearchEntry.objects.values_list("id", flat=True))
    operations.rebuild_search(by=None, at=clock.now())
    assert set(SearchEntry.objects.values_list("id", flat=True)) == before


def test_an_index_that_is_wrong_is_made_right() -> None:
    SearchEntry.objects.filter(code="32.11").update(title_id="Wrong")
    operations.rebuild_search(by=None, at=clock.now())
    assert SearchEntry.objects.get(kind="region", code="32.11").title_id == "Kabupaten Sumedang"


def test_services_come_from_the_catalogue_with_its_synonyms(client: Client) -> None:
    page = client.get("/en/search/?q=keluhan").content.decode()
    assert "Services and practices" in page
    assert 'href="/en/catalogue/?q=keluhan"' in page
    assert "look alike" not in page


def test_a_mistyped_region_still_leads_to_the_region(client: Client) -> None:
    page = client.get("/en/search/?q=sumdang").content.decode()
    assert 'href="/en/regions/32.11/"' in page
