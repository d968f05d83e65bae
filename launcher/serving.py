"""The web server and the job worker: started together, watched, and ended together."""

import contextlib
import http.client
import json
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

from launcher import processes
from launcher.application import Application
from launcher.cluster import LOCAL
from launcher.console import CannotContinueError
from launcher.folders import PYTHON, SOURCE, DataFolder
from launcher.processes import Child

READINESS = "/ready"
PATIENCE = 60  # seconds that the site may take to answer for the first time


def serve(application: Application, port: int, folder: DataFolder) -> NoReturn:
    """This function will serve until it is interrupted, or until a process ends that should not.

    The demo, tried at a terminal, writes its logs to files; elsewhere they go to standard error, where a service
    manager collects them.
    """
    logs = folder.logs if application.is_demo else None
    with _started(application, port, records=folder.running, logs=logs) as children:
        _announce(application, port, children)
        if logs:
            print(f"Logs are in {logs}. Ctrl-C stops everything.", flush=True)
        _wait_for_an_end(children)


@contextlib.contextmanager
def _started(
    application: Application, port: int, *, records: Path, logs: Path | None
) -> Iterator[list[Child]]:
    children: list[Child] = []
    try:
        for name, command in (("web", _web(port)), ("worker", application.command("worker"))):
            log = logs / f"{name}.log" if logs else None
            children.append(processes.start(name, command, application.env, records=records, log=log))
        yield children
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # stopping is quick, and done once
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        for child in children:
            child.end()


def _web(port: int) -> list[str | Path]:
    return [
        *(PYTHON, "-m", "gunicorn"),
        *("--config", SOURCE / "livinglab" / "config" / "gunicorn.py"),
        *("--bind", f"{LOCAL}:{port}"),
        "livinglab.config.wsgi:application",
    ]


def _wait_until_ready(children: list[Child], port: int) -> None:
    def answers_or_ended() -> bool:
        return _ended(children) is not None or _answers(port)

    answered = processes.wait_until(answers_or_ended, seconds=PATIENCE)
    ended = _ended(children)
    if ended:
        raise CannotContinueError(f"The {ended.name} process ended at once: {ended.last_words()}")
    if not answered:
        raise CannotContinueError(f"The site did not answer on port {port} within {PATIENCE} s.")


def _answers(port: int) -> bool:
    """Ask for readiness; a redirect to HTTPS or a refused host name, usual in production, counts too."""
    connection = http.client.HTTPConnection(LOCAL, port, timeout=PATIENCE)
    try:
        connection.request("GET", READINESS)
        return connection.getresponse().status < 500
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _announce(application: Application, port: int, children: list[Child]) -> None:
    """Read the sign-ins while the site starts; print them under the line that it is ready."""
    sign_ins = _sign_ins(application) if application.is_demo else []
    _wait_until_ready(children, port)
    print("\n".join(["", f"Ready: http://{LOCAL}:{port}", *sign_ins]), flush=True)


def _sign_ins(application: Application) -> list[str]:
    accounts = json.loads(application.read("demo-sign-ins", "--json"))
    rows = [[str(value) for value in account.values()] for account in accounts]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    aligned = ("  ".join(map(str.ljust, row, widths)).rstrip() for row in rows)
    return ["", "Sign in as", *(f"  {row}" for row in aligned), ""]


def _ended(children: list[Child]) -> Child | None:
    return next((child for child in children if child.process.poll() is not None), None)


def _wait_for_an_end(children: list[Child]) -> NoReturn:
    while not (ended := _ended(children)):
        time.sleep(0.5)
    status = ended.process.returncode
    raise CannotContinueError(f"The {ended.name} process ended by itself with {status}: {ended.last_words()}")
