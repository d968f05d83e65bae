"""How often regions take a step within a year, and how likely a region takes the next step of a domain."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np

from livinglab.assessments import queries as assessments
from livinglab.assessments.queries import Instrument
from livinglab.comparisons.queries import RankedYear, region_standings
from livinglab.planning.domain.efforts import Basis, StepHistory, share_of
from livinglab.planning.domain.likelihood import Rows, Standing, Surroundings, fit_model, rows_of
from livinglab.planning.domain.problems import StepKey
from livinglab.planning.queries import HISTORY_INSTRUMENT, parts_of, step_history

_WIDTH: Final = 1.2816  # 80 % of a normal distribution lie within, as for the ranges of efforts
_MARGIN: Final = 0.5  # how far below a level a domain's value counts as holding it
_REGION: Final = re.compile(r"(\d\d)\.\d\d", re.ASCII)


@dataclass(frozen=True, slots=True)
class Share:
    """A share of one with the ends of its 80 % interval."""

    low: float
    likely: float
    high: float


@dataclass(frozen=True, slots=True)
class StepLikelihood:
    """How many of the regions in reach took a step from one year to the next; published results of domains.

    `here` is what the model says of this region, None where the step is not the next one of its domain.
    """

    took: int
    in_reach: int
    from_year: int
    to_year: int
    often: Share
    basis: Basis
    here: Share | None


def step_likelihood(
    instrument: Instrument, key: StepKey, code: str, ranked: RankedYear | None
) -> StepLikelihood | None:
    """Return how often a step is taken; None where no count is known. `ranked` is the newest year with a ranking.

    Two queries at the first call after a change of results, then none.
    """
    number = int(key[0].split("-")[0])
    indicator = next(each for each in instrument.indicators() if each.number == number)
    parts, basis = parts_of(instrument, indicator)
    found = [_counts()[part, key[1]] for part in dict.fromkeys(parts) if (part, key[1]) in _counts()]
    if not found:
        return None
    took, in_reach = sum(one.took for one in found), sum(one.in_reach for one in found)
    low, likely, high = share_of(took, in_reach)
    here = None
    if basis is Basis.DOMAIN and ranked is not None:
        here = _country(ranked, found[0].from_year, found[0].to_year).get((code, parts[0], key[1]))
    often = Share(float(low), float(likely), float(high))
    return StepLikelihood(took, in_reach, found[0].from_year, found[0].to_year, often, basis, here)


def _counts() -> dict[tuple[str, int], StepHistory]:
    return {(one.part, one.to_level): one for one in step_history()}


@lru_cache(maxsize=4)
def _country(ranked: RankedYear, first: int, last: int) -> Mapping[tuple[str, str, int], Share]:
    """Return for each region and domain its next level and how likely it takes that step within a year.

    The model learns from one published transition and is asked of where it left the regions. `ranked` names the state
    of the data: what is kept is never old.
    """
    instrument = assessments.get_instrument(HISTORY_INSTRUMENT)
    domains = [domain.code for domain in instrument.domains]
    values = {
        (one.code, year): one.domains
        for year in (first, last)
        for one in region_standings(year)
        if one.domains
    }
    codes = sorted({code for code, _year in values if _REGION.fullmatch(code)})
    if not codes:
        return {}
    provinces = sorted({code[:2] for code in codes})
    surroundings = Surroundings(
        weights=np.array([float(domain.weight) for domain in instrument.domains]),
        groups=np.arange(len(domains)),
        provinces=np.array([provinces.index(code[:2]) for code in codes]),
        before={},
        highest=instrument.scale.maximum,
        margin=_MARGIN,
    )

    def standing(year: int) -> Standing:
        found = np.full((len(codes), len(domains)), np.nan)
        for row, code in enumerate(codes):
            for column, domain in enumerate(domains):
                if domain in (printed := values.get((code, year), {})):
                    found[row, column] = float(printed[domain])
        return Standing(found, np.floor(found + _MARGIN))

    before, now = standing(first), standing(last)
    learned, asked = rows_of(surroundings, before, now), rows_of(surroundings, now, now)
    if not len(learned.taken):
        return {}
    model = fit_model(learned, len(domains) * (surroundings.highest + 1))
    low, high = model.interval(asked, _WIDTH)
    likely = model.likelihood(asked)
    return {
        key: Share(float(low[row]), float(likely[row]), float(high[row]))
        for row, key in enumerate(_keys(asked, codes, domains, surroundings.highest))
    }


def _keys(rows: Rows, codes: list[str], domains: list[str], highest: int) -> list[tuple[str, str, int]]:
    return [
        (codes[region], domains[step // (highest + 1)], int(step % (highest + 1)))
        for region, step in zip(rows.regions, rows.steps, strict=True)
    ]
