"""Answers: what is asked, what is kept, and what is wrong, field by field."""

from datetime import date

import pytest

from livinglab.packages.adapters import forms
from livinglab.packages.adapters.expressions import holds
from livinglab.packages.domain.form import Field, FieldType
from livinglab.packages.domain.manifest import Option
from livinglab.packages.domain.running.answers import Mistake, asked
from livinglab.packages.domain.running.refusals import BrokenPackage
from livinglab.packages.domain.words import Words
from tests.packages.running.small import form, question

TODAY = date(2026, 11, 2)
FILE = {"name": "kk.pdf", "size": 1000, "sha256": "0" * 64}
CHOICES = (Option("a", Words("A")), Option("b", Words("B")))


def wrong(one: Field, value: object) -> list[tuple[str, str, dict[str, str]]]:
    shown = asked(form((one,)), {one.id: value}, {}, task="", holds=holds)
    return [(found.field, found.code, dict(found.said)) for found in forms.mistakes(shown, TODAY)]


@pytest.mark.parametrize(
    ("one", "good", "bad", "code", "said"),
    [
        (question("q", minLength=2, maxLength=4), "dua", "s", "too_short", {"limit": "2"}),
        (question("q", minLength=2, maxLength=4), "tiga", "empat", "too_long", {"limit": "4", "count": "5"}),
        (question("q", pattern="^[A-Z]+$"), "ABC", "abc", "pattern", {}),
        (question("q", FieldType.NIK, pattern="^[0-9]{16}$"), "9999010101900001", "123", "nik", {}),
        (question("q", FieldType.INTEGER, minimum=1, maximum=5), 5, 6, "too_large", {"limit": "5"}),
        (question("q", FieldType.MONEY, minimum=0), 1, -1, "too_small", {"limit": "0"}),
        (question("q", FieldType.MONEY, minimum=0), 1, "seribu", "unread_number", {}),
        (question("q", FieldType.INTEGER), 1, 1.5, "unread_number", {}),
        (question("q", FieldType.INTEGER), 1, True, "unread_number", {}),
        (question("q", FieldType.NUMBER, multipleOf=0.5), 2.5, 2.3, "step", {}),
        (question("q", FieldType.DATE, format="date"), "2026-02-28", "2026-02-30", "unread_date", {}),
        (
            question("q", FieldType.DATE, not_after="today"),
            "2026-11-02",
            "2026-11-03",
            "after",
            {"day": "2026-11-02"},
        ),
        (
            question("q", FieldType.DATE, not_before="2026-01-01"),
            "2026-01-01",
            "2025-12-31",
            "before",
            {"day": "2026-01-01"},
        ),
        (question("q", FieldType.YES_NO, const=True), True, False, "must_be_true", {}),
        (question("q", FieldType.CHOICE, enum=["a", "b"], options=CHOICES), "a", "c", "unknown_choice", {}),
        (
            question("q", FieldType.CHOICES, items={"enum": ["a", "b"]}, maxItems=1),
            ["a"],
            ["a", "b"],
            "too_many",
            {"limit": "1"},
        ),
        (
            question("q", FieldType.CHOICES, items={"enum": ["a"]}, uniqueItems=True),
            ["a"],
            ["a", "a"],
            "repeated",
            {},
        ),
        (question("q", FieldType.PLACE, place_level="village"), "99.71.01.2001", "99.71.01", "place", {}),
        (
            question("q", FieldType.FILE, accept=("pdf",), max_kib=1),
            FILE,
            {**FILE, "size": 2000},
            "too_big",
            {"limit": "1"},
        ),
        (
            question("q", FieldType.FILE, accept=("pdf",)),
            FILE,
            {**FILE, "name": "x.exe"},
            "kind",
            {"limit": ".pdf"},
        ),
        (question("q", FieldType.FILE, accept=("pdf",)), FILE, {"name": "x.pdf"}, "required", {}),
        (question("q", is_required=True), "ada", "", "required", {}),
    ],
)
def test_each_kind_of_answer_says_what_is_wrong(
    one: Field, good: object, bad: object, code: str, said: dict[str, str]
) -> None:
    assert wrong(one, good) == []
    assert wrong(one, bad) == [("q", code, said)]


def test_a_list_names_the_row_and_the_column() -> None:
    ages = question("age", FieldType.INTEGER, is_required=True, minimum=0)
    one = question("children", FieldType.LIST, minItems=1, maxItems=2, fields=(ages,))
    assert wrong(one, [{"age": 3}]) == []
    assert wrong(one, [{"age": 3}, {}]) == [("children.1.age", "required", {})]
    assert wrong(one, [{"age": 1}, {"age": -1}, {"age": 2}]) == [
        ("children", "too_many", {"limit": "2"}),
        ("children.1.age", "too_small", {"limit": "0"}),
    ]


def test_a_hidden_field_is_neither_asked_nor_required_nor_kept() -> None:
    built = form(
        (
            question("purpose"),
            question("school", is_required=True, show_if="form.purpose == 'school'"),
            question("year", is_required=True, show_if="form.school == 'SMP'"),
        )
    )
    given = {"purpose": "health", "school": "SMP", "year": "1"}
    shown = asked(built, given, {}, task="", holds=holds)
    assert [one.id for one in shown.fields] == ["purpose"]
    assert shown.answers == {"purpose": "health"}
    assert forms.mistakes(shown, TODAY) == ()
    again = asked(built, {**given, "purpose": "school"}, {}, task="", holds=holds)
    assert again.answers == {**given, "purpose": "school"}


def test_a_field_of_a_task_sees_the_answers_of_its_own_form() -> None:
    built = form((question("result"), question("reason", show_if="task.check.result != 'complete'")))
    names = {"form": {"result": "elsewhere"}, "task": {}}
    hidden = asked(built, {"result": "complete", "reason": "x"}, names, task="check", holds=holds)
    shown = asked(built, {"result": "wrong", "reason": "x"}, names, task="check", holds=holds)
    assert (hidden.answers, shown.answers) == ({"result": "complete"}, {"result": "wrong", "reason": "x"})


def test_an_answer_that_was_not_asked_for_is_a_mistake() -> None:
    assert forms.unknown_fields({"a": question("a")}, {"a": 1, "admin": True}) == (
        Mistake("admin", "unasked"),
    )


def test_a_schema_of_a_package_fetches_nothing_and_its_patterns_are_quick() -> None:
    assert wrong(question("q", **{"$ref": "http://192.0.2.1/x.json"}), "text") == []
    with pytest.raises(BrokenPackage):
        wrong(question("q", pattern="(a+"), "text")
    assert wrong(question("q", pattern="^(a+)+$"), "a" * 5_000 + "b") == [("q", "pattern", {})]
