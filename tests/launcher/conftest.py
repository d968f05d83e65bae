"""A small installation to start and stop: this launcher, the real packages, and a program of a few lines."""

import json
import os
import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from launcher.cluster import THROW_AWAY, Cluster
from launcher.database import embedded_cluster
from launcher.folders import ENVIRONMENT, PYTHON, REPOSITORY, DataFolder

STUB = Path(__file__).parent / "stub"


def _heed_interrupts() -> None:
    """A shell lets what it starts in the background ignore Ctrl-C, and whoever is started there inherits that."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@dataclass(frozen=True, slots=True)
class Installation:
    """A repository of its own, whose program does little more than note how it was called."""

    root: Path

    @property
    def var(self) -> Path:
        return self.root / "var"

    def calls(self) -> list[list[str]]:
        """This function will give the commands that the program was called with so far, and forget them."""
        log = self.root / "calls"
        lines = log.read_text().splitlines() if log.exists() else []
        log.unlink(missing_ok=True)
        return [json.loads(line) for line in lines]

    def start(self, command: str, *arguments: str, **env: str) -> subprocess.Popen[str]:
        """This function will start ./run or ./livinglab here, with nothing inherited that would steer it."""
        return subprocess.Popen(
            [self.root / command, *arguments],
            env={"PATH": os.environ["PATH"], "HOME": "/nonexistent", **env},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            preexec_fn=_heed_interrupts,
        )

    def call(self, command: str, *arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
        """This function will run ./run or ./livinglab here to its end."""
        process = self.start(command, *arguments, **env)
        output, errors = process.communicate(timeout=60)
        return subprocess.CompletedProcess([], process.returncode, output, errors)

    def remains(self) -> list[str]:
        """This function will list what still runs for this installation."""
        marks = {str(self.root), str((self.var / "postgres").resolve())}
        found = []
        for entry in Path("/proc").iterdir():
            try:
                line = (entry / "cmdline").read_text() if entry.name.isdigit() else ""
            except OSError:
                continue
            found += [line.replace("\0", " ")] if any(mark in line for mark in marks) else []
        return found


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    """This fixture will lay out an installation whose .venv is ours by links, and end what is left of it."""
    root = tmp_path / "a clone"  # a space in the path has broken many a launcher
    shutil.copytree(STUB, root / "src" / "livinglab", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(REPOSITORY / "launcher", root / "launcher", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(REPOSITORY / "requirements", root / "requirements")
    for name in ("run", "livinglab"):
        shutil.copy(REPOSITORY / name, root / name)
    _link_environment(root)
    one = Installation(root)
    yield one
    assert one.remains() == []
    shutil.rmtree((one.var / "postgres").resolve(), ignore_errors=True)


def _link_environment(root: Path) -> None:
    environment = root / ".venv"
    environment.mkdir()
    for name in ("bin", "lib"):
        (environment / name).symlink_to(ENVIRONMENT / name)
    shutil.copy(ENVIRONMENT / "pyvenv.cfg", environment)
    mark_complete = (
        "from launcher import stamps\n"
        "from launcher.python_environment import RUN, _fingerprint, _stamp\n"
        "stamps.write(_stamp(RUN), _fingerprint(RUN))\n"
    )
    subprocess.run([PYTHON, "-P", "-c", mark_complete], env={"PYTHONPATH": str(root)}, check=True)


@pytest.fixture
def free_port() -> int:
    """This fixture will give a port that nobody listens on."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


@pytest.fixture
def data_folder(tmp_path: Path) -> DataFolder:
    """This fixture will make a data folder."""
    folder = DataFolder(tmp_path / "var")
    folder.create()
    return folder


@pytest.fixture
def cluster(data_folder: DataFolder) -> Iterator[Cluster]:
    """This fixture will give a cluster that has not been started, and throw it away in the end."""
    throw_away = embedded_cluster(data_folder, settings=THROW_AWAY)
    yield throw_away
    throw_away.discard()
