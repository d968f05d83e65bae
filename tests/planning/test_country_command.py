"""`./livinglab plan-all`: every region's plan as CSV or one JSON document, the progress beside it."""

import csv
import io
import json
from fractions import Fraction

import pytest
from click.testing import CliRunner, Result
from django.test import Client

from livinglab.planning.commands import plan_all

pytestmark = pytest.mark.django_db
RIAU = ("--province", "14")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(plan_all, arguments)


def rows(*arguments: str) -> dict[str, dict[str, str]]:
    done = run(*arguments)
    assert done.exit_code == 0, done.stderr
    return {row["code"]: row for row in csv.DictReader(io.StringIO(done.stdout))}


def test_each_region_of_a_province_gets_the_plan_that_its_page_shows(client: Client) -> None:
    found = rows(*RIAU, "--by", "2030-12-31")
    assert len(found) == 12
    document = client.get("/api/v1/regions/14.08/plan?by=2030-12-31").json()
    siak = found["14.08"]
    assert (siak["standing"], siak["present"], siak["synthetic"]) == ("optimal", "3.54", "true")
    assert siak["plan"].split() == [f"{step['indicator']}:{step['to']}" for step in document["steps"]]
    assert siak["effort"] == f"{float(Fraction(document['effort'])):.2f}"


def test_a_target_that_is_held_already_needs_no_step_and_one_out_of_reach_is_an_answer() -> None:
    held = rows(*RIAU, "--target", "3.5")
    assert (held["14.08"]["standing"], held["14.08"]["plan"]) == ("reached", "")
    assert held["14.01"]["standing"] == "optimal"
    short = rows(*RIAU, "--target", "4.9", "--steps", "2")
    assert {(one["standing"], one["steps"]) for one in short.values()} == {("unreachable", "2")}


def test_a_limit_alone_is_for_the_highest_index_within_it() -> None:
    found = rows(*RIAU, "--steps", "1")
    assert {(one["standing"], one["steps"], one["target"]) for one in found.values()} == {
        ("optimal", "1", "")
    }


def test_a_region_without_published_levels_is_named_with_an_empty_row() -> None:
    found = rows("--province", "31")
    assert {one["standing"] for one in found.values()} == {"no-levels"}
    assert {one["plan"] for one in found.values()} == {""}


def test_json_holds_every_plan_whole_and_progress_stays_off_stdout() -> None:
    done = run(*RIAU, "--instrument", "pemdi-2026", "--json")
    document = json.loads(done.stdout)
    assert len(document["regions"]) == 12
    assert {one["start"]["origin"] for one in document["regions"]} == {"carried"}
    assert all(one["certificate"]["exact"] for one in document["regions"])
    assert "Planning regions" in done.stderr


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("--target 3 --band baik", "give --target or --band, not both"),
        ("--target 6", "--target: 6 is above the scale; the highest index is 5"),
        ("--band bagus", "--band: 'bagus' is unknown; pemdi-2026 knows kurang, cukup, baik"),
        ("--by 2020-01-01", "--by: 2020-01-01 is past"),
        ("--by soon", "--by: 'soon' is not a day; write it such as 2027-12-31"),
        ("--capacity 0", "--capacity: a capacity of 0 lets no step be taken"),
        (
            "--instrument spbe-2018",
            "--instrument: 'spbe-2018' cannot be planned with; known: pemdi-2026, spbe-2020",
        ),
        ("--province 99", "--province: no region of '99' is known"),
    ],
)
def test_a_wrong_wish_is_named_with_the_nearest_right_one(line: str, said: str) -> None:
    done = run(*line.split())
    assert (done.exit_code, done.stdout) == (2, "")
    assert said in " ".join(done.stderr.split())
