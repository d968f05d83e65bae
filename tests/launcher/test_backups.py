"""A backup is made while the database serves, and any moment since can be restored beside it."""

import json
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from launcher import backups
from launcher.backups import backup, moment, restore
from launcher.cluster import Cluster
from launcher.console import CannotContinueError
from launcher.database import embedded_cluster, set_up
from launcher.folders import DataFolder
from launcher.privileges import DATABASE

NOTES = "SELECT string_agg(text, ' ' ORDER BY text) FROM note"


@pytest.fixture
def served(data_folder: DataFolder, tmp_path: Path) -> "Served":
    return Served(data_folder, tmp_path / "backups")


class Served:
    """An installation that keeps notes and a file, and where its backups are."""

    def __init__(self, folder: DataFolder, target: Path) -> None:
        self.folder, self.target = folder, target

    def run(self, sql: str) -> str:
        return run(embedded_cluster(self.folder), sql)

    def moment(self) -> datetime:
        """Now, as the database has it; nothing else happens in the same millisecond."""
        at = datetime.fromisoformat(self.run("SELECT clock_timestamp()"))
        time.sleep(0.01)
        return at


def run(cluster: Cluster, sql: str) -> str:
    with cluster.in_use() as port:
        return cluster.execute(sql, port=port, database=DATABASE)


def opened(data: Path) -> Cluster:
    return embedded_cluster(DataFolder(data))


def prepared(served: Served) -> datetime:
    """Make a backup, write a note after it, and delete all; give the moment between the two."""
    cluster = embedded_cluster(served.folder)
    with cluster.in_use() as port:
        set_up(cluster, port, served.folder.secrets)
        served.run("CREATE TABLE note (text text); INSERT INTO note VALUES ('before')")
        backup(served.folder, served.target)
        served.run("INSERT INTO note VALUES ('after')")
        kept = served.folder.path / "evidence" / "ab"
        kept.mkdir(parents=True)
        (kept / "abcd").write_text("a file")
        at = served.moment()
        served.run("DELETE FROM note")
        backup(served.folder, served.target, log_only=True)
    return at


def test_what_was_deleted_is_there_as_it_was_a_moment_before(served: Served, tmp_path: Path) -> None:
    at = prepared(served)
    done = restore(served.target, tmp_path / "then", at=at)
    assert datetime.fromisoformat(str(done["until"])) <= at
    then = opened(tmp_path / "then")
    assert run(then, NOTES) == "after before"
    assert (tmp_path / "then" / "evidence" / "ab" / "abcd").read_text() == "a file"
    for name in ("owner-password", "application-password"):
        assert (tmp_path / "then/secrets" / name).read_text() == (served.folder.secrets / name).read_text()
    # it goes on: written to, backed up as a line of its own, and restored from there
    assert run(then, "INSERT INTO note VALUES ('later')") == ""
    backup(DataFolder(tmp_path / "then"), served.target)
    lines = {one.folder.parent for one in backups.bases(served.target)}
    assert len(lines) == 2
    with pytest.raises(CannotContinueError, match="several installations"):
        restore(served.target, tmp_path / "either", at=None)
    assert {len(backups.bases(one)) for one in lines} == {1}
    # and the origin is as it was
    assert served.run(NOTES) == ""
    then.discard()


def test_without_a_moment_it_is_the_last_that_is_kept(served: Served, tmp_path: Path) -> None:
    prepared(served)
    restore(served.target, tmp_path / "last", at=None)
    last = opened(tmp_path / "last")
    assert run(last, NOTES) == ""
    last.discard()


def test_a_moment_that_is_not_kept_is_refused(served: Served, tmp_path: Path) -> None:
    at = prepared(served)
    with pytest.raises(CannotContinueError, match="no backup that ended before"):
        restore(served.target, tmp_path / "early", at=at - timedelta(days=1))
    assert not (tmp_path / "early").exists()
    with pytest.raises(CannotContinueError, match="ends before that moment"):
        restore(served.target, tmp_path / "late", at=datetime.now(UTC) + timedelta(days=1))  # noqa: TID251 the real clock
    opened(tmp_path / "late").discard()


def test_nothing_is_written_over(served: Served, tmp_path: Path) -> None:
    prepared(served)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "file").touch()
    with pytest.raises(CannotContinueError, match="is not empty"):
        restore(served.target, tmp_path / "mine", at=None)
    assert [one.name for one in (tmp_path / "mine").iterdir()] == ["file"]


def test_the_log_alone_needs_a_backup_first(served: Served) -> None:
    with pytest.raises(CannotContinueError, match="holds no backup yet"):
        backup(served.folder, served.target, log_only=True)


def test_a_backup_is_closed_to_others(served: Served) -> None:
    prepared(served)
    assert [oct(one.stat().st_mode & 0o777) for one in served.target.iterdir()] == ["0o700"]


@pytest.mark.parametrize("text", ["yesterday", "2026-11-22T15:30:00", ""])
def test_a_moment_needs_its_zone(text: str) -> None:
    with pytest.raises(CannotContinueError, match="no moment with its zone"):
        moment(text)


def test_a_database_that_is_not_ours_is_left_to_its_administrator(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://somebody@elsewhere/livinglab")
    with pytest.raises(CannotContinueError, match="its administrator backs it up"):
        backups.main("backup", ["--to", "anywhere"])


def test_the_commands_print_json(
    served: Served, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL"):
        monkeypatch.delenv(name, raising=False)
    prepared(served)
    monkeypatch.setenv("LIVINGLAB_VAR", str(served.folder.path))
    monkeypatch.setenv("LIVINGLAB_BACKUP", str(served.target))
    assert backups.main("backup", ["--log-only"]) == 0
    assert json.loads(capsys.readouterr().out)["files"] >= 1
    assert backups.main("restore", ["--data", str(tmp_path / "again")]) == 0
    assert json.loads(capsys.readouterr().out)["data"] == str(tmp_path / "again")
    opened(tmp_path / "again").discard()
