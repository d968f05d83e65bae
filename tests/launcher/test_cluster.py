"""The embedded PostgreSQL starts from anything, is shared by all, and keeps the two roles apart."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from launcher.cluster import Cluster
from launcher.console import CannotContinueError
from launcher.database import set_up
from launcher.folders import DataFolder
from launcher.processes import identity_of, wait_until

ATTRIBUTES = """
    SELECT rolname, rolsuper, rolbypassrls, rolcreatedb, rolcreaterole FROM pg_roles
     WHERE rolname LIKE 'livinglab%' ORDER BY 1
"""


def postmaster(cluster: Cluster) -> int:
    """This function will read the PID of the running postmaster."""
    return int((cluster.data / "postmaster.pid").read_text().split()[0])


def as_role(cluster: Cluster, url: str, sql: str) -> subprocess.CompletedProcess[str]:
    """This function will run SQL over one of the two addresses."""
    return subprocess.run(
        [cluster.programs / "psql", "-XqAt", url, "-c", sql], capture_output=True, text=True
    )


def in_database(url: str, name: str) -> str:
    """This function will give the address of another database, for the same role."""
    return f"{url.rpartition('/')[0]}/{name}"


def test_roles_are_exactly_as_privileged_as_their_work_asks(
    cluster: Cluster, data_folder: DataFolder
) -> None:
    with cluster.in_use() as port:
        database = set_up(cluster, port, data_folder.secrets)
        assert set_up(cluster, port, data_folder.secrets) == database  # twice does no harm
        assert cluster.execute(ATTRIBUTES, port=port).splitlines() == [
            "livinglab_app|f|f|f|f",
            "livinglab_owner|f|t|t|f",
        ]
        owner = str(database.owner_url)
        assert as_role(cluster, owner, "CREATE DATABASE trial").stderr == ""
        for url in (owner, in_database(owner, "trial")):
            assert as_role(cluster, url, "CREATE TABLE region (code text)").stderr == ""
        for url in (database.url, in_database(database.url, "trial")):
            written = as_role(cluster, url, "INSERT INTO region VALUES ('32.11') RETURNING code")
            assert (written.stdout, written.stderr) == ("32.11\n", "")
            for refused in (
                "TRUNCATE region",
                "DROP TABLE region",
                "CREATE TABLE mine ()",
                "SET ROLE postgres",
            ):
                assert "ERROR" in as_role(cluster, url, refused).stderr


def test_lost_secrets_are_replaced_and_the_data_stays(cluster: Cluster, data_folder: DataFolder) -> None:
    with cluster.in_use() as port:
        before = set_up(cluster, port, data_folder.secrets)
        (data_folder.secrets / "application-password").unlink()
        after = set_up(cluster, port, data_folder.secrets)
        assert after.identity == before.identity
        assert as_role(cluster, after.url, "SELECT 1").stdout == "1\n"
        assert "password authentication failed" in as_role(cluster, before.url, "SELECT 1").stderr


def test_database_made_anew_has_another_identity(cluster: Cluster, data_folder: DataFolder) -> None:
    with cluster.in_use() as port:
        before = set_up(cluster, port, data_folder.secrets).identity
        cluster.execute("DROP DATABASE livinglab", port=port)
        assert set_up(cluster, port, data_folder.secrets).identity != before


def test_last_user_stops_the_cluster_and_no_other(cluster: Cluster) -> None:
    with cluster.in_use() as port:
        server = identity_of(postmaster(cluster))
        assert server
        with cluster.in_use() as same:
            assert same == port
        assert server.is_alive()
    assert not server.is_alive()


def test_running_cluster_of_a_killed_command_is_taken_over(cluster: Cluster, data_folder: DataFolder) -> None:
    hold = (
        "import sys, time; from pathlib import Path; from launcher.database import embedded_cluster\n"
        "from launcher.folders import DataFolder\n"
        "with embedded_cluster(DataFolder(Path(sys.argv[1]))).in_use(): print(flush=True); time.sleep(1000)\n"
    )
    command = [sys.executable, "-c", hold, str(data_folder.path)]
    killed = subprocess.Popen(command, env={**os.environ, "PYTHONPATH": "."}, stdout=subprocess.PIPE)
    assert killed.stdout
    killed.stdout.readline()
    server = postmaster(cluster)
    killed.kill()
    killed.communicate()
    with cluster.in_use() as port:
        assert postmaster(cluster) == server
        assert cluster.execute("SELECT 1", port=port) == "1"
    assert identity_of(server) is None


def test_killed_postmaster_does_not_stop_the_next_start(cluster: Cluster) -> None:
    with cluster.in_use() as port:
        cluster.execute("CREATE TABLE kept AS SELECT 1", port=port)
        cluster.execute("CHECKPOINT", port=port)
        os.kill(postmaster(cluster), signal.SIGKILL)
    with cluster.in_use() as port:
        assert cluster.execute("SELECT * FROM kept", port=port) == "1"


def test_pid_file_that_names_another_program_is_not_believed(cluster: Cluster) -> None:
    with cluster.in_use():
        content = (cluster.data / "postmaster.pid").read_text().splitlines()
    ours = subprocess.Popen(["sleep", "1000"])
    (cluster.data / "postmaster.pid").write_text("\n".join([str(ours.pid), *content[1:]]) + "\n")
    with cluster.in_use() as port:
        assert cluster.execute("SELECT 1", port=port) == "1"
    assert ours.poll() is None  # and left alone
    ours.kill()
    ours.wait()


def test_port_taken_since_last_time_is_given_up(cluster: Cluster) -> None:
    with cluster.in_use() as before:
        pass
    with subprocess.Popen(
        [sys.executable, "-m", "http.server", str(before), "--bind", "127.0.0.1"], stderr=subprocess.DEVNULL
    ) as other:
        assert wait_until(lambda: _is_taken(before), seconds=10)
        with cluster.in_use() as port:
            assert port != before
            assert cluster.execute("SELECT 1", port=port) == "1"
        other.terminate()


def _is_taken(port: int) -> bool:
    return f":{port:04X} " in Path("/proc/net/tcp").read_text()


def test_cluster_of_another_version_is_refused_untouched(cluster: Cluster) -> None:
    with cluster.in_use():
        pass
    (cluster.data / "PG_VERSION").write_text("14\n")
    with (
        pytest.raises(CannotContinueError, match="made by PostgreSQL 14, this release brings 18"),
        cluster.in_use(),
    ):
        pass
    (cluster.data / "PG_VERSION").write_text("18\n")
    with cluster.in_use() as port:
        assert cluster.execute("SELECT 1", port=port) == "1"


def test_cluster_half_made_by_a_killed_start_is_made_again(cluster: Cluster) -> None:
    half = cluster.home / "data.new"
    half.mkdir()
    (half / "PG_VERSION").write_text("18\n")
    with cluster.in_use() as port:
        assert cluster.execute("SHOW server_encoding", port=port) == "UTF8"
    assert not half.exists()


def test_password_is_asked_of_everybody(cluster: Cluster) -> None:
    with cluster.in_use() as port:
        url = f"postgresql://postgres:wrong@127.0.0.1:{port}/postgres"
        assert "password authentication failed" in as_role(cluster, url, "SELECT 1").stderr
