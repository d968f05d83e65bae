"""The command `plan`: reads files, needs no database; `plan-all` beside it."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import NoReturn

import click

from livinglab.assessments import queries as assessments
from livinglab.assessments.queries import Instrument, Level
from livinglab.assessments.replies import as_json_option, print_json, refuse
from livinglab.kernel.unknown import UnknownValue
from livinglab.planning import queries
from livinglab.planning.adapters.row_files import MAXIMUM_BYTES, RowProblems
from livinglab.planning.adapters.step_files import Known, ToldEfforts, Wishes, read_efforts, read_locks
from livinglab.planning.country_command import plan_all
from livinglab.planning.exact_number import DECIMAL, NUMBER
from livinglab.planning.plan_text import plan_text
from livinglab.planning.queries import Conflict, Goal, Problem, TooFine


@click.command()
@click.option("--instrument", "code", required=True, metavar="CODE", help="An instrument such as spbe-2020.")
@click.option(
    "--levels", required=True, metavar="FILE", help="Present levels, as for `score`: JSON or indicator,level."
)
@click.option("--target", type=NUMBER, metavar="INDEX", help="The index to reach with the least effort.")
@click.option("--band", metavar="BAND", help="Instead of a target: the predicate to reach, such as baik.")
@click.option(
    "--effort",
    metavar="FILE",
    help="Your own efforts: indicator,to_level,effort[,rupiah]; by default from what regions did.",
)
@click.option(
    "--lock",
    metavar="FILE",
    help="indicator,to_level[,rule]: steps that are locked (must be in), promised or excluded.",
)
@click.option("--no-precedence", is_flag=True, help="Leave out which step must come before which.")
@click.option("--within", type=NUMBER, metavar="EFFORT", help="Take at most this effort in all.")
@click.option("--steps", type=click.IntRange(min=0), metavar="NUMBER", help="Take at most this many steps.")
@click.option(
    "--capacity", metavar="EFFORT,…", help="The effort each year can carry, the first year first: 40,40,60."
)
@click.option("--budget", type=NUMBER, metavar="RUPIAH", help="Spend at most this many rupiah in all.")
@click.option(
    "--price",
    type=NUMBER,
    metavar="RUPIAH",
    help="What a unit of effort costs, for steps whose rupiah the effort file does not tell.",
)
@click.option("--curve", is_flag=True, help="Add the price of every index that can be reached.")
@as_json_option
def plan(
    *,
    code: str,
    levels: str,
    target: Fraction | None,
    band: str | None,
    effort: str | None,
    lock: str | None,
    no_precedence: bool,
    within: Fraction | None,
    steps: int | None,
    capacity: str | None,
    budget: Fraction | None,
    price: Fraction | None,
    curve: bool,
    as_json: bool,
) -> None:
    """Find the cheapest steps to a target index, proven; or the highest index within a limit.

    Reads files and needs no database; - reads the levels from stdin. An index that cannot be reached is an answer:
    it says which is the highest. Bad input is named on stderr and ends with status 2.
    """
    try:
        instrument = assessments.get_instrument(code)
        goal = _goal(instrument, target, band, within, steps, capacity, budget)
        held = assessments.read_levels(instrument, _content(levels))
        known = Known(assessments.level_keys(instrument, held), instrument.scale.levels[1:])
        wishes = read_locks(lock, _content(lock), known) if lock else Wishes()
        told = _efforts(instrument, held, effort, known)
        costs = queries.costs_of_steps(told.efforts, told.costs, price)
        found = queries.problem_of(
            instrument, held, told.efforts, costs=costs, wishes=wishes, with_precedence=not no_precedence
        )
        outcome = queries.solve(found, goal)
        document = queries.document(instrument, found, goal, outcome)
        document |= _curves(found) if curve else {}
    except (assessments.LevelFileError, assessments.LevelErrors) as error:
        refuse(f"{levels}: {error}", as_json=as_json)
    except RowProblems as error:
        _refuse_rows(error, as_json=as_json)
    except (Conflict, TooFine) as error:
        refuse(str(error), as_json=as_json)
    except UnknownValue:
        refuse(f"instrument: {code[:40]!r} is unknown; known: {', '.join(_codes())}", as_json=as_json)
    except OSError as error:
        refuse(f"{error.filename}: {error.strerror}", as_json=as_json)
    document = {"instrument": instrument.code, "effort_from": "file" if effort else "default", **document}
    if outcome.status is queries.Status.UNREACHABLE:
        click.echo(_unreachable(goal, outcome, instrument), err=True)
    elif goal.target is not None and goal.target <= found.index:
        click.echo(_reached(goal.target, found.index, instrument), err=True)
    if as_json:
        print_json(document)
    else:
        click.echo(plan_text(instrument, found, goal, outcome))


def _curves(found: Problem) -> queries.JsonObject:
    """Return the price of every index in effort, and where every step has a cost, in rupiah."""
    prices = queries.budget_curve(found)
    paid = [{"index_exact": str(index), "cost": str(cost)} for index, cost in prices]
    return {
        "price_curve": [
            {"index_exact": str(index), "effort": str(effort)} for index, effort in queries.price_curve(found)
        ],
        **({"budget_curve": paid} if paid else {}),
    }


def _goal(
    instrument: Instrument,
    target: Fraction | None,
    band: str | None,
    within: Fraction | None,
    steps: int | None,
    capacity: str | None,
    budget: Fraction | None,
) -> Goal:
    """Return the goal that the options name; a usage error where they name none or two targets."""
    if target is not None and band is not None:
        raise click.UsageError("give --target or --band, not both")
    limits = (within, steps, capacity, budget)
    if target is None and band is None and all(each is None for each in limits):
        raise click.UsageError(
            "give --target or --band, or a limit: --within, --steps, --capacity or --budget"
        )
    if target is not None and target < instrument.scale.minimum:
        low, high = instrument.scale.minimum, instrument.scale.maximum
        raise click.UsageError(
            f"--target: {float(target):g} is below {low}; an index lies between {low} and {high}"
        )
    wanted = _lower_end(instrument, band) if band is not None else target
    return Goal(
        target=wanted,
        effort_limit=within,
        steps_limit=steps,
        capacity=_capacity(capacity),
        budget=budget,
    )


def _lower_end(instrument: Instrument, code: str) -> Fraction:
    """Return the least index of a band. Compared unrounded, so that no rounding rule of a year can undo the plan."""
    for band in instrument.bands:
        if band.code == code:
            return Fraction(band.lower)
    known = ", ".join(band.code for band in instrument.bands)
    raise click.UsageError(f"--band: {code[:40]!r} is unknown; {instrument.code} knows {known}")


def _capacity(text: str | None) -> tuple[Fraction, ...]:
    if text is None:
        return ()
    years = [year.strip() for year in text.split(",")]
    wrong = [year for year in years if not DECIMAL.fullmatch(year)]
    if wrong or len(years) > 50:
        raise click.UsageError(
            f"--capacity: {(wrong or years)[0][:40]!r} is not an effort; write up to 50 years such as 40,40,60"
        )
    return tuple(Fraction(year) for year in years)


def _efforts(
    instrument: Instrument, held: Mapping[str, Level], file: str | None, known: Known
) -> ToldEfforts:
    if file is None:
        return ToldEfforts(queries.likely_efforts(instrument, held), {})
    return read_efforts(file, _content(file), known, queries.open_steps(instrument, held))


def _content(file: str) -> bytes:
    if file == "-":
        return sys.stdin.buffer.read(MAXIMUM_BYTES + 1)
    with Path(file).open("rb") as opened:
        return opened.read(MAXIMUM_BYTES + 1)


def _codes() -> list[str]:
    return sorted(each.code for each in assessments.instruments())


def _refuse_rows(error: RowProblems, *, as_json: bool) -> NoReturn:
    problems = [
        {"file": each.file, "line": each.line, "rule": each.rule, "message": each.message}
        for each in error.problems
    ]
    refuse(str(error), as_json=as_json, problems=problems)


def _unreachable(goal: Goal, outcome: queries.Outcome, instrument: Instrument) -> str:
    highest = assessments.round_half_up(outcome.highest_reachable, instrument.places)
    reasons = sorted({each.limit.value for each in outcome.binding})
    return (
        f"The target {float(goal.target or 0):g} cannot be reached; the highest index that can is {highest} "
        f"(exactly {outcome.highest_reachable}). It is held down by: {', '.join(reasons)}."
    )


def _reached(target: Fraction, index: Fraction, instrument: Instrument) -> str:
    present = assessments.round_half_up(index, instrument.places)
    higher = next((band for band in instrument.bands if band.lower > index), None)
    hint = f"; the next band, {higher.code}, begins at {higher.lower}" if higher else ""
    return (
        f"The index is {present} already (exactly {index}), which holds the target {float(target):g}{hint}."
    )


COMMANDS = (plan, plan_all)
