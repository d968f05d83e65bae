"""How often regions take a step in a year, beside each step of a plan."""

import csv
import io
from decimal import Decimal

import numpy as np
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from livinglab.assessments.queries import get_instrument
from livinglab.comparisons.queries import RankedYear, stamped_years
from livinglab.planning.domain.efforts import Basis
from livinglab.planning.domain.likelihood import Rows, fit_ability_difficulty
from livinglab.planning.queries.likelihoods import step_likelihood
from tests.planning.reading import text_of

pytestmark = pytest.mark.django_db
SPBE, PEMDI = get_instrument("spbe-2020"), get_instrument("pemdi-2026")
PAGE = "/en/regions/14.08/plan/"


def newest() -> RankedYear:
    return stamped_years()[0]


def test_the_count_is_that_of_the_domain_between_two_published_years() -> None:
    found = step_likelihood(SPBE, ("40", 4), "14.08", newest())
    assert found is not None
    assert (found.took, found.in_reach, found.from_year, found.to_year) == (104, 190, 2023, 2024)
    assert (found.basis, round(found.often.likely, 4)) == (Basis.DOMAIN, round(104.5 / 191, 4))
    assert found.often.low < found.often.likely < found.often.high


def test_the_model_speaks_only_of_the_next_step_of_the_regions_own_domain() -> None:
    """Siak's domain of services stands at level 4: the step to 5 is the next one, that to 4 is behind it."""
    held = step_likelihood(SPBE, ("40", 4), "14.08", newest())
    following = step_likelihood(SPBE, ("40", 5), "14.08", newest())
    assert held is not None
    assert following is not None
    assert held.here is None
    assert following.here is not None
    assert 0 < following.here.low < following.here.likely < following.here.high < 1
    stranger = step_likelihood(SPBE, ("40", 5), "99.01", newest())
    assert stranger is not None
    assert stranger.here is None


def test_a_newer_instrument_pools_the_counts_of_the_older_domains_and_asks_no_model() -> None:
    found = step_likelihood(PEMDI, ("1", 4), "14.08", newest())
    assert found is not None
    assert (found.basis, found.here) == (Basis.CROSSWALK, None)


def test_without_counts_nothing_is_said() -> None:
    assert step_likelihood(SPBE, ("40", 1), "14.08", newest()) is None


def test_a_state_that_was_read_before_asks_the_database_nothing() -> None:
    ranked = newest()
    step_likelihood(SPBE, ("40", 5), "14.08", ranked)
    with CaptureQueriesContext(connection) as queries:
        step_likelihood(SPBE, ("12", 4), "32.05", ranked)
    assert len(queries) == 0


def test_an_interval_is_wider_where_the_fit_rests_on_less() -> None:
    def fitted(times: int) -> float:
        taken = np.tile(np.array([True, False, True, False]), times)
        ability = np.tile(np.array([2.0, 1.0, 3.0, 2.5]), times)
        steps = np.zeros(len(taken), dtype=np.int64)
        rows = Rows(steps, steps, ability[:, None], ability, taken)
        low, high = fit_ability_difficulty(rows, 1).interval(rows, 1.28)
        return float((high - low).mean())

    assert fitted(50) < fitted(5)


def test_the_page_shows_it_with_source_and_uncertainty(client: Client) -> None:
    page = text_of(client.get(f"{PAGE}?target=4.1&by=2030-12-31").content)
    assert "How often in a year" in page
    assert "KepmenPANRB 13/2024 and 663/2024" in page
    assert "It says nothing of causes and changes no plan." in page
    content = client.get(f"{PAGE}figures/steps.csv?target=4.1").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(content)))
    assert all(int(row["took"]) <= int(row["in_reach"]) for row in rows)
    assert any(0 < Decimal(row["likely_here"]) < 1 for row in rows if row["likely_here"])
    for row in rows:
        assert f"{row['took']} of {row['in_reach']} regions: " in page


def test_the_page_under_pemdi_shows_counts_alone(client: Client) -> None:
    page = text_of(client.get(f"{PAGE}?instrument=pemdi-2026").content)
    assert "Results of domains stand for their indicators" in page
    assert "Our model says" not in page
