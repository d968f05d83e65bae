"""The stages of ./test: what each needs, and what it runs."""

import os
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace

from launcher.application import Application, configure
from launcher.cluster import THROW_AWAY
from launcher.console import CannotContinueError, say
from launcher.database import embedded_cluster, set_up
from launcher.folders import ENVIRONMENT, PYTHON, REPOSITORY, SOURCE, DataFolder
from launcher.preparation import prepare_messages
from launcher.processes import die_with_parent
from launcher.summary import Outcome, read_tally
from launcher.system_packages import (
    CHROMIUM,
    POSTGRESQL_15,
    POSTGRESQL_15_PROGRAMS,
    SIGNATURE_READERS,
    find_chromium,
    require,
)

SIDE_BY_SIDE = ("-n", "2")  # the machine this is measured on has two cores
NOTHING_COLLECTED = 5  # pytest's exit status

Arguments = tuple[str, ...]
EMPTY: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Workshop:
    """What the stages share: a folder to work in, and the arguments that pytest gets on top of its own."""

    folder: DataFolder
    pytest_arguments: Arguments

    def run(self, command: Arguments, env: Mapping[str, str] = EMPTY) -> int:
        """This function will run a tool in the repository and give its exit status."""
        settings = {**os.environ, "PYTHONPATH": f"{SOURCE}:{REPOSITORY}", **env}
        done = subprocess.run(
            command,
            cwd=REPOSITORY,
            env=settings,
            stdin=subprocess.DEVNULL,
            preexec_fn=die_with_parent,
            check=False,
        )
        return done.returncode


def tool(name: str, *arguments: str) -> Arguments:
    """This function will give the command line of a tool installed in .venv."""
    return (str(ENVIRONMENT / "bin" / name), *arguments)


@dataclass(frozen=True, slots=True)
class Stage:
    """A named part of ./test; its level says from which amount of testing on it belongs to it."""

    name: str
    level: str
    commands: tuple[Arguments, ...]

    def run(self, workshop: Workshop) -> Outcome:
        """This function will run the stage and say how it ended."""
        say(f"\n--- {self.name}")
        began = time.monotonic()
        try:
            outcome = self.check(workshop)
        except CannotContinueError as problem:
            say(str(problem))
            outcome = Outcome(self.name, passed=False, seconds=0)
        return replace(outcome, seconds=time.monotonic() - began)

    def check(self, workshop: Workshop) -> Outcome:
        """This function will run the stage's tools, up to the first that finds something."""
        passed = all(workshop.run(command) == 0 for command in self.commands)
        return Outcome(self.name, passed=passed, seconds=0)


def _no_more(_workshop: Workshop) -> Mapping[str, str]:
    return EMPTY


def _readers(_workshop: Workshop) -> Mapping[str, str]:
    require(SIGNATURE_READERS)
    return EMPTY


def _chromium(_workshop: Workshop) -> Mapping[str, str]:
    require(CHROMIUM)
    return {"LIVINGLAB_CHROMIUM": str(find_chromium())}


@dataclass(frozen=True, slots=True)
class PytestStage(Stage):
    """A stage of tests, on a PostgreSQL of its own that is made for it and thrown away."""

    needs: Callable[[Workshop], Mapping[str, str]] = _no_more
    postgresql_15: bool = False

    def check(self, workshop: Workshop) -> Outcome:
        """This function will run the stage's tests and count them."""
        more = self.needs(workshop)
        report = workshop.folder.path / "reports" / f"{self.name}.xml"
        report.unlink(missing_ok=True)
        (options,) = self.commands
        command = (str(PYTHON), "-m", "pytest", *options, f"--junitxml={report}", *workshop.pytest_arguments)
        with self._database(workshop.folder) as application:
            env = {**application.env, **more, "PYTHONPATH": f"{SOURCE}:{REPOSITORY}"}
            status = workshop.run(command, env)
        none_chosen = status == NOTHING_COLLECTED and bool(workshop.pytest_arguments)
        return Outcome(self.name, passed=none_chosen or status == 0, seconds=0, tally=read_tally(report))

    @contextmanager
    def _database(self, folder: DataFolder) -> Iterator[Application]:
        """Give the tests both addresses: they migrate as the owner, and test as the application."""
        if self.postgresql_15:
            require(POSTGRESQL_15)
            folder = DataFolder(folder.path / "postgresql-15")
            folder.create()
        programs = POSTGRESQL_15_PROGRAMS if self.postgresql_15 else None
        embedded_cluster(folder, programs=programs).discard()  # what an interrupted run left
        cluster = embedded_cluster(folder, programs=programs, settings=THROW_AWAY)
        try:
            with cluster.in_use() as port:
                application = configure(folder, set_up(cluster, port, folder.secrets), mode="test").as_owner()
                prepare_messages(folder, application)
                yield application
        finally:
            cluster.discard()


STAGES: tuple[Stage, ...] = (
    Stage("lint", "fast", (tool("ruff", "check", "."), tool("ruff", "format", "--check", "."))),
    Stage("types", "fast", (tool("mypy"),)),
    Stage("contracts", "fast", (tool("lint-imports"),)),
    PytestStage("tests", "fast", ((*SIDE_BY_SIDE, "-m", "not browser and not long"),), needs=_readers),
    PytestStage("browser", "usual", (("-m", "browser and not long"),), needs=_chromium),
    PytestStage("long", "all", ((*SIDE_BY_SIDE, "-m", "long"),), needs=_chromium),
    PytestStage(
        "postgresql-15",
        "all",
        ((*SIDE_BY_SIDE, "-m", "not browser and not long"),),
        needs=_readers,
        postgresql_15=True,
    ),
)
