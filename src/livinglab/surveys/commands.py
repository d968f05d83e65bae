"""`survey score`: what a file of answers comes to. It needs no database."""

import json
import sys
from pathlib import Path
from typing import NoReturn

import click

from livinglab.surveys.adapters.answer_files import AnswerFileError, read_answers
from livinglab.surveys.domain.scoring import NoAnswers, Score, Tally, tally
from livinglab.surveys.domain.scoring import score as score_tally

_REFUSED = 2


@click.group()
def survey() -> None:
    """Surveys of satisfaction by PermenPANRB 14/2017."""


@survey.command()
@click.argument("file", metavar="FILE")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
def score(*, file: str, as_json: bool) -> None:
    """Compute the exact index of satisfaction of the answers in FILE.

    FILE is CSV with the header U1,U2,…,U9 and one person's answers (1 to 4) a line; - reads stdin. Bad input is named
    on stderr with its line and column, and ends with status 2.
    """
    try:
        found = score_tally(_counted(file))
    except AnswerFileError as error:
        _refuse(f"{file}: {error}", as_json=as_json)
    except NoAnswers:
        _refuse(f"{file}: line 2: no answers under the header", as_json=as_json)
    except OSError as error:
        _refuse(f"{file}: {error.strerror}", as_json=as_json)
    click.echo(json.dumps(_document(found), ensure_ascii=False) if as_json else _words(found))


def _counted(file: str) -> Tally:
    if file == "-":
        return tally(read_answers(sys.stdin.buffer))
    with Path(file).open("rb") as opened:
        return tally(read_answers(opened))


def _document(found: Score) -> dict[str, object]:
    means = {element.value: str(mean) for element, mean in found.means.items()}
    return {"n": found.n, "means": means, "index": str(found.index), "band": found.band.value}


def _words(found: Score) -> str:
    lines = [f"{element.value}     {mean}" for element, mean in found.means.items()]
    return "\n".join([*lines, f"index  {found.index}", f"band   {found.band.value}", f"n      {found.n}"])


def _refuse(message: str, *, as_json: bool) -> NoReturn:
    click.echo(f"Error: {message}", err=True)
    if as_json:
        text = json.dumps({"error": message}, ensure_ascii=False)
        click.echo(text.encode("utf-8", "backslashreplace"))
    sys.exit(_REFUSED)


COMMANDS = (survey,)
