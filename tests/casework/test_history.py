"""The long history: steps of cases as Parquet without anything personal, and durations read from it."""

import json
from datetime import timedelta
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner, Result

from livinglab.casework.adapters.history import COLUMNS
from livinglab.casework.commands import casework
from livinglab.casework.domain.states import SeatKind
from livinglab.casework.models import Case
from livinglab.casework.operations import counting
from livinglab.kernel.tenancy import tenancy
from tests.casework.kit import ANSWERS, AT, REGION, VILLAGE, arrived, done, home, running, seated


def run(*arguments: str) -> Result:
    return CliRunner().invoke(casework, list(arguments))


def three_cases() -> None:
    """Have three cases refused after one, two and forty days; the last ends in December."""
    service, officer = running(), seated("operator", SeatKind.VILLAGE, VILLAGE)
    for days in (1, 2, 40):
        case = arrived(service)
        done(
            case.id,
            "check",
            officer,
            key=str(days),
            result="wrong",
            reason="Bukan warga desa ini.",
            at=AT + timedelta(days=days),
        )
        counting.count_case(organization_id=home().id, case_id=case.id)


@pytest.mark.django_db
def test_steps_leave_by_region_and_month_without_anything_personal(tmp_path: Path) -> None:
    three_cases()
    done_ = run("export", "--to", str(tmp_path), "--region", REGION)
    assert done_.exit_code == 0, done_.output
    files = sorted(one.relative_to(tmp_path).as_posix() for one in tmp_path.rglob("*"))
    assert files == [REGION, f"{REGION}/2026-11.parquet", f"{REGION}/2026-12.parquet"]
    held = duckdb.sql(f"FROM read_parquet('{tmp_path}/*/*.parquet')")
    assert held.columns == list(COLUMNS)
    with tenancy(home().id):
        secret = {one for row in Case.objects.values_list("id", "number", "secret") for one in map(str, row)}
    said = " ".join(str(cell) for row in held.fetchall() for cell in row)
    for personal in (*secret, VILLAGE, str(ANSWERS["full_name"]), str(ANSWERS["nik"]), "10:00"):
        assert personal not in said
    ended = duckdb.sql(
        "SELECT from_start, counted_days, is_late, outcome FROM held WHERE what = 'ended' ORDER BY 1"
    )
    day = 86_400
    assert ended.fetchall() == [
        (day, 1, False, "refused"),
        (2 * day, 2, False, "refused"),
        (40 * day, 29, True, "refused"),
    ]


@pytest.mark.django_db
def test_an_export_can_be_repeated(tmp_path: Path) -> None:
    three_cases()
    first = run("export", "--to", str(tmp_path))
    again = run("export", "--to", str(tmp_path))
    assert first.output == again.output
    assert first.output.startswith(f"{REGION}: ")
    assert len(list(tmp_path.rglob("*"))) == 3


@pytest.mark.django_db
def test_durations_are_those_of_the_cases(tmp_path: Path) -> None:
    three_cases()
    run("export", "--to", str(tmp_path))
    found = json.loads(run("durations", str(tmp_path), "--json").stdout)["durations"]
    assert [(one["month"], one["cases"], one["p50"], one["p95"]) for one in found] == [
        ("2026-11", 2, 1.0, 2.0),
        ("2026-12", 1, 40.0, 40.0),
    ]
    lines = run("durations", str(tmp_path), "--by-step").stdout.splitlines()
    assert lines[0] == "package,month,step,cases,p50,p95"
    assert [one.split(",", 1)[1] for one in lines if ",check," in one] == [
        "2026-11,check,2,1.0,2.0",
        "2026-12,check,1,40.0,40.0",
    ]


def test_a_folder_without_history_is_refused(tmp_path: Path) -> None:
    refused = run("durations", str(tmp_path), "--json")
    assert refused.exit_code == 2
    assert "holds no file of the form" in json.loads(refused.stdout)["error"]


def test_limits_that_duckdb_does_not_understand_are_refused(tmp_path: Path) -> None:
    (tmp_path / "32.11").mkdir()
    duckdb.sql("SELECT 1 AS a").write_parquet(str(tmp_path / "32.11" / "2026-11.parquet"))
    assert run("durations", str(tmp_path), "--memory", "a lot").exit_code == 2
    assert run("durations", str(tmp_path)).exit_code == 2  # a file of another kind
