"""The web server and the job worker: started together, watched, and ended together."""

import http.client
import json
import signal
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

from launcher import processes
from launcher.application import Application
from launcher.cluster import LOCAL
from launcher.console import CannotContinueError
from launcher.folders import PYTHON, SOURCE, DataFolder
from launcher.processes import Child

READINESS = "/ready"
PATIENCE = 300  # seconds that the site may take to answer for the first time, as long as its process lives
SAID_EVERY = 5  # seconds between two lines that say what is waited for
ANSWER = 60  # seconds that one question to it may take: asking anew helps nobody who starves


def serve(application: Application, port: int, folder: DataFolder) -> NoReturn:
    """This function will serve until it is interrupted, or until a process ends that should not.

    The worker comes second: beside the web server it would make people wait longer for the first page. The
    demo, tried at a terminal, writes its logs to files; elsewhere they go to standard error, where a service
    manager collects them.
    """
    logs = folder.logs if application.is_demo else None
    children = Children(application, records=folder.running, logs=logs)
    try:
        children.start("web", _web(port))
        _wait_until_ready(children, port)
        children.start("worker", application.command("worker"))
        _announce(port, folder, logs)
        _wait_for_an_end(children)
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # stopping is quick, and done once
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        children.end()


@dataclass(frozen=True, slots=True)
class Children:
    """The processes that make up the running site."""

    application: Application
    records: Path
    logs: Path | None
    running: list[Child] = field(default_factory=list)

    def start(self, name: str, command: Sequence[str | Path]) -> None:
        """This function will start one more process."""
        log = self.logs / f"{name}.log" if self.logs else None
        self.running.append(
            processes.start(name, command, self.application.env, records=self.records, log=log)
        )

    def ended(self) -> Child | None:
        """This function will give a process that has ended, though none should."""
        return next((child for child in self.running if child.process.poll() is not None), None)

    def end(self) -> None:
        """This function will end all processes, in the order of their start."""
        for child in self.running:
            child.end()


def _web(port: int) -> list[str | Path]:
    return [
        *(PYTHON, "-m", "gunicorn"),
        *("--config", SOURCE / "livinglab" / "config" / "gunicorn.py"),
        *("--bind", f"{LOCAL}:{port}"),
        "livinglab.config.wsgi:application",
    ]


def _wait_until_ready(children: Children, port: int) -> None:
    def answers_or_ended() -> bool:
        return children.ended() is not None or _answers(port)

    with _said(f"Waiting for the web process, which runs, to answer on port {port}"):
        answered = processes.wait_until(answers_or_ended, seconds=PATIENCE)
    ended = children.ended()
    if ended:
        raise CannotContinueError(f"The {ended.name} process ended at once: {ended.last_words()}")
    if not answered:
        words = f"The site did not answer on port {port} within {PATIENCE} s, though its web process runs."
        raise CannotContinueError(f"{words} {children.running[-1].last_words()}".strip())


@contextmanager
def _said(what: str) -> Iterator[None]:
    """Say every few seconds what is waited for and since when, until it is over; a quick start says nothing."""
    over, began = threading.Event(), time.monotonic()

    def say() -> None:
        while not over.wait(SAID_EVERY):
            waited = round(time.monotonic() - began)
            print(f"{what}: {waited} s of at most {PATIENCE} s.", file=sys.stderr, flush=True)

    threading.Thread(target=say, daemon=True).start()
    try:
        yield
    finally:
        over.set()


def _answers(port: int) -> bool:
    """Ask for readiness; a redirect to HTTPS or a refused host name, usual in production, counts too."""
    connection = http.client.HTTPConnection(LOCAL, port, timeout=ANSWER)
    try:
        connection.request("GET", READINESS)
        return connection.getresponse().status < 500
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _announce(port: int, folder: DataFolder, logs: Path | None) -> None:
    lines = ["", f"Ready: http://{LOCAL}:{port}"]
    if logs:
        lines += [*_sign_ins(folder.sign_ins), f"Logs are in {logs}. Ctrl-C stops everything."]
    print("\n".join(lines), flush=True)


def _sign_ins(kept: Path) -> list[str]:
    """Lay the sign-ins out in columns; there are none where the data was not loaded by us."""
    accounts = json.loads(kept.read_text()) if kept.exists() else []
    rows = [[str(value) for value in account.values()] for account in accounts]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    aligned = ("  ".join(map(str.ljust, row, widths)).rstrip() for row in rows)
    return ["", "Sign in as", *(f"  {row}" for row in aligned), ""] if rows else []


def _wait_for_an_end(children: Children) -> NoReturn:
    while not (ended := children.ended()):
        time.sleep(0.5)
    status = ended.process.returncode
    raise CannotContinueError(f"The {ended.name} process ended by itself with {status}: {ended.last_words()}")
