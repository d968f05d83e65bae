"""The plan of one region and of the whole country, under precedence; and the price of every index."""

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final

from benchmarks.pages import Page, measure_page
from benchmarks.rows import Row, Target, timings
from livinglab.assessments.queries import Level, get_instrument, score
from livinglab.planning import queries

COUNTRY: Final = 514
RISE: Final = Fraction(
    7, 10
)  # what a region aims above its index: more than the country rose from 2022 to 2024
_INSTRUMENT: Final = "spbe-2020"


@dataclass(frozen=True, slots=True)
class _Region:
    """Seeded levels and efforts, no two regions alike; efforts of two places, the hardest kind."""

    levels: dict[str, Level]
    efforts: dict[queries.StepKey, Fraction]
    costs: dict[queries.StepKey, Fraction] | None = None

    @property
    def problem(self) -> queries.Problem:
        """What its plan is made from."""
        return queries.problem_of(get_instrument(_INSTRUMENT), self.levels, self.efforts, costs=self.costs)

    @property
    def target(self) -> Fraction:
        """The index it wants."""
        return score(get_instrument(_INSTRUMENT), self.levels).index_exact + RISE


def plan_region(*, runs: int) -> Row:
    """This function will time plans from levels to document: certificate, alternatives, binding limits, final check."""
    regions = iter([_region(number) for number in range(runs + 5)])
    return _row("plan", "47 indicators, 12 precedence rules", lambda: _plan(next(regions)), runs, 150)


def plan_country(*, runs: int) -> Row:
    """This function will time the plans of all regions, one after the other in one process; once, whatever `runs`."""
    regions = [_region(number) for number in range(COUNTRY)]
    size = f"{COUNTRY} regions x 47 indicators, one process"
    return _row(
        "plan-country", size, lambda: [_plan(each) for each in regions], min(runs, 2), 60_000, warmup=0
    )


def price_curve(*, runs: int) -> Row:
    """This function will time the exact price of every index that a region can reach."""
    problem = _region(0).problem
    return _row("plan-curve", "47 indicators, every price", lambda: queries.price_curve(problem), runs, 1_000)


def plan_two_limits(*, runs: int) -> Row:
    """This function will time plans that two limits bind at once, another region each run, with all that is known."""
    asked = iter([_few_steps(number) for number in range(runs + 6)])
    return _row(
        "plan-two-limits", "47 indicators, target and number of steps", lambda: _plan(*next(asked)), runs, 150
    )


def plan_budget(*, runs: int) -> Row:
    """This function will time plans within a budget that effort does not follow, another region each run.

    From level to document as `plan`; budgets from tight to nearly enough, every fourth with a number of steps as well.
    """
    asked = iter([_own_costs(number) for number in range(runs + 6)])
    return _row(
        "plan-budget",
        "47 indicators, target and budget with costs of their own",
        lambda: _plan(*next(asked)),
        runs,
        150,
    )


def _few_steps(number: int) -> tuple[_Region, queries.Goal]:
    region = _region(number)
    free = queries.solve(region.problem, queries.Goal(region.target), explain=False, alternatives=0).best
    return region, queries.Goal(region.target, steps_limit=len(free.steps) - 1 - number % 3)


def _own_costs(number: int) -> tuple[_Region, queries.Goal]:
    seeded = random.Random(7 + number)
    region = _region(number)
    region = replace(
        region, costs={step: Fraction(seeded.randint(1, 60) * 5_000_000) for step in region.efforts}
    )
    problem, goal = region.problem, queries.Goal(region.target)
    free = queries.solve(problem, goal, explain=False, alternatives=0).best
    least = queries.solve(problem.in_money(), goal, explain=False, alternatives=0).best.effort
    share = Fraction(seeded.choice((5, 20, 50, 80, 95)), 100)
    budget = Fraction(int(least + share * ((free.cost or least) - least)))
    return region, replace(goal, budget=budget, steps_limit=None if number % 4 else len(free.steps) + 1)


def _plan(region: _Region, goal: queries.Goal | None = None) -> object:
    problem, asked = region.problem, goal or queries.Goal(region.target)
    return queries.document(get_instrument(_INSTRUMENT), problem, asked, queries.solve(problem, asked))


def _region(seed: int) -> _Region:
    instrument, seeded = get_instrument(_INSTRUMENT), random.Random(seed)
    levels: dict[str, Level] = {
        each.key: seeded.choices((1, 2, 3, 4), (3, 3, 2, 1))[0] for each in instrument.indicators()
    }
    steps = queries.open_steps(instrument, levels)
    return _Region(levels, {step: Fraction(seeded.randint(100, 5_000), 100) for step in steps})


def _row(
    name: str, size: str, work: Callable[[], object], runs: int, promised: float | None, *, warmup: int = 5
) -> Row:
    p50, p95 = timings(work, runs=max(runs, 2), warmup=warmup)
    return Row(name=name, size=size, p50_ms=p50, p95_ms=p95, target=Target(p95_ms=promised))


_SIMULATE: Final = Page(
    name="simulate",
    url="/regions/14.08/simulate/?to=21:4,22:3&accept=80",
    size="47 indicators, two moved, one region",
    target=Target(p95_ms=40, queries=10),
)


BENCHMARKS: Final[dict[str, Callable[[int], Row]]] = {
    "plan": lambda runs: plan_region(runs=runs),
    "plan-country": lambda runs: plan_country(runs=runs),
    "plan-curve": lambda runs: price_curve(runs=runs),
    "plan-budget": lambda runs: plan_budget(runs=runs),
    "plan-two-limits": lambda runs: plan_two_limits(runs=runs),
    "simulate": lambda runs: measure_page(_SIMULATE, runs=runs),
}
