"""The command line: JSON on stdout and nothing else, what is wrong on stderr, status 2 for bad input."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from django.test import override_settings

from livinglab.assessments.commands import instrument, score
from livinglab.assessments.domain.scoring import level_keys
from livinglab.assessments.models import PublishedResult
from livinglab.assessments.result_commands import results
from tests.assessments.known import BY_CODE, ROOT, Case, published_cases
from tests.assessments.test_instrument_files import CRITERIA, SMALL, write


def run(command: Any, *arguments: str, given: bytes = b"") -> Result:
    return CliRunner().invoke(command, list(arguments), input=given)


def as_json(levels: Any) -> bytes:
    return json.dumps({"levels": dict(levels)}).encode()


@pytest.mark.parametrize("case", published_cases(), ids=lambda case: case.name)
def test_a_published_case_scores_from_json_and_csv_alike(case: Case, tmp_path: Path) -> None:
    lines = "".join(f"{key},{level}\n" for key, level in case.levels.items())
    (tmp_path / "levels.csv").write_text("indicator,level\n" + lines, encoding="utf-8")
    from_csv = run(score, case.instrument, str(tmp_path / "levels.csv"), "--year", str(case.year))
    from_json = run(score, case.instrument, "-", "--json", given=as_json(case.levels))
    assert (from_csv.exit_code, from_csv.stderr) == (0, "")
    assert json.loads(from_csv.stdout) == {
        "instrument": case.instrument,
        "index": str(case.index),
        "index_exact": case.index_exact,
        "predicate": case.predicate,
        "domains": case.domains,
        "aspects": case.aspects,
    }
    assert json.loads(from_json.stdout) == json.loads(from_csv.stdout)


def test_the_year_chooses_the_predicate_rule() -> None:
    """Boven Digoel's exact index of 2023, 1.7995: Cukup where the rounded index counts, Kurang where it does not."""
    levels = dict.fromkeys(level_keys(BY_CODE["spbe-2020"]), 1)
    levels |= dict.fromkeys(("1", "2", "3", "4", "38"), 2) | {"42": 3}
    levels |= dict.fromkeys(("32", "33", "34", "35", "36", "37"), 5)
    answers = {}
    for year in ("2023", "2024"):
        answer = json.loads(run(score, "spbe-2020", "-", "--year", year, given=as_json(levels)).stdout)
        answers[year] = (answer["index"], answer["index_exact"], answer["predicate"])
    assert answers == {"2023": ("1.80", "3599/2000", "Cukup"), "2024": ("1.80", "3599/2000", "Kurang")}


@pytest.mark.parametrize(
    ("arguments", "given", "message"),
    [
        (
            ("spbe-2020", "-"),
            b'{"levels": {"1": 3.0}}',
            "indicator 1: 3.0 is not a whole level; write 1 to 5",
        ),
        (("spbe-2020", "-"), b'{"levels": {"1": 3}}', "indicator 47: the level is missing"),
        (
            ("spbe-2020", "-"),
            b'{"levels": {"48": 3}}',
            "indicator 48: not in this instrument (it has 1 to 47)",
        ),
        (("spbe-2020", "-"), b'{"levels": {"1": 0}}', "indicator 1: 0 is outside 1 to 5"),
        (("spbe-2020", "-"), b'{"levels": {"1": 3, "1": 4}}', "'1' comes twice"),
        (("spbe-2020", "-"), b"", "-: the file is empty"),
        (("spbe-2020", "-"), b"x" * 1_000_001, "larger than 1000000 bytes"),
        (("spbe-2020", "no-such-file.json"), b"", "no-such-file.json: No such file or directory"),
        (("spbe-2020", "."), b"", ".: Is a directory"),
        (("spbe-1999", "-"), b"", "'spbe-1999' is unknown; known: pemdi-2026, spbe-2018, spbe-2020"),
        (("../secret", "-"), b"", "'../secret' is unknown"),
        (("spbe-2020", "-", "--year", "2019"), b"", "the file is empty"),
    ],
    ids=range(12),
)
def test_bad_input_is_named_and_ends_with_status_2(
    arguments: tuple[str, ...], given: bytes, message: str
) -> None:
    plain = run(score, *arguments, given=given)
    assert (plain.exit_code, plain.stdout) == (2, "")
    assert message in plain.stderr
    machine = run(score, *arguments, "--json", given=given)
    assert machine.exit_code == 2
    assert message in json.loads(machine.stdout)["error"]


def test_half_a_character_does_not_break_the_answer() -> None:
    refused = run(score, "spbe-2020", "-", "--json", given=rb'{"levels": {"\ud800": 3}}')
    assert (refused.exit_code, refused.exception.__class__) == (2, SystemExit)
    assert json.loads(refused.stdout)["problems"][-1]["indicator"] == "\ud800"


def test_a_year_without_the_instrument_is_refused() -> None:
    levels = as_json(dict.fromkeys(level_keys(BY_CODE["spbe-2020"]), 3))
    refused = run(score, "spbe-2020", "-", "--year", "2019", given=levels)
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "2019 is not an evaluation year of spbe-2020, which covers 2021–2025" in refused.stderr


def test_wrong_levels_are_listed_for_machines_too() -> None:
    levels = {**dict.fromkeys(level_keys(BY_CODE["spbe-2020"]), 3), "2": 7}
    answer = json.loads(run(score, "spbe-2020", "-", "--json", given=as_json(levels)).stdout)
    assert answer["problems"] == [
        {"indicator": "2", "problem": "out_of_range", "message": "indicator 2: 7 is outside 1 to 5"}
    ]


def test_a_new_instrument_scores_without_any_python(tmp_path: Path) -> None:
    write(tmp_path)
    with override_settings(INSTRUMENTS_DIR=tmp_path):
        answer = json.loads(run(score, "small-2030", "-", given=b'{"levels": {"1": 3, "2": 1}}').stdout)
    assert (answer["index"], answer["index_exact"], answer["predicate"]) == ("1.67", "833/500", "Rendah")


def test_scoring_imports_no_model_and_needs_no_database() -> None:
    code = (
        "import sys; from livinglab.assessments.domain import scoring, levels, score_document;"
        "from livinglab.assessments.adapters import instrument_files, level_files;"
        "assert not [name for name in sys.modules if name.startswith('django')], sys.modules"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False, cwd=ROOT / "src", capture_output=True)
    assert (done.returncode, done.stderr) == (0, b"")


def test_check_names_every_fault_with_file_line_and_rule(tmp_path: Path) -> None:
    path = write(tmp_path, SMALL.replace('"33.30"\n    ind', '"33.40"\n    ind'))
    refused = run(instrument, "check", str(path))
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert f"{path}:41: weights-add-up: A1 weighs 33.4, but its parts weigh 33.3 together" in refused.stderr
    machine = json.loads(run(instrument, "check", str(path), "--json").stdout)
    assert {problem["rule"] for problem in machine["problems"]} == {"weights-add-up"}
    sound = run(instrument, "check", str(write(tmp_path, SMALL, CRITERIA)))
    assert (sound.exit_code, sound.stderr) == (0, "")


def test_instruments_are_listed_and_shown() -> None:
    listed = run(instrument, "list")
    assert [line.split()[0] for line in listed.stdout.splitlines()] == [
        "pemdi-2026",
        "spbe-2020",
        "spbe-2018",
    ]
    shown = json.loads(run(instrument, "show", "spbe-2020", "--json").stdout)
    assert [(each["code"], each["weight"]) for each in shown["domains"]] == [
        ("D1", "13"), ("D2", "25"), ("D3", "16.5"), ("D4", "45.5"),
    ]  # fmt: skip
    assert run(instrument, "show", "nothing").exit_code == 2


@pytest.mark.django_db
class TestResults:
    FILE = "code,index,predicate\n32.11,4.60,Memuaskan\n"
    ARGUMENTS = ("--year", "2025", "--source", "List of results 2025", "--json")

    def file(self, tmp_path: Path, text: str = FILE) -> str:
        path = tmp_path / "results.csv"
        path.write_text(text, encoding="utf-8")
        return str(path)

    def test_a_dry_run_says_what_would_be_stored(self, tmp_path: Path) -> None:
        before = PublishedResult.objects.count()
        done = run(results, "import", self.file(tmp_path), *self.ARGUMENTS, "--dry-run")
        counts = {"stored": False, "added": 1, "changed": 0, "unchanged": 0}
        expected = {**counts, "years": [2025], "corrections": []}
        assert (done.exit_code, json.loads(done.stdout)) == (0, expected)
        assert PublishedResult.objects.count() == before

    def test_a_correction_is_said_with_what_it_replaces(self, tmp_path: Path) -> None:
        file, options = self.file(tmp_path), [one for one in self.ARGUMENTS if one != "--json"]
        run(results, "import", file, *options)
        text = Path(file).read_text(encoding="utf-8")
        Path(file).write_text(text.replace("4.60", "4.61"), encoding="utf-8")
        done = run(results, "import", file, *options, "--dry-run")
        assert done.stdout.splitlines() == [
            "Would store: 0 added, 1 changed, 0 unchanged.",
            "2025 32.11: index 4.60 becomes index 4.61",
        ]

    def test_an_import_stores(self, tmp_path: Path) -> None:
        before = PublishedResult.objects.count()
        done = run(results, "import", self.file(tmp_path), *self.ARGUMENTS)
        assert json.loads(done.stdout)["stored"] is True
        assert PublishedResult.objects.count() == before + 1

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ("code,index\n32.11,4.60\n00.00,3.00\n", "line 3: code: no organisation '00.00'"),
            ("code,index\n32.11,=1\n", "line 2: a cell holds a formula"),
        ],
    )
    def test_a_refused_file_is_named_by_line_and_nothing_is_stored(
        self, tmp_path: Path, text: str, message: str
    ) -> None:
        before = PublishedResult.objects.count()
        done = run(results, "import", self.file(tmp_path, text), *self.ARGUMENTS)
        assert done.exit_code == 2
        assert message in json.loads(done.stdout)["error"]
        assert message in done.stderr
        assert PublishedResult.objects.count() == before

    @pytest.mark.parametrize(
        ("option", "text", "message"),
        [
            ("--source", "x" * 301, "--source: longer than 300 characters"),
            ("--source", "tidy\u202etext", "--source: holds a control character"),
            ("--source", "half \udcff", "--source: holds a control character"),
            ("--source", " ", "source: missing"),
            ("--decision", "x" * 81, "--decision: longer than 80 characters"),
        ],
    )
    def test_a_source_that_cannot_be_stored_is_refused(
        self, tmp_path: Path, option: str, text: str, message: str
    ) -> None:
        done = run(results, "import", self.file(tmp_path), *self.ARGUMENTS, option, text)
        assert done.exit_code == 2
        assert message in json.loads(done.stdout)["error"]

    def test_the_checker_names_the_row_that_no_levels_give(self) -> None:
        done = json.loads(run(results, "check", "--year", "2023", "--json").stdout)
        assert done["checked"] == 621 + 14
        [finding] = done["findings"]
        assert (finding["code"], finding["kind"], finding["part"], finding["printed"]) == (
            "16.07",
            "impossible_domain",
            "D4",
            "0.30",
        )
        assert run(results, "check", "--year", "1999").exit_code == 2


def test_the_check_of_an_instrument_covers_its_guide_and_its_scaffolds(tmp_path: Path) -> None:
    path = write(tmp_path)
    sound = json.loads(run(instrument, "check", str(path), "--json").stdout)
    assert (sound["ok"], sound["evidence_guide"], sound["scaffolds"]) == (True, False, False)
    for folder in ("evidence", "scaffolds"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "small-2030.yaml").write_text("instrument: small-2030\n", encoding="utf-8")
    refused = run(instrument, "check", str(path))
    assert refused.exit_code == 2
    assert "evidence/small-2030.yaml:1: required-keys: missing: evidence, source, status" in refused.stderr
    assert "scaffolds/small-2030.yaml:1: required-keys: missing: scaffolds, source, status" in refused.stderr
