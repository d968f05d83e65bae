"""The command `catalogue-known`: how much the catalogue knows of its entries."""

from __future__ import annotations

import click

from livinglab.assessments.replies import as_json_option, print_json
from livinglab.catalogue import queries
from livinglab.kernel.tenancy import tenancy


@click.command("catalogue-known")
@as_json_option
def catalogue_known(*, as_json: bool) -> None:
    """Print how many entries of the catalogue say something in each field."""
    with tenancy(None):
        fields = queries.coverage_of_fields()
    if as_json:
        print_json({"entries": fields[0].total, "fields": {one.field.value: one.entries for one in fields}})
        return
    click.echo(f"{fields[0].total} entries")
    for one in fields:
        share = f"{one.entries / one.total:.1%}" if one.total else "-"
        click.echo(f"{one.field.value:<12} {one.entries:>6} {share:>7}")


COMMANDS = (catalogue_known,)
