"""Commands that belong to the whole program."""

import sys

import click
from django.conf import settings

from livinglab.config import messages as texts


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


COMMANDS = (messages,)
