"""Commands that belong to the whole program."""

import json
import logging
import sys
from importlib import import_module

import click
from django.conf import settings

from livinglab.config import messages as texts
from livinglab.kernel.events import subscriptions


@click.group()
def messages() -> None:
    """The Indonesian texts: collect, check, compile."""


@messages.command("update")
def update_messages() -> None:
    """Collect the texts of code and templates into each context's catalogue."""
    for context, missing in texts.update(settings.PACKAGE).items():
        click.echo(f"{context}: {missing} without Indonesian", err=True)


@messages.command("check")
def check_messages() -> None:
    """Fail when a text lacks its Indonesian."""
    problems = texts.check(settings.PACKAGE)
    for problem in problems:
        click.echo(str(problem), err=True)
    sys.exit(1 if problems else 0)


@messages.command("compile")
def compile_messages() -> None:
    """Compile the catalogues."""
    click.echo(f"{texts.compile_all(settings.PACKAGE)} catalogues compiled", err=True)


@click.command()
@click.argument("names", nargs=-1)
@click.option("--runs", default=60, show_default=True, help="Counted runs of each page.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
def bench(names: tuple[str, ...], runs: int, *, as_json: bool) -> None:
    """Measure what we promise in numbers; NAMES pick some."""
    sys.path.insert(0, str(settings.ROOT))
    run = import_module("benchmarks.run")
    logging.getLogger("livinglab.request").setLevel(logging.WARNING)  # a line per request hides the rows
    machine = import_module("benchmarks.rows").machine()
    unknown = sorted(set(names) - run.BENCHMARKS.keys())
    if unknown:
        known = ", ".join(run.BENCHMARKS)
        raise click.UsageError(f"there is no benchmark called {', '.join(unknown)}; there are: {known}")
    rows = run.run(names, runs=runs, report=lambda row: click.echo(_line(row.as_json()), err=True))
    if as_json:
        click.echo(json.dumps({"machine": machine, "results": [row.as_json() for row in rows]}))


def _line(row: dict[str, object]) -> str:
    values = " ".join(
        f"{key}={row[key]}"
        for key in ("p50_ms", "p95_ms", "ratio", "share", "queries", "bytes")
        if row[key] is not None
    )
    line = f"{'ok  ' if row['ok'] else 'OVER'} {row['name']:14} {values}   ({row['target']}; {row['size']})"
    return "\n".join((line, *row["table"])) if isinstance(row["table"], list) else line


@click.command("events")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
def list_events(*, as_json: bool) -> None:
    """List which event is handled where."""
    rows = [
        {"event": one.event.name, "subscriber": one.name, "module": one.handler.__module__}
        for one in subscriptions()
    ]
    if as_json:
        click.echo(json.dumps(rows))
        return
    for row in rows:
        click.echo(f"{row['event']:36} {row['subscriber']}")


COMMANDS = (messages, bench, list_events)
