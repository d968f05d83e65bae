"""./test runs what it is asked for, stops at the first failure, and counts truly."""

from pathlib import Path

import pytest

from launcher import checks, system_packages
from launcher.checks import chosen_stages, parse
from launcher.console import CannotContinueError
from launcher.folders import DataFolder
from launcher.stages import STAGES, Stage
from launcher.summary import Outcome, Tally, read_tally, summarize
from launcher.system_packages import CHROMIUM, SystemPart, require

REPORT = """<?xml version="1.0" encoding="utf-8"?>
<testsuites><testsuite name="pytest" errors="1" failures="2" skipped="3" tests="40" time="1.5"/></testsuites>
"""
STATIC = ["lint", "types", "contracts"]


@pytest.mark.parametrize(
    ("arguments", "names"),
    [
        (["--fast"], [*STATIC, "tests"]),
        ([], [*STATIC, "tests", "browser"]),
        (["--all"], [*STATIC, "tests", "browser", "long", "postgresql-15"]),
        (["--stage", "types", "--stage", "lint"], ["lint", "types"]),
        (["--stage", "tests", "--", "-k", "portrait"], ["tests"]),
    ],
)
def test_amount_of_testing_is_what_the_options_say(arguments: list[str], names: list[str]) -> None:
    assert [stage.name for stage in chosen_stages(parse(arguments))] == names


def test_the_long_tests_use_both_cores() -> None:
    (long,) = [stage for stage in STAGES if stage.name == "long"]
    assert long.commands == (("-n", "2", "-m", "long"),)


def test_arguments_after_the_dashes_go_to_pytest() -> None:
    assert parse(["--stage", "tests", "--", "-k", "portrait"]).pytest == ["-k", "portrait"]


def test_first_failure_ends_the_run_and_the_rest_is_named(
    monkeypatch: pytest.MonkeyPatch, data_folder: DataFolder, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(checks, "ensure_environment", lambda _requirements: None)
    monkeypatch.setattr(checks, "require", lambda _part: None)
    stages = [
        Stage("good", "fast", (("true",),)),
        Stage("bad", "fast", (("true",), ("false",), ("echo", "never"))),
        Stage("after", "fast", (("echo", "never"),)),
    ]
    assert checks._run(data_folder, stages[:1], []) == 0
    assert checks._run(data_folder, stages, []) == 1
    printed = capfd.readouterr()
    assert "never" not in printed.out
    assert "  after          not run\n\n===== FAILED in bad: 1 stages ok in" in printed.err


def test_tally_is_read_from_the_report_of_pytest(tmp_path: Path) -> None:
    report = tmp_path / "tests.xml"
    assert read_tally(report) == Tally()
    report.write_text(REPORT)
    assert read_tally(report) == Tally(passed=34, failed=3, skipped=3)


def test_closing_line_counts_the_tests_of_all_stages() -> None:
    outcomes = [
        Outcome("tests", passed=True, seconds=60.04, tally=Tally(passed=400, skipped=2)),
        Outcome("browser", passed=True, seconds=30, tally=Tally(passed=12)),
    ]
    assert summarize(outcomes, left_out=[]).splitlines() == [
        "",
        "  tests          ok         60.0 s  400 passed, 2 skipped",
        "  browser        ok         30.0 s  12 passed",
        "",
        "===== 412 passed, 2 skipped in 90.0 s =====",
    ]


def test_missing_part_is_named_with_the_line_that_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system_packages, "may_install", lambda: False)
    absent = SystemPart(CHROMIUM.name, CHROMIUM.packages, is_present=lambda: False)
    with pytest.raises(CannotContinueError) as refusal:
        require(absent)
    assert str(refusal.value) == (
        "Chromium (browser tests) is missing. Install it with:\n"
        "  sudo apt-get install --no-install-recommends chromium"
    )


def test_package_lists_are_renewed_only_when_the_install_needs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def apt(command: list[str]) -> str:
        asked.append(command[1])
        return "unable to locate" if asked == ["install"] else ""

    monkeypatch.setattr(system_packages, "may_install", lambda: True)
    monkeypatch.setattr(system_packages, "_run", apt)
    part = SystemPart("Part", ("part",), is_present=lambda: len(asked) == 3)
    require(part)
    assert asked == ["install", "update", "install"]
