"""The command line answers with --json in JSON even where the line itself is wrong."""

import json
import sys
from subprocess import run

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


_HELP = """
import atexit, sys
from livinglab.config.cli import main
atexit.register(lambda: print("duckdb" in sys.modules))
sys.argv = ["livinglab", "--help"]
main()
"""


def test_a_light_command_waits_for_no_library_that_only_one_command_needs() -> None:
    listed = run([sys.executable, "-c", _HELP], capture_output=True, text=True, check=True).stdout
    assert "casework" in listed
    assert listed.splitlines()[-1] == "False"
