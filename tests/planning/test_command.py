"""`./livinglab plan`: one JSON document, exact; bad input named by file, line and rule with exit status 2."""

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from livinglab.assessments.queries import get_instrument
from livinglab.planning.commands import plan

SPBE = {str(number): 2 for number in range(1, 48)}


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A folder with levels of 2 everywhere and, for each step, its level as effort."""
    (tmp_path / "levels.json").write_text(json.dumps({"levels": SPBE}), encoding="utf-8")
    rows = [f"{number},{level},{level}\n" for number in range(1, 48) for level in range(3, 6)]
    (tmp_path / "effort.csv").write_text("indicator,to_level,effort\n" + "".join(rows), encoding="utf-8")
    return tmp_path


def run(files: Path, *arguments: str, levels: str = "levels.json", code: str = "spbe-2020") -> Result:
    given = [str(files / each) if each.endswith((".csv", ".txt")) else each for each in arguments]
    return CliRunner().invoke(plan, ["--instrument", code, "--levels", str(files / levels), *given])


def answer(result: Result) -> Any:
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def test_the_answer_is_one_document_in_the_documented_shape(files: Path) -> None:
    found = answer(run(files, "--target", "2.05", "--effort", "effort.csv", "--no-precedence", "--json"))
    assert {key: found[key] for key in ("status", "index", "index_exact", "effort", "steps")} == {
        "status": "optimal",
        "index": "2.06",
        "index_exact": "103/50",
        "effort": "6",
        "steps": [
            {"indicator": 42, "from": 2, "to": 3, "effort": "3", "gain_exact": "3/100"},
            {"indicator": 43, "from": 2, "to": 3, "effort": "3", "gain_exact": "3/100"},
        ],
    }
    assert [each["effort"] for each in found["alternatives"]] == ["6", "6", "6"]
    assert (found["highest_reachable"], found["highest_reachable_exact"]) == ("5.00", "5")
    assert found["binding"] == []
    assert found["certificate"] == {
        "method": "dynamic-programme",
        "solver": "exact dynamic programme over whole gains",
        "bound": "6",
        "index_below_exact": "203/100",
        "exact": True,
        "checked": True,
    }


def test_the_target_holds_for_the_unrounded_index(files: Path) -> None:
    """2.0550 would be printed 2.06 as well; the target 2.06 still needs the exact index to reach it."""
    found = answer(run(files, "--target", "2.06", "--effort", "effort.csv", "--json"))
    assert Fraction(found["index_exact"]) >= Fraction("2.06")
    assert found["index_exact"] == "103/50"


def test_the_same_input_gives_the_same_bytes_in_whatever_order_its_rows_stand(files: Path) -> None:
    arguments = ("--target", "3.1", "--effort", "effort.csv", "--json")
    first = run(files, *arguments)
    lines = (files / "effort.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (files / "effort.csv").write_text(lines[0] + "".join(reversed(lines[1:])), encoding="utf-8")
    turned = {"levels": dict(reversed(SPBE.items()))}
    (files / "levels.json").write_text(json.dumps(turned), encoding="utf-8")
    assert run(files, *arguments).stdout_bytes == first.stdout_bytes


def test_precedence_is_kept_unless_it_is_left_out(files: Path) -> None:
    rows = ["indicator,to_level,effort\n"]
    rows += [f"{n},{level},{0 if n == 11 else 100}\n" for n in range(1, 48) for level in range(3, 6)]
    (files / "effort.csv").write_text("".join(rows), encoding="utf-8")
    arguments = ("--target", "2.02", "--effort", "effort.csv", "--json")
    bound, free = answer(run(files, *arguments)), answer(run(files, *arguments, "--no-precedence"))
    assert [(step["indicator"], step["to"]) for step in free["steps"]] == [(11, 3), (11, 4), (11, 5)]
    assert [(step["indicator"], step["to"]) for step in bound["steps"]] == [(1, 3), (11, 3)]
    assert bound["binding"] == [
        {"limit": "precedence", "indicator": 11, "to": 3, "before": 1, "effort_without": "0"}
    ]


def test_locks_are_kept(files: Path) -> None:
    (files / "lock.csv").write_text("indicator,to_level,rule\n21,3,locked\n42,3,exclude\n43,3,promised\n")
    found = answer(run(files, "--target", "2.06", "--effort", "effort.csv", "--lock", "lock.csv", "--json"))
    taken = {(step["indicator"], step["to"]) for step in found["steps"]}
    assert {(21, 3), (43, 3)} <= taken
    assert 42 not in {indicator for indicator, _ in taken}
    assert found["binding"][0]["limit"] == "locked"


def test_an_unreachable_target_is_an_answer(files: Path) -> None:
    result = run(files, "--target", "5.01", "--effort", "effort.csv", "--json")
    found = answer(result)
    assert (found["status"], found["index_exact"], found["highest_reachable"]) == ("unreachable", "5", "5.00")
    assert found["binding"] == [{"limit": "scale", "index_without_exact": "5"}]
    assert "the highest index that can is 5.00" in result.stderr


def test_indices_of_other_agencies_are_fixed_in_pemdi(files: Path) -> None:
    """Indicators 5, 6, 7 and 10 weigh 15 % and stay where they are: at 2, that is 0.45 less than 5."""
    levels = dict.fromkeys((str(n) for n in range(1, 21)), 2) | {"3": 2.5}
    (files / "levels.json").write_text(json.dumps({"levels": levels}), encoding="utf-8")
    found = answer(run(files, "--target", "4.6", "--json", code="pemdi-2026"))
    weights = {each.number: each.weight for each in get_instrument("pemdi-2026").indicators()}
    held = sum(weights[n] for n in (5, 6, 7, 10)) / 100
    assert (found["status"], Fraction(found["highest_reachable_exact"])) == ("unreachable", 5 - 3 * held)
    assert found["binding"] == [{"limit": "fixed", "indicator": number} for number in (5, 6, 7, 10)]
    first = next(step for step in found["steps"] if step["indicator"] == 3)
    assert (first["to"], Fraction(first["gain_exact"])) == (3, weights[3] / 200)


def test_a_target_already_held_asks_for_nothing_and_names_the_next_band(files: Path) -> None:
    result = run(files, "--target", "1.5", "--json")
    found = answer(result)
    assert (found["status"], found["steps"], found["effort"], found["alternatives"]) == (
        "optimal",
        [],
        "0",
        [],
    )
    assert "holds the target 1.5; the next band, baik, begins at 2.60" in result.stderr


def test_limits_bands_years_and_the_curve(files: Path) -> None:
    limited = answer(run(files, "--within", "9", "--effort", "effort.csv", "--json"))
    assert (limited["index_exact"], limited["effort"], limited["target"]) == ("209/100", "9", None)
    counted = answer(run(files, "--steps", "2", "--effort", "effort.csv", "--json"))
    assert (counted["index_exact"], counted["effort"]) == ("103/50", "6")
    band = answer(run(files, "--band", "baik", "--effort", "effort.csv", "--capacity", "30,30,30", "--json"))
    assert Fraction(band["index_exact"]) >= Fraction("2.6")
    assert [step["year"] for step in band["steps"]] == sorted(step["year"] for step in band["steps"])
    curve = answer(run(files, "--target", "2.1", "--effort", "effort.csv", "--curve", "--json"))[
        "price_curve"
    ]
    assert curve[0] == {"index_exact": "2", "effort": "0"}
    assert curve[-1] == {"index_exact": "5", "effort": str(47 * 12)}


def test_a_budget_weighs_what_the_file_and_the_price_say(files: Path) -> None:
    """Effort and money bind apart: of the steps that gain most the file says much rupiah, of the others nothing."""
    bare = (files / "effort.csv").read_text(encoding="utf-8").splitlines()
    dear = [f"{row},{'90' if int(row.split(',')[0]) > 10 else ''}" for row in bare[1:]]
    (files / "cost.csv").write_text("\n".join([f"{bare[0]},rupiah", *dear]), encoding="utf-8")
    goal = ("--target", "2.05", "--no-precedence", "--price", "10", "--json")
    free = answer(run(files, *goal, "--effort", "cost.csv"))
    assert (free["cost"], free["effort"]) == ("180", "6")
    assert {step["cost"] for step in free["steps"]} == {"90"}
    tight = answer(run(files, *goal, "--effort", "cost.csv", "--budget", "120", "--curve"))
    assert Fraction(tight["cost"]) <= Fraction(tight["budget"]) == 120
    assert (tight["status"], tight["effort"], len(tight["steps"])) == ("optimal", "12", 4)
    assert tight["binding"] == [{"limit": "budget", "effort_without": "6"}]
    assert tight["budget_curve"][0] == {"index_exact": "2", "cost": "0"}
    plain = answer(run(files, *goal, "--effort", "effort.csv", "--budget", "59"))
    assert (plain["status"], plain["binding"][0]["limit"], plain["binding"][0]["budget_without"]) == (
        "unreachable",
        "budget",
        "60",
    )


def test_a_person_reads_the_plan_and_its_proof(files: Path) -> None:
    text = run(files, "--target", "2.05", "--effort", "effort.csv").stdout
    assert "from 2.00 to 2.06 with 2 steps and effort 6" in text
    assert "42 to level 3  effort        3  +0.0300  Public service complaint services" in text
    assert (
        "Proven best by exact dynamic programme over whole gains (exact); with less effort the index is 2.0300"
        in text
    )


@pytest.mark.parametrize(
    ("row", "rule", "message"),
    [
        ("1,3,-1", "effort-not-negative", "indicator 1 to level 3: -1 is below 0"),
        ("1,3,NaN", "effort-is-a-number", "NaN is not an effort"),
        ("1,3,1e3", "effort-is-a-number", "1e3 is not an effort"),
        ("1,3,", "effort-is-a-number", "'' is not an effort"),
        ("1,3,1.2345678", "effort-is-a-number", "at most 6 places"),
        ("48,3,1", "known-indicators", "no indicator 48 (there are 1 to 47)"),
        ("1,6,1", "levels-in-scale", "a step leads to level 2 to 5, not 6"),
        ("1,1,1", "levels-in-scale", "not 1"),
        ("2,3,1", "one-row-per-step", "indicator 2 to level 3 has a row already, on line 3"),
        ("1,3", "columns", "expected 3 columns, found 2"),
        ("1,2,1,5", "columns", "expected 3 columns, found 4"),
        ("1,2,1", "row-for-every-open-step", "indicator 1 to level 3 is open but has no row"),
    ],
)
def test_a_bad_effort_row_is_named_by_line_and_rule(files: Path, row: str, rule: str, message: str) -> None:
    kept = [f"{n},{level},1" for n in range(2, 48) for level in range(3, 6)]
    lines = ["indicator,to_level,effort", "1,4,1", *kept, "1,5,1", row]
    (files / "effort.csv").write_text("\n".join(lines), encoding="utf-8")
    result = run(files, "--target", "3", "--effort", "effort.csv", "--json")
    assert result.exit_code == 2
    [problem] = json.loads(result.stdout)["problems"]
    assert (problem["rule"], problem["line"]) == (rule, len(lines))
    assert problem["file"].endswith("effort.csv")
    assert message in problem["message"]
    assert f"effort.csv:{len(lines)}: {rule}: " in result.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--target", "3", "--band", "baik"), "give --target or --band, not both"),
        ((), "give --target or --band, or a limit"),
        (("--band", "best"), "spbe-2020 knows kurang, cukup, baik, sangat-baik, memuaskan"),
        (("--target", "3,5"), "written with a point such as 3.50"),
        (("--target", "-1"), "is not a number from 0"),
        (("--target", "0.5"), "an index lies between 1 and 5"),
        (("--target", "3", "--capacity", "0,0"), "the least a year that does what is asked is "),
        (("--target", "3", "--capacity", "4,x"), "--capacity: 'x' is not an effort"),
        (("--target", "3", "--budget", "-1"), "is not a number from 0"),
        (("--target", "3", "--budget", "banyak"), "is not a number from 0"),
        (("--target", "3", "--budget", "9"), "of 141 open steps nobody said what they cost"),
        (("--target", "3", "--budget", "0", "--price", "5"), "the budget of 0 rupiah pays for no step: the cheapest"),
        (("--steps", "3", "--budget", "9", "--price", "9", "--effort", "effort.csv"), "the least budget that does"),
        (("--target", "3", "--effort", "missing.csv"), "missing.csv: No such file"),
        (("--target", "3", "--effort", "other.txt"), "other.txt:1: header: expected the header indicator,to_level"),
        (("--target", "3", "--lock", "twice.csv"), "twice.csv:3: one-row-per-step: indicator 1 to level 3"),
        (("--target", "3", "--lock", "word.csv"), "word.csv:2: known-rules: unknown rule maybe"),
        (("--target", "3", "--lock", "against.csv"), "drop one of them, or lock it at level 3"),
    ],
)  # fmt: skip
def test_bad_input_is_named_and_ends_with_status_2(
    files: Path, arguments: tuple[str, ...], message: str
) -> None:
    (files / "other.txt").write_text("indicator;effort\n", encoding="utf-8")
    (files / "twice.csv").write_text("indicator,to_level,rule\n1,3,locked\n1,3,excluded\n", encoding="utf-8")
    (files / "word.csv").write_text("indicator,to_level,rule\n1,3,maybe\n", encoding="utf-8")
    (files / "against.csv").write_text(
        "indicator,to_level,rule\n1,5,locked\n1,4,excluded\n", encoding="utf-8"
    )
    result = run(files, *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr


def test_bad_levels_and_unknown_instruments_are_named(files: Path) -> None:
    (files / "levels.json").write_text(json.dumps({"levels": SPBE | {"7": 9}}), encoding="utf-8")
    assert "indicator 7: 9 is outside 1 to 5" in run(files, "--target", "3").stderr
    result = run(files, "--target", "3", code="spbe-1999")
    assert (result.exit_code, "known: pemdi-2026, spbe-2018, spbe-2020" in result.stderr) == (2, True)
