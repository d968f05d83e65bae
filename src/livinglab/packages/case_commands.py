"""`case simulate`: play a scenario of a package, step by step."""

import json
import sys
from pathlib import Path
from typing import Final

import click

from livinglab.packages.domain.faults import PackageRefused
from livinglab.packages.domain.package import Package
from livinglab.packages.domain.running.state import Case
from livinglab.packages.domain.scenarios import Act, Do, Scenario
from livinglab.packages.queries.fault_words import sentence
from livinglab.packages.queries.play import Outcome, Played, play
from livinglab.packages.queries.reading import read_package

_REFUSED: Final = 2


@click.group()
def case() -> None:
    """Cases of a service package."""


@case.command()
@click.argument("package", type=click.Path(exists=True, path_type=Path))
@click.argument("scenario")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
def simulate(package: Path, scenario: str, *, as_json: bool) -> None:
    """Play SCENARIO (its id or file) of the package at PACKAGE; exit status 1 where it does not hold."""
    found = _read(package)
    outcome = play(found, _scenario(found, scenario))
    if as_json:
        click.echo(json.dumps(_as_json(found, outcome), ensure_ascii=False))
    else:
        for step in outcome.steps:
            click.echo(_line(step))
            for one in step.mismatches:
                click.echo(
                    f"   line {one.line}: {one.what}: expected {_said(one.expected)}, seen {_said(one.seen)}"
                )
        total = len(outcome.scenario.steps)
        click.echo(
            "holds" if outcome.has_held else f"does not hold: {len(outcome.steps)} of {total} steps taken"
        )
    sys.exit(0 if outcome.has_held else 1)


def _read(path: Path) -> Package:
    try:
        return read_package(path)
    except PackageRefused as refused:
        for fault in refused.faults:
            click.echo(f"{fault.path}:{fault.line}: {fault.code} {sentence(fault)}", err=True)
        sys.exit(_REFUSED)


def _scenario(package: Package, wanted: str) -> Scenario:
    scenario = package.scenarios.get(Path(wanted).stem)
    if scenario is None:
        click.echo(f"no scenario {wanted}; there are: {', '.join(package.scenarios)}", err=True)
        sys.exit(_REFUSED)
    return scenario


def _line(step: Played) -> str:
    sign = "✗" if step.mismatches else "✓"
    if not isinstance(step.step, Act):
        return f"{sign} {step.place}. expect"
    what = " ".join(word for word in (step.step.role, step.step.do.value, step.step.task) if word)
    if step.step.do is Do.WAIT:
        what = f"wait {step.step.wait}"
    return f"{sign} {step.place}. {what}{_stands(step.case)}"


def _stands(stood: Case | None) -> str:
    """This function will say where a case stands: on its clock, what waits, or how it ended."""
    if stood is None:
        return " → turned down"
    waits = ", ".join(token.node for token in stood.tokens) or "nothing"
    ends = f"ended: {stood.outcome.value}" if stood.outcome else f"waits: {waits}"
    return f" → {stood.now:%Y-%m-%d %H:%M}, {ends}"


def _said(value: object) -> str:
    return ", ".join(str(one) for one in value) or "nothing" if isinstance(value, tuple) else str(value)


def _as_json(package: Package, outcome: Outcome) -> dict[str, object]:
    return {
        "package": package.manifest.identity,
        "version": package.manifest.version,
        "scenario": outcome.scenario.id,
        "holds": outcome.has_held,
        "steps": [_step(step) for step in outcome.steps],
    }


def _step(step: Played) -> dict[str, object]:
    stood = step.case
    return {
        "step": step.place,
        "do": step.step.do.value if isinstance(step.step, Act) else "expect",
        "as": step.step.role if isinstance(step.step, Act) else "",
        "now": stood.now.isoformat() if stood else None,
        "waiting": sorted(token.node for token in stood.tokens) if stood else [],
        "breached": sorted(stood.breached) if stood else [],
        "outcome": stood.outcome.value if stood and stood.outcome else None,
        "mismatches": [
            {"what": one.what, "expected": one.expected, "seen": one.seen, "line": one.line}
            for one in step.mismatches
        ],
    }
