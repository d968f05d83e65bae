"""./run: from a fresh machine to a served site, and back to nothing on Ctrl-C."""

import argparse
import contextlib
import os
import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

from launcher import locks, processes
from launcher.application import configure, mode, require_production_settings
from launcher.cluster import LOCAL
from launcher.console import CannotContinueError, say
from launcher.database import opened
from launcher.folders import DataFolder, default_data_folder
from launcher.preparation import prepare_database, prepare_files
from launcher.python_environment import RUN, ensure_environment
from launcher.serving import serve
from launcher.system_packages import PANGO, apt_line, ensure


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
    folder = DataFolder(options.data.absolute())
    folder.create()
    with _only_one(folder):
        try:
            _start(folder, options.port, chosen)
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


def _start(folder: DataFolder, port: int, chosen: str) -> NoReturn:
    if processes.end_left_over(folder.running):
        processes.wait_until(lambda: is_free(port), seconds=10)
    if not is_free(port):
        raise CannotContinueError(
            f"Port {port} on {LOCAL} is in use by another program. "
            f"Stop that program, or choose another port: ./run --port {port + 1}"
        )
    ensure_environment(RUN)
    if not ensure(PANGO):
        say(
            "Without Pango, PDFs are off but for reports of evaluations; all else works. To have them:\n"
            f"  {apt_line(PANGO.packages)}"
        )
    with opened(folder) as database:
        application = configure(folder, database, mode=chosen)
        if chosen != "production":
            here = {"PUBLIC_URL": f"http://{LOCAL}:{port}"}  # links in messages begin with it
            application = replace(application, env={**here, **application.env})
        prepare_files(folder, application)
        if database.owner_url:
            prepare_database(folder, application, database)
        else:
            say("DATABASE_OWNER_URL is not set: the database is taken as it is, not migrated.")
        serve(application, port, folder)


def is_free(port: int) -> bool:
    """This function will say whether a server can listen on a port of 127.0.0.1 now."""
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((LOCAL, port))
        except OSError:
            return False
        return True
