"""The command `package publish`: a version goes to its review as if it had been sent on the publisher's page."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import NoReturn

import click
from django.utils import translation

from livinglab.accounts.queries import User, find_user
from livinglab.kernel import clock
from livinglab.kernel.refusals import Refused
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.queries import Organization, find_organization
from livinglab.packages.commands import package
from livinglab.packages.domain.faults import Fault, PackageRefused, Severity
from livinglab.packages.queries.check import sentence
from livinglab.packages.queries.reading import parse_package, read_files
from livinglab.packages.queries.sealing import build
from livinglab.releases.operations.publishing import NotPublishable, submit
from livinglab.releases.queries.releases import Release


@click.command()
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option("--by", "email", required=True, metavar="EMAIL", help="Who publishes for the region.")
@click.option("--language", type=click.Choice(["en", "id"]), default="en", help="The language of refusals.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
def publish(path: Path, *, email: str, language: str, as_json: bool) -> None:
    """Publish the package at PATH here: checked, signed with its region's key, and sent to its review.

    PATH is a folder, a zip file or a git repository. The same content sent twice is one version. Exit status 1 where
    it is refused; nothing is kept then.
    """
    with translation.override(language):
        release = _published(path, email)
    said = {
        "id": f"{release.listing.publisher.code}/{release.listing.package_id}",
        "version": release.version,
        "digest": release.digest,
        "state": release.state,
        "readiness": release.readiness,
    }
    click.echo(json.dumps(said) if as_json else f"{said['id']} {release.version}  {release.digest}")


def _published(path: Path, email: str) -> Release:
    try:
        found = parse_package(read_files(path))
        organization, by = _who(found.manifest.publisher.code, email)
        return submit(organization=organization, content=build(found), by=by, at=clock.now())
    except PackageRefused as refused:
        _refuse(refused.faults)
    except NotPublishable as refused:
        _refuse(refused.report.of(Severity.ERROR))
    except Refused as refused:
        click.echo(str(refused.refusal.reason), err=True)
        sys.exit(1)


def _who(code: str, email: str) -> tuple[Organization, User]:
    with tenancy(None):
        organization, by = find_organization(code), find_user(email)
    if organization is None:
        raise click.UsageError(f"package.yaml names the publisher {code}; there is no such organisation here")
    if by is None:
        raise click.UsageError(f"--by {email}: nobody here has this address")
    return organization, by


def _refuse(faults: Iterable[Fault]) -> NoReturn:
    for fault in faults:
        click.echo(f"{fault.path or '.'}:{fault.line}: {fault.code}: {sentence(fault)}", err=True)
    sys.exit(1)


package.add_command(publish)
#: it stands in the group `package`
COMMANDS: tuple[click.Command, ...] = ()
