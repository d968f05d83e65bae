"""Reads the days of the budget year from reference/budget-year.yaml."""

from datetime import date
from pathlib import Path

import yaml

from livinglab.actions.domain.cutoffs import BudgetYear, Certainty, Cutoff, Stage

#: a leap day is no cut-off: it must exist in every year
_ANY_YEAR = 2027
_YEARS_BEFORE = {"before": 1, "within": 0}


class BudgetYearRefused(Exception):
    """The file says something that it may not; the message names the file and the entry."""


def read_budget_year(path: Path) -> BudgetYear:
    """Return the cut-offs of every stage. Errors: `BudgetYearRefused` with the entry and what is wrong."""
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise BudgetYearRefused(f"{path}: cannot be read: {error}") from error
    entries = content.get("cutoffs") if isinstance(content, dict) else None
    if not isinstance(entries, list):
        raise BudgetYearRefused(f"{path}: expected a list under 'cutoffs'")
    cutoffs = {}
    for number, entry in enumerate(entries, start=1):
        cutoff = _cutoff(f"{path}: entry {number}", entry)
        if cutoff.stage in cutoffs:
            raise BudgetYearRefused(f"{path}: entry {number}: {cutoff.stage} comes twice")
        cutoffs[cutoff.stage] = cutoff
    if missing := [stage for stage in Stage if stage not in cutoffs]:
        raise BudgetYearRefused(f"{path}: missing: {', '.join(missing)}")
    return BudgetYear(cutoffs)


def _cutoff(where: str, entry: object) -> Cutoff:
    match entry:
        case {
            "stage": str(stage),
            "year": str(year),
            "month": int(month),
            "day": int(day),
            "status": str(status),
            "law": str(law),
            "source": {"id": str(in_indonesian), "en": str(in_english)},
            **others,
        }:
            try:
                date(_ANY_YEAR, month, day)
                return Cutoff(
                    stage=Stage(stage),
                    month=month,
                    day=day,
                    years_before=_YEARS_BEFORE[year],
                    certainty=Certainty(status),
                    law=law,
                    source={"id": in_indonesian, "en": in_english},
                    url=str(others.get("url", "")),
                )
            except (ValueError, KeyError) as error:
                raise BudgetYearRefused(f"{where}: {error}") from error
    raise BudgetYearRefused(f"{where}: expected stage, year, month, day, status, law and source (id, en)")
