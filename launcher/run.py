"""./run: from a fresh machine to a served site, and back to nothing on Ctrl-C."""

import argparse
import contextlib
import http.client
import json
import os
import signal
import socket
import time
from collections.abc import Iterator
from pathlib import Path

from launcher import locks, processes
from launcher.application import Application, configure, mode, require_production_settings
from launcher.cluster import LOCAL
from launcher.console import CannotContinueError, say
from launcher.database import opened
from launcher.folders import PYTHON, SOURCE, DataFolder, default_data_folder
from launcher.preparation import prepare_database, prepare_files
from launcher.processes import Child
from launcher.python_environment import RUN, ensure_environment
from launcher.system_packages import PANGO, apt_line, ensure

READINESS = "/ready"
PATIENCE = 60  # seconds that the site may take to answer for the first time


def parse(arguments: list[str]) -> argparse.Namespace:
    """This function will read the options of ./run."""
    parser = argparse.ArgumentParser(
        prog="./run",
        description="Start Living Lab: install what is missing, start the database, load the data, serve.",
        epilog="With DATABASE_URL and DATABASE_OWNER_URL set, that PostgreSQL (15 or newer) is used instead.",
    )
    parser.add_argument("--port", type=_port, default=8000, help="port on 127.0.0.1 (default 8000)")
    parser.add_argument(
        "--data", type=Path, default=default_data_folder(), metavar="DIR", help="data folder (default var/)"
    )
    parser.add_argument(
        "--production",
        action="store_true",
        help="refuse to start without SECRET_KEY, DATABASE_URL and ALLOWED_HOSTS; no demo users",
    )
    return parser.parse_args(arguments)


def _port(text: str) -> int:
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise argparse.ArgumentTypeError(f"{text} is not a port: give a number from 1 to 65535")
    return int(text)


def main(arguments: list[str]) -> int:
    """This function will serve until it is told to stop, and give the exit status."""
    options = parse(arguments)
    chosen = mode(production=options.production)
    if chosen == "production":
        require_production_settings(os.environ)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    signal.signal(signal.SIGHUP, signal.default_int_handler)
    folder = DataFolder(options.data.absolute())
    folder.create()
    with _only_one(folder):
        try:
            return _serve(folder, options.port, chosen)
        except KeyboardInterrupt:
            say("Stopped.")
            return 0


@contextlib.contextmanager
def _only_one(folder: DataFolder) -> Iterator[None]:
    try:
        with locks.held(folder.running / "run.lock", wait=False):
            yield
    except locks.AlreadyLockedError:
        raise CannotContinueError(
            f"Living Lab is already running on {folder.path}. Stop it first, "
            "or start this one on another folder: ./run --data DIR --port 8001"
        ) from None


def _serve(folder: DataFolder, port: int, chosen: str) -> int:
    if processes.end_left_over(folder.running):
        processes.wait_until(lambda: is_free(port), seconds=10)
    if not is_free(port):
        raise CannotContinueError(
            f"Port {port} on {LOCAL} is in use by another program. "
            f"Stop that program, or choose another port: ./run --port {port + 1}"
        )
    ensure_environment(RUN)
    if not ensure(PANGO):
        say(f"Without Pango there are no PDFs; all else works. To have them:\n  {apt_line(PANGO.packages)}")
    with opened(folder) as database:
        application = configure(folder, database, mode=chosen)
        prepare_files(folder, application)
        if database.owner_url:
            prepare_database(folder, application, database)
        else:
            say("DATABASE_OWNER_URL is not set: the database is taken as it is, not migrated.")
        with _started(application, folder, port) as children:
            _announce(application, port, chosen)
            return _wait_for_an_end(children)


def is_free(port: int) -> bool:
    """This function will say whether a server can listen on a port of 127.0.0.1 now."""
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((LOCAL, port))
        except OSError:
            return False
        return True


@contextlib.contextmanager
def _started(application: Application, folder: DataFolder, port: int) -> Iterator[list[Child]]:
    children: list[Child] = []
    try:
        children.append(processes.start("web", _web(port), application.env, folder.running))
        children.append(
            processes.start("worker", application.command("worker"), application.env, folder.running)
        )
        _wait_until_ready(children, port)
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
        raise CannotContinueError(f"The {ended.name} process ended at once: its message is above.")
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


def _announce(application: Application, port: int, chosen: str) -> None:
    print(f"\nReady: http://{LOCAL}:{port}", flush=True)
    if chosen == "demo":
        for line in _sign_ins(application):
            print(line, flush=True)


def _sign_ins(application: Application) -> list[str]:
    accounts = json.loads(application.read("demo-sign-ins", "--json"))
    return [
        "Sign in as:",
        *(f"  {' · '.join(str(value) for value in account.values())}" for account in accounts),
    ]


def _ended(children: list[Child]) -> Child | None:
    return next((child for child in children if child.process.poll() is not None), None)


def _wait_for_an_end(children: list[Child]) -> int:
    while not (ended := _ended(children)):
        time.sleep(0.5)
    say(f"The {ended.name} process ended by itself (status {ended.process.returncode}): stopping.")
    return 1
