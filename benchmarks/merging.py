"""The merge of packages: how fast, and how often it asks what it should, beside a merge by lines."""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.rows import Row, Target, timings
from livinglab.packages.adapters.trees.files import read_tree
from livinglab.packages.domain.compare.elements import Branch, Element, Run, same
from livinglab.packages.queries.merging import merge
from tests.packages.merge.cases import Case, Texts, base, cases, edited

_PROMISED_MS: Final = 200
_FIELDS, _STEPS, _ROWS = (
    60,
    40,
    30,
)  # with their pages, flows, parameters and blocks of text: over 200 elements


def merge_large_package(*, runs: int) -> Row:
    """This function will time the merge of a package of over 200 elements, both sides changed in every kind of file."""
    start = large_package()
    ours, theirs = edited(start, _OURS), edited(start, _THEIRS)
    assert merge(start, ours, theirs).is_whole

    def merge_anew() -> None:
        read_tree.cache_clear()  # as a process that never saw these packages
        merge(start, ours, theirs)

    p50, p95 = timings(merge_anew, runs=max(10, runs))
    return Row(
        name="package-merge",
        size=f"{_elements(start)} elements in {len(start)} files, nothing kept",
        p50_ms=p50,
        p95_ms=p95,
        target=Target(p95_ms=_PROMISED_MS),
    )


_OURS: Final = (
    {"in": "package.yaml", "find": "survey: true", "put": "survey: false"},
    {"in": "form.schema.json", "find": '"id": "Kolom 7"', "put": '"id": "Kolom tujuh"'},
    {"in": "process.bpmn", "find": 'name="Langkah 7"', "put": 'name="Langkah tujuh"'},
    {"in": "rules/large.json", "find": '"fee": "7000"', "put": '"fee": "7500"'},
    {
        "in": "documents/letter.html",
        "find": "Surat ini berlaku satu tahun.",
        "put": "Surat ini berlaku dua tahun.",
    },
    {"in": "scenarios/granted.yaml", "find": "size: micro", "put": "size: small"},
)
_THEIRS: Final = (
    {"in": "package.yaml", "find": "days: 3", "put": "days: 2"},
    {"in": "form.schema.json", "find": '"id": "Kolom 9"', "put": '"id": "Kolom sembilan"'},
    {"in": "process.bpmn", "find": 'name="Langkah 9"', "put": 'name="Langkah sembilan"'},
    {"in": "rules/large.json", "find": '"fee": "9000"', "put": '"fee": "9500"'},
    {"in": "documents/letter.html", "find": "bukan izin usaha", "put": "bukan perizinan berusaha"},
    {"in": "scenarios/granted.yaml", "find": "starts: 2026-11-02", "put": "starts: 2026-11-03"},
)


def large_package() -> Texts:
    """This function will return the corpus's base with many more fields, steps and rows."""
    fields = {
        f"f{n}": {"x-type": "text", "type": "string", "maxLength": 90, "x-title": {"id": f"Kolom {n}"}}
        for n in range(_FIELDS)
    }
    pages = [
        {"id": f"p{n}", "title": {"id": f"Halaman {n}"}, "fields": [f"f{m}" for m in range(n, n + 5)]}
        for n in range(0, _FIELDS, 5)
    ]
    files = base()
    form = json.loads(files["form.schema.json"])
    form["properties"] |= fields
    form["x-pages"] += pages
    rows = [{"id": f"r{n}", "when": {"f": f"{n}"}, "then": {"fee": f"{n}000"}} for n in range(_ROWS)]
    table = {
        "id": "large",
        "title": {"id": "Tarif"},
        "hit": "collect",
        "inputs": [{"id": "f", "title": {"id": "Isian"}, "value": "len(form.f1)"}],
        "outputs": [{"id": "fee", "title": {"id": "Tarif"}, "type": "number"}],
        "rows": rows,
    }
    tasks = [f'    <userTask id="t{n}" name="Langkah {n}" ll:form="check"/>' for n in range(_STEPS)]
    flows = [
        f'    <sequenceFlow id="g{n}" sourceRef="t{n}" targetRef="t{n + 1}"/>' for n in range(_STEPS - 1)
    ]
    chain = ['    <sequenceFlow id="g" sourceRef="issue" targetRef="t0"/>', *tasks, *flows]
    process = files["process.bpmn"].replace(
        'sourceRef="issue" targetRef="granted"', f'sourceRef="t{_STEPS - 1}" targetRef="granted"'
    )
    return files | {
        "form.schema.json": json.dumps(form, indent=2, ensure_ascii=False) + "\n",
        "rules/large.json": json.dumps(table, indent=1, ensure_ascii=False) + "\n",
        "process.bpmn": process.replace("  </process>", "\n".join((*chain, "  </process>"))),
    }


def _elements(files: Texts) -> int:
    """Count what has a key of its own or is a block of text."""
    return sum(_count(read_tree(path, text)) for path, text in files.items())


def _count(element: Element) -> int:
    if isinstance(element, Run):
        return sum(1 + _count(item) for item in element.items)
    if not isinstance(element, Branch):
        return 0
    named = (
        len(element.children)
        if element.shape.value == "list" or (element.kind == "" and _holds_fields(element))
        else 0
    )
    return named + sum(_count(part) for part in element.children.values())


def _holds_fields(branch: Branch) -> bool:
    return bool(branch.children) and all(
        isinstance(one, Branch) and "x-type" in one.children for one in branch.children.values()
    )


@dataclass(frozen=True, slots=True)
class Quality:
    """How a merge did on the corpus. `lost` are pairs that it merged without a question into something wrong."""

    mergeable: int
    false: int
    lost: int
    real: int
    found: int

    @property
    def right(self) -> float:
        """The share of pairs that came out as they should."""
        return (self.mergeable - self.false - self.lost + self.found) / (self.mergeable + self.real)

    def line(self, name: str) -> str:
        """This function will return a row of the table."""
        return (
            f"| {name} | {self.false} of {self.mergeable} | {self.found} of {self.real} "
            f"| {self.lost} of {self.mergeable} |"
        )


def judge(corpus: list[Case], merged: Callable[[Case], Texts | None]) -> Quality:
    """This function will judge a merge that returns the merged files, or None where it asks a person."""
    results = [(case, merged(case)) for case in corpus]
    wanted = [(case, files) for case, files in results if case.expected is not None]
    return Quality(
        mergeable=len(wanted),
        false=sum(files is None for _, files in wanted),
        lost=sum(files is not None and not _is_as_expected(case, files) for case, files in wanted),
        real=len(results) - len(wanted),
        found=sum(files is None for case, files in results if case.expected is None),
    )


def _is_as_expected(case: Case, files: Texts) -> bool:
    expected = case.expected or {}
    if files.keys() != expected.keys():
        return False
    try:
        return all(
            same(read_tree(path, files[path]), read_tree(path, text)) for path, text in expected.items()
        )
    except ValueError:
        return False


def by_elements(case: Case) -> Texts | None:
    """This function will merge a pair our way; None also where it asks for something else than it should."""
    found = merge(case.base, case.ours, case.theirs)
    return dict(found.files) if found.is_whole else None


def by_lines(case: Case) -> Texts | None:
    """This function will merge a pair file by file with `git merge-file`, by lines."""
    files: Texts = {}
    for path in sorted({*case.base, *case.ours, *case.theirs}):
        was, here, there = (side.get(path) for side in (case.base, case.ours, case.theirs))
        if here in (was, there) or there == was:
            text = there if here == was else here
        elif None in (was, here, there):
            return None
        else:
            text = _lines_merged(str(was), str(here), str(there))
            if text is None:
                return None
        if text is not None:
            files[path] = text
    return files


def _lines_merged(was: str, here: str, there: str) -> str | None:
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / name for name in ("ours", "base", "theirs")]
        for path, text in zip(paths, (here, was, there), strict=True):
            path.write_text(text)
        done = subprocess.run(["git", "merge-file", "-p", *paths], capture_output=True, check=False)
    return done.stdout.decode() if done.returncode == 0 else None


def quality(*, runs: int) -> Row:
    """This function will judge both merges on the corpus. Without git only ours; `runs` changes nothing."""
    corpus = cases()
    ours = judge(corpus, by_elements)
    lines = [
        "| merge | false conflicts | real conflicts found | merged wrongly |",
        "|---|---|---|---|",
        ours.line("by elements"),
    ]
    try:
        lines.append(judge(corpus, by_lines).line("by lines (git merge-file)"))
    except FileNotFoundError:
        lines.append("| by lines (git merge-file) | git is not installed | | |")
    return Row(
        name="merge-quality",
        size=f"{len(corpus)} pairs of adaptations",
        share=ours.right,
        target=Target(share=1.0),
        table=tuple(lines),
    )


BENCHMARKS: Final[dict[str, Callable[[int], Row]]] = {
    "package-merge": lambda runs: merge_large_package(runs=runs),
    "merge-quality": lambda runs: quality(runs=runs),
}
