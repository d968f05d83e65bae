"""A part that is kept twice on import: what is taken speaks of the imported one, what stays of the one that stands."""

from pathlib import Path
from typing import Final

import pytest

from livinglab.packages.queries.choosing import Choice, chosen, differing
from livinglab.packages.queries.editing import data_of, examine
from livinglab.packages.queries.process_editing import diagram_of
from livinglab.packages.queries.renaming import retold

BPMN, MANIFEST, RULE, TASK = (
    "process.bpmn",
    "package.yaml",
    "rules/eligibility.json",
    "tasks/check.schema.json",
)
LETTER, GRANTED = "documents/letter.html", "messages/granted.id.md"
ROOT: Final = Path(__file__).resolve().parents[2] / "packages" / "sktm"
EXISTING: Final = {
    path.relative_to(ROOT).as_posix(): path.read_text("utf-8")
    for path in sorted(ROOT.rglob("*"))
    if path.is_file()
}
#: what another office did to a copy: every part that may be kept twice, and what speaks of them
EDITS: Final = (
    (RULE, "form.members <= param", "form.members < param"),
    (TASK, '"Periksa', '"Teliti'),
    (LETTER, "menerangkan bahwa", "menyatakan bahwa"),
    (GRANTED, "terbit", "sudah terbit"),
    (BPMN, 'name="Terapkan kriteria"', 'name="Terapkan kriteria keluarga"'),
    (MANIFEST, "series: SKTM", "series: SKTM-B"),
)


def imported() -> dict[str, str]:
    files = dict(EXISTING)
    for path, old, new in EDITS:
        assert old in files[path]
        files[path] = files[path].replace(old, new)
    return files


def errors(files: dict[str, str]) -> list[str]:
    return [f"{one.path}: {one.said}" for one in examine(files).errors()]


BOTH = {RULE: Choice.BOTH, TASK: Choice.BOTH, LETTER: Choice.BOTH, GRANTED: Choice.BOTH}


def test_what_is_taken_speaks_of_the_imported_parts_and_the_result_is_sound() -> None:
    files = imported()
    made, _compared = chosen(EXISTING, files, {**BOTH, BPMN: Choice.REPLACE, MANIFEST: Choice.REPLACE})
    assert {path: made[path] for path in BOTH} == {path: EXISTING[path] for path in BOTH}
    assert data_of("rules/eligibility_2.json", made["rules/eligibility_2.json"]) == {
        **data_of(RULE, files[RULE]),
        "id": "eligibility_2",
    }
    form = data_of(TASK, made["tasks/check_2.schema.json"])
    assert form["x-title"]["id"] == "Teliti permohonan"
    assert form["properties"]["reason"]["x-show-if"] == "task.check_2.result != 'complete'"
    assert made["documents/letter-2.html"] == files[LETTER]
    assert made["messages/granted-2.id.md"] == files[GRANTED]
    main = diagram_of(made[BPMN]).main
    assert main.nodes["check"].said["form"] == "check_2"
    assert main.nodes["decide_eligibility"].said["rule"] == "eligibility_2"
    assert main.nodes["issue_letter"].said["document"] == "letter-2"
    assert main.nodes["tell_granted"].said["message"] == "granted-2"
    assert main.flows["is_wrong"].condition == "task.check_2.result == 'wrong'"
    assert main.flows["eligible"].condition == "rule.eligibility_2.eligible"
    documents = data_of(MANIFEST, made[MANIFEST])["documents"]
    assert [(one["id"], one["series"]) for one in documents] == [("letter-2", "SKTM-B"), ("letter", "SKTM")]
    assert "task.check_2.reason" in made["messages/incomplete.id.md"]
    assert "eligibility_2" in made["scenarios/granted.yaml"]
    assert errors(dict(made)) == []


NAMES: Final = {
    ("rule", "eligibility"): "eligibility_2",
    ("task", "check"): "check_2",
    ("document", "letter"): "letter-2",
    ("message", "granted"): "granted-2",
}


def test_what_stays_speaks_of_what_stood_and_the_copies_stand_beside() -> None:
    made, _compared = chosen(EXISTING, imported(), BOTH)
    assert made[BPMN] == EXISTING[BPMN]
    documents = data_of(MANIFEST, made[MANIFEST])["documents"]
    assert [(one["id"], one["series"]) for one in documents] == [("letter", "SKTM"), ("letter-2", "SKTM-B")]
    assert errors(dict(made)) == []
    changed = {path for path in made if made[path] != EXISTING.get(path)}
    assert changed == {
        MANIFEST,
        "rules/eligibility_2.json",
        "tasks/check_2.schema.json",
        "documents/letter-2.html",
        "messages/granted-2.id.md",
    }


def test_of_the_parts_that_a_package_has_once_no_second_one_is_offered() -> None:
    offered = {one.path: Choice.BOTH in one.choices for one in differing(EXISTING, imported())}
    assert offered == {**dict.fromkeys(BOTH, True), BPMN: False, MANIFEST: False}
    with pytest.raises(ValueError, match=BPMN):
        chosen(EXISTING, imported(), {BPMN: Choice.BOTH})


@pytest.mark.parametrize(
    ("path", "text", "after"),
    [
        (
            "messages/x.id.md",
            "# rule.eligibility.a\n\n"
            "{{ rule.eligibility.a }} {% if rule.eligibility.b == 'rule.eligibility.b' %}x{% endif %}\n",
            "# rule.eligibility.a\n\n"
            "{{ rule.eligibility_2.a }} {% if rule.eligibility_2.b == 'rule.eligibility.b' %}x{% endif %}\n",
        ),
        ("messages/x.id.md", "# {{ rule.eligibility_old.a }}\n", "# {{ rule.eligibility_old.a }}\n"),
        ("CHANGELOG.md", "## 1.0.0\n\n- rule.eligibility.a\n", "## 1.0.0\n\n- rule.eligibility.a\n"),
    ],
)
def test_only_expressions_are_rewritten_and_only_whole_names(path: str, text: str, after: str) -> None:
    assert retold(path, text, NAMES) == after


def test_a_third_one_gets_the_next_number() -> None:
    once, _compared = chosen(EXISTING, imported(), {RULE: Choice.BOTH})
    again, _compared = chosen(once, imported(), {RULE: Choice.BOTH})
    assert {path for path in again if path.startswith("rules/")} == {
        RULE,
        "rules/eligibility_2.json",
        "rules/eligibility_3.json",
    }
