"""A reader's words become a query that nothing can break."""

from pathlib import Path

import pytest
from django.db import connection
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from livinglab.catalogue.adapters.search_words_file import read_lexicon
from livinglab.catalogue.adapters.yaml_lines import ReferenceRefused
from livinglab.catalogue.domain.search_words import MOST_WORDS, Asked, make_lexicon, questions, tsquery
from livinglab.catalogue.domain.spelling import allowed, distance, nearest
from livinglab.catalogue.queries.shelf import lexicon

WORDS = make_lexicon(["di", "dan"], [["suket", "surat keterangan"], ["desa", "kelurahan"], ["suket", "sktm"]])


def test_the_longest_known_term_wins_and_brings_its_synonyms() -> None:
    first, second = questions("surat keterangan di desa ", WORDS)
    assert first == Asked(("surat", "keterangan"), (("suket",),))
    assert second == Asked(("desa",), (("kelurahan",),))


def test_a_term_of_two_groups_has_both_as_synonyms() -> None:
    assert WORDS.same[("suket",)] == (("surat", "keterangan"), ("sktm",))


def test_the_last_word_may_still_be_written() -> None:
    assert questions("izin usah", WORDS)[-1].is_beginning
    assert not questions("izin usah ", WORDS)[-1].is_beginning
    assert not questions("x", WORDS)[-1].is_beginning


def test_a_question_of_fillers_alone_keeps_them() -> None:
    assert [one.word for one in questions("di dan", WORDS)] == ["di", "dan"]
    assert [one.word for one in questions("izin di desa", WORDS)] == ["izin", "desa"]


def test_the_query_asks_for_each_way_to_say_it() -> None:
    assert tsquery(questions("suket ", WORDS)[0]) == "(suket) | (surat <-> keterangan) | (sktm)"
    assert (
        tsquery(Asked(("surat", "ke"), (), True), weights="AB")
        == "(surat:AB <-> ke:AB) | (surat:AB <-> ke:*AB)"
    )


@given(st.text(max_size=200))
@example("' OR 1=1 --")
@example("a & | ! ( ) <-> :* b")
@example("\x00")
@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.django_db
def test_no_question_breaks_the_database(given_text: str) -> None:
    asked = questions(given_text, lexicon())
    assert len(asked) <= MOST_WORDS
    with connection.cursor() as cursor:
        for one in asked:
            cursor.execute(
                "SELECT to_tsquery('indonesian', %s), to_tsquery('simple', %s)",
                [tsquery(one), tsquery(one, weights="AB")],
            )


def test_our_own_words_are_read_and_every_group_says_one_thing_in_several_ways() -> None:
    words = lexicon()
    assert ("pengaduan",) in words.same[("aduan",)]
    assert ("bantuan", "sosial") in words.same[("bansos",)]
    assert not words.fillers & {one for term in words.same for one in term if len(term) == 1}


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        ("fillers: [di]\nsynonyms:\n  - [satu]\n", "search-words.yaml:3: synonyms_are_two_or_more"),
        ("fillers: [di]\nsynonyms:\n  - [Izin, perizinan]\n", "search-words.yaml:3: terms_are_plain_words"),
        ("synonyms:\n  - [izin, perizinan]\n", "search-words.yaml:1: keys_are_given"),
    ],
)
def test_a_wrong_file_is_refused_with_its_line(tmp_path: Path, content: str, rule: str) -> None:
    path = tmp_path / "search-words.yaml"
    path.write_text(content)
    with pytest.raises(ReferenceRefused, match=rule):
        read_lexicon(path)


@pytest.mark.parametrize(
    ("first", "second", "number"),
    [
        ("desa", "desa", 0),
        ("dsea", "desa", 1),
        ("pengaduna", "pengaduan", 1),
        ("izin", "ijin", 1),
        ("", "abc", 3),
        ("kitten", "sitting", 3),
    ],
)
def test_the_distance_counts_letters_and_swaps(first: str, second: str, number: int) -> None:
    assert distance(first, second) == distance(second, first) == number


@given(st.text("abcd", max_size=8), st.text("abcd", max_size=8))
def test_the_distance_is_none_only_for_the_same_word(first: str, second: str) -> None:
    assert (distance(first, second) == 0) == (first == second)
    assert abs(len(first) - len(second)) <= distance(first, second) <= max(len(first), len(second))


def test_the_nearest_spelling_is_near_enough_and_the_more_used_wins() -> None:
    known = [("perizinan", 40), ("perikanan", 90)]
    assert nearest("perizinna", known) == "perizinan"
    assert nearest("perixnan", [("perizinan", 1), ("perikanan", 9)]) == "perikanan"
    assert nearest("gunung", known) is None
    assert nearest("ktp", [("kta", 5)]) is None
    assert [allowed("a" * size) for size in (3, 4, 6, 7)] == [0, 1, 1, 2]
