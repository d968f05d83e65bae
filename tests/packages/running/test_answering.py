"""Answers between a page and a form: what people type is read, and shown again as they typed it."""

import pytest
from django.http import QueryDict
from django.template import engines
from django.utils import translation

from livinglab.packages.adapters.expressions import holds
from livinglab.packages.domain.form import Field, FieldType
from livinglab.packages.domain.manifest import Option
from livinglab.packages.domain.running.answers import Mistake, asked
from livinglab.packages.domain.words import Words
from livinglab.packages.queries import answering
from tests.packages.running.small import form, question

PLACES = {"village": (("99.71.01.2001", "Desa Contoh"),), "district": ()}
TWO = (Option("a", Words("Pertama", "First")), Option("b", Words("Kedua", "Second")))
CHILDREN = question(
    "children",
    FieldType.LIST,
    fields=(question("name"), question("age", FieldType.INTEGER)),
    maxItems=3,
)


def read(one: Field, posted: str) -> object:
    return answering.read((one,), QueryDict(posted), {})[one.id]


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        (FieldType.MONEY, "Rp 1.500.000", 1_500_000),
        (FieldType.MONEY, "1,500,000", 1_500_000),
        (FieldType.MONEY, "1500000", 1_500_000),
        (FieldType.MONEY, "-5", -5),
        (FieldType.MONEY, "1.5", "1.5"),
        (FieldType.INTEGER, "empat", "empat"),
        (FieldType.INTEGER, "9" * 16, "9" * 16),
        (FieldType.NUMBER, "2,5", 2.5),
        (FieldType.NUMBER, "2.5", 2.5),
        (FieldType.NUMBER, "1e9", "1e9"),
        (FieldType.DATE, "31-12-2026", "2026-12-31"),
        (FieldType.DATE, "2026-12-31", "2026-12-31"),
        (FieldType.DATE, "kemarin", "kemarin"),
        (FieldType.YES_NO, "yes", True),
        (FieldType.YES_NO, "no", False),
        (FieldType.YES_NO, "mungkin", "mungkin"),
        (FieldType.NIK, "9999 0101-0190.0001", "9999010101900001"),
        (FieldType.TEXT, "  Warga  ", "Warga"),
        (FieldType.TEXT, "   ", None),
        (FieldType.LONG_TEXT, "satu\r\ndua", "satu\ndua"),
    ],
)
def test_what_people_type_is_read(kind: FieldType, typed: str, value: object) -> None:
    posted = QueryDict(mutable=True)
    posted["q"] = typed
    found = answering.read((question("q", kind),), posted, {})["q"]
    assert found == value
    assert type(found) is type(value)


def test_several_answers_and_the_rows_of_a_list_are_read() -> None:
    assert read(question("q", FieldType.CHOICES), "q=a&q=b") == ["a", "b"]
    posted = "_rows_children=3&children-0-name=Satu&children-0-age=3&children-1-name=&children-2-age=x"
    assert read(CHILDREN, posted) == [{"name": "Satu", "age": 3}, {"age": "x"}]
    assert read(CHILDREN, "_rows_children=99999&children-0-name=Satu") == [{"name": "Satu"}]
    assert read(CHILDREN, "_rows_children=x&children-0-name=Satu") is None


@pytest.mark.parametrize(
    ("one", "value", "indonesian", "english"),
    [
        (question("q", FieldType.MONEY), 1_500_000, "Rp1.500.000", "Rp1,500,000"),
        (question("q", FieldType.NUMBER), 2.5, "2,5", "2.5"),
        (question("q", FieldType.INTEGER), 2_024, "2.024", "2,024"),
        (question("q", FieldType.INTEGER, minimum=1990, maximum=2100), 2_024, "2024", "2024"),
        (question("q", FieldType.DATE), "2026-12-31", "31 Desember 2026", "31 December 2026"),
        (question("q", FieldType.CHOICE, options=TWO), "b", "Kedua", "Second"),
        (question("q", FieldType.CHOICES, options=TWO), ["a", "b"], "Pertama dan Kedua", "First and Second"),
        (
            question("q", FieldType.PLACE, place_level="village"),
            "99.71.01.2001",
            "Desa Contoh",
            "Desa Contoh",
        ),
        (question("q", FieldType.NIK), "9999010101900001", "••••••••••••0001", "••••••••••••0001"),
        (question("q", FieldType.FILE), {"name": "kk.pdf", "size": 1}, "kk.pdf (1 KB)", "kk.pdf (1 KB)"),
        (CHILDREN, [{"name": "Satu", "age": 3}], "Satu, 3", "Satu, 3"),
        (question("q"), None, "–", "–"),
    ],
)
def test_answers_are_read_as_the_language_writes_them(
    one: Field, value: object, indonesian: str, english: str
) -> None:
    for language, said in (("id", indonesian), ("en", english)):
        with translation.override(language):
            assert answering.in_reading(one, value, language=language, places=PLACES, is_masked=True) == said


def test_a_page_shows_what_was_typed_and_what_is_wrong_with_it() -> None:
    fields = (question("income", FieldType.MONEY), CHILDREN)
    mistakes = (Mistake("income", "unread_number"), Mistake("children.0.age", "too_small", {"limit": "1"}))
    with translation.override("en"):
        income, children = answering.questions(
            fields, {"income": "banyak", "children": [{"age": 0}]}, mistakes, language="en", places=PLACES
        )
    assert (income.text, income.error) == ("banyak", "Give “income” as a number, such as 1500000.")
    assert [[cell.name for cell in row] for row in children.rows] == [
        ["children-0-name", "children-0-age"],
        ["children-1-name", "children-1-age"],
    ]
    assert children.rows[0][1].error == "“age” is at least 1."
    assert children.rows[1][1].error == ""


def test_every_kind_of_question_is_drawn_with_its_label() -> None:
    fields = tuple(
        question(
            kind.value,
            kind,
            options=TWO,
            place_level="village",
            fields=CHILDREN.fields if kind is FieldType.LIST else (),
        )
        for kind in FieldType
    )
    with translation.override("en"):
        shown = answering.questions(fields, {}, (), language="en", places=PLACES)
        template = engines["jinja2"].from_string(
            '{% from "packages/form.html" import question_list %}{{ question_list(questions=shown) }}'
        )
        drawn = template.render({"shown": shown})
    for kind in FieldType:
        assert f"{kind.value} (optional)" in drawn
        assert f'id="{kind.value}"' in drawn
    assert 'name="list-0-age"' in drawn
    assert drawn.index("Continue") < drawn.index("Add a row"), "Enter goes on and adds no row"


def test_every_mistake_has_words_in_both_languages() -> None:
    codes = (Mistake.__doc__ or "").split("Codes: ")[1].rstrip(". \n").replace("\n", " ").split(",")
    said = {"limit": "3", "day": "2026-01-01"}
    for code in (one.strip() for one in codes):
        sentences = set()
        for language in ("id", "en"):
            with translation.override(language):
                sentences.add(answering.in_words(Mistake("q", code, said), "Pertanyaan"))
        assert all("%" not in one for one in sentences), code
    with translation.override("en"):
        fallback = answering.in_words(Mistake("q", "wrong", said), "Pertanyaan")
        unsaid = [
            code
            for code in codes
            if answering.in_words(Mistake("q", code.strip(), said), "Pertanyaan") == fallback
        ]
    assert [one.strip() for one in unsaid] == ["wrong"]


def test_pages_of_a_form_follow_what_is_asked() -> None:
    built = form((question("a"), question("b", show_if="form.a == 'x'")), per_page=1)
    from_start = answering.asked_pages(built, _asked(built, {}))
    assert from_start == ("page0",)
    assert answering.asked_pages(built, _asked(built, {"a": "x"})) == ("page0", "page1")


def _asked(built: object, answers: dict[str, object]) -> object:
    return asked(built, answers, {}, task="", holds=holds)  # type: ignore[arg-type]
