"""Commands about evidence, for whoever runs the installation."""

import json
import sys
from datetime import timedelta

import click

from livinglab.evidence import operations
from livinglab.kernel import clock

#: a younger file may belong to a writer who is still at it
_AGE = timedelta(days=1)


@click.group()
def evidence() -> None:
    """Files and links of organisations."""


@evidence.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
def tidy(*, as_json: bool) -> None:
    """Delete stored files that no piece names: what a crash between file and row left more than a day ago."""
    now = clock.now()
    try:
        count = operations.forget_orphans(before=now - _AGE, at=now)
    except operations.StorageFailed as error:
        click.echo(f"the storage does not answer: {error}", err=True)
        sys.exit(1)
    click.echo(json.dumps({"deleted": count}) if as_json else f"{count} leftover files deleted")


COMMANDS = (evidence,)
