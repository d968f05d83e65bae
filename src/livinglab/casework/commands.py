"""`casework`: figures of services, and the long history of their cases, for whoever runs the installation."""

import csv
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Final

import click

from livinglab.casework.adapters.history import Limits, NoHistory, UnreadableHistory, durations
from livinglab.casework.operations import counting, forgetting, moving
from livinglab.casework.queries.history import export_region
from livinglab.casework.queries.moving import numbered_version
from livinglab.kernel import clock
from livinglab.kernel.refusals import Refused
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.queries import Organization, find_organization, organizations

_REFUSED: Final = 2
_HEADER: Final = ("package", "month", "step", "cases", "p50", "p95")
_memory = click.option("--memory", default="1GB", show_default=True, help="Memory that DuckDB may take.")
_threads = click.option(
    "--threads",
    default=2,
    show_default=True,
    type=click.IntRange(1, 64),
    help="Threads that DuckDB may take.",
)
_region = click.option("--region", metavar="CODE", help="Only of this region.")


@click.group()
def casework() -> None:
    """Services that regions run."""


@casework.command()
@_region
def recount(*, region: str | None) -> None:
    """Count anew what services did month by month; the figures of pages follow by themselves else."""
    found = _chosen(region)
    cases = sum(counting.recount(organization_id=one.id) for one in found)
    click.echo(f"{cases} cases of {len(found)} organisations counted")


@casework.command()
@click.option("--to", "folder", required=True, type=click.Path(file_okay=False, path_type=Path))
@_region
@_memory
@_threads
def export(*, folder: Path, region: str | None, memory: str, threads: int) -> None:
    """Write what happened to cases as Parquet: DIR/REGION/YYYY-MM.parquet, without anything personal.

    Files that are there are replaced. Services whose package lets only aggregates leave the region are left out.
    """
    for one in _chosen(region):
        written = export_region(one, folder, limits=Limits(memory, threads))
        click.echo(f"{one.code}: {sum(written.values())} steps of {len(written)} months")


@casework.command("durations")
@click.argument("folder", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--by-step", is_flag=True, help="Of each step of the process, since the step before.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
@_memory
@_threads
def show_durations(*, folder: Path, by_step: bool, as_json: bool, memory: str, threads: int) -> None:
    """Days by the clock that half (p50) and 95 of 100 (p95) of the cases took at most, by service and month.

    DIR is what `casework export` wrote. CSV with a header; made-up and withdrawn cases do not count.
    """
    try:
        rows = [asdict(one) for one in durations(folder, by_step=by_step, limits=Limits(memory, threads))]
    except (NoHistory, UnreadableHistory) as error:
        click.echo(f"Error: {error}", err=True)
        if as_json:
            click.echo(json.dumps({"error": str(error)}, ensure_ascii=False))
        sys.exit(_REFUSED)
    said = [{**one, "p50": round(one["p50"], 2), "p95": round(one["p95"], 2)} for one in rows]
    if as_json:
        click.echo(json.dumps({"durations": said}, ensure_ascii=False))
        return
    lines = csv.DictWriter(sys.stdout, _HEADER, lineterminator="\n")
    lines.writeheader()
    lines.writerows(said)


@casework.command()
@click.option("--region", "code", required=True, metavar="CODE", help="The region that runs the service.")
@click.option("--service", required=True, metavar="PACKAGE", help="Its package, such as sktm, or 32.11/sktm.")
@click.option("--from", "before", required=True, type=click.IntRange(1), help="Number of the version now.")
@click.option("--to", "after", required=True, type=click.IntRange(1), help="Number of the newer version.")
@click.option("--apply", "is_applied", is_flag=True, help="Move them. Without it nothing is changed.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
def move(*, code: str, service: str, before: int, after: int, is_applied: bool, as_json: bool) -> None:
    """Move the open cases of a service from one of its versions to a newer one, each that fits.

    A dry run without --apply. What stays is listed with the reasons. A second call finds only what stayed.
    """
    (organization,) = _chosen(code)
    publisher, _slash, package = service.rpartition("/")
    try:
        tally = _tally(organization, (publisher, package), (before, after), is_applied=is_applied)
    except Refused as refused:
        click.echo(f"Error: {refused.refusal.reason}", err=True)
        sys.exit(_REFUSED)
    reasons = {one.number: [f"{each.kind}:{each.on}" for each in one.hindrances] for one in tally.left}
    if as_json:
        key = "moved" if is_applied else "movable"
        click.echo(json.dumps({key: tally.moved, "left": reasons}, ensure_ascii=False))
        return
    for number, why in reasons.items():
        click.echo(f"{number}: {', '.join(why)}")
    click.echo(f"{tally.moved} cases {'moved' if is_applied else 'can move'}, {len(tally.left)} stay")


@casework.command()
@_region
@click.option("--dry-run", is_flag=True, help="Only count; nothing is deleted.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
def forget(*, region: str | None, dry_run: bool, as_json: bool) -> None:
    """Delete the data of applicants whose last day is over, and forms that nobody went on with.

    A job does so each night. One line for each region; a second call finds nothing.
    """
    act, at = (forgetting.foresee if dry_run else forgetting.forget_due), clock.now()
    found = {one.code: act(organization_id=one.id, at=at) for one in _chosen(region)}
    if as_json:
        said = {code: asdict(one) for code, one in found.items()}
        click.echo(json.dumps({"to_delete" if dry_run else "deleted": said}, ensure_ascii=False))
        return
    done = "to delete" if dry_run else "deleted"
    for code, one in found.items():
        click.echo(f"{code}: data of {one.cases} cases and {one.drafts} forms {done}")


def _tally(
    organization: Organization, identity: tuple[str, str], numbers: tuple[int, int], *, is_applied: bool
) -> moving.Tally:
    publisher, package = identity
    with tenancy(organization.id):
        before, after = (
            numbered_version(organization.id, package, one, publisher=publisher) for one in numbers
        )
    if before is None or after is None:
        raise click.BadParameter("the region has no such version of this service", param_hint="--from/--to")
    pair = {"organization_id": organization.id, "before_id": before.id, "after_id": after.id}
    if is_applied:
        return moving.move_open(**pair, by=None, at=clock.now())
    return moving.foresee(**pair, at=clock.now())


def _chosen(region: str | None) -> tuple[Organization, ...]:
    if region is None:
        return tuple(organizations().filter(id__in=counting.with_services()).order_by("code"))
    organization = find_organization(region)
    if organization is None:
        raise click.BadParameter(f"no organisation has the code {region}", param_hint="--region")
    return (organization,)


COMMANDS = (casework,)
