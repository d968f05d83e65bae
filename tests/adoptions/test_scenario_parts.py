"""A scenario is added to an adaptation and gets steps, so that a changed process is proven again."""

from html import unescape

import pytest

from livinglab.packages.queries.editing import data_of, examine
from tests.adoptions import kit
from tests.adoptions.editing_kit import drafts, home, officer, texts, typed
from tests.adoptions.test_process_ways import posted

pytestmark = pytest.mark.django_db
GRANTED = "scenarios/granted.yaml"
PAGE = "scenarios/granted/"
NEW = {
    "title.id": "Warga dengan anak",
    "title.en": "Somebody with a child",
    "kind": "granted",
    "origin": "granted",
}


def steps(text: str) -> list[dict[str, object]]:
    data = data_of(GRANTED, text)
    assert isinstance(data, dict)
    return list(data["steps"])


def test_a_scenario_begins_with_the_steps_of_another_and_goes_again() -> None:
    row = kit.started()
    browser = officer()
    answer = browser.post(home(row, "new/scenarios/"), NEW)
    own = home(row, "scenarios/warga-dengan-anak/")
    assert answer.headers["Location"] == own
    made = texts(row)["scenarios/warga-dengan-anak.yaml"]
    assert made.startswith("title: {id: Warga dengan anak, en: Somebody with a child}\nkind: granted\n")
    assert steps(made) == steps(texts(row)[GRANTED])
    assert examine(texts(row)).errors() == ()
    assert "Warga dengan anak" in unescape(browser.get(home(row).replace("/en/", "/")).content.decode())
    assert browser.post(own, typed(browser, own, do="remove")).status_code == 302
    assert drafts(row) == set()


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"title.id": ""}, "Write it in Indonesian too"),
        ({"kind": "lost"}, "Choose one of the options."),
        ({"origin": "../x"}, "Choose one of the options."),
    ],
)
def test_what_does_not_fit_is_said_and_no_scenario_is_added(given: dict[str, str], problem: str) -> None:
    row = kit.started()
    answer = officer().post(home(row, "new/scenarios/"), {**NEW, **given})
    page = unescape(answer.content.decode())
    assert (answer.status_code, problem in page, 'value="Somebody with a child"' in page) == (422, True, True)
    assert drafts(row) == set()


def test_steps_are_put_in_behind_others_and_taken_out() -> None:
    row = kit.started()
    browser, page = officer(), home(row, PAGE)
    before = steps(texts(row)[GRANTED])
    added = typed(browser, page, do="add-step") | {"behind": "1", "what": "wait"}
    assert browser.post(page, added).status_code == 302
    assert steps(texts(row)[GRANTED]) == [*before[:2], {"do": "wait", "for": "P1D"}, *before[2:]]
    added = typed(browser, page, do="add-step") | {"behind": "2", "what": "expect|breached"}
    assert browser.post(page, added).status_code == 302
    assert steps(texts(row)[GRANTED])[3] == {"expect": {"breached": []}}
    for _twice in range(2):
        assert browser.post(page, typed(browser, page, do="drop:2")).status_code == 302
    assert drafts(row) == set()
    nothing = typed(browser, page, do="add-step") | {"behind": "1", "what": "run|rm"}
    assert browser.post(page, nothing).status_code == 302
    assert browser.post(page, typed(browser, page, do="drop:99")).status_code == 302
    assert drafts(row) == set()


def test_a_task_put_into_the_process_is_done_in_a_scenario_and_all_is_sound() -> None:
    row = kit.started()
    browser = officer()
    given = {
        "do": "insert",
        "where": "f10",
        "what": "userTask|ll:form|approve|",
        "name": "Periksa lagi",
        "lane": "social",
    }
    assert posted(browser, row, "process/", given)[0] == 302
    broken = {one.path for one in examine(texts(row)).errors()}
    assert GRANTED in broken
    for path in sorted(broken):
        page = home(row, f"scenarios/{path.split('/')[1].removesuffix('.yaml')}/")
        listed = steps(texts(row)[path])
        behind = next(number for number, one in enumerate(listed) if one.get("task") == "approve")
        added = typed(browser, page, do="add-step") | {
            "behind": str(behind),
            "what": "complete|periksa_lagi|social",
        }
        assert browser.post(page, added).status_code == 302
        answers = f"{page}{behind + 1}/"
        shown = typed(browser, answers) | {"approved": "yes", "_keep": "yes"}
        assert browser.post(answers, shown).status_code == 302
    assert examine(texts(row)).errors() == ()
