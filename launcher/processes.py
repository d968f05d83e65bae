"""The processes the launcher starts: known by PID and start time, ended in order, never left behind."""

import contextlib
import ctypes
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from launcher.console import say

PROC = Path("/proc")
PR_SET_PDEATHSIG = 1  # linux/prctl.h
_libc = ctypes.CDLL(None, use_errno=True)


@dataclass(frozen=True, slots=True)
class Identity:
    """One process for good: a PID is reused, a PID with its start time is not."""

    pid: int
    started: int  # clock ticks after boot, /proc/PID/stat field 22

    def is_alive(self) -> bool:
        """This function will say whether this very process still runs."""
        return identity_of(self.pid) == self


def identity_of(pid: int) -> Identity | None:
    """This function will identify a running process; None if there is none, or only its zombie."""
    try:
        # The name, in brackets, may itself hold spaces and brackets: count the fields from its end.
        fields = (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return None
    return None if fields[0] == "Z" else Identity(pid, int(fields[19]))


def command_line(pid: int) -> list[str]:
    """This function will give a process's program and arguments; none if it is gone."""
    try:
        return (PROC / str(pid) / "cmdline").read_bytes().decode(errors="replace").split("\0")
    except (FileNotFoundError, ProcessLookupError):
        return []


def wait_until(condition: Callable[[], bool], *, seconds: float) -> bool:
    """This function will wait for a condition, at most so long, and say whether it came true."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def end(identity: Identity, *, with_signal: signal.Signals = signal.SIGTERM, seconds: float = 10) -> None:
    """This function will ask a process to end and, if it does not in time, end it."""
    for number in (with_signal, signal.SIGKILL):
        if not identity.is_alive():
            return
        os.kill(identity.pid, number)
        if wait_until(lambda: not identity.is_alive(), seconds=seconds):
            return


def die_with_parent() -> None:
    """This function will have the kernel end the calling process when its parent dies, even by kill -9."""
    _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


@dataclass(frozen=True, slots=True)
class Child:
    """A process of ours that runs until we end it."""

    name: str
    process: subprocess.Popen[bytes]
    record: Path
    log: Path | None

    def last_words(self) -> str:
        """This function will give the end of the process's log, or say where its output is."""
        if not self.log:
            return "its message is above"
        return "\n".join([f"the end of {self.log} is", *self.log.read_text().splitlines()[-30:]])

    def end(self) -> None:
        """This function will end the process and forget it."""
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)
                self.process.wait()
        self.record.unlink(missing_ok=True)


def start(
    name: str,
    command: Sequence[str | Path],
    env: Mapping[str, str],
    *,
    records: Path,
    log: Path | None = None,
) -> Child:
    """This function will start a process in a session of its own, where Ctrl-C does not reach it directly.

    What it writes goes to the log, which begins anew, or without one to standard error.
    """
    with log.open("wb") if log else contextlib.nullcontext(sys.stderr) as output:
        process = subprocess.Popen(
            command,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
            preexec_fn=die_with_parent,  # safe: the launcher has one thread
        )
    record = records / f"{name}.json"
    identity = identity_of(process.pid)
    if identity:
        record.write_text(json.dumps({"pid": identity.pid, "started": identity.started}))
    return Child(name, process, record, log)


def end_left_over(records: Path) -> bool:
    """This function will end what a killed run left running, and say whether there was anything."""
    found = False
    for record in sorted(records.glob("*.json")):
        identity = _recorded(record)
        if identity and identity.is_alive():
            say(f"Ending the {record.stem} process (PID {identity.pid}) that an interrupted run left behind")
            end(identity)
            found = True
        record.unlink(missing_ok=True)
    return found


def _recorded(record: Path) -> Identity | None:
    try:
        content = json.loads(record.read_text())
        return Identity(int(content["pid"]), int(content["started"]))
    except (ValueError, KeyError, TypeError):  # half written by the run that was killed
        return None
