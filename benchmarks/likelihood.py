"""How well the next step of a region is foretold, against popularity and "ability × difficulty": log-loss and top-k.

On made-up histories of indicators the last year is held out: models learn from the transitions before it. Published
results of domains give one transition, 2023 to 2024, so there regions are held out: five folds, each foretold by a
model that learned from the other four and knows of the foretold regions nothing later than 2023.
"""

from __future__ import annotations

import csv
import time
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType
from typing import Final

import numpy as np
from django.conf import settings

from benchmarks.histories import simulated
from benchmarks.rows import Row, Target
from livinglab.assessments.queries import get_instrument, precedence
from livinglab.planning.domain.likelihood import (
    Floats,
    Model,
    Rows,
    Standing,
    Surroundings,
    fit_ability_difficulty,
    fit_model,
    fit_popularity,
    log_loss,
    losses,
    rows_of,
    top_k,
)

_INSTRUMENT: Final = "spbe-2020"
_FOLDS: Final = 5
_DRAWS: Final = 2_000
_SEED: Final = 1
_FIT: Final[Mapping[str, Callable[[Rows, int], Model]]] = MappingProxyType(
    {
        "popularity": fit_popularity,
        "ability x difficulty": fit_ability_difficulty,
        "model": fit_model,
    }
)


def simulated_case() -> tuple[Rows, Mapping[str, Floats]]:
    """This function will return the held-out year of the made-up histories, and what each model says of it."""
    surroundings, domains = _indicators()
    years = simulated(surroundings, domains)
    pairs = range(1, len(years) - 1)  # each has a year before it, for the pace
    rows = [rows_of(surroundings, years[n], years[n + 1], earlier=years[n - 1]) for n in pairs]
    learned, held_out = _joined(rows[:-1]), rows[-1]
    steps = len(domains) * (surroundings.highest + 1)
    return held_out, {name: fit(learned, steps).likelihood(held_out) for name, fit in _FIT.items()}


def published_case() -> tuple[Rows, Mapping[str, Floats]]:
    """This function will return the published transition of domains, and what models say that saw other regions."""
    surroundings, before, after = _domains()
    rows = rows_of(surroundings, before, after)
    steps = len(surroundings.weights) * (surroundings.highest + 1)
    fold = rows.regions % _FOLDS
    said = {name: np.zeros(len(rows.taken)) for name in _FIT}
    for number in range(_FOLDS):
        learned, held_out = rows.of(fold != number), rows.of(fold == number)
        for name, fit in _FIT.items():
            said[name][fold == number] = fit(learned, steps).likelihood(held_out)
    return rows, said


def step_likelihood(*, runs: int) -> Row:
    """This function will compare the models on both kinds of histories. It runs once, whatever `runs`.

    `ratio` is the worst of the model's log-loss to a rival's and a rival's top-k to the model's: below 1 the model
    beats both rivals everywhere.
    """
    del runs
    started = time.perf_counter()
    lines, worst = [_HEAD], 0.0
    for title, case, ks in (
        ("simulated, 47 indicators, last year held out", simulated_case, (1, 5)),
        ("published, 4 domains, 2023 to 2024, regions held out", published_case, (1, 2)),
    ):
        rows, said = case()
        lines.append(f"{title}: {len(rows.taken)} next steps, {rows.taken.mean():.1%} taken")
        own = log_loss(said["model"], rows.taken)
        for name, likely in said.items():
            loss = log_loss(likely, rows.taken)
            tops = "  ".join(f"top-{k} {top_k(likely, rows, k):.3f}" for k in ks)
            lines.append(f"  {name:22} {loss:.4f}  {_advantage(rows, said['model'], likely):22}  {tops}")
            if name != "model":
                tops_lost = [top_k(likely, rows, k) / top_k(said["model"], rows, k) for k in ks]
                worst = max(worst, own / loss, *tops_lost)
    took = (time.perf_counter() - started) * 1000
    return Row(
        name="likelihood",
        size="model to rivals in log-loss and top-k, the worst",
        p50_ms=round(took, 1),
        ratio=round(worst, 4),
        target=Target(ratio=1.0),
        table=tuple(lines),
    )


_HEAD: Final = (
    "  model                  log-loss  beyond the model's (95 %)  top-k: share taken of the k likeliest"
)


def _advantage(rows: Rows, own: Floats, other: Floats) -> str:
    """Say how much more another model loses per step, with the interval of a bootstrap over regions."""
    if own is other:
        return "-"
    more = losses(other, rows.taken) - losses(own, rows.taken)
    sums, counts = np.bincount(rows.regions, weights=more), np.bincount(rows.regions)
    drawn = np.random.default_rng(_SEED).integers(0, len(sums), (_DRAWS, len(sums)))
    low, high = np.quantile(sums[drawn].sum(axis=1) / counts[drawn].sum(axis=1), [0.025, 0.975])
    return f"+{more.mean():.4f} ({low:.4f} to {high:.4f})"


def _joined(rows: list[Rows]) -> Rows:
    return Rows(
        *(
            np.concatenate([getattr(one, name) for one in rows])
            for name in ("regions", "steps", "known", "ability", "taken")
        )
    )


@lru_cache(maxsize=1)
def _regions() -> tuple[tuple[str, str], ...]:
    """Return the code and province of every regency and city, by code."""
    with (settings.REFERENCE_DIR / "regions.csv").open(encoding="utf-8", newline="") as file:
        return tuple(sorted((row["code"], row["province_code"]) for row in csv.DictReader(file)))


def _provinces() -> np.ndarray:
    known = sorted({province for _, province in _regions()})
    return np.array([known.index(province) for _, province in _regions()])


def _indicators() -> tuple[Surroundings, list[int]]:
    """Return what surrounds the indicators of SPBE, and the domain of each."""
    instrument, declared = get_instrument(_INSTRUMENT), precedence(_INSTRUMENT)
    indicators = list(instrument.indicators())
    places = {each.number: place for place, each in enumerate(indicators)}
    before: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for rule in declared.rules if declared else ():
        for after, needed in rule.levels.items():
            before.setdefault((places[rule.after], after), []).append((places[rule.before], needed))
    codes = [domain.code for domain in instrument.domains]
    found = [instrument.domain_of(instrument.aspect_of(each)) for each in indicators]
    domains = [codes.index(each.code) for each in found if each is not None]
    weights = np.array([float(each.weight) for each in indicators])
    surroundings = Surroundings(
        weights, np.array(domains), _provinces(), before, instrument.scale.maximum, 0.0
    )
    return surroundings, domains


def _domains() -> tuple[Surroundings, Standing, Standing]:
    """Return what surrounds the domains of SPBE, and their published results of 2023 and 2024."""
    instrument = get_instrument(_INSTRUMENT)
    weights = np.array([float(domain.weight) for domain in instrument.domains])
    codes = [domain.code for domain in instrument.domains]
    with (settings.REFERENCE_DIR / "results-2023-2024.csv").open(encoding="utf-8", newline="") as file:
        printed = {(row["year"], row["code"]): row for row in csv.DictReader(file)}

    def standing(year: str) -> Standing:
        values = np.full((len(_regions()), len(codes)), np.nan)
        for place, (code, _) in enumerate(_regions()):
            for column, domain in enumerate(codes):
                text = printed.get((year, code), {}).get(domain, "")
                values[place, column] = float(Decimal(text)) if text else np.nan
        return Standing(values, np.floor(values + 0.5))

    surroundings = Surroundings(
        weights, np.arange(len(codes)), _provinces(), {}, instrument.scale.maximum, 0.5
    )
    return surroundings, standing("2023"), standing("2024")


BENCHMARKS: Final[dict[str, Callable[[int], Row]]] = {
    "likelihood": lambda runs: step_likelihood(runs=runs),
}
