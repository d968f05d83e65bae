"""Commands of the portal."""

import click

from livinglab.kernel import clock
from livinglab.kernel.tenancy import tenancy
from livinglab.portal import operations


@click.command("rebuild-search")
def rebuild_search() -> None:
    """Make everything findable anew: regions, institutions, indicators, services."""
    with tenancy(None):
        number = operations.rebuild_search(by=None, at=clock.now())
    click.echo(f"{number} entries can be found", err=True)


COMMANDS = (rebuild_search,)
