"""Standings are rebuilt from the published results: completely, exactly, and only when there is news."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from livinglab.assessments.events import ResultsPublished
from livinglab.assessments.models import PublishedResult
from livinglab.audit.models import Entry
from livinglab.audit.operations import PLATFORM
from livinglab.comparisons import operations
from livinglab.comparisons.models import Standing, YearSummary
from livinglab.kernel import events
from livinglab.kernel.models import DataVersion
from livinglab.kernel.tenancy import tenancy

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 21, 12, tzinfo=UTC)


def standing(code: str, year: int = 2024) -> Standing:
    return Standing.objects.get(organization__code=code, year=year)


def entries() -> int:
    with tenancy(PLATFORM):
        return Entry.objects.filter(action="comparisons.standings_rebuilt").count()


def version() -> int:
    return DataVersion.objects.get(topic="standings").number


def test_the_two_published_years_are_ranked_and_no_other() -> None:
    years = Standing.objects.order_by("year").values_list("year", flat=True).distinct()
    assert list(years) == [2023, 2024]
    assert Standing.objects.filter(year=2024).count() == 514
    assert Standing.objects.filter(year=2024, index__isnull=False).count() == 485
    assert Standing.objects.filter(year=2023, index__isnull=False).count() == 491


def test_sumedang_in_2024() -> None:
    one = standing("32.11")
    assert (one.index, one.predicate, one.band, one.change) == (
        Decimal("4.51"),
        "Memuaskan",
        4,
        Decimal("0.37"),
    )
    assert one.domains == {"D1": "5.00", "D2": "4.30", "D3": "3.91", "D4": "4.69"}
    assert (one.rank_all, one.of_all, one.below_all) == (6, 485, 479)
    assert (one.rank_kind, one.of_kind) == (3, 392)
    assert (one.rank_province, one.of_province) == (2, 27)
    assert (one.previous_rank_all, one.previous_of_all) == (17, 491)
    assert (one.best_rank, one.worst_rank, one.flips) == (6, 6, 0)
    assert one.decision.endswith("663/2024")
    assert one.island_group == "java"
    assert one.tile_column is not None


def test_a_region_without_a_result_is_absent_and_keeps_its_tile() -> None:
    one = standing("31.01")  # Kepulauan Seribu, not assessed apart
    assert (one.index, one.band, one.rank_all, one.best_rank, one.change) == (None, None, None, None, None)
    assert one.domains == {}
    assert one.tile_column is not None


def test_the_impossible_row_is_named() -> None:
    assert "D4" in standing("16.07", 2023).doubts
    assert standing("16.07", 2024).previous_doubts == standing("16.07", 2023).doubts
    assert standing("16.07", 2024).doubts == []


def test_the_first_year_of_an_instrument_moves_from_nothing() -> None:
    assert not Standing.objects.filter(year=2023, change__isnull=False).exists()
    everybody = YearSummary.objects.get(year=2023, scope="all")
    assert (everybody.previous_year, everybody.compared) == (None, 0)


def test_the_summary_of_everybody_in_2024() -> None:
    one = YearSummary.objects.get(year=2024, scope="all")
    assert (one.regions, one.autonomous, one.assessed) == (514, 508, 485)
    assert one.band_counts == [16, 119, 205, 122, 23]
    assert (one.compared, one.risen, one.unchanged, one.fallen) == (479, 441, 14, 24)
    assert one.change_median == Decimal("0.300")
    assert (one.index_sum / one.assessed).quantize(Decimal("0.01")) == Decimal("3.05")
    assert one.domain_sums["D3"][1] == 485
    assert sum(sum(counts) for counts in one.bins.values()) == 485
    assert one.previous_year == 2023


def test_there_is_a_summary_of_every_kind_province_and_island_group() -> None:
    scopes = set(YearSummary.objects.filter(year=2024).values_list("scope", flat=True))
    assert len(scopes) == 1 + 2 + 38 + 7
    assert {"kind:city", "kind:regency", "province:96", "group:maluku"} <= scopes


def test_a_second_rebuild_writes_nothing() -> None:
    before = (list(Standing.objects.order_by("id").values_list("id", flat=True)), entries(), version())
    assert operations.rebuild_standings(year=2024, by=None, at=AT) is False
    after = (list(Standing.objects.order_by("id").values_list("id", flat=True)), entries(), version())
    assert after == before


def test_news_changes_exactly_what_follows_from_it() -> None:
    untouched = standing("35.10").id
    PublishedResult.objects.filter(organization__code="32.11", year=2024).update(index=Decimal("4.55"))
    counted, stamped = entries(), version()
    assert operations.rebuild_standings(year=2024, by=None, at=AT) is True
    assert standing("32.11").rank_all == 5
    assert standing("35.78").rank_all == 6  # Surabaya, 4.54
    assert standing("35.10").id == untouched
    assert (entries(), version()) == (counted + 1, stamped + 1)


def test_a_year_whose_results_were_withdrawn_has_no_ranking() -> None:
    PublishedResult.objects.filter(year=2024).delete()
    assert operations.rebuild_standings(year=2024, by=None, at=AT) is True
    assert not Standing.objects.filter(year=2024).exists()
    assert not YearSummary.objects.filter(year=2024).exists()


def test_press_figures_alone_make_no_ranking() -> None:
    assert operations.rebuild_standings(year=2022, by=None, at=AT) is False
    assert operations.rebuild_standings(year=1999, by=None, at=AT) is False
    assert not Standing.objects.filter(year=2022).exists()


def test_published_results_rebuild_their_year_and_the_next() -> None:
    PublishedResult.objects.filter(organization__code="32.11", year=2023).update(index=Decimal("4.20"))
    event = ResultsPublished(year=2023)
    events.handle("comparisons.rebuild_standings", events.to_payload(event))
    assert standing("32.11", 2023).index == Decimal("4.20")
    assert standing("32.11", 2024).change == Decimal("0.31")


def test_publishing_results_enqueues_the_rebuild() -> None:
    before = ProcrastinateJob.objects.count()
    events.publish(ResultsPublished(year=2024))
    jobs = ProcrastinateJob.objects.order_by("-id")[: ProcrastinateJob.objects.count() - before]
    assert "comparisons.rebuild_standings" in {job.args["subscription"] for job in jobs}
