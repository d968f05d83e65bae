"""Commands about areas and roles, for whoever runs the installation."""

import json
import sys
from pathlib import Path

import click

from livinglab.accounts.queries import find_user
from livinglab.audit.queries import count_entries, first_broken_entry
from livinglab.kernel import clock
from livinglab.kernel.refusals import Refused
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations import operations
from livinglab.organizations.queries import (
    Organization,
    Role,
    codes_like,
    find_organization,
    organizations,
)

MOST_PROBLEMS_SHOWN = 50


@click.group()
def areas() -> None:
    """Districts and villages."""


@areas.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Check the file and store nothing.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
def import_areas(*, file: Path, dry_run: bool, as_json: bool) -> None:
    """Import districts and villages from FILE: CSV in UTF-8 with the header code,name.

    Codes are those of the Ministry of Home Affairs, PP.KK.CC for a district and PP.KK.CC.DDDD for a village.
    All of the file is stored or nothing of it. Exit status 2 when the file is refused.
    """
    try:
        with file.open("rb") as stream, tenancy(None):
            done = operations.import_areas(stream=stream, by=None, at=clock.now(), dry_run=dry_run)
    except operations.AreasRefused as refused:
        _show_problems(refused, as_json=as_json)
        sys.exit(2)
    except OSError as error:
        raise click.BadParameter(f"{file}: {error.strerror}", param_hint="FILE") from error
    counts = {
        "districts": done.districts,
        "villages": done.villages,
        "added": done.added,
        "changed": done.changed,
    }
    if as_json:
        click.echo(json.dumps({**counts, "dry_run": dry_run}))
        return
    stored = "would be stored" if dry_run else "stored"
    click.echo(f"{done.districts} districts and {done.villages} villages {stored}: ", nl=False)
    click.echo(f"{done.added} new, {done.changed} changed")


def _show_problems(refused: operations.AreasRefused, *, as_json: bool) -> None:
    shown = refused.problems[:MOST_PROBLEMS_SHOWN]
    if as_json:
        problems = [{"line": one.line, "message": one.message} for one in shown]
        click.echo(json.dumps({"problems": problems, "problem_count": len(refused.problems)}))
        return
    for one in shown:
        click.echo(str(one), err=True)
    more = len(refused.problems) - len(shown)
    if more:
        click.echo(f"and {more} more", err=True)
    click.echo("Nothing was stored.", err=True)


@click.group()
def roles() -> None:
    """Roles of people in organisations."""


@roles.command("grant")
@click.argument("email")
@click.argument("role", type=click.Choice([role.value for role in Role]))
@click.argument("organization")
def grant_role(*, email: str, role: str, organization: str) -> None:
    """Give the person with EMAIL the ROLE in ORGANIZATION (a code, such as 32.11).

    For the first coordinator or administrator of an organisation; afterwards its own keepers grant roles.
    """
    with tenancy(None):
        person, place = find_user(email), find_organization(organization)
        if person is None:
            raise click.BadParameter(f"nobody has an account with {email}", param_hint="EMAIL")
        if place is None:
            near = ", ".join(one.code for one in codes_like(organization))
            raise click.BadParameter(
                f"{organization} is not known; known are {near} …", param_hint="ORGANIZATION"
            )
        try:
            operations.grant_membership(
                user=person, organization=place, role=Role(role), by=None, at=clock.now()
            )
        except Refused as refused:
            raise click.UsageError(str(refused.refusal.reason)) from refused
    click.echo(f"{person} is {role} in {place}")


@click.group()
def audit() -> None:
    """The audit trail."""


@audit.command("verify")
@click.option("--organization", "code", help="Only this organisation's chain (a code, such as 32.11).")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
def verify_audit(*, code: str | None, as_json: bool) -> None:
    """Recompute the hash chain of every organisation and name the first entry that was changed or removed.

    Exit status 1 when a chain is broken, 0 when all hold.
    """
    found = [_chain(one) for one in _chosen(code)]
    broken = [one for one in found if one["first_broken"] is not None]
    entries = sum(int(str(one["entries"])) for one in found)
    if as_json:
        click.echo(json.dumps({"chains": len(found), "entries": entries, "broken": broken}))
    else:
        for one in broken:
            click.echo(f"{one['organization']}: entry {one['first_broken']} was changed or removed", err=True)
        click.echo(f"{entries} entries in {len(found)} chains: {len(broken)} broken")
    sys.exit(1 if broken else 0)


def _chosen(code: str | None) -> list[Organization]:
    with tenancy(None):
        if code is None:
            return list(organizations())
        place = find_organization(code)
        if place is None:
            near = ", ".join(one.code for one in codes_like(code))
            raise click.BadParameter(f"{code} is not known; known are {near} …", param_hint="--organization")
        return [place]


def _chain(organization: Organization) -> dict[str, object]:
    with tenancy(organization.id):
        return {
            "organization": organization.code,
            "entries": count_entries(organization.id),
            "first_broken": first_broken_entry(organization.id),
        }


COMMANDS = (areas, roles, audit)
