"""Scaffolds: every indicator has sentences to begin with, in both languages, and a fault is named."""

from pathlib import Path

import pytest

from livinglab.assessments import queries
from livinglab.assessments.adapters.instrument_files import load_instrument
from livinglab.assessments.adapters.scaffold_files import load_scaffolds
from livinglab.assessments.domain.instrument_rules import InstrumentErrors
from livinglab.assessments.domain.scaffolds import PLACEHOLDER, Subject
from tests.assessments.known import BY_CODE, CODES
from tests.assessments.test_instrument_files import line_of, write


@pytest.mark.parametrize("code", CODES)
def test_every_indicator_has_a_scaffold_with_places_to_fill_in(code: str) -> None:
    instrument = queries.get_instrument(code)
    for indicator in instrument.indicators():
        scaffold = queries.scaffold(instrument, indicator)
        assert scaffold is not None
        for text in (scaffold.facts, scaffold.analysis, scaffold.justification):
            assert len(PLACEHOLDER.findall(text.id)) == len(PLACEHOLDER.findall(text.en)) > 0


def test_the_subject_of_an_indicator_follows_its_domain() -> None:
    instrument = queries.get_instrument("spbe-2020")
    subjects: dict[Subject, list[int]] = {}
    for indicator in instrument.indicators():
        scaffold = queries.scaffold(instrument, indicator)
        assert scaffold is not None
        subjects.setdefault(scaffold.subject, []).append(indicator.number)
    assert subjects == {
        Subject.POLICY: list(range(1, 11)),
        Subject.PRACTICE: list(range(11, 32)),
        Subject.SERVICE: list(range(32, 48)),
    }


def test_only_the_scaffolds_of_spbe_2020_rest_on_a_guideline() -> None:
    statuses = {}
    for code in CODES:
        scaffolds = queries.scaffolds(code)
        assert scaffolds is not None
        statuses[code] = scaffolds.source.status.value
    assert statuses == {
        "spbe-2018": "draft-own-words",
        "spbe-2020": "published-own-words",
        "pemdi-2026": "draft-own-words",
    }
    assert set(BY_CODE) == set(statuses)


SENTENCES = ", ".join(
    f'{part}: {{id: "<<x>>", en: "<<x>>"}}' for part in ("facts", "analysis", "justification")
)
SCAFFOLDS = f"""\
instrument: small-2030
status: draft-own-words
source: "Guide 1/2030"
scaffolds:
  - {{for: [A1], subject: policy, {SENTENCES}}}
  - {{for: [A2], subject: practice, {SENTENCES}}}
"""


@pytest.mark.parametrize(
    ("old", "new", "rule", "at", "message"),
    [
        ("[A2]", "[A1]", "scaffolds-complete", "- {for", "A1 has 2 scaffolds"),
        ("[A2]", "[A1]", "scaffolds-complete", "- {for", "A2 has 0 scaffolds"),
        ("[A2]", "[A9]", "known-references", "- {for: [A9]", "no part A9; known: A1, A2"),
        ('id: "<<x>>"', 'id: "x"', "scaffolds-complete", "- {for", "the same number of <<places"),
        ("subject: practice", "subject: habit", "known-words", "- {for: [A2]", "known: policy, practice, service"),
        ("small-2030", "other", "known-references", "instrument:", "other is not small-2030"),
    ],
)  # fmt: skip
def test_a_fault_in_scaffolds_is_named_with_its_line_and_rule(
    tmp_path: Path, old: str, new: str, rule: str, at: str, message: str
) -> None:
    path = write(tmp_path)
    (tmp_path / "scaffolds").mkdir()
    file = tmp_path / "scaffolds" / "small-2030.yaml"
    file.write_text(SCAFFOLDS, encoding="utf-8")
    assert load_scaffolds(path, load_instrument(path)) is not None
    text = SCAFFOLDS.replace(old, new, 1)
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InstrumentErrors) as caught:
        load_scaffolds(path, load_instrument(path))
    found = [(error.line, error.rule.value, error.message) for error in caught.value.errors]
    assert any(
        broken == rule and message in said and line == line_of(text, at) for line, broken, said in found
    ), found
