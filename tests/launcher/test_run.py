"""./run starts from nothing, says so, and leaves nothing behind."""

import re
import shutil
import signal
import socket
import subprocess
import urllib.request
from pathlib import Path

import pytest

from launcher.processes import wait_until
from tests.launcher.conftest import Installation

SERVING = [["worker"]]


def wait_for_ready(process: subprocess.Popen[str], port: int) -> str:
    """This function will read what ./run prints up to the last sign-in, checking that it says Ready."""
    assert process.stdout
    lines = [process.stdout.readline() for _ in range(6)]
    assert lines[1] == f"Ready: http://127.0.0.1:{port}\n", (lines, process.stderr and process.stderr.read())
    return "".join(lines)


def page(port: int) -> str:
    """This function will fetch the first page."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/") as response:
        return str(response.read().decode())


def stop(process: subprocess.Popen[str], number: signal.Signals = signal.SIGTERM) -> tuple[int, str]:
    """This function will ask ./run to stop, and give its exit status and messages."""
    process.send_signal(number)
    _, errors = process.communicate(timeout=30)
    return process.returncode, errors


def test_first_start_does_every_step_then_serves_and_names_the_sign_ins(
    installation: Installation, free_port: int
) -> None:
    process = installation.start("run", "--port", str(free_port))
    printed = wait_for_ready(process, free_port)
    assert printed.endswith("\nSign in as\n  sekda@demo.example  demo\n\n")
    assert page(free_port) == "application"  # the owner's address is not in the web process
    assert stop(process)[0] == 0
    assert sorted(installation.calls()) == sorted(
        [
            ["messages", "compile"],
            ["static"],
            ["migrate"],
            ["load-reference"],
            ["demo-sign-ins", "--json"],
            *SERVING,
        ]
    )
    assert installation.remains() == []


def test_second_start_repeats_no_step_and_a_changed_migration_repeats_migrating(
    installation: Installation, free_port: int
) -> None:
    for expected in (6, 1):
        process = installation.start("run", "--port", str(free_port))
        wait_for_ready(process, free_port)
        assert stop(process, signal.SIGINT)[0] == 0
        calls = installation.calls()
        assert len(calls) == expected
    assert sorted(calls) == SERVING
    (installation.root / "src/livinglab/portal/migrations/0001_initial.py").write_text("")
    process = installation.start("run", "--port", str(free_port))
    wait_for_ready(process, free_port)
    stop(process)
    assert sorted(installation.calls()) == sorted([["migrate"], *SERVING])


def test_second_run_on_the_same_data_says_that_one_is_running(
    installation: Installation, free_port: int
) -> None:
    process = installation.start("run", "--port", str(free_port))
    wait_for_ready(process, free_port)
    second = installation.call("run", "--port", str(free_port + 1))
    assert second.returncode == 1
    assert f"already running on {installation.var}" in second.stderr
    assert page(free_port) == "application"  # the first one is not disturbed
    stop(process)


def test_port_of_another_program_is_named_with_the_way_out(installation: Installation) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        refused = installation.call("run", "--port", str(port))
    assert refused.returncode == 1
    assert f"Port {port} on 127.0.0.1 is in use" in refused.stderr
    assert f"./run --port {port + 1}" in refused.stderr
    assert installation.calls() == []


def test_production_names_each_missing_setting_and_starts_nothing(installation: Installation) -> None:
    refused = installation.call("run", "--production", SECRET_KEY="x")
    assert refused.returncode == 2
    assert "DATABASE_URL" in refused.stderr
    assert "ALLOWED_HOSTS" in refused.stderr
    assert "SECRET_KEY  " not in refused.stderr
    assert not installation.var.exists()


def test_data_goes_where_it_is_told(installation: Installation, free_port: int, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    process = installation.start("run", "--port", str(free_port), "--data", str(elsewhere))
    wait_for_ready(process, free_port)
    stop(process)
    made = sorted(path.name for path in elsewhere.iterdir())
    assert made == ["logs", "postgres", "running", "secrets", "stamps", "static"]
    assert not installation.var.exists()
    assert (elsewhere / "secrets").stat().st_mode & 0o777 == 0o700
    shutil.rmtree((elsewhere / "postgres").resolve())  # may lie outside tmp_path


def test_a_worker_that_dies_stops_the_site_with_an_error(installation: Installation, free_port: int) -> None:
    cli = installation.root / "src/livinglab/config/cli.py"
    cli.write_text(cli.read_text().replace('if command == "worker":', 'if command == "never":'))
    process = installation.start("run", "--port", str(free_port))
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "The worker process ended" in errors
    assert installation.remains() == []


@pytest.mark.long
def test_a_killed_run_leaves_nothing_that_stops_the_next(installation: Installation, free_port: int) -> None:
    for _ in range(2):
        process = installation.start("run", "--port", str(free_port))
        wait_for_ready(process, free_port)
        process.kill()
        process.communicate()
    process = installation.start("run", "--port", str(free_port))
    wait_for_ready(process, free_port)
    assert page(free_port) == "application"
    assert stop(process)[0] == 0


@pytest.mark.long
def test_everything_killed_at_once_leaves_nothing_that_stops_the_next(
    installation: Installation, free_port: int
) -> None:
    process = installation.start("run", "--port", str(free_port))
    wait_for_ready(process, free_port)
    postmaster = int(
        ((installation.var / "postgres").resolve() / "data/postmaster.pid").read_text().split()[0]
    )
    subprocess.run(["kill", "-9", str(process.pid), str(postmaster)], check=True)
    process.communicate()
    process = installation.start("run", "--port", str(free_port))
    wait_for_ready(process, free_port)
    assert stop(process)[0] == 0
    assert wait_until(lambda: installation.remains() == [], seconds=10)


def test_a_site_that_takes_its_time_is_waited_for_and_that_is_said(
    installation: Installation, free_port: int
) -> None:
    (installation.root / "slow").write_text("12")
    process = installation.start("run", "--port", str(free_port))
    wait_for_ready(process, free_port)
    status, errors = stop(process)
    assert status == 0
    said = f"Waiting for the web process, which runs, to answer on port {free_port}: "
    assert re.search(rf"{said}\d+ s of at most 300 s\.", errors)


def test_a_site_that_never_answers_is_given_up_with_what_was_waited_for(
    installation: Installation, free_port: int
) -> None:
    serving = installation.root / "launcher" / "serving.py"
    hasty = (
        serving.read_text().replace("PATIENCE = 300 ", "PATIENCE = 3 ").replace("ANSWER = 60 ", "ANSWER = 1 ")
    )
    serving.write_text(hasty)
    (installation.root / "slow").write_text("60")
    done = installation.call("run", "--port", str(free_port))
    assert done.returncode == 1
    assert f"did not answer on port {free_port} within 3 s, though its web process runs." in done.stderr
    assert wait_until(lambda: installation.remains() == [], seconds=10)
