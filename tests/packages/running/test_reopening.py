"""A case that ended goes back to an office, from where it comes to an end again by itself."""

from datetime import timedelta
from itertools import pairwise

import pytest
from django.conf import settings

from livinglab.packages.domain.package import Package
from livinglab.packages.domain.process import Node, NodeKind, Outcome, Process
from livinglab.packages.domain.running.refusals import IllegalMove
from livinglab.packages.domain.running.reopening import path_to, safe_step, was_open_to_objection
from livinglab.packages.domain.running.state import Case, Entry, Happened
from livinglab.packages.domain.scenarios import Act, Do, Scenario
from livinglab.packages.queries.cases import Actor, Runner, runner
from livinglab.packages.queries.play import Stage, play, take
from livinglab.packages.queries.reading import read_package
from tests.packages.running.small import MONDAY, node, package, process
from tests.packages.running.test_token_game import begun, done, machine

PACKAGES = {one.name: read_package(one) for one in sorted((settings.ROOT / "packages").iterdir())}
CITIZEN = Actor("me", "applicant")
PLAYED = [(name, each) for name, package in PACKAGES.items() for each in package.scenarios.values()]


def ended(found: Package, scenario: Scenario) -> Case | None:
    """Return the case at the end of a scenario that comes to one which can be opened again."""
    case = play(found, scenario).steps[-1].case
    return case if case and case.outcome in {Outcome.GRANTED, Outcome.REFUSED, Outcome.LAPSED} else None


def reopened(runs: Runner, case: Case, step: str) -> Case:
    citizen = next(one.id for one in runs.package.manifest.roles if one.kind.value == "citizen")
    return runs.reopen(case, step=step, by=Actor(citizen, "applicant"), at=case.now + timedelta(days=1))


@pytest.mark.parametrize(("name", "scenario"), PLAYED, ids=lambda one: getattr(one, "id", one))
def test_every_case_of_our_packages_comes_to_the_same_end_again(name: str, scenario: Scenario) -> None:
    found = PACKAGES[name]
    case = ended(found, scenario)
    step = safe_step(found, case.history) if case else ""
    if case is None or not step:
        return  # open, withdrawn, handed over, or no office decided
    runs = runner(found)
    again = reopened(runs, case, step)
    assert [one.node for one in again.tokens] == [step]
    assert (again.outcome, again.ended, again.is_late, again.issued) == (None, None, False, case.issued)
    since = max(
        place
        for place, one in enumerate(scenario.steps)
        if isinstance(one, Act) and one.do is Do.COMPLETE and one.task == step
    )
    stage = Stage(again, again.now)
    for one in scenario.steps[since:]:
        if isinstance(one, Act):
            stage, mismatches = take(runs, scenario, stage, one)
            assert mismatches == ()
    assert stage.case is not None
    assert stage.case.outcome is case.outcome
    assert stage.case.issued[: len(case.issued)] == case.issued


def test_each_of_our_packages_has_an_objection_of_its_own_that_refused_cases_went_through() -> None:
    found = {
        name
        for name, scenario in PLAYED
        if (case := ended(PACKAGES[name], scenario))
        and case.outcome is Outcome.REFUSED
        and was_open_to_objection(PACKAGES[name], case.history)
    }
    assert found == set(PACKAGES)


def test_a_question_that_lapses_is_no_objection() -> None:
    for name, scenario in PLAYED:
        case = ended(PACKAGES[name], scenario)
        if case and case.outcome is Outcome.LAPSED:
            assert not was_open_to_objection(PACKAGES[name], case.history), (name, scenario.id)


def _together() -> Process:
    nodes = [
        node("start", NodeKind.START),
        *(node(one, NodeKind.USER) for one in ("check", "works", "tax")),
        *(node(one, NodeKind.PARALLEL) for one in ("split", "join")),
        node("end", NodeKind.END, outcome=Outcome.GRANTED),
    ]
    arrows = "start > check\ncheck > split\nsplit > works\nsplit > tax\nworks > join\ntax > join\njoin > end"
    return process(nodes, arrows)


def test_a_step_on_a_parallel_way_is_passed_over() -> None:
    runs = machine(_together())
    case = begun(runs)
    for task in ("check", "works", "tax"):
        case = done(runs, case, task)
    assert case.outcome is Outcome.GRANTED
    assert (path_to(runs.package, "works"), path_to(runs.package, "check")) == (None, ())
    step = safe_step(runs.package, case.history)
    assert step == "check"
    again = runs.reopen(case, step=step, by=CITIZEN, at=case.now)
    for task in ("check", "works", "tax"):
        again = done(runs, again, task)
    assert again.outcome is Outcome.GRANTED


def _called(calls: list[Node]) -> Package:
    inner = process(
        [node("go", NodeKind.START), node("look", NodeKind.USER), node("back", NodeKind.END)],
        "go > look\nlook > back",
        process_id="inner",
    )
    ends = [node("start", NodeKind.START), node("end", NodeKind.END, outcome=Outcome.GRANTED)]
    names = ["start", *(one.id for one in calls), "end"]
    arrows = "\n".join(f"{one} > {two}" for one, two in pairwise(names))
    return package(process([*ends, *calls], arrows), (inner,))


def test_a_step_of_a_called_process_comes_back_with_its_caller() -> None:
    found = _called([node("call", NodeKind.CALL, calls="inner")])
    runs = runner(found)
    case = runs.start(number="1", answers={}, parameters={}, by=CITIZEN, at=MONDAY)
    desk = Actor("desk", "officer")
    case = runs.complete(case, task="look", answers={}, by=desk, at=MONDAY)
    assert (case.outcome, safe_step(found, case.history)) == (Outcome.GRANTED, "look")
    again = runs.reopen(case, step="look", by=CITIZEN, at=MONDAY)
    assert [(one.process, one.node) for one in again.frames] == [("inner", "call")]
    assert runs.complete(again, task="look", answers={}, by=desk, at=MONDAY).outcome is Outcome.GRANTED


def test_a_process_that_is_called_from_two_places_is_not_gone_back_to() -> None:
    found = _called([node(one, NodeKind.CALL, calls="inner") for one in ("first", "second")])
    assert path_to(found, "look") is None


def test_where_nobody_decided_there_is_no_step() -> None:
    found = package(_together())
    assert safe_step(found, [Entry(what=Happened.SILENT, at=MONDAY, on="")]) == ""


def test_an_open_case_is_not_opened() -> None:
    runs = machine(_together())
    with pytest.raises(IllegalMove) as refused:
        runs.reopen(begun(runs), step="check", by=CITIZEN, at=MONDAY)
    assert refused.value.code == "not_over"
