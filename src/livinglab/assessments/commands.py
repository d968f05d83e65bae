"""The commands of this context; those on instruments and scores read files and need no database."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from django.conf import settings

from livinglab.assessments.adapters.guide_files import load_with_guides
from livinglab.assessments.adapters.instrument_files import load_instrument, load_instruments
from livinglab.assessments.adapters.level_files import MAXIMUM_BYTES, LevelFileError, parse_levels
from livinglab.assessments.domain.instrument_document import instrument_document
from livinglab.assessments.domain.instrument_rules import InstrumentErrors
from livinglab.assessments.domain.instruments import Instrument, UnknownYear
from livinglab.assessments.domain.levels import LevelErrors, clean_levels
from livinglab.assessments.domain.score_document import score_document
from livinglab.assessments.domain.scoring import level_keys
from livinglab.assessments.domain.scoring import score as score_levels
from livinglab.assessments.replies import as_json_option, print_json, refuse
from livinglab.assessments.result_commands import results


@click.command()
@click.argument("instrument", metavar="INSTRUMENT")
@click.argument("file", metavar="FILE")
@click.option(
    "--year", type=int, help="Evaluation year, for its predicate rule; by default the newest known."
)
@as_json_option
def score(*, instrument: str, file: str, year: int | None, as_json: bool) -> None:
    """Compute the exact index of a set of levels and print it as JSON.

    INSTRUMENT is a code such as spbe-2020. FILE is JSON {"levels": {"1": 3, …}} or CSV with the header
    indicator,level; - reads stdin. Bad input is named on stderr and ends with status 2.
    """
    try:
        rules = _find(instrument)
        raw = parse_levels(_content(file))
        levels = clean_levels(raw, level_keys(rules, raw), rules.scale)
        result = score_levels(rules, levels, year)
    except LevelErrors as error:
        problems = [{"indicator": e.key, "problem": e.problem, "message": e.message} for e in error.errors]
        refuse(str(error), as_json=as_json, problems=problems)
    except InstrumentErrors as error:
        refuse(str(error), as_json=as_json, problems=_problems(error))
    except LevelFileError as error:
        refuse(f"{file}: {error}", as_json=as_json)
    except OSError as error:
        refuse(f"{file}: {error.strerror}", as_json=as_json)
    except (UnknownYear, LookupError) as error:
        refuse(str(error.args[0]), as_json=as_json)
    print_json(score_document(rules, result))


@click.group()
def instrument() -> None:
    """Look at the assessment instruments, and check their files."""


@instrument.command("list")
@as_json_option
def list_instruments(*, as_json: bool) -> None:
    """List the instruments, newest first."""
    found = _all(as_json=as_json)
    if as_json:
        print_json([instrument_document(each, whole=False) for each in found])
        return
    for each in found:
        click.echo(
            f"{each.code:14} {each.years!s:10} {len(list(each.indicators())):3} indicators  {each.title.en}"
        )


@instrument.command("show")
@click.argument("code")
@as_json_option
def show_instrument(*, code: str, as_json: bool) -> None:
    """Show one instrument: its domains, aspects and indicators with their exact weights."""
    found = next((each for each in _all(as_json=as_json) if each.code == code), None)
    if found is None:
        refuse(f"instrument: {code[:40]!r} is unknown; known: {', '.join(_codes())}", as_json=as_json)
    if as_json:
        print_json(instrument_document(found, whole=True))
        return
    click.echo(f"{found.code}: {found.title.en}\n{found.regulation.name}, years {found.years}")
    for aspect in found.aspects:
        click.echo(f"{aspect.code:4} {float(aspect.weight):6.2f} %  {aspect.name.en}")
        for each in aspect.indicators:
            click.echo(f"  {each.number:3} {float(each.weight):5.2f} %  {each.short.en}")


@instrument.command("check")
@click.argument("file", type=click.Path(path_type=Path))
@as_json_option
def check_instrument(*, file: Path, as_json: bool) -> None:
    """Check an instrument file with its criteria, evidence guide and scaffolds: problems by file, line and rule."""
    try:
        found, guide, scaffolds = load_with_guides(file)
    except InstrumentErrors as error:
        refuse(str(error), as_json=as_json, problems=_problems(error))
    if as_json:
        beside = {"evidence_guide": guide is not None, "scaffolds": scaffolds is not None}
        print_json({"file": str(file), "instrument": found.code, "ok": True, **beside})
    else:
        number = len(list(found.indicators()))
        with_guide = "an evidence guide" if guide else "no evidence guide"
        with_scaffolds = "scaffolds" if scaffolds else "no scaffolds"
        click.echo(
            f"{file}: {found.code} is sound, with {number} indicators, {with_guide} and {with_scaffolds}"
        )


def _codes() -> list[str]:
    return sorted(path.stem for path in Path(settings.INSTRUMENTS_DIR).glob("*.yaml"))


def _find(code: str) -> Instrument:
    """Return one instrument without reading the others or any criteria."""
    if code not in _codes():
        raise LookupError(f"instrument: {code[:40]!r} is unknown; known: {', '.join(_codes())}")
    return load_instrument(Path(settings.INSTRUMENTS_DIR) / f"{code}.yaml", with_criteria=False)


def _all(*, as_json: bool) -> tuple[Instrument, ...]:
    try:
        return load_instruments(Path(settings.INSTRUMENTS_DIR))
    except InstrumentErrors as error:
        refuse(str(error), as_json=as_json, problems=_problems(error))


def _content(file: str) -> bytes:
    if file == "-":
        return sys.stdin.buffer.read(MAXIMUM_BYTES + 1)
    with Path(file).open("rb") as opened:
        return opened.read(MAXIMUM_BYTES + 1)


def _problems(error: InstrumentErrors) -> list[dict[str, object]]:
    return [{"file": e.file, "line": e.line, "rule": e.rule, "message": e.message} for e in error.errors]


COMMANDS = (score, instrument, results)
