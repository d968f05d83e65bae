"""Scenarios: every package of the house holds its own; a wrong expectation is told with its line."""

from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings

from livinglab.packages.domain.scenarios import Act, Do, Expect, Scenario
from livinglab.packages.queries.play import Mismatch, play
from livinglab.packages.queries.reading import read_package

FOLDERS = sorted((settings.ROOT / "packages").iterdir())
SKTM = settings.ROOT / "packages" / "sktm"


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_scenario_of_our_packages_holds(folder: Path) -> None:
    package = read_package(folder)
    assert package.scenarios
    for scenario in package.scenarios.values():
        outcome = play(package, scenario)
        assert outcome.mismatches == ()
        assert len(outcome.steps) == len(scenario.steps)


def granted() -> Scenario:
    return read_package(SKTM).scenarios["granted"]


@pytest.mark.parametrize(
    ("expected", "what", "wanted", "seen"),
    [
        (Expect(waiting=frozenset({"approve"}), line=7), "waiting", ("approve",), ("check",)),
        (Expect(messages=(), line=7), "messages", (), ("received",)),
        (Expect(documents=("letter",), line=7), "documents", ("letter",), ()),
        (Expect(outcome="granted", line=7), "outcome", "granted", ""),
        (Expect(breached=frozenset({"check"}), line=7), "breached", ("check",), ()),
        (Expect(rules={"eligibility": {"eligible": True}}, line=7), "rules.eligibility.eligible", True, None),
    ],
)
def test_what_does_not_fit_is_told_with_what_was_seen(
    expected: Expect, what: str, wanted: object, seen: object
) -> None:
    scenario = granted()
    outcome = play(read_package(SKTM), replace(scenario, steps=(scenario.steps[0], expected)))
    assert outcome.mismatches == (Mismatch(what, wanted, seen, 7),)
    assert outcome.has_held is False


@pytest.mark.parametrize(
    ("step", "mismatch"),
    [
        (
            Act(do=Do.COMPLETE, role="head", task="check", line=9),
            Mismatch("step", "complete", "wrong_role: check", 9),
        ),
        (
            Act(do=Do.COMPLETE, role="village", task="approve", line=9),
            Mismatch("step", "complete", "not_waiting: approve", 9),
        ),
        (
            Act(do=Do.COMPLETE, role="village", task="check", answers={"result": "?"}, line=9),
            Mismatch("refused", (), ("reason", "result"), 9),
        ),
        (
            Act(
                do=Do.COMPLETE,
                role="village",
                task="check",
                answers={"result": "wrong", "reason": "Bukan warga desa ini."},
                refused=("reason",),
                line=9,
            ),
            Mismatch("refused", ("reason",), (), 9),
        ),
        (Act(do=Do.ANSWER, role="applicant", line=9), Mismatch("step", "answer", "not_waiting: answer", 9)),
    ],
)
def test_a_step_that_cannot_be_taken_ends_the_scenario(step: Act, mismatch: Mismatch) -> None:
    scenario = granted()
    outcome = play(read_package(SKTM), replace(scenario, steps=(scenario.steps[0], step, scenario.steps[1])))
    assert outcome.mismatches == (mismatch,)
    assert [one.place for one in outcome.steps] == [1, 2]


def test_nothing_can_be_expected_before_there_is_a_case() -> None:
    scenario = granted()
    outcome = play(read_package(SKTM), replace(scenario, steps=(Expect(outcome="granted", line=3),)))
    assert outcome.mismatches == (Mismatch("case", "", None, 3),)
