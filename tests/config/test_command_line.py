"""The command line answers with --json in JSON even where the line itself is wrong."""

import json

import pytest
from click.testing import CliRunner

from livinglab.config.cli import cli


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("nonsense --json", "No such command 'nonsense'."),
        ("demo-sign-ins --json --nonsense", "No such option"),
        ("demo-sign-ins --json extra", "Got unexpected extra argument (extra)"),
    ],
)
def test_a_wrong_line_is_one_json_document_and_status_2(line: str, message: str) -> None:
    done = CliRunner().invoke(cli, line.split())
    assert done.exit_code == 2
    assert message in json.loads(done.stdout)["error"]
    assert message in done.stderr
    plain = CliRunner().invoke(cli, [part for part in line.split() if part != "--json"])
    assert (plain.exit_code, plain.stdout) == (2, "")
