"""Declared precedence: each rule has its reason and an honest status, and a fault is named by line and rule."""

from pathlib import Path

import pytest

from livinglab.assessments import queries
from livinglab.assessments.adapters.guide_files import load_with_guides
from livinglab.assessments.adapters.instrument_files import load_instrument
from livinglab.assessments.adapters.precedence_files import load_precedence
from livinglab.assessments.domain.instrument_rules import InstrumentErrors
from livinglab.assessments.domain.precedence import PrecedenceStatus
from tests.assessments.test_instrument_files import line_of, write

PRECEDENCE = """\
instrument: small-2030
status: ours
source: {id: "Tafsir", en: "Our reading"}
precedence:
  - before: 1
    after: 2
    levels: {2: 2, 3: 3}
    reason: {id: "Aturan dahulu", en: "The rule first"}
"""
BACK = """\
  - before: 2
    after: 1
    levels: {2: 2}
    reason: {id: "Melingkar", en: "A circle"}
"""


def save(folder: Path, text: str) -> Path:
    path = write(folder)
    (folder / "precedence").mkdir(exist_ok=True)
    (folder / "precedence" / "small-2030.yaml").write_text(text, encoding="utf-8")
    return path


def test_only_spbe_2020_declares_precedence_and_calls_it_ours() -> None:
    declared = {each.code: queries.precedence(each.code) for each in queries.instruments()}
    assert [code for code, found in declared.items() if found] == ["spbe-2020"]
    found = declared["spbe-2020"]
    assert found is not None
    assert found.status is PrecedenceStatus.OURS


def test_in_spbe_2020_each_policy_comes_before_its_practice() -> None:
    found, instrument = queries.precedence("spbe-2020"), queries.get_instrument("spbe-2020")
    assert found is not None
    numbers = {
        domain.code: {each.number for aspect in domain.aspects for each in aspect.indicators}
        for domain in instrument.domains
    }
    assert {rule.before for rule in found.rules} == numbers["D1"]
    assert {rule.after for rule in found.rules} <= numbers["D2"] | numbers["D3"]
    assert all(rule.levels[2] == 2 and max(rule.levels) < 5 for rule in found.rules)


@pytest.mark.parametrize(
    ("old", "new", "rule", "at", "message"),
    [
        ("before: 1", "before: 9", "known-references", "before: 9", "no indicator 9 (it has 1 to 2)"),
        ("after: 2", "after: 1", "no-cycles", "before: 1", "cannot come before itself"),
        ("3: 3", "4: 3", "levels-in-scale", "levels:", "outside 2 to 3"),
        ("3: 3", "3: 1", "levels-in-scale", "levels:", "outside 2 to 3"),
        ("{2: 2, 3: 3}", "{}", "expected-shape", "levels:", "at least one level"),
        ("{2: 2, 3: 3}", "{high: 2}", "expected-shape", "levels:", "expected a level, found 'high'"),
        ("status: ours", "status: certain", "known-words", "status:", "known: ours, law"),
        ('    reason: {id: "Aturan dahulu", en: "The rule first"}\n', "", "required-keys", "before: 1", "reason"),
        ("small-2030", "other", "known-references", "instrument:", "other is not small-2030"),
    ],
)  # fmt: skip
def test_a_fault_in_precedence_is_named_with_its_line_and_rule(
    tmp_path: Path, old: str, new: str, rule: str, at: str, message: str
) -> None:
    path = save(tmp_path, PRECEDENCE)
    assert load_precedence(path, load_instrument(path)) is not None
    text = PRECEDENCE.replace(old, new, 1)
    save(tmp_path, text)
    with pytest.raises(InstrumentErrors) as caught:
        load_precedence(path, load_instrument(path))
    [error] = caught.value.errors
    assert (error.line, error.rule.value) == (line_of(text, at), rule)
    assert message in error.message
    assert error.file.endswith("precedence/small-2030.yaml")


def test_steps_that_wait_for_each_other_are_refused(tmp_path: Path) -> None:
    path = save(tmp_path, PRECEDENCE + BACK)
    with pytest.raises(InstrumentErrors) as caught:
        load_with_guides(path)
    [error] = caught.value.errors
    assert (error.rule.value, error.line) == ("no-cycles", line_of(PRECEDENCE + BACK, "before: 2"))
    assert "1 to level 2" in error.message
    assert "2 to level 2" in error.message


def test_two_indicators_may_wait_for_each_other_at_different_levels(tmp_path: Path) -> None:
    """1 to level 3 after 2 to level 2, which comes after 1 to level 2: a ladder, not a circle."""
    text = PRECEDENCE.replace("{2: 2, 3: 3}", "{2: 2}") + BACK.replace("{2: 2}", "{3: 2}")
    path = save(tmp_path, text)
    assert load_precedence(path, load_instrument(path)) is not None


def test_a_circle_through_cumulative_levels_is_seen(tmp_path: Path) -> None:
    """1 to level 2 waits for 2 to level 3, which waits for 2 to level 2, which waits for 1 to level 2."""
    text = PRECEDENCE.replace("{2: 2, 3: 3}", "{2: 2}") + BACK.replace("{2: 2}", "{2: 3}")
    path = save(tmp_path, text)
    with pytest.raises(InstrumentErrors, match="wait for each other"):
        load_precedence(path, load_instrument(path))


def test_a_pair_is_declared_once(tmp_path: Path) -> None:
    text = PRECEDENCE + PRECEDENCE.split("precedence:\n")[1]
    path = save(tmp_path, text)
    with pytest.raises(InstrumentErrors, match=r"declared-once.*1 before 2"):
        load_precedence(path, load_instrument(path))
