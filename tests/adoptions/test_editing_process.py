"""The process of an adaptation, changed step by step or in a drawing, checked by the server each time."""

import re
from html import unescape

import pytest
from django.test import Client
from django.utils.translation import override

from livinglab.adoptions.domain.states import AdoptionStep
from livinglab.adoptions.models import Adoption
from livinglab.adoptions.operations import adoptions
from livinglab.adoptions.queries.editions import texts_of_release
from livinglab.audit.models import Entry
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.queries import Role
from livinglab.packages.queries.drawing import drawn
from livinglab.packages.queries.process_changes import changed
from livinglab.packages.queries.process_editing import diagram_of
from livinglab.packages.queries.process_words import names_of
from livinglab.packages.queries.reading import parse_package
from tests.adoptions import kit
from tests.adoptions.editing_kit import boxes, drafts, home, officer, texts
from tests.organizations.people import make_member, signed_in

pytestmark = pytest.mark.django_db
BPMN = "process.bpmn"
PROCESS = "process/"
STEP = "process/steps/check/"


def shown(browser: Client, row: Adoption, page: str = PROCESS) -> str:
    return unescape(browser.get(home(row, page)).content.decode())


def file_of(row: Adoption) -> str:
    return texts(row)[BPMN]


def mark(page: str) -> dict[str, str]:
    found = re.search(r'name="seen:process.bpmn" value="(\w+)"', page)
    assert found
    return {"seen:process.bpmn": found[1]}


def differs(row: Adoption) -> list[str]:
    """What differs from the origin, in sentences."""
    base = texts_of_release(row.base_id)
    names = names_of(parse_package({path: text.encode() for path, text in base.items()}), "en")
    with override("en"):
        return [one.said for one in changed(base[BPMN], file_of(row), names, "en")]


def test_the_page_tells_the_process_and_hands_the_drawing_to_the_editor() -> None:
    row = kit.started()
    page = shown(officer(), row)
    assert "The process is as at the origin." in page
    assert 'id="step-approve"' in page
    assert "2 working days" in page
    assert drawn(file_of(row)) in page
    assert "bpmn-modeler.production.min.js" in page


def test_keeping_a_step_as_it_is_changes_nothing() -> None:
    row = kit.started()
    browser = officer()
    for step in ("check", "complete", "too_late", "checked", "issue_letter", "granted", "start"):
        place = home(row, f"process/steps/{step}/")
        answer = browser.post(place, {**boxes(browser.get(place).content), "do": "keep"})
        assert (step, answer.status_code, drafts(row)) == (step, 302, set())


def test_a_step_is_renamed_and_gets_another_deadline_without_javascript() -> None:
    row = kit.started()
    browser, place = officer(), home(row, STEP)
    said = {**boxes(browser.get(place).content), "do": "keep"}
    said |= {"step-name": ["Teliti permohonan"], "step-ll-within-number": ["3"]}
    assert browser.post(place, said).status_code == 302
    assert sorted(differs(row)) == [
        "Step “Periksa permohonan”: name changed from “Periksa permohonan” to “Teliti permohonan”",
        "Time limit of “Teliti permohonan”: 1 working day → 3 working days",
    ]
    assert "The process differs in 2 things from its origin." in shown(browser, row)
    with tenancy(row.organization_id):
        entry = Entry.objects.filter(action="adoptions.drafted").latest("at")
    assert entry.facts["name"] == BPMN


def test_a_condition_is_changed_where_the_decision_stands() -> None:
    row = kit.started()
    browser, place = officer(), home(row, "process/steps/checked/")
    said = {**boxes(browser.get(place).content), "do": "keep"}
    said["way-condition:is_wrong"] = ["task.check.result == 'complete'"]
    assert browser.post(place, said).status_code == 302
    assert diagram_of(file_of(row)).main.flows["is_wrong"].condition == "task.check.result == 'complete'"


def test_a_step_is_put_in_and_taken_out_without_javascript() -> None:
    row = kit.started()
    browser, place = officer(), home(row, PROCESS)
    said = {
        "do": "insert",
        "where": "f3",
        "what": "serviceTask|ll:kind|register|",
        "name": "Catat hasil",
        "lane": "village",
    }
    assert browser.post(place, {**said, **mark(shown(browser, row))}).status_code == 302
    assert differs(row) == [
        "Step “Catat hasil” added between “Periksa permohonan” and “Hasil pemeriksaan”, by Village officer"
    ]
    assert "catat_hasil" in diagram_of(file_of(row)).main.nodes
    place = home(row, "process/steps/catat_hasil/")
    answer = browser.post(place, {**mark(browser.get(place).content.decode()), "do": "remove"})
    assert answer.status_code == 302
    assert "catat_hasil" not in diagram_of(file_of(row)).main.nodes


def test_what_cannot_be_done_says_why_and_changes_nothing() -> None:
    row = kit.started()
    browser = officer()
    place = home(row, "process/steps/checked/")
    answer = browser.post(place, {**mark(browser.get(place).content.decode()), "do": "remove"})
    assert answer.status_code == 422
    assert "Only a step that one way leaves can be taken out" in answer.content.decode()
    place = home(row, PROCESS)
    seen = mark(shown(browser, row))
    assert "Name the step." in browser.post(place, {**seen, "do": "insert"}).content.decode()
    said = {**seen, "do": "insert", "name": "X", "what": "endEvent|||", "lane": "village", "where": "f3"}
    assert "Choose what the step does." in browser.post(place, said).content.decode()
    said = {**said, "what": "sendTask|ll:message|received|", "where": "gone"}
    assert "There is no such way any more." in browser.post(place, said).content.decode()
    assert browser.get(home(row, "process/steps/gone/")).status_code == 404
    assert drafts(row) == set()


def test_a_drawing_is_kept_and_its_one_change_is_said() -> None:
    row = kit.started()
    browser = officer()
    seen = mark(shown(browser, row))
    sent = drawn(file_of(row)).replace('name="Periksa permohonan"', 'name="Teliti"')
    assert browser.post(home(row, PROCESS), {**seen, "do": "drawing", "xml": sent}).status_code == 302
    assert differs(row) == ["Step “Periksa permohonan”: name changed from “Periksa permohonan” to “Teliti”"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('ll:within="P1D"', 'll:within="soon"', "At “Periksa permohonan”:"),
        ("<userTask ", "<scriptTask ", "At “Periksa permohonan”:"),
        (' ll:message="received"', "", "At “Kabari: diterima”:"),
        ("</definitions>", "", "XML"),
    ],
)
def test_a_drawing_outside_the_standard_is_refused_at_its_step_and_nothing_is_lost(
    old: str, new: str, said: str
) -> None:
    row = kit.started()
    browser = officer()
    seen = mark(shown(browser, row))
    sent = drawn(file_of(row)).replace(old, new, 1)
    answer = browser.post(home(row, PROCESS), {**seen, "do": "drawing", "xml": sent})
    page = unescape(answer.content.decode())
    assert answer.status_code == 422
    assert said in page
    assert sent in page
    assert drafts(row) == set()


def test_a_drawing_that_breaks_a_check_is_kept_and_its_errors_are_listed() -> None:
    row = kit.started()
    browser = officer()
    seen = mark(shown(browser, row))
    sent = drawn(file_of(row)).replace('ll:message="received"', 'll:message="nothing"')
    answer = browser.post(home(row, PROCESS), {**seen, "do": "drawing", "xml": sent}, follow=True)
    assert "It cannot be put to work yet" in answer.content.decode()
    assert "“nothing”" in unescape(answer.content.decode())
    assert drafts(row) == {BPMN}


def test_a_time_limit_that_is_no_number_comes_back_with_what_was_typed() -> None:
    row = kit.started()
    browser, place = officer(), home(row, STEP)
    said = {**boxes(browser.get(place).content), "do": "keep", "step-ll-within-number": ["tiga"]}
    answer = browser.post(place, said)
    page = unescape(answer.content.decode())
    assert answer.status_code == 422
    assert "At “Periksa permohonan”:" in page
    assert 'value="tiga"' in page
    assert drafts(row) == set()


def test_a_service_that_ended_is_read_and_not_changed() -> None:
    row = kit.started()
    adoptions.take(
        organization=kit.home(),
        adoption_id=row.id,
        step=AdoptionStep.END,
        reason="Diganti.",
        by=kit.officer(),
        at=kit.AT,
    )
    page = shown(officer(), row)
    assert "bpmn-navigated-viewer.production.min.js" in page
    assert "bpmn-modeler" not in page
    assert "Put a step in" not in page
    assert officer().post(home(row, STEP), {"do": "remove"}).status_code == 422
    assert drafts(row) == set()


def test_what_somebody_else_kept_meanwhile_is_not_overwritten() -> None:
    row = kit.started()
    browser = officer()
    place = home(row, STEP)
    said = {**boxes(browser.get(place).content), "do": "keep", "step-name": ["Dari saya"]}
    kit.edited(row, BPMN, 'name="Terima rujukan"', 'name="Rujukan"')
    answer = browser.post(place, said)
    assert answer.status_code == 422
    assert 'value="Dari saya"' in answer.content.decode()
    assert differs(row) == ["Step “Terima rujukan”: name changed from “Terima rujukan” to “Rujukan”"]


def test_who_does_not_prepare_services_sees_and_changes_nothing() -> None:
    row = kit.started()
    stranger = signed_in(make_member("inspektorat.uji", Role.INSPECTORATE, kit.ADOPTER))
    assert stranger.get(home(row, PROCESS)).status_code == 403
    assert stranger.post(home(row, STEP), {"do": "remove"}).status_code == 403
    assert drafts(row) == set()
