"""What may be shown: nothing before enough answered, then the exact index with how far off it may be."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from livinglab.surveys.domain.results import Count, result
from livinglab.surveys.domain.scoring import Band, Tally
from livinglab.surveys.queries.results import find_service, grouped, months_of, result_of, services_of
from tests.surveys import kit
from tests.surveys.kit import AT, UNHAPPY, asked, enough, invited


def test_one_answer_too_few_shows_nothing() -> None:
    few = result(Count(100, Tally(79, (316,) * 9), 79 * 36**2))
    assert (few.n, few.asked, few.required, few.missing) == (79, 100, 80, 1)
    assert (few.score, few.margin) == (None, None)


def test_enough_answers_show_index_and_margin() -> None:
    enough_of_them = result(Count(100, Tally(80, (320,) * 9), 80 * 36**2))
    assert enough_of_them.missing == 0
    assert enough_of_them.score is not None
    assert (enough_of_them.score.index, enough_of_them.score.band) == (Decimal("100.00"), Band.A)
    assert enough_of_them.margin == 0


def test_nobody_asked_shows_nothing() -> None:
    assert result(Count()).score is None


@pytest.mark.django_db
def test_months_are_taken_together_by_year_and_version() -> None:
    enough(10, at=AT - timedelta(days=365))
    enough(6, UNHAPPY, version="1.3.0")
    enough(4, UNHAPPY, version="1.3.0", at=AT + timedelta(days=40))
    invited(asked(service_id=kit.OTHER, is_synthetic=True))
    home = kit.region().id
    with CaptureQueriesContext(connection) as taken:
        services = services_of(home, with_synthetic=False)
        months = months_of(services)
    assert len(taken) == 2
    assert [one.service_id for one in services] == [kit.SERVICE]
    by_year = grouped(months, lambda month: month.year)
    assert {year: (one.n, one.score and one.score.band) for year, one in by_year.items()} == {
        2025: (10, Band.A),
        2026: (10, Band.D),
    }
    by_version = grouped(months, lambda month: month.version)
    assert list(by_version) == ["1.2.0", "1.3.0"]
    whole = result_of(months)
    assert (whole.n, whole.asked) == (20, 20)
    assert whole.score is not None
    assert whole.score.index == Decimal("76.39")  # 10 × 34 + 10 × 21 of 20 × 36


@pytest.mark.django_db
def test_made_up_services_are_found_only_where_they_are_wanted() -> None:
    invited(asked(service_id=kit.OTHER, is_synthetic=True))
    home = kit.region().id
    assert find_service(home, kit.OTHER, with_synthetic=False) is None
    assert find_service(home, kit.OTHER, with_synthetic=True) is not None
    assert find_service(home, kit.SERVICE, with_synthetic=True) is None
