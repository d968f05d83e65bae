"""./livinglab hands everything through: arguments, both outputs, exit status, signals."""

import json
import signal

import pytest

from launcher.command_line import needs_database
from tests.launcher.conftest import Installation


@pytest.mark.parametrize(
    ("arguments", "needed"),
    [
        ([], False),
        (["--help"], False),
        (["--version"], False),
        (["score", "spbe-2020", "levels.json"], False),
        (["instrument", "show", "pemdi-2026"], False),
        (["messages", "check"], False),
        (["organizations", "import", "--help"], False),
        (["organizations", "import", "villages.csv"], True),
        (["bench", "--json"], True),
        (["migrate"], True),
    ],
)
def test_only_commands_that_need_the_database_start_it(arguments: list[str], needed: bool) -> None:
    assert needs_database(arguments) is needed


def test_command_without_database_prints_its_document_and_nothing_else(installation: Installation) -> None:
    done = installation.call("livinglab", "score", "--json")
    assert (json.loads(done.stdout), done.stderr, done.returncode) == ({"index": "1.50"}, "", 0)
    assert not (installation.var / "postgres").exists()
    assert installation.calls() == [["score", "--json"]]


def test_setting_up_is_told_on_standard_error_and_only_the_first_time(installation: Installation) -> None:
    first = installation.call("livinglab", "environment")
    second = installation.call("livinglab", "environment")
    assert "load-reference reports its progress" in first.stderr
    assert second.stderr == ""
    seen = [json.loads(done.stdout) for done in (first, second)]
    for environment in seen:
        assert environment["LIVINGLAB_VAR"] == str(installation.var)
        assert "livinglab_app" in environment["DATABASE_URL"]
        assert "DATABASE_OWNER_URL" not in environment
    assert seen[0]["SECRET_KEY"] == seen[1]["SECRET_KEY"]
    assert installation.remains() == []  # the database that it started is stopped


def test_exit_status_is_the_command_s_own(installation: Installation) -> None:
    assert installation.call("livinglab", "exit", "2").returncode == 2
    assert installation.call("livinglab", "exit", "0").returncode == 0


def test_termination_reaches_the_command_and_its_database_is_stopped(installation: Installation) -> None:
    process = installation.start("livinglab", "wait")
    assert process.stdout
    assert process.stdout.readline() == "waiting\n"
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=30)
    assert process.returncode == 128 + signal.SIGTERM
    assert installation.remains() == []


def test_production_needs_its_settings_here_too(installation: Installation) -> None:
    refused = installation.call("livinglab", "environment", LIVINGLAB_MODE="production")
    assert refused.returncode == 2
    assert refused.stdout == ""
    assert "DATABASE_URL" in refused.stderr


def test_command_works_from_any_folder_and_through_a_link(installation: Installation) -> None:
    link = installation.root.parent / "lab"
    link.symlink_to(installation.root / "livinglab")
    (installation.root.parent / "launcher").mkdir()  # a folder of that name where the person stands
    done = Installation(installation.root.parent).call("lab", "score")
    assert (json.loads(done.stdout), done.returncode) == ({"index": "1.50"}, 0)
