"""The command `plan-all`: the plans of all regions at once, from the database."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Final

import click
from django.utils.translation import override

from livinglab.assessments import queries as assessments
from livinglab.assessments.queries import Instrument
from livinglab.assessments.replies import as_json_option, print_json, refuse
from livinglab.kernel import clock
from livinglab.kernel.unknown import Unanswerable
from livinglab.planning.exact_number import NUMBER
from livinglab.planning.plan_text import number
from livinglab.planning.queries.country_plans import (
    CountryWish,
    RegionPlan,
    country_plans,
    planned_regions,
)
from livinglab.planning.queries.starts import plannable

HEADER: Final = (
    "code",
    "region",
    "standing",
    "instrument",
    "year",
    "origin",
    "synthetic",
    "present",
    "target",
    "index",
    "effort",
    "steps",
    "plan",
)


@click.command("plan-all")
@click.option("--instrument", "code", metavar="CODE", help="By default that of each region's newest results.")
@click.option("--target", type=NUMBER, metavar="INDEX", help="The index each region is to reach.")
@click.option("--band", metavar="BAND", help="Instead of a target: the predicate to reach, such as baik.")
@click.option("--by", metavar="DAY", help="The last day, 2027-12-31; by default the end of next year.")
@click.option("--within", type=NUMBER, metavar="EFFORT", help="Take at most this effort in each region.")
@click.option("--steps", type=click.IntRange(min=1), metavar="NUMBER", help="Take at most this many steps.")
@click.option("--capacity", type=NUMBER, metavar="EFFORT", help="The effort that each year can carry.")
@click.option("--no-precedence", is_flag=True, help="Leave out which step must come before which.")
@click.option("--province", default="", metavar="CODE", help="Only the regions of one province, such as 14.")
@as_json_option
def plan_all(
    *,
    code: str | None,
    target: Fraction | None,
    band: str | None,
    by: str | None,
    within: Fraction | None,
    steps: int | None,
    capacity: Fraction | None,
    no_precedence: bool,
    province: str,
    as_json: bool,
) -> None:
    """Plan all regions: CSV on stdout, or with --json every plan whole; progress on stderr.

    Each begins with what everybody may see of it: levels that it lets be seen, else made-up ones that give its
    published result. Without --target and --band each goes for its next band; a limit alone is for the highest index.
    """
    if target is not None and band is not None:
        raise click.UsageError("give --target or --band, not both")
    if capacity == 0:
        raise click.UsageError("--capacity: a capacity of 0 lets no step be taken; give an effort above 0")
    instrument = _instrument(code)
    today = clock.today()
    wish = CountryWish(
        by=_day(by, today),
        instrument=instrument,
        target=_target(target),
        band=_band(band, instrument),
        effort=within,
        steps=steps,
        capacity=capacity,
        with_precedence=not no_precedence,
    )
    regions = planned_regions(province)
    if not regions:
        raise click.UsageError(
            f"--province: no region of {province[:20]!r} is known; write a code such as 14"
        )
    try:
        with (
            override("en"),
            click.progressbar(
                country_plans(regions, wish, today=today),
                length=len(regions),
                label="Planning regions",
                show_pos=True,
                file=sys.stderr,
            ) as shown,
        ):
            found = list(shown)
    except Unanswerable as error:
        refuse(f"{error.title}. {error.explanation}", as_json=as_json)
    if as_json:
        print_json({"by": wish.by.isoformat(), "regions": [_document(one) for one in found]})
    else:
        _write(found)


def _instrument(code: str | None) -> Instrument | None:
    known = {each.code: each for each in plannable()}
    if code is not None and code not in known:
        raise click.UsageError(
            f"--instrument: {code[:40]!r} cannot be planned with; known: {', '.join(known)}"
        )
    return known[code] if code else None


def _band(code: str | None, instrument: Instrument | None) -> str:
    """Return a band's code. A usage error where an instrument to plan with does not know it."""
    for each in (instrument,) if instrument else plannable():
        bands = [band.code for band in each.bands]
        if code is not None and code not in bands:
            raise click.UsageError(f"--band: {code[:40]!r} is unknown; {each.code} knows {', '.join(bands)}")
    return code or ""


def _target(target: Fraction | None) -> Fraction | None:
    highest = max(each.scale.maximum for each in plannable())
    if target is not None and target > highest:
        raise click.UsageError(
            f"--target: {float(target):g} is above the scale; the highest index is {highest}"
        )
    return target


def _day(text: str | None, today: date) -> date:
    if text is None:
        return date(today.year + 1, 12, 31)
    try:
        found = datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC).date()
    except ValueError:
        raise click.UsageError(f"--by: {text[:20]!r} is not a day; write it such as 2027-12-31") from None
    if found <= today:
        raise click.UsageError(f"--by: {text} is past; a plan ends in the future")
    return found


def _document(one: RegionPlan) -> dict[str, object]:
    region: dict[str, object] = {
        "code": one.region.code,
        "name": one.region.name,
        "standing": one.standing.value,
    }
    if one.made is None:
        return region
    start = one.made.start
    begun = {"year": start.year, "origin": start.origin.value, "is_synthetic": start.is_synthetic}
    return {**region, "start": begun, **one.made.document}


def _write(found: Iterable[RegionPlan]) -> None:
    rows = csv.writer(sys.stdout, lineterminator="\n")
    rows.writerow(HEADER)
    rows.writerows(_row(one) for one in found)


def _row(one: RegionPlan) -> tuple[object, ...]:
    named = (one.region.code, one.region.name, one.standing.value)
    if one.made is None:
        return (*named, *[""] * (len(HEADER) - len(named)))
    made, best = one.made, one.made.outcome.best
    start = made.start
    return (
        *named,
        start.instrument.code,
        start.year,
        start.origin.value,
        str(start.is_synthetic).lower(),
        assessments.round_half_up(made.problem.index, start.instrument.places),
        "" if made.goal.target is None else number(made.goal.target),
        assessments.round_half_up(best.index, start.instrument.places),
        number(best.effort),
        len(best.steps),
        " ".join(f"{step.indicator}:{step.to_level}" for step in best.steps),
    )
