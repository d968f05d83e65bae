"""Time limits, decisions and their ways added to a process and taken out, by pages alone: no drawing, no mouse."""

from html import unescape

import pytest
from django.test import Client

from livinglab.adoptions.models import Adoption
from livinglab.packages.queries.drawing import called_drawn
from livinglab.packages.queries.editing import examine
from livinglab.packages.queries.process_editing import diagram_of
from tests.adoptions import kit
from tests.adoptions.editing_kit import boxes, drafts, home, officer, texts
from tests.adoptions.test_editing_process import differs

pytestmark = pytest.mark.django_db
BPMN = "process.bpmn"
LIMIT = "process/steps/check/more/"
DECISION = "process/decision/"
REMINDER = {
    "step-name": "Terlambat",
    "step-timer-number": "3",
    "step-timer-unit": "D",
    "step-ll-calendar": "working",
    "message": "incomplete",
    "where-on": "end|",
    "end-name": "Sudah diingatkan",
}
URGENT = {
    "where": "f8",
    "name": "Mendesak?",
    "lane": "village",
    "way": "Ya",
    "condition": "rule.eligibility.urgent",
    "where-on": "step|approve",
}


def posted(browser: Client, row: Adoption, page: str, given: dict[str, str]) -> tuple[int, str]:
    """Post a form of the page as a browser would, with these answers; return the status and the page."""
    shown = boxes(browser.get(home(row, page)).content)
    shown.pop("step-cancelActivity", None)
    answer = browser.post(home(row, page), {**shown, **given})
    return answer.status_code, unescape(answer.content.decode())


def taken_out(browser: Client, row: Adoption, step: str, do: str = "remove") -> int:
    page = home(row, f"process/steps/{step}/")
    return browser.post(page, {**boxes(browser.get(page).content), "do": do}).status_code


def test_a_reminder_stands_at_a_step_and_leaves_it_open() -> None:
    row = kit.started()
    browser = officer()
    assert posted(browser, row, LIMIT, REMINDER)[0] == 302
    main = diagram_of(texts(row)[BPMN]).main
    limit = main.nodes["terlambat"]
    assert (limit.attached_to, limit.timer, limit.interrupts, limit.lane) == (
        "check",
        "P3D",
        False,
        "village",
    )
    (way,) = (flow for flow in main.flows.values() if flow.source == "terlambat")
    assert main.nodes[way.target].said == {"message": "incomplete"}
    (way,) = (flow for flow in main.flows.values() if flow.source == way.target)
    assert (main.nodes[way.target].name, main.nodes[way.target].said) == ("Sudah diingatkan", {})
    assert examine(texts(row)).errors() == ()
    assert "“Terlambat” added" in " ".join(differs(row))


def test_a_limit_breaks_a_step_off_and_leads_on_to_another() -> None:
    row = kit.started()
    given = {**REMINDER, "message": "", "step-cancelActivity": "yes", "where-on": "step|tell_refused"}
    assert posted(officer(), row, "process/steps/approve/more/", given)[0] == 302
    main = diagram_of(texts(row)[BPMN]).main
    assert main.nodes["terlambat"].interrupts
    assert [flow.target for flow in main.flows.values() if flow.source == "terlambat"] == ["tell_refused"]
    assert examine(texts(row)).errors() == ()


def test_a_limit_that_was_taken_out_takes_what_nothing_else_leads_to_step_by_step() -> None:
    row = kit.started()
    browser, before = officer(), set(diagram_of(texts(row)[BPMN]).main.nodes)
    assert posted(browser, row, LIMIT, REMINDER)[0] == 302
    assert taken_out(browser, row, "terlambat") == 302
    left = [one for one in diagram_of(texts(row)[BPMN]).main.nodes if one not in before]
    assert len(left) == 2
    for one in left:
        assert taken_out(browser, row, one) == 302
    assert drafts(row) == set()


def test_a_decision_is_put_in_gets_another_way_and_goes_again() -> None:
    row = kit.started()
    browser = officer()
    assert posted(browser, row, DECISION, URGENT)[0] == 302
    main = diagram_of(texts(row)[BPMN]).main
    ways = {flow.target: flow for flow in main.flows.values() if flow.source == "mendesak"}
    assert (ways["approve"].condition, ways["approve"].name) == ("rule.eligibility.urgent", "Ya")
    assert main.nodes["mendesak"].default_flow == ways["is_eligible"].id
    assert examine(texts(row)).errors() == ()
    another = {"way": "Banyak", "condition": "form.members > 10", "where-on": "end|handed_over"}
    assert posted(browser, row, "process/steps/mendesak/more/", another)[0] == 302
    main = diagram_of(texts(row)[BPMN]).main
    added = next(flow for flow in main.flows.values() if flow.condition == "form.members > 10")
    assert main.nodes[added.target].said["outcome"] == "handed_over"
    assert taken_out(browser, row, "mendesak", f"cut:{added.id}") == 302
    assert taken_out(browser, row, added.target) == 302
    assert taken_out(browser, row, "mendesak", f"cut:{ways['approve'].id}") == 302
    assert taken_out(browser, row, "mendesak") == 302
    assert drafts(row) == set()


def test_the_way_otherwise_and_the_only_way_stay() -> None:
    row = kit.started()
    browser = officer()
    page = home(row, "process/steps/checked/")
    answer = browser.post(page, {**boxes(browser.get(page).content), "do": "cut:to_eligibility"})
    assert (answer.status_code, "This is the way otherwise." in answer.content.decode()) == (422, True)
    answer = browser.post(page, {**boxes(browser.get(page).content), "do": "cut:f5"})
    assert (answer.status_code, "This is the only way on." in answer.content.decode()) == (422, True)
    assert drafts(row) == set()


@pytest.mark.parametrize(
    ("page", "given", "gone", "problem"),
    [
        (LIMIT, REMINDER, "step-name", "Name the time limit."),
        (LIMIT, REMINDER, "where-on", "Choose where it leads."),
        (LIMIT, {**REMINDER, "where-on": "step|start"}, "", "Choose a step of the same process"),
        (LIMIT, {**REMINDER, "step-timer-number": "tiga"}, "", "At “Terlambat”:"),
        (DECISION, URGENT, "name", "Name the decision."),
        (DECISION, URGENT, "condition", "Say when this way is taken"),
        (DECISION, {**URGENT, "where": "gone"}, "", "There is no such way any more."),
        (DECISION, {**URGENT, "lane": "nobody"}, "", "Choose who takes the step."),
    ],
)
def test_what_is_missing_is_said_at_its_field_and_nothing_typed_is_lost(
    page: str, given: dict[str, str], gone: str, problem: str
) -> None:
    row = kit.started()
    status, answer = posted(officer(), row, page, {**given, **({gone: ""} if gone else {})})
    assert (status, problem in answer) == (422, True)
    kept = (
        "Mendesak?" if page == DECISION and gone != "name" else "Sudah diingatkan" if page == LIMIT else "Ya"
    )
    assert f'value="{kept}"' in answer
    assert drafts(row) == set()


def test_only_where_a_limit_or_a_way_may_stand_is_there_a_page_for_it() -> None:
    row = kit.started()
    browser = officer()
    for step in ("tell_received", "granted", "gone"):
        assert (step, browser.get(home(row, f"process/steps/{step}/more/")).status_code) == (step, 404)
    assert 'process/steps/check/more/"' in browser.get(home(row, "process/steps/check/")).content.decode()
    assert 'process/decision/"' in browser.get(home(row, "process/")).content.decode()


CALLED = """  </process>
  <process id="referral">
    <laneSet id="referral_lanes"><lane id="referral_social">
      <flowNodeRef>r_start</flowNodeRef><flowNodeRef>r_look</flowNodeRef><flowNodeRef>r_end</flowNodeRef>
    </lane></laneSet>
    <startEvent id="r_start"/>
    <userTask id="r_look" name="Lihat" ll:form="refer" ll:within="P1D"/>
    <endEvent id="r_end"/>
    <sequenceFlow id="r1" sourceRef="r_start" targetRef="r_look"/>
    <sequenceFlow id="r2" sourceRef="r_look" targetRef="r_end"/>
  </process>
"""


def test_a_process_that_is_called_has_a_drawing_of_its_own() -> None:
    row = kit.started()
    assert called_drawn(texts(row)[BPMN]) == ()
    kit.edited(row, BPMN, "  </process>\n", CALLED)
    ((name, file),) = called_drawn(texts(row)[BPMN])
    assert name == "referral"
    plane = file.split("<bpmndi:BPMNPlane")[1]
    assert 'bpmnElement="referral"' in plane
    assert [
        one for one in ("r_start", "r_look", "r_end", "r1", "r2", "check") if f'bpmnElement="{one}"' in plane
    ] == [
        "r_start",
        "r_look",
        "r_end",
        "r1",
        "r2",
    ]
    page = officer().get(home(row, "process/")).content.decode()
    assert "Drawing of the process “referral”, which is called" in unescape(page)
    assert "bpmn-navigated-viewer.production.min.js" in page
