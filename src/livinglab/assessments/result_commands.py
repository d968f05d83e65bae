"""Commands on published results: import a year's file, check what is stored. They need the database."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import click

from livinglab.assessments import operations, queries
from livinglab.assessments.adapters.table_files import MAXIMUM_BYTES, TableRefused, read_table
from livinglab.assessments.domain.claims import Reliability, SourceStatement
from livinglab.assessments.domain.result_rows import Row, text_problem
from livinglab.assessments.replies import as_json_option, print_json, refuse
from livinglab.kernel import clock
from livinglab.kernel.tenancy import tenancy


@click.group()
def results() -> None:
    """Import and check published results."""


@results.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--year", type=int, help="Year of the rows; needed where the file has no column year.")
@click.option("--source", default="", help="Where the figures come from, unless the rows say so.")
@click.option("--decision", default="", help="The ministerial decree behind them.")
@click.option(
    "--reliability",
    type=click.Choice([each.value for each in Reliability]),
    default=Reliability.OFFICIAL.value,
)
@click.option("--dry-run", is_flag=True, help="Only report what would be added, changed or refused.")
@as_json_option
def import_file(
    *,
    file: Path,
    year: int | None,
    source: str,
    decision: str,
    reliability: str,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Import a CSV or XLSX file of published results, all of it or nothing.

    Columns: code, index, predicate, one per domain (D1, …), and optionally year, institution, source,
    decision, reliability, note. A refused row is named by its line and ends with status 2.
    """
    statement = _statement(source.strip(), decision.strip(), reliability, as_json=as_json)
    rows = _rows(file, as_json=as_json)
    with tenancy(None):
        report = operations.import_results(
            rows=rows, year=year, source=statement, by=None, at=clock.now(), dry_run=dry_run
        )
    if report.refused:
        problems = [{"line": each.line, "message": each.reason} for each in report.refused]
        lines = [f"{file}, {each}" for each in report.refused[:50]]
        message = "\n".join([f"nothing was stored; {len(report.refused)} rows are refused", *lines])
        refuse(message, as_json=as_json, problems=problems)
    if as_json:
        print_json(
            {
                "stored": report.stored,
                "added": report.added,
                "changed": report.changed,
                "unchanged": report.unchanged,
                "years": list(report.years),
                "corrections": [each.as_fact() for each in report.corrections],
            }
        )
        return
    verb = "Stored" if report.stored else "Would store"
    click.echo(f"{verb}: {report.added} added, {report.changed} changed, {report.unchanged} unchanged.")
    for each in report.corrections[:50]:
        click.echo(f"{each.year} {each.about}: {_listed(each.before)} becomes {_listed(each.after)}")


def _listed(values: Mapping[str, object]) -> str:
    return ", ".join(f"{name} {value}" for name, value in values.items())


@results.command()
@click.option("--year", type=int, help="Only this year.")
@as_json_option
def check(*, year: int | None, as_json: bool) -> None:
    """Report published rows that no set of levels can give."""
    with tenancy(None):
        known = queries.result_years()
        if year is not None and year not in known:
            refuse(f"year: no results of {year}; known: {', '.join(map(str, known))}", as_json=as_json)
        checked, found = queries.all_claims(year).count(), queries.check_findings(year)
    if as_json:
        print_json({"checked": checked, "findings": [_finding(each) for each in found]})
        return
    for each in found:
        expected = f"; possible: {', '.join(each.finding.expected)}" if each.finding.expected else ""
        place = f"{each.result.year} {each.result.organization_code}"
        click.echo(f"{place}: {each.finding.kind}, {each.finding.part} {each.finding.printed}{expected}")
    click.echo(f"{checked} rows checked, {len(found)} findings.")


def _finding(each: queries.ResultFinding) -> dict[str, object]:
    return {
        "year": each.result.year,
        "code": each.result.organization_code,
        "source": each.result.source,
        "kind": each.finding.kind,
        "part": each.finding.part,
        "printed": each.finding.printed,
        "possible": list(each.finding.expected),
    }


def _statement(source: str, decision: str, reliability: str, *, as_json: bool) -> SourceStatement | None:
    """Return where rows without a source are from; None if the command does not say."""
    for option, text in (("source", source), ("decision", decision)):
        problem = text_problem(option, text)
        if problem:
            refuse(f"--{problem}", as_json=as_json)
    return SourceStatement(source, decision, Reliability(reliability)) if source else None


def _rows(file: Path, *, as_json: bool) -> list[Row]:
    try:
        with file.open("rb") as opened:
            return read_table(opened.read(MAXIMUM_BYTES + 1))
    except TableRefused as refusal:
        refuse(f"{file}: {refusal}", as_json=as_json)
    except OSError as error:
        refuse(f"{file}: {error.strerror}", as_json=as_json)
