"""The older answers offer text and evidence to a newer instrument, never a level."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livinglab.evaluations.domain.answers import Draft
from livinglab.evaluations.domain.crosswalk import Carry, OldAnswer, propose
from livinglab.evaluations.models import Answer
from livinglab.evaluations.operations import answers, crosswalk, problems, rounds
from livinglab.evaluations.queries.crosswalk import find_offer
from livinglab.evaluations.queries.participations import find_participation
from livinglab.kernel.tenancy import tenancy
from tests.evaluations.kit import AT, SPBE, Region, answer, open_round
from tests.organizations.people import organization, signed_in

PIECES = [UUID(int=number) for number in range(6)]


def old(indicator: str, facts: str = "", pieces: tuple[UUID, ...] = ()) -> OldAnswer:
    return OldAnswer(indicator, f"Indikator {indicator}", Decimal(3), facts, "", pieces)


def test_each_older_text_stands_under_the_indicator_it_was_written_for() -> None:
    answers = {"1": old("1", "Perbup 5/2023."), "11": old("11", "Dokumen arsitektur."), "2": old("2")}
    (found,) = propose([("1", Carry.UPDATE, ["1", "2", "11", "99"])], answers)
    assert found.facts == "[1 Indikator 1]\nPerbup 5/2023.\n\n[11 Indikator 11]\nDokumen arsitektur."
    assert [one.indicator for one in found.origins] == ["1", "2", "11"]


def test_a_piece_shown_twice_is_offered_once() -> None:
    answers = {"1": old("1", pieces=(PIECES[0], PIECES[1])), "2": old("2", pieces=(PIECES[1], PIECES[2]))}
    (found,) = propose([("1", Carry.REUSE, ["1", "2"])], answers)
    assert found.piece_ids == (PIECES[0], PIECES[1], PIECES[2])


def test_nothing_is_offered_where_the_indicator_is_new() -> None:
    (found,) = propose([("4", Carry.NEW, ["1"])], {"1": old("1", "Teks.")})
    assert found.is_empty


@given(st.dictionaries(st.sampled_from("123456"), st.text(max_size=20), max_size=6))
def test_no_words_of_a_mapped_answer_are_lost(texts: dict[str, str]) -> None:
    answers = {key: old(key, text) for key, text in texts.items()}
    (found,) = propose([("1", Carry.REUSE, list("123456"))], answers)
    assert all(text.strip() in found.facts for text in texts.values())


@pytest.fixture
def in_pemdi() -> Region:
    """Siak answered two indicators of SPBE 2020 in 2025, and takes part in Pemdi 2026."""
    old_round = open_round()
    answer(old_round, "1", 3)
    answer(old_round, "11", 2)
    wanted = replace(
        SPBE,
        instrument="pemdi-2026",
        year=2026,
        title="Evaluasi Pemdi 2026",
        self_until=date(2026, 7, 31),
        document_until=date(2026, 9, 30),
        interview_until=date(2026, 10, 31),
        ends_on=date(2026, 12, 31),
    )
    rounds.open_round(
        wanted=wanted,
        opened_by=organization("kementerian-panrb"),
        participants=[old_round.organization.id],
        by=old_round.ministry,
        at=AT,
    )
    participation = find_participation(old_round.organization.id, 2026)
    assert participation is not None
    return replace(old_round, participation=participation)


@pytest.mark.django_db
def test_the_text_is_taken_over_once_and_no_level_with_it(in_pemdi: Region) -> None:
    place = in_pemdi.as_(in_pemdi.entry)
    with tenancy(place.organization.id):
        offer = find_offer(place, language="id")
        assert offer is not None
        assert (offer.older.code, offer.year) == ("spbe-2020", 2025)
        first = crosswalk.take_over(place=place, offer=offer, indicators=["1"], at=AT)
        again = crosswalk.take_over(place=place, offer=offer, indicators=["1"], at=AT)
        row = Answer.objects.get(evaluation_id=place.participation.id)
    assert (first.texts, first.left, again.texts) == (1, (), 0)
    assert row.level is None
    assert row.facts == (
        "[1 Kebijakan Internal Arsitektur SPBE]\nFakta uji.\n\n[11 Arsitektur SPBE]\nFakta uji."
    )


@pytest.mark.django_db
def test_a_text_that_is_cut_is_named(in_pemdi: Region) -> None:
    long = "panjang " * (problems.LONGEST_TEXT // 8)
    with tenancy(in_pemdi.organization.id):
        Answer.objects.filter(indicator="1").update(facts=long)
    client = signed_in(in_pemdi.entry)
    said = client.post(PAGE, {"indicator": ["1"]}, follow=True).content.decode()
    assert "Dipotong pada 20000 karakter" in said
    with tenancy(in_pemdi.organization.id):
        row = Answer.objects.get(evaluation_id=in_pemdi.participation.id)
        assert len(row.facts) == problems.LONGEST_TEXT
        place = in_pemdi.as_(in_pemdi.entry)
        offer = find_offer(place, language="id")
        assert offer is not None
        # what is stored already is not cut a second time
        assert crosswalk.take_over(place=place, offer=offer, indicators=["1"], at=AT).cut == ()


@pytest.mark.django_db
def test_what_is_written_already_stays(in_pemdi: Region) -> None:
    place = in_pemdi.as_(in_pemdi.entry)
    answers.save(place=place, indicator="1", draft=Draft(facts="Milik kami."), base_version=0, at=AT)
    with tenancy(place.organization.id):
        offer = find_offer(place, language="id")
        assert offer is not None
        crosswalk.take_over(place=place, offer=offer, indicators=["1"], at=AT)
        assert Answer.objects.get(evaluation_id=place.participation.id).facts == "Milik kami."


@pytest.mark.django_db
def test_an_agency_takes_over_nothing_that_was_not_given_to_it(in_pemdi: Region) -> None:
    place = in_pemdi.as_(in_pemdi.officer)
    with tenancy(place.organization.id):
        offer = find_offer(place, language="id")
        assert offer is not None
        done = crosswalk.take_over(place=place, offer=offer, indicators=["1"], at=AT)
        assert not Answer.objects.filter(evaluation_id=place.participation.id).exists()
    assert (done.texts, done.left) == (0, ("1",))


@pytest.mark.django_db
def test_without_an_older_evaluation_there_is_no_offer() -> None:
    region = open_round()
    with tenancy(region.organization.id):
        assert find_offer(region.as_(region.entry), language="id") is None


PAGE = "/regions/14.08/evaluations/2026/crosswalk/"


@pytest.mark.django_db
def test_an_officer_ticks_what_to_take_over(in_pemdi: Region) -> None:
    client = signed_in(in_pemdi.entry)
    page = client.get(PAGE)
    assert "dari 20 indikator dapat bertolak dari jawaban 2025" in page.content.decode()
    assert "Tidak resmi:" in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    nothing = client.post(PAGE, {})
    assert nothing.status_code == 422
    done = client.post(PAGE, {"indicator": ["1"]})
    assert (done.status_code, done["Location"]) == (302, "/regions/14.08/evaluations/2026/")
    with tenancy(in_pemdi.organization.id):
        assert Answer.objects.get(evaluation_id=in_pemdi.participation.id).facts.startswith("[1 ")


@pytest.mark.django_db
def test_an_instrument_without_a_crosswalk_has_no_such_page() -> None:
    region = open_round()
    assert signed_in(region.entry).get(PAGE.replace("2026", "2025")).status_code == 404
