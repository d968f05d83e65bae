"""`package diff` and `package merge`: read folders or zips, need no database."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final, NoReturn

import click

from livinglab.packages.domain.faults import PackageRefused
from livinglab.packages.queries import conflict_words
from livinglab.packages.queries.differences import Comparison, compare
from livinglab.packages.queries.fault_words import sentence
from livinglab.packages.queries.merging import Conflict, FolderTaken, merge, save
from livinglab.packages.queries.texts import read_texts

_REFUSED: Final = 2
_LONGEST: Final = 100
_PATH: Final = click.Path(exists=True, path_type=Path)
_as_json = click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")


@click.command()
@click.argument("old", type=_PATH)
@click.argument("new", type=_PATH)
@_as_json
def diff(old: Path, new: Path, *, as_json: bool) -> None:
    """Say what changed between two versions of a package, and what version number that requires."""
    try:
        found = compare(read_texts(old), read_texts(new))
    except PackageRefused as error:
        _refuse(error, as_json=as_json)
    if as_json:
        _print(found.as_json())
    else:
        click.echo(_in_lines(found))


@click.command("merge")
@click.argument("base", type=_PATH)
@click.argument("ours", type=_PATH)
@click.argument("theirs", type=_PATH)
@click.option(
    "--out", required=True, type=click.Path(path_type=Path), help="A new or empty folder for the result."
)
@_as_json
def merge_packages(base: Path, ours: Path, theirs: Path, *, out: Path, as_json: bool) -> None:
    """Merge what OURS and THEIRS each made of BASE, element by element, into a new folder.

    Exit status 1 where a person must decide: the folder then holds what OURS says at each such place.
    """
    try:
        merged = merge(read_texts(base), read_texts(ours), read_texts(theirs))
        save(merged, out)
    except PackageRefused as error:
        _refuse(error, as_json=as_json)
    except FolderTaken:
        _say_error(f"{out} holds something already; name a folder that does not exist yet", as_json=as_json)
    except OSError as error:
        _say_error(f"{error.filename}: {error.strerror}", as_json=as_json)
    if as_json:
        _print({"merged": merged.is_whole, "conflicts": [_conflict(one) for one in merged.conflicts]})
    else:
        click.echo("\n".join(_lines(one) for one in merged.conflicts) or f"merged into {out}")
    if merged.conflicts:
        click.echo(
            f"{len(merged.conflicts)} to decide; until then {out} holds what {ours} says there", err=True
        )
    sys.exit(0 if merged.is_whole else 1)


def _conflict(one: Conflict) -> Mapping[str, object]:
    return {"path": one.path, "base": one.base, "ours": one.ours, "theirs": one.theirs}


def _lines(one: Conflict) -> str:
    sides = (f"  {name:7}{_short(value)}" for name, value in _conflict(one).items() if name != "path")
    needed = (f"  needed by {path}" for path in one.needed_by)
    return "\n".join((one.path, f"  {conflict_words.asked(one.reason).en}", *sides, *needed))


def _in_lines(found: Comparison) -> str:
    lines = [f"{one.requires.name.lower():6} {one.said.en}" for one in found.differences]
    least = f"at least {found.least}" if found.least else "no version before"
    enough = "enough" if found.is_enough else "too low"
    return "\n".join((*lines, f"requires {found.requires.name.lower()}, {least}; {found.after} is {enough}"))


def _short(value: object) -> str:
    if value is None:
        return "—"
    said = " ".join(value.split()) if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return said if len(said) <= _LONGEST else said[: _LONGEST - 1] + "…"


def _print(document: object) -> None:
    click.echo(json.dumps(document, ensure_ascii=False, indent=2))


def _refuse(error: PackageRefused, *, as_json: bool) -> NoReturn:
    problems = [
        {"file": one.path, "line": one.line, "code": one.code, "said": dict(one.said)} for one in error.faults
    ]
    for one in error.faults:
        click.echo(f"{one.path}:{one.line}: {one.code} {sentence(one)}", err=True)
    if as_json:
        _print({"error": str(error), "problems": problems})
    sys.exit(_REFUSED)


def _say_error(message: str, *, as_json: bool) -> NoReturn:
    click.echo(f"Error: {message}", err=True)
    if as_json:
        _print({"error": message})
    sys.exit(_REFUSED)
