"""Columns of a decision table, put in, named and taken out on its page; the row, the step and the scenario follow."""

import json
from html import unescape

import pytest

from livinglab.packages.queries.editing import examine
from tests.adoptions import kit
from tests.adoptions.editing_kit import boxes, drafts, home, officer, said, texts, typed

pytestmark = pytest.mark.django_db
RULE = "rules/eligibility.json"
PAGE = "rules/eligibility/"
NEW_OUTPUT = {"new-title.id": "Gratis", "new-title.en": "Free", "new-kind": "boolean", "new-cell": "true"}
NEW_INPUT = {"new-title.id": "Jumlah anggota", "new-kind": "looked-at", "new-value": "form.members"}


def test_a_column_that_comes_out_is_put_in_filled_in_every_row_and_kept() -> None:
    row = kit.started()
    before, browser, address = texts(row), officer(), home(row, PAGE)
    answer = browser.post(address, typed(browser, address, do="add-column") | NEW_OUTPUT)
    assert (answer.status_code, drafts(row)) == (200, set())
    assert "Expressions call it gratis." in unescape(answer.content.decode())
    assert browser.post(address, boxes(answer.content) | {"do": ["keep"]}).status_code == 302
    assert said(before, texts(row))[0] == "Outcome column “Free” added"
    table = json.loads(texts(row)[RULE])
    assert [one["then"]["gratis"] for one in table["rows"]] == ["true", "true", "true"]
    assert examine(texts(row)).errors() == ()


def test_a_column_that_is_looked_at_is_put_in_and_its_name_stands_once() -> None:
    row = kit.started()
    browser, address = officer(), home(row, PAGE)
    once = boxes(browser.post(address, typed(browser, address, do="add-column") | NEW_INPUT).content)
    twice = boxes(browser.post(address, once | NEW_INPUT | {"do": "add-column"}).content)
    cell = {"at.rows.0.when.jumlah_anggota": ["> 5"], "at.rows.0.when.jumlah_anggota_2": ["< 9"]}
    assert browser.post(address, twice | cell | {"do": ["keep"]}).status_code == 302
    table = json.loads(texts(row)[RULE])
    assert [one["id"] for one in table["inputs"][2:]] == ["jumlah_anggota", "jumlah_anggota_2"]
    assert table["rows"][0]["when"]["jumlah_anggota"] == "> 5"
    assert table["rows"][1]["when"] == {"per_person": "true"}


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"new-title.id": " "}, "Write it in Indonesian too"),
        ({"new-value": ""}, "Say what is looked at, such as form.purpose."),
        ({"new-kind": "date"}, "Choose one of the options."),
    ],
)
def test_a_column_of_which_something_is_missing_says_what_and_keeps_what_was_typed(
    given: dict[str, str], problem: str
) -> None:
    row = kit.started()
    browser, address = officer(), home(row, PAGE)
    answer = browser.post(address, typed(browser, address, do="add-column") | NEW_INPUT | given)
    page = unescape(answer.content.decode())
    assert (answer.status_code, problem in page, drafts(row)) == (422, True, set())
    assert boxes(answer.content)["new-value"] == [(NEW_INPUT | given)["new-value"]]
    assert "jumlah_anggota" not in page


def test_another_title_and_type_are_two_differences_and_typing_them_back_is_none() -> None:
    row = kit.started()
    before, browser, address = texts(row), officer(), home(row, PAGE)
    was = typed(browser, address)
    renamed = was | {"at.outputs.1.title.en": "Urgent", "at.outputs.1.type": "text"}
    assert browser.post(address, renamed).status_code == 302
    assert said(before, texts(row)) == [
        "Outcome column “Goes first”: text in English reworded",
        "Outcome column “Urgent”: type changed from “boolean” to “text”",
    ]
    back = typed(browser, address) | {
        name: was[name] for name in ("at.outputs.1.title.en", "at.outputs.1.type")
    }
    assert browser.post(address, back).status_code == 302
    assert drafts(row) == set()


def test_a_column_taken_out_tells_rows_and_every_place_that_still_uses_it() -> None:
    row = kit.started()
    browser, address = officer(), home(row, PAGE)
    answer = browser.post(address, typed(browser, address, do="drop:outputs:eligible"))
    page = unescape(answer.content.decode())
    assert (answer.status_code, drafts(row)) == (200, set())
    assert "With it goes what stood there in the rows 1, 2, 3." in page
    assert "process, the way from “Tergolong tidak mampu?” to “Diperiksa kecamatan?”" in page
    assert "scenario “A family that qualifies receives its letter”, step 4" in page
    assert browser.post(address, boxes(answer.content) | {"do": ["keep"]}).status_code == 302
    assert {one.path for one in examine(texts(row)).errors()} >= {"process.bpmn"}


def test_a_column_whose_other_uses_are_gone_leaves_a_sound_package() -> None:
    row = kit.started()
    browser, address = officer(), home(row, PAGE)
    answer = browser.post(address, typed(browser, address, do="drop:inputs:purpose"))
    assert "still used here" not in answer.content.decode()
    assert "With it goes what stood there in row 1." in unescape(answer.content.decode())
    assert browser.post(address, boxes(answer.content) | {"do": ["keep"]}).status_code == 302
    table = json.loads(texts(row)[RULE])
    assert [one["id"] for one in table["inputs"]] == ["per_person"]
    assert table["rows"][0]["when"] == {"per_person": "true"}


def test_the_last_column_of_a_side_stays() -> None:
    row = kit.started()
    browser, address = officer(), home(row, PAGE)
    first = boxes(browser.post(address, typed(browser, address, do="drop:inputs:purpose")).content)
    answer = browser.post(address, first | {"do": "drop:inputs:per_person"})
    assert answer.status_code == 422
    assert "A table needs at least one column that is looked at" in answer.content.decode()
    assert boxes(answer.content)["input"] == ["per_person"]
    assert drafts(row) == set()


def test_what_a_scenario_expected_of_a_column_is_emptied_and_goes() -> None:
    row = kit.started()
    browser = officer()
    scenarios = [
        path for path, text in texts(row).items() if path.startswith("scenarios/") and "urgent:" in text
    ]
    assert scenarios
    for path in scenarios:
        page = home(row, f"scenarios/{path.split('/')[1].removesuffix('.yaml')}/")
        form = typed(browser, page)
        emptied = {name: "" for name in form if name.endswith(".eligibility.urgent")}
        assert emptied
        assert browser.post(page, form | emptied).status_code == 302
        assert "urgent:" not in texts(row)[path]
    address = home(row, PAGE)
    answer = browser.post(address, typed(browser, address, do="drop:outputs:urgent"))
    assert "scenario" not in unescape(answer.content.decode()).split("still used here")[-1].split("</ul>")[0]
