"""The corpus of adaptations: one base, edits of each side, and what must come of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent / "corpus"
Texts = dict[str, str]


@dataclass(frozen=True, slots=True)
class Case:
    """One pair. Without `conflicts` it merges into `expected`; `shown` are texts that the merged files must hold."""

    name: str
    base: Texts
    ours: Texts
    theirs: Texts
    expected: Texts | None
    conflicts: tuple[str, ...]
    shown: tuple[str, ...]


def base() -> Texts:
    """This function will return the package that all cases start from."""
    root = FOLDER / "base"
    return {
        str(path.relative_to(root)): path.read_text() for path in sorted(root.rglob("*")) if path.is_file()
    }


def edited(files: Mapping[str, str], edits: Sequence[Mapping[str, Any]]) -> Texts:
    """This function will apply edits, each of which must find its text exactly once."""
    found = dict(files)
    for edit in edits:
        path = edit["in"]
        if edit.get("remove"):
            del found[path]
        elif "write" in edit:
            found[path] = edit["write"]
        else:
            assert found[path].count(edit["find"]) == 1, (path, edit["find"], found[path].count(edit["find"]))
            found[path] = found[path].replace(edit["find"], edit["put"])
    return found


def cases() -> list[Case]:
    """This function will return every case; one that merges without `expected` expects both sides' edits."""
    start = base()
    found = []
    for file in sorted(FOLDER.glob("*.cases.yaml")):
        for raw in yaml.safe_load(file.read_text()):
            conflicts = tuple(raw.get("conflicts", ()))
            wanted = raw.get("expected", [*raw["ours"], *raw["theirs"]])
            found.append(
                Case(
                    f"{file.name.split('.')[0]}: {raw['about']}",
                    start,
                    edited(start, raw["ours"]),
                    edited(start, raw["theirs"]),
                    None if conflicts else edited(start, wanted),
                    conflicts,
                    tuple(raw.get("comments", ())),
                )
            )
    return found
