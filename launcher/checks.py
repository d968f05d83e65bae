"""./test: everything that has to hold before a change may be kept, stage by stage."""

import argparse

from launcher import locks
from launcher.console import CannotContinueError, say
from launcher.folders import REPOSITORY, DataFolder
from launcher.python_environment import DEVELOPMENT, ensure_environment
from launcher.stages import STAGES, Stage, Workshop
from launcher.summary import Outcome, summarize
from launcher.system_packages import PANGO, require

LEVELS = {"fast": ("fast",), "usual": ("fast", "usual"), "all": ("fast", "usual", "all")}


def parse(arguments: list[str]) -> argparse.Namespace:
    """This function will read the options of ./test."""
    parser = argparse.ArgumentParser(
        prog="./test",
        description="Check everything: lint, types, import contracts, tests, browser tests.",
        epilog="What follows -- goes to pytest: ./test --stage tests -- -k portrait",
    )
    amount = parser.add_mutually_exclusive_group()
    amount.add_argument(
        "--fast", dest="level", action="store_const", const="fast", help="without the browser"
    )
    amount.add_argument(
        "--all",
        dest="level",
        action="store_const",
        const="all",
        help="also the long ones: drills, every page in every look, PostgreSQL 15",
    )
    parser.add_argument(
        "--stage",
        action="append",
        choices=[stage.name for stage in STAGES],
        help="only this stage; repeatable",
    )
    parser.add_argument("pytest", nargs="*", metavar="-- ARGUMENT", help="arguments for pytest")
    parser.set_defaults(level="usual")
    return parser.parse_args(arguments)


def chosen_stages(options: argparse.Namespace) -> list[Stage]:
    """This function will choose the stages to run, in their order."""
    if options.stage:
        return [stage for stage in STAGES if stage.name in options.stage]
    return [stage for stage in STAGES if stage.level in LEVELS[options.level]]


def main(arguments: list[str]) -> int:
    """This function will run the stages up to the first that fails, and give 0 if none did."""
    options = parse(arguments)
    folder = DataFolder(REPOSITORY / "var" / "test")
    folder.create()
    try:
        with locks.held(folder.running / "test.lock", wait=False):
            return _run(folder, chosen_stages(options), options.pytest)
    except locks.AlreadyLockedError:
        raise CannotContinueError("./test is already running in this repository: wait for it.") from None


def _run(folder: DataFolder, stages: list[Stage], pytest_arguments: list[str]) -> int:
    ensure_environment(DEVELOPMENT)
    require(PANGO)
    outcomes: list[Outcome] = []
    workshop = Workshop(folder, tuple(pytest_arguments))
    for stage in stages:
        outcomes.append(stage.run(workshop))
        if not outcomes[-1].passed:
            break
    say(summarize(outcomes, left_out=[stage.name for stage in stages[len(outcomes) :]]))
    return 0 if all(outcome.passed for outcome in outcomes) else 1
