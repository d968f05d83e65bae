"""./livinglab backup and restore: the whole installation as it was at a moment.

A backup is a folder per moment (PostgreSQL's own base backup), the log since, the files that organisations keep, and
the secrets without which neither could be read. A restore makes a new data folder and touches no other.
"""

import argparse
import json
import os
import shutil
import subprocess
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from launcher import archive, processes
from launcher.accounts import CLEAN_ENVIRONMENT
from launcher.cluster import LOCAL, SUPERUSER, Cluster
from launcher.console import CannotContinueError, say, timed
from launcher.database import embedded_cluster, named_by_environment
from launcher.folders import DataFolder, default_data_folder
from launcher.secret_files import kept_secret, write_secret

COMMANDS = frozenset({"backup", "restore"})
#: what an installation keeps beside its database; each file's content never changes under its name
FILES = ("evidence",)
SECRETS = ("secrets", "authority")
_STAMP = "%Y%m%dT%H%M%SZ"
#: a long log takes its time to be replayed, in seconds
_PATIENCE = 24 * 3600
_REACHED = """
    SELECT to_char(pg_last_xact_replay_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
"""
_BEYOND = "recovery ended before configured recovery target was reached"


@dataclass(frozen=True, slots=True)
class Base:
    """One base backup; what was committed before `ended` can only be restored with an older one."""

    folder: Path
    ended: datetime


def main(command: str, arguments: list[str]) -> int:
    """This function will make a backup or restore one, print what was done as JSON, and give the exit status."""
    parser = argparse.ArgumentParser(prog=f"./livinglab {command}")
    if named_by_environment(os.environ):
        raise CannotContinueError(
            "The database is named by DATABASE_URL: its administrator backs it up (pg_basebackup, pgBackRest). "
            "Copy the folder `evidence` of the data folder at the same time."
        )
    place = os.environ.get("LIVINGLAB_BACKUP")
    if command == "backup":
        parser.add_argument(
            "--to", type=Path, default=place, help="folder of backups, else $LIVINGLAB_BACKUP"
        )
        parser.add_argument("--log-only", action="store_true", help="what is new since the last backup")
        asked = parser.parse_args(arguments)
        target = _named(asked.to, "--to")
        done = backup(DataFolder(default_data_folder()), target, log_only=asked.log_only)
    else:
        parser.add_argument("--from", dest="source", type=Path, default=place, help="folder of backups")
        parser.add_argument(
            "--at", help="moment with its zone, such as 2026-11-22T15:30:00+07:00; else the last"
        )
        parser.add_argument("--data", type=Path, required=True, help="data folder to make")
        asked = parser.parse_args(arguments)
        done = restore(_named(asked.source, "--from"), asked.data.absolute(), at=moment(asked.at))
    print(json.dumps(done))
    return 0


def moment(text: str | None) -> datetime | None:
    """This function will read a moment; None for none. Errors: CannotContinueError, also without a zone."""
    if text is None:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise CannotContinueError(
            f"--at {text!r} is no moment with its zone. Write it such as 2026-11-22T15:30:00+07:00.",
            exit_status=2,
        )
    return found.astimezone(UTC)


def backup(folder: DataFolder, target: Path, *, log_only: bool = False) -> dict[str, object]:
    """This function will back an installation up while it serves, and say where. Interrupted, it leaves no backup.

    Errors: CannotContinueError, and for `log_only` before a first backup.
    """
    folder.create()
    cluster = embedded_cluster(folder)
    # What is restored goes on as a line of its own: its log never mixes with that of where it came from.
    target = target / kept_secret(cluster.home / "line", owner=cluster.account.uid)[:12]
    if log_only and not _bases_of(target):
        raise CannotContinueError(f"{target} holds no backup yet: begin with `./livinglab backup`.")
    target.mkdir(mode=0o700, parents=True, exist_ok=True)
    kept = archive.folder_of(cluster.home)
    if not kept.is_dir():
        kept.mkdir(mode=0o700)
        shutil.chown(kept, cluster.account.uid, cluster.account.gid)
    with cluster.in_use() as port:
        made = None if log_only else _base(cluster, port, target)
        last = _handed_over(cluster, port)
    count = _copied(kept, target / "log", suffix=".gz")
    for name in FILES:
        count += _copied(folder.path / name, target / name)
    for name in SECRETS:
        _copied(folder.path / name, target / name, always=True)
    write_secret(target / "superuser-password", cluster.superuser_password())
    return {"backup": str(made or target), "log": last, "files": count}


def restore(source: Path, data: Path, *, at: datetime | None) -> dict[str, object]:
    """This function will make a data folder as the installation was at a moment, or at the last that is kept.

    Errors: CannotContinueError where the folder is in use, or the moment lies before or after what is kept.
    """
    fitting = [one for one in bases(source) if at is None or one.ended <= at]
    if not fitting:
        first = min((one.ended for one in bases(source)), default=None)
        known = f"The first begins with {first:%Y-%m-%dT%H:%M:%SZ}." if first else "There is none."
        raise CannotContinueError(f"{source} holds no backup that ended before that moment. {known}")
    lines = sorted({str(one.folder.parent) for one in fitting})
    if len(lines) > 1:
        raise CannotContinueError(
            "These are backups of several installations. Name one with --from:\n  " + "\n  ".join(lines)
        )
    if data.exists() and any(data.iterdir()):
        raise CannotContinueError(f"{data} is not empty. A restore makes a folder of its own: name another.")
    folder = DataFolder(data)
    folder.create()
    base = max(fitting, key=lambda one: one.ended)
    for name in (*FILES, *SECRETS):
        _copied(base.folder.parent / name, data / name)
    cluster = _laid_out(base, folder, at)
    try:
        with timed(f"Replaying the log onto {base.folder.name}"), cluster.in_use() as port:
            reached = cluster.execute(_REACHED, port=port)
            cluster.execute("ALTER SYSTEM RESET ALL", port=port)
    except CannotContinueError as problem:
        if _BEYOND not in str(problem):
            raise
        raise CannotContinueError(
            f"The log that is kept in {source} ends before that moment. Leave --at out for the last moment of it, "
            f"into another folder: {data} is half done and may be removed."
        ) from None
    shutil.rmtree(cluster.home / "restored-log")
    say(f"Look at it with: ./run --data {data}")
    return {"data": str(data), "backup": str(base.folder), "until": reached or None}


def bases(target: Path) -> list[Base]:
    """This function will give the finished base backups of a folder: of all installations in it, or of one's own."""
    return [one for line in (target, *target.glob("*/")) for one in _bases_of(line)]


def _bases_of(line: Path) -> list[Base]:
    return [
        Base(said.parent, datetime.fromisoformat(json.loads(said.read_text())["ended"]))
        for said in line.glob("*/backup.json")
    ]


def _named(folder: Path | None, option: str) -> Path:
    if folder is None:
        raise CannotContinueError(
            f"Name the folder of backups: {option} DIR, or LIVINGLAB_BACKUP.", exit_status=2
        )
    return Path(folder).absolute()


def _base(cluster: Cluster, port: int, target: Path) -> Path:
    place = target / f"{time.strftime(_STAMP, time.gmtime())}-{time.time_ns() % 10**9:09}"
    beside = target / f".{place.name}"
    with timed("Copying the database"):
        _ran(
            cluster,
            "pg_basebackup",
            *(f"--host={LOCAL}", f"--port={port}", f"--username={SUPERUSER}"),
            *(f"--pgdata={beside / 'database'}", "--format=tar", "--gzip", "--wal-method=stream"),
            "--checkpoint=fast",
        )
        _ran(cluster, "pg_verifybackup", "--no-parse-wal", "--quiet", beside / "database")
    ended = cluster.execute("SELECT clock_timestamp()", port=port)
    (beside / "backup.json").write_text(json.dumps({"ended": datetime.fromisoformat(ended).isoformat()}))
    beside.rename(place)
    return place


def _ran(cluster: Cluster, program: str, *arguments: str | Path) -> None:
    done = subprocess.run(
        [cluster.programs / program, *arguments],
        env={**CLEAN_ENVIRONMENT, "PGPASSWORD": cluster.superuser_password()},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise CannotContinueError(f"{program} failed:\n{done.stdout}{done.stderr}")


def _handed_over(cluster: Cluster, port: int) -> str:
    """Have the server hand over the log up to now, wait for it, and give the name of its last file."""
    # Where nothing was written since the last switch, the position is the first of the next file.
    last = cluster.execute("SELECT pg_walfile_name(pg_switch_wal() - 1)", port=port)
    kept = archive.folder_of(cluster.home) / f"{last}.gz"
    if not processes.wait_until(kept.exists, seconds=60):
        raise CannotContinueError(
            f"PostgreSQL did not hand its log over to {kept.parent}. Is the disk full? Its server.log says why. "
            "If it was started by an older release, stop it and start it again."
        )
    return last


def _copied(source: Path, target: Path, *, suffix: str = "", always: bool = False) -> int:
    """Copy what the target does not have yet, each file whole, and give how many were."""
    count = 0
    for path in sorted(source.rglob(f"*{suffix}")) if source.is_dir() else ():
        place = target / path.relative_to(source)
        if not path.is_file() or (place.exists() and not always):
            continue
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        beside = place.with_name(f".{place.name}.part")
        shutil.copy2(path, beside)
        beside.rename(place)
        count += 1
    return count


def _laid_out(base: Base, folder: DataFolder, at: datetime | None) -> Cluster:
    """Unpack a base backup as the cluster of a data folder, told until when to replay."""
    # Nobody is let in before the replay has ended, so being ready means being restored.
    cluster = embedded_cluster(folder, settings={"hot_standby": "off"}, patience=_PATIENCE)
    home, account, line = cluster.home, cluster.account, base.folder.parent
    with timed("Unpacking the database"):
        for name, place in (("base", cluster.data), ("pg_wal", cluster.data / "pg_wal")):
            place.mkdir(mode=0o700, exist_ok=True)
            packed = base.folder / "database" / f"{name}.tar.gz"
            done = subprocess.run(
                ["tar", "-xzf", packed, "-C", place], capture_output=True, text=True, check=False
            )
            if done.returncode:
                raise CannotContinueError(f"{packed} cannot be unpacked:\n{done.stderr}")
        _copied(line / "log", home / "restored-log")
    write_secret(home / "superuser-password", (line / "superuser-password").read_text(), owner=account.uid)
    (cluster.data / "recovery.signal").touch()
    until = f"recovery_target_time = '{at.isoformat()}'\nrecovery_target_action = 'promote'\n" if at else ""
    fetch = archive.fetching(home / "restored-log").replace("'", "''")
    with (cluster.data / "postgresql.auto.conf").open("a") as file:
        file.write(f"restore_command = '{fetch}'\n{until}")
    cluster.data.chmod(0o700)
    for part in (cluster.data, home / "restored-log"):
        for path in (part, *part.rglob("*")):
            os.chown(path, account.uid, account.gid)
    return cluster
