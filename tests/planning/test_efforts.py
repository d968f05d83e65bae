"""The default effort: counted from published results, exact, and honest about its range."""

import subprocess
import sys
from decimal import Decimal
from pathlib import Path

from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from livinglab.assessments.queries import get_instrument, instruments
from livinglab.planning.domain.efforts import Basis, EffortRange, StepHistory, effort_range
from livinglab.planning.queries import default_efforts


def history(in_reach: int, took: int, regions: int, holding: int) -> StepHistory:
    return StepHistory("spbe-2020", "D1", 2, 2023, 2024, in_reach, took, regions, holding)


def test_the_counts_are_those_of_the_published_results() -> None:
    tool = Path(settings.ROOT) / "tools" / "step_history.py"
    subprocess.run([sys.executable, str(tool), "--check"], check=True)


def test_an_effort_by_hand() -> None:
    """A share of 1/4 holds the level and of 1/4 takes the step: one in four, effort 4."""
    found = effort_range(history(in_reach=9, took=2, regions=9, holding=2), Basis.DOMAIN)
    assert found == EffortRange(Decimal("2.21"), Decimal("4.00"), Decimal("8.41"), Basis.DOMAIN)


@given(st.integers(0, 500), st.integers(0, 500), st.integers(0, 500), st.integers(0, 500))
def test_rarer_and_more_seldom_never_costs_less(one: int, other: int, three: int, four: int) -> None:
    (took, in_reach), (holding, regions) = sorted((one, other)), sorted((three, four))
    found = effort_range(history(in_reach, took, regions, holding), Basis.DOMAIN)
    assert 1 <= found.low <= found.likely <= found.high
    if took and holding:
        assert (
            effort_range(history(in_reach, took - 1, regions, holding), Basis.DOMAIN).likely >= found.likely
        )
        assert (
            effort_range(history(in_reach, took, regions, holding - 1), Basis.DOMAIN).likely >= found.likely
        )


def test_every_step_of_every_instrument_has_an_effort_and_what_it_rests_on() -> None:
    bases = {}
    for instrument in instruments():
        found = default_efforts(instrument)
        levels = range(instrument.scale.minimum + 1, instrument.scale.maximum + 1)
        assert set(found) == {(each.key, level) for each in instrument.indicators() for level in levels}
        bases[instrument.code] = {each.basis.value for each in found.values()}
    assert bases == {"pemdi-2026": {"crosswalk", "index"}, "spbe-2020": {"domain"}, "spbe-2018": {"index"}}


def test_the_documented_table_is_what_plans_use() -> None:
    found = default_efforts(get_instrument("spbe-2020"))
    text = (Path(settings.ROOT) / "docs" / "planning.md").read_text(encoding="utf-8")
    for indicator, name in (
        ("1", "D1 policy"),
        ("11", "D2 governance"),
        ("21", "D3 management"),
        ("32", "D4 services"),
    ):
        cells = [found[indicator, level] for level in range(2, 6)]
        row = " | ".join(f"{each.likely} ({each.low} to {each.high})" for each in cells)
        assert f"| {name} | {row} |" in text
