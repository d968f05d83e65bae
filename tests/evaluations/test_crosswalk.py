"""The older answers offer text and evidence to a newer instrument, never a level."""

from decimal import Decimal
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from livinglab.evaluations.domain.crosswalk import Carry, OldAnswer, propose

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
