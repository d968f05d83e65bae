"""A process is known for good, ended for sure, and never mistaken for another."""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from launcher import processes
from launcher.processes import Identity, identity_of, wait_until


@pytest.fixture
def sleeper() -> Iterator[subprocess.Popen[bytes]]:
    """This fixture will give a process that does nothing for a long time."""
    process = subprocess.Popen(["sleep", "1000"])
    yield process
    process.kill()
    process.wait()


def identify(process: subprocess.Popen[bytes]) -> Identity:
    """This function will identify a process that runs."""
    identity = identity_of(process.pid)
    assert identity
    return identity


def test_reused_pid_is_not_the_process_that_had_it(sleeper: subprocess.Popen[bytes]) -> None:
    now = identify(sleeper)
    assert now.is_alive()
    assert not Identity(now.pid, now.started - 1).is_alive()


def test_ended_process_is_not_alive_though_nobody_has_collected_it(sleeper: subprocess.Popen[bytes]) -> None:
    identity = identify(sleeper)
    sleeper.kill()
    assert wait_until(lambda: not identity.is_alive(), seconds=5)


def test_name_with_brackets_and_spaces_does_not_shift_the_start_time(tmp_path: Path) -> None:
    program = tmp_path / "x) R 1 (y"
    shutil.copy("/bin/sleep", program)
    process = subprocess.Popen([program, "1000"])
    fields = Path(f"/proc/{process.pid}/stat").read_text().split(") ")[-1].split()
    assert identify(process).started == int(fields[19])
    process.kill()
    process.wait()


def test_left_over_process_is_ended_by_its_record(tmp_path: Path, sleeper: subprocess.Popen[bytes]) -> None:
    identity = identify(sleeper)
    record = tmp_path / "web.json"
    record.write_text(json.dumps({"pid": identity.pid, "started": identity.started}))
    assert processes.end_left_over(tmp_path) is True
    assert not identity.is_alive()
    assert not record.exists()


def test_record_of_a_reused_pid_ends_nothing(tmp_path: Path, sleeper: subprocess.Popen[bytes]) -> None:
    identity = identify(sleeper)
    record = tmp_path / "web.json"
    record.write_text(json.dumps({"pid": identity.pid, "started": identity.started - 1}))
    assert processes.end_left_over(tmp_path) is False
    assert identity.is_alive()
    assert not record.exists()


@pytest.mark.parametrize("torn", ["", '{"pid": 1', "[]", '{"pid": "x", "started": 1}'])
def test_record_torn_by_a_kill_is_removed(tmp_path: Path, torn: str) -> None:
    (tmp_path / "web.json").write_text(torn)
    assert processes.end_left_over(tmp_path) is False
    assert list(tmp_path.iterdir()) == []


def test_process_that_refuses_to_end_is_killed() -> None:
    stubborn = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import signal; signal.signal(15, signal.SIG_IGN); print(flush=True); signal.pause()",
        ],
        stdout=subprocess.PIPE,
    )
    assert stubborn.stdout
    stubborn.stdout.readline()
    identity = identify(stubborn)
    processes.end(identity, seconds=0.2)
    assert not identity.is_alive()
    assert stubborn.wait() == -signal.SIGKILL
    stubborn.stdout.close()


def test_kill_of_the_parent_ends_what_it_started(tmp_path: Path) -> None:
    start = (
        "import sys, time; from pathlib import Path; from launcher import processes\n"
        "child = processes.start('web', ['sleep', '1000'], {}, records=Path(sys.argv[1]))\n"
        "time.sleep(1000)\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", start, tmp_path], env={**os.environ, "PYTHONPATH": "."})
    record = tmp_path / "web.json"
    assert wait_until(lambda: record.exists() and record.read_text().endswith("}"), seconds=10)
    child = Identity(**json.loads(record.read_text()))
    assert child.is_alive()
    parent.kill()
    parent.wait()
    assert wait_until(lambda: not child.is_alive(), seconds=5)


def test_output_of_a_process_is_kept_in_its_log(tmp_path: Path) -> None:
    log = tmp_path / "web.log"
    child = processes.start("web", ["sh", "-c", "echo out; echo err >&2"], {}, records=tmp_path, log=log)
    child.process.wait()
    assert child.last_words() == f"the end of {log} is\nout\nerr"
    child.end()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["web.log"]
