"""`package diff` and `package merge` from the command line."""

from __future__ import annotations

import json
from pathlib import Path
from zipfile import ZipFile

import pytest
from click.testing import CliRunner, Result

from livinglab.packages.commands import package
from tests.packages.merge.cases import Texts, base, edited

FEE = {"in": "rules/fees.json", "find": '"fee": "25000"'}


def folder(at: Path, files: Texts) -> str:
    for path, text in files.items():
        (at / path).parent.mkdir(parents=True, exist_ok=True)
        (at / path).write_text(text)
    return str(at)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(package, arguments)


def files_in(at: Path) -> Texts:
    return {str(path.relative_to(at)): path.read_text() for path in at.rglob("*") if path.is_file()}


@pytest.fixture
def sides(tmp_path: Path) -> list[str]:
    ours = edited(base(), [{**FEE, "put": '"fee": "20000"'}])
    theirs = edited(base(), [{"in": "package.yaml", "find": "survey: true", "put": "survey: false"}])
    return [
        folder(tmp_path / name, files)
        for name, files in (("base", base()), ("ours", ours), ("theirs", theirs))
    ]


def test_a_clean_merge_writes_the_folder_and_ends_with_0(sides: list[str], tmp_path: Path) -> None:
    done = run("merge", *sides, "--out", str(tmp_path / "new" / "merged"), "--json")
    assert (done.exit_code, json.loads(done.stdout)) == (0, {"merged": True, "conflicts": []})
    merged = files_in(tmp_path / "new" / "merged")
    assert merged == {**files_in(Path(sides[1])), "package.yaml": files_in(Path(sides[2]))["package.yaml"]}


def test_a_conflict_ends_with_1_and_names_its_sides(sides: list[str], tmp_path: Path) -> None:
    theirs = folder(tmp_path / "other", edited(base(), [{**FEE, "put": '"fee": "30000"'}]))
    done = run("merge", sides[0], sides[1], theirs, "--out", str(tmp_path / "merged"), "--json")
    assert done.exit_code == 1
    assert json.loads(done.stdout) == {
        "merged": False,
        "conflicts": [
            {
                "path": "rules/fees.json#/rows[id=small]/then/fee",
                "base": "25000",
                "ours": "20000",
                "theirs": "30000",
            }
        ],
    }
    assert files_in(tmp_path / "merged") == files_in(Path(sides[1]))
    assert "1 to decide" in done.stderr


def test_nothing_is_written_over_what_is_there(sides: list[str], tmp_path: Path) -> None:
    taken = folder(tmp_path / "taken", {"note.txt": "mine"})
    done = run("merge", *sides, "--out", taken)
    assert (done.exit_code, files_in(tmp_path / "taken")) == (2, {"note.txt": "mine"})
    assert "holds something already" in done.stderr
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_a_zip_is_read_like_a_folder(sides: list[str], tmp_path: Path) -> None:
    with ZipFile(tmp_path / "theirs.zip", "w") as packed:
        for path, text in files_in(Path(sides[2])).items():
            packed.writestr(path, text)
    done = run(
        "merge", sides[0], sides[1], str(tmp_path / "theirs.zip"), "--out", str(tmp_path / "merged"), "--json"
    )
    assert (done.exit_code, json.loads(done.stdout)["merged"]) == (0, True)


@pytest.mark.parametrize(
    ("file", "text", "line"),
    [
        ("rules/fees.json", '{\n  "id": "fees",\n  "id": "twice"\n}\n', 3),
        ("package.yaml", "id: skdu\nname: &a {id: Surat}\n", 2),
        ("process.bpmn", '<?xml version="1.0"?>\n<!DOCTYPE d [<!ENTITY a "b">]>\n<d/>\n', 2),
        ("process.bpmn", "<definitions>\n  <process>\n</definitions>\n", 3),
    ],
)
def test_a_file_nobody_can_read_is_refused_with_its_line(
    sides: list[str], tmp_path: Path, file: str, text: str, line: int
) -> None:
    other = files_in(Path(sides[2])) | {file: text, "README.md": "# Lain\n"}
    theirs = folder(tmp_path / "broken", other)
    ours = folder(tmp_path / "mine", files_in(Path(sides[1])) | {file: base()[file] + "\n"})
    done = run("merge", sides[0], ours, theirs, "--out", str(tmp_path / "merged"), "--json")
    assert (done.exit_code, (tmp_path / "merged").exists()) == (2, False)
    (problem,) = json.loads(done.stdout)["problems"]
    assert (problem["file"], problem["line"]) == (file, line)


def test_a_difference_is_said_with_what_it_requires(sides: list[str]) -> None:
    done = run("diff", sides[0], sides[1])
    assert done.exit_code == 0
    assert done.stdout.splitlines() == [
        "minor  Row “small”: outcome fee changed from “25000” to “20000”",
        "requires minor, at least 1.1.0; 1.0.0 is too low",
    ]
    told = json.loads(run("diff", sides[0], sides[1], "--json").stdout)
    assert (told["requires"], len(told["changes"])) == ("minor", 1)
