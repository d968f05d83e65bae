"""Steps that ask a register: they wait, their answer has names, and without one the case goes on as not checked."""

from datetime import timedelta
from typing import Final

import pytest

from livinglab.packages.domain.editing.scenario_steps import choices, new_step
from livinglab.packages.domain.editing.scenarios import groups_of
from livinglab.packages.domain.form import FieldType
from livinglab.packages.domain.package import Package
from livinglab.packages.domain.process import NodeKind, Outcome
from livinglab.packages.domain.registers import WrongAnswer
from livinglab.packages.domain.running.moving import HindranceKind, hindrances
from livinglab.packages.domain.running.refusals import IllegalMove
from livinglab.packages.domain.running.storing import from_json, to_json
from livinglab.packages.queries.cases import Actor, Case, Runner, runner
from livinglab.packages.queries.registers import imitated, shown, waiting_for
from tests.packages.running.small import MONDAY, node, package, process, question

NIK: Final = "9999010101900004"


def asking(kind: str = "check_welfare", condition: str = "welfare.decile <= 4", timer: str = "") -> Package:
    nodes = [
        node("start", NodeKind.START),
        node("ask", NodeKind.SERVICE, kind=kind),
        node("split", NodeKind.EXCLUSIVE, default_flow="split-no"),
        node("yes", NodeKind.END, outcome="granted"),
        node("no", NodeKind.END, outcome="refused"),
    ]
    arrows = f"""start > ask
        ask > split
        split > yes ? {condition}
        split > no"""
    if timer:
        nodes.append(node("soon", NodeKind.BOUNDARY, attached_to="ask", timer=timer))
        nodes.append(node("end", NodeKind.END, outcome="lapsed"))
        arrows += "\nsoon > end"
    fields = (question("nik", FieldType.NIK), question("born", FieldType.DATE))
    return package(process(nodes, arrows), fields=fields)


def begun(runs: Runner, nik: str = NIK) -> Case:
    return runs.start(number="1", answers={"nik": nik}, parameters={}, by=Actor("me", "a"), at=MONDAY)


@pytest.mark.parametrize(
    ("says", "outcome"),
    [
        ({"registered": True, "decile": 4}, Outcome.GRANTED),
        ({"registered": True, "decile": 5}, Outcome.REFUSED),
        ({"registered": False}, Outcome.REFUSED),
        (None, Outcome.REFUSED),
    ],
)
def test_a_case_waits_for_the_register_and_goes_on_by_what_it_says(says: object, outcome: Outcome) -> None:
    runs = runner(asking())
    case = begun(runs)
    assert [one.id for one in waiting_for(runs, case)] == ["ask"]
    assert runs.advance(case, to=MONDAY + timedelta(days=3)).outcome is None
    after = runs.checked(case, task="ask", says=says, source="x", why="y", at=MONDAY)  # type: ignore[arg-type]
    assert after.outcome is outcome
    check = after.checks["welfare"]
    assert (check.source, check.why) == (("", "y") if says is None else ("x", ""))
    with pytest.raises(IllegalMove):
        runs.checked(after, task="ask", says=says, at=MONDAY)  # type: ignore[arg-type]


def test_a_package_can_tell_no_answer_from_a_no() -> None:
    runs = runner(asking(condition="welfare.answered == false"))
    assert runs.checked(begun(runs), task="ask", says=None, at=MONDAY).outcome is Outcome.GRANTED
    no = runs.checked(begun(runs), task="ask", says={"registered": False}, at=MONDAY)
    assert no.outcome is Outcome.REFUSED


@pytest.mark.parametrize(
    ("says", "matches"),
    [
        ({"found": True, "active": True}, True),
        ({"found": True, "active": True, "name_matches": True, "birth_date_matches": True}, True),
        ({"found": True, "active": True, "name_matches": True, "birth_date_matches": False}, False),
        ({"found": True, "active": False, "name_matches": True}, False),
        ({"found": False}, False),
        (None, None),
    ],
)
def test_an_identity_matches_where_it_is_valid_and_nothing_that_was_compared_differs(
    says: object, matches: bool | None
) -> None:
    runs = runner(asking("check_identity", "identity.matches"))
    after = runs.checked(begun(runs), task="ask", says=says, at=MONDAY)  # type: ignore[arg-type]
    assert after.checks["identity"].says["matches"] is matches
    assert after.outcome is (Outcome.GRANTED if matches else Outcome.REFUSED)


@pytest.mark.parametrize(
    "says", [{}, {"registered": "yes"}, {"registered": True, "decile": 0}, {"found": True}]
)
def test_what_no_register_says_changes_nothing(says: dict[str, object]) -> None:
    runs = runner(asking())
    with pytest.raises(WrongAnswer):
        runs.checked(begun(runs), task="ask", says=says, at=MONDAY)


def test_a_timer_on_the_step_goes_on_without_the_register() -> None:
    runs = runner(asking(timer="PT2H"))
    case = begun(runs)
    assert runs.next_ring(case) == MONDAY + timedelta(hours=2)
    assert runs.advance(case, to=MONDAY + timedelta(hours=2)).outcome is Outcome.LAPSED


def test_an_answer_is_stored_and_cases_from_before_registers_are_read() -> None:
    runs = runner(asking())
    waiting = begun(runs)
    after = runs.checked(waiting, task="ask", says={"registered": False}, source="x", at=MONDAY)
    assert from_json(to_json(after)) == after
    older = to_json(waiting)
    del older["checks"]
    assert from_json(older) == waiting


@pytest.mark.parametrize(
    ("nik", "outcome"),
    [(NIK, Outcome.GRANTED), ("9999010101900007", Outcome.REFUSED), ("9999010101900009", Outcome.REFUSED)],
)
def test_the_stand_in_answers_by_the_last_digit(nik: str, outcome: Outcome) -> None:
    runs = runner(asking())
    after = imitated(runs, begun(runs, nik), at=MONDAY)
    assert after.outcome is outcome
    [said] = shown(after, language="id")
    assert said.is_answered is (nik[-1] != "9")


def test_without_a_number_nobody_is_asked_about() -> None:
    runs = runner(asking())
    case = runs.start(number="1", answers={}, parameters={}, by=Actor("me", "a"), at=MONDAY)
    after = imitated(runs, case, at=MONDAY)
    assert (after.checks["welfare"].why, after.outcome) == ("no_nik", Outcome.REFUSED)


def test_a_case_that_waits_for_one_register_does_not_move_to_another() -> None:
    old, new = asking(), asking("check_identity", "identity.matches")
    [found] = hindrances(begun(runner(old)), old, new)
    assert (found.kind, found.on) == (HindranceKind.STEP_GONE, "ask")
    assert hindrances(begun(runner(old)), old, asking()) == ()


@pytest.mark.parametrize(("kind", "register"), [("check_welfare", "welfare"), ("check_identity", "identity")])
def test_a_scenario_is_given_an_answer_that_the_register_could_give(kind: str, register: str) -> None:
    made = asking(kind, f"{register}.answered")
    [(value, does, about)] = [one for one in choices(made.diagram.main, "me") if one[1] == "check"]
    step = new_step(value)
    assert (does, about, step["do"], step["task"]) == ("check", "ask", "check", "ask")
    after = runner(made).checked(begun(runner(made)), task="ask", says=step["says"], at=MONDAY)  # type: ignore[arg-type]
    assert after.checks[register].says["answered"] is True
    group = groups_of({"steps": [step]})[1]
    assert {one.place[-1] for one in group.boxes} == {*step["says"]}  # type: ignore[misc]
