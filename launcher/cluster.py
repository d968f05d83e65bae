"""One PostgreSQL cluster: made, started, shared by several commands, and stopped by the last of them."""

import os
import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from launcher import locks, processes
from launcher.accounts import CLEAN_ENVIRONMENT, Account
from launcher.console import CannotContinueError, say, timed
from launcher.processes import Identity
from launcher.secret_files import kept_secret

LOCAL = "127.0.0.1"
SUPERUSER = "postgres"
_PORT_TAKEN = "could not create any TCP/IP sockets"
THROW_AWAY: Mapping[str, str] = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}


@dataclass(frozen=True, slots=True)
class Cluster:
    """A cluster's folder, the programs that serve it and the account they run as.

    It listens on 127.0.0.1 with passwords alone: unlike a socket file, that works in a folder of any depth.
    """

    home: Path
    programs: Path
    account: Account
    locks: Path
    settings: Mapping[str, str] = field(default_factory=dict)
    patience: int = 60  # seconds that a start may take

    @property
    def data(self) -> Path:
        """The folder that PostgreSQL itself calls the data directory."""
        return self.home / "data"

    @contextmanager
    def in_use(self) -> Iterator[int]:
        """This function will give the port of the running cluster, which it starts if nobody has yet.

        Every user of the cluster holds a shared lock. The last one to leave gets it alone, and stops the
        cluster. A killed user's lock is gone with it, so nothing is ever counted wrong.
        """
        users = locks.open_lock(self.locks / "database-users.lock")
        try:
            with locks.held(self.locks / "database-start.lock"):
                port = self._running_port() or self._start()
                locks.take(users, shared=True)
            yield port
        finally:
            self._leave(users)

    def _leave(self, users: int) -> None:
        with locks.held(self.locks / "database-start.lock"):
            try:
                locks.take(users, wait=False)
                self._stop()
            except locks.AlreadyLockedError:
                pass
            finally:
                os.close(users)

    def discard(self) -> None:
        """This function will end the cluster and remove its data, whatever state an interrupted run left."""
        with locks.held(self.locks / "database-start.lock"):
            self._clear_left_over()
            shutil.rmtree(self.home)

    def superuser_password(self) -> str:
        """This function will give the superuser's password, which lies with the cluster that it opens."""
        return kept_secret(self.home / "superuser-password", owner=self.account.uid)

    def execute(self, sql: str, *, port: int, database: str = SUPERUSER) -> str:
        """This function will run SQL as the superuser and give its output, unaligned."""
        done = subprocess.run(
            [
                self.programs / "psql",
                *("--no-psqlrc", "--quiet", "--no-align", "--tuples-only", "--set=ON_ERROR_STOP=1"),
                f"--host={LOCAL}",
                f"--port={port}",
                f"--username={SUPERUSER}",
                f"--dbname={database}",
            ],
            env={**CLEAN_ENVIRONMENT, "PGPASSWORD": self.superuser_password()},
            input=sql,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise CannotContinueError(f"PostgreSQL refused a statement:\n{done.stderr}")
        return done.stdout.strip()

    def _running_port(self) -> int | None:
        """Give the port of a cluster that runs already: another command's, or one that a killed run left."""
        processes.wait_until(lambda: self._postmaster_status() in (None, "ready"), seconds=60)
        return int(self._pid_file()[3]) if self._postmaster_status() == "ready" else None

    def _postmaster_status(self) -> str | None:
        postmaster = self._postmaster()
        if postmaster is None:
            return None
        lines = self._pid_file()
        return lines[7].strip() if len(lines) > 7 else "starting"

    def _postmaster(self) -> Identity | None:
        """Give the process that the PID file names, if that is PostgreSQL serving this very folder."""
        lines = self._pid_file()
        if not lines or not lines[0].strip().isdigit():
            return None
        pid = int(lines[0])
        return processes.identity_of(pid) if str(self.data) in processes.command_line(pid) else None

    def _pid_file(self) -> list[str]:
        try:
            return (self.data / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return []

    def _start(self) -> int:
        self._clear_left_over()
        if not self.data.is_dir():
            self._create()
        self._check_version()
        for _ in range(5):
            port = _free_port(self.locks / "database-port")
            done = self.account.run(
                self.programs / "pg_ctl",
                *("start", "--wait", f"--timeout={self.patience}", "--silent"),
                f"--pgdata={self.data}",
                f"--log={self._log}",
                f"--options={self._options(port)}",
            )
            if done.returncode == 0 and self._is_ready():
                return port
            if _PORT_TAKEN not in self._log_tail():
                break
            (self.locks / "database-port").unlink(missing_ok=True)  # somebody was faster to take it
        raise CannotContinueError(f"PostgreSQL does not start.\n{done.stdout}\n{self._log_tail()}")

    def _is_ready(self) -> bool:
        """Wait for a server that has its log to replay first; False if it ended over it."""
        processes.wait_until(lambda: self._postmaster_status() in (None, "ready"), seconds=self.patience)
        return self._postmaster_status() == "ready"

    @property
    def _log(self) -> Path:
        return self.home / "server.log"

    def _options(self, port: int) -> str:
        settings = {
            "port": str(port),
            "listen_addresses": LOCAL,
            "unix_socket_directories": "",
            "timezone": "UTC",
            "log_timezone": "UTC",
            "shared_buffers": "192MB",
            **self.settings,
        }
        return " ".join(f"-c {name}={value}" for name, value in settings.items())

    def _log_tail(self) -> str:
        return "\n".join(self._log.read_text().splitlines()[-15:]) if self._log.exists() else ""

    def _create(self) -> None:
        """Make the cluster beside its place and move it there: a killed run leaves none that is half made."""
        beside = self.home / "data.new"
        shutil.rmtree(beside, ignore_errors=True)
        self.superuser_password()
        with timed("Making the PostgreSQL database cluster"):
            done = self.account.run(
                self.programs / "initdb",
                f"--pgdata={beside}",
                f"--username={SUPERUSER}",
                f"--pwfile={self.home / 'superuser-password'}",
                *("--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8"),
                *(["--no-sync"] if self.settings.get("fsync") == "off" else []),
            )
        if done.returncode:
            raise CannotContinueError(f"PostgreSQL could not make its cluster in {beside}:\n{done.stdout}")
        beside.rename(self.data)

    def _check_version(self) -> None:
        made_by = (self.data / "PG_VERSION").read_text().strip()
        version = self.account.run(self.programs / "postgres", "--version").stdout
        served_by = version.split()[2].split(".")[0] if version.startswith("postgres ") else version
        if made_by != served_by:
            raise CannotContinueError(
                f"{self.data} was made by PostgreSQL {made_by}, this release brings {served_by}. "
                "Carry the data over with pg_upgrade or a dump, or choose another folder with --data."
            )

    def _clear_left_over(self) -> None:
        """End a dead postmaster's children and remove its PID file, whose PID another program may have."""
        for pid in self.account.processes_in(self.data):
            process = processes.identity_of(pid)
            if process:
                say(f"Ending a PostgreSQL process (PID {pid}) that an interrupted run left behind")
                processes.end(process, with_signal=signal.SIGQUIT)
        (self.data / "postmaster.pid").unlink(missing_ok=True)

    def _stop(self) -> None:
        if self._postmaster():
            self.account.run(
                self.programs / "pg_ctl",
                *("stop", "--wait", "--timeout=60", "--silent", "--mode=fast"),
                f"--pgdata={self.data}",
            )


def _free_port(record: Path) -> int:
    """Choose a free port, the one used last time if possible."""
    wanted = int(record.read_text()) if record.exists() else 0
    for port in (wanted, 0):
        with socket.socket() as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                trial.bind((LOCAL, port))
            except OSError:
                continue
            chosen = int(trial.getsockname()[1])
            record.write_text(str(chosen))
            return chosen
    raise CannotContinueError(f"No free port on {LOCAL}")
