"""How the commands of this context answer: JSON on stdout, errors on stderr with status 2."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from typing import NoReturn

import click

as_json_option = click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")


def refuse(message: str, *, as_json: bool, problems: Sequence[object] = ()) -> NoReturn:
    """Say on stderr what is wrong, with `as_json` also as JSON on stdout, and end with status 2."""
    click.echo(f"Error: {message}", err=True)
    if as_json:
        print_json({"error": message, "problems": list(problems)} if problems else {"error": message})
    sys.exit(2)


def print_json(document: object) -> None:
    """Print one JSON document in UTF-8; half a character (as in a file name that is no text) is escaped."""
    text = json.dumps(document, ensure_ascii=False, indent=2)
    click.echo(text.encode("utf-8", "backslashreplace"))
