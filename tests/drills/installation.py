"""A whole installation on a folder of its own: database, web server and worker, killed and started as a service is."""

import os
import signal
import socket
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from launcher import privileges, processes, serving
from launcher.application import Application, configure
from launcher.cluster import THROW_AWAY, Cluster
from launcher.database import embedded_cluster, set_up
from launcher.folders import DataFolder
from launcher.processes import Child, wait_until

#: what a drill kills, in turn
KINDS: Final = ("web", "worker", "database")
_DURABLE: Final[Mapping[str, str]] = {}  # as PostgreSQL is by itself: what it acknowledged is on the disk


def _fill(application: Application) -> None:
    """Collect the static files beside the tables and the reference data: two processors, two things."""
    with ThreadPoolExecutor(1) as beside:
        collected = beside.submit(application.run, "static")
        for step in ("migrate", "load-reference"):
            application.as_owner().run(step)
        collected.result()


@dataclass
class Installation:
    """The processes of the launcher on a folder of their own. One thread starts and kills them; all may ask them."""

    path: Path
    settings: Mapping[str, str]
    port: int = 0
    running: dict[str, Child] = field(default_factory=dict)
    killed: dict[str, int] = field(default_factory=lambda: dict.fromkeys(KINDS, 0))
    _held: ExitStack = field(default_factory=ExitStack)

    def __enter__(self) -> "Installation":
        try:
            self._prepare()
        except BaseException:
            self.__exit__()
            raise
        return self

    def _prepare(self) -> None:
        """Fill the installation quickly, on a database that may lose all; then serve it from one that may not."""
        self.folder = DataFolder(self.path)
        self.folder.create()
        self.cluster: Cluster = embedded_cluster(self.folder, settings=THROW_AWAY, patience=120)
        with self.cluster.in_use() as port:
            _fill(self._configured(port))
        self.cluster = replace(self.cluster, settings=_DURABLE)
        self.database_port = self._held.enter_context(self.cluster.in_use())
        self.application = self._configured(self.database_port)
        with socket.socket() as trial:
            trial.bind(("127.0.0.1", 0))
            self.port = int(trial.getsockname()[1])
        self.keep_running()
        assert self.answers(seconds=60), self.running["web"].last_words()

    def _configured(self, port: int) -> Application:
        database = set_up(self.cluster, port, self.folder.secrets)
        known = configure(self.folder, database, mode="demo")
        return replace(known, env={**known.env, **self.settings})

    def __exit__(self, *_error: object) -> None:
        for child in self.running.values():
            child.end()
        self._held.close()
        self.cluster.discard()

    @property
    def url(self) -> str:
        """Where the web server answers."""
        return f"http://127.0.0.1:{self.port}"

    def keep_running(self) -> None:
        """This function will start what does not run, as whoever watches over a service does."""
        commands = {"web": serving._web(self.port), "worker": self.application.command("worker")}
        for name, command in commands.items():
            present = self.running.get(name)
            if present is None or present.process.poll() is not None:
                log = self.folder.logs / f"{name}.log"
                self.running[name] = processes.start(
                    name, command, self.application.env, records=self.folder.running, log=log
                )

    def answers(self, *, seconds: float) -> bool:
        """This function will wait until the web server answers, at most so long."""
        return wait_until(lambda: serving._answers(self.port), seconds=seconds)

    def kill(self, kind: str) -> None:
        """This function will end one kind of process by -9 with all that it started, and start it again."""
        if kind == "database":
            postmaster = int((self.cluster.data / "postmaster.pid").read_text().split()[0])
            os.kill(postmaster, signal.SIGKILL)
            assert wait_until(lambda: processes.identity_of(postmaster) is None, seconds=10)
            assert self._held.enter_context(self.cluster.in_use()) == self.database_port
        else:
            child = self.running[kind]
            os.killpg(child.process.pid, signal.SIGKILL)
            child.process.wait()
        self.killed[kind] += 1
        self.keep_running()

    def rows(self, sql: str) -> list[tuple[str, ...]]:
        """This function will return what the superuser reads, as text."""
        said = self.cluster.execute(sql, port=self.database_port, database=privileges.DATABASE)
        return [tuple(line.split("|")) for line in said.splitlines()]

    def number(self, sql: str) -> int:
        """This function will return the one number that the superuser reads."""
        return int(self.rows(sql)[0][0])
