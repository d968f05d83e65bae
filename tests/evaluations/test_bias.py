"""The measured bias: counted and averaged exactly, with an interval that is Student's, and never of invented rounds."""

import math
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from procrastinate.contrib.django.models import ProcrastinateJob
from scipy import stats

from livinglab.evaluations.domain.intervals import interval_of_mean, quantile
from livinglab.evaluations.domain.process import Step
from livinglab.evaluations.domain.stages import RoundKind
from livinglab.evaluations.events import EvaluationMoved
from livinglab.evaluations.models import RatedDifference, Round
from livinglab.evaluations.queries.bias import Bias, Chosen, bias
from livinglab.evaluations.tasks import measure_differences
from livinglab.evaluations.web.bias import heading
from livinglab.kernel.tenancy import tenancy
from tests.evaluations.external import advance, score, sent
from tests.evaluations.kit import AT, SPBE, Region
from tests.organizations.people import signed_in

MONITORING = replace(SPBE, kind=RoundKind.MONITORING, interview_until=None)


def consolidated(code: str, **levels: int) -> Region:
    """A monitored region whose own levels are 3 and whose assessor finds what `levels` say."""
    region = sent(MONITORING, code, level=3)
    for key, level in levels.items():
        score(region, level, indicator=key.removeprefix("i"))
    advance(region, Step.CONSOLIDATE)
    run(region, "consolidate")
    return region


def run(region: Region, step: str) -> None:
    """Handle the event as the job does."""
    event = EvaluationMoved(
        organization_id=region.organization.id, evaluation_id=region.participation.id, step=step, at=AT
    )
    with tenancy(region.organization.id):
        measure_differences(event)


def official(region: Region) -> None:
    Round.objects.filter(id=region.participation.round_id).update(is_synthetic=False)


@pytest.mark.django_db
def test_consolidation_asks_for_the_comparison_in_the_same_transaction() -> None:
    region = sent(MONITORING, level=3)
    advance(region, Step.CONSOLIDATE)
    names = {
        str(job.args["subscription"]) for job in ProcrastinateJob.objects.all() if "subscription" in job.args
    }
    assert "evaluations.measure_differences" in names


@pytest.mark.django_db
def test_differences_are_written_once_consolidated_and_twice_gives_the_same() -> None:
    region = consolidated("14.08", i21=1, i22=3)
    run(region, "consolidate")
    rows = {row.indicator: row for row in RatedDifference.objects.filter(participation=region.participation)}
    assert len(rows) == 47
    assert (rows["21"].self_level, rows["21"].external_level, rows["21"].stage) == (3, 1, "document")
    assert (rows["21"].assessor_id, rows["22"].assessor_id) == (region.external.id, region.external.id)
    assert (rows["20"].stage, rows["20"].assessor_id, rows["20"].external_level) == ("self", None, 3)


@pytest.mark.django_db
def test_nothing_is_compared_before_consolidation() -> None:
    region = sent(MONITORING, level=3)
    score(region, 1)
    run(region, "interview")
    assert not RatedDifference.objects.exists()
    assert bias(Chosen()).overall is None


@pytest.mark.django_db
def test_means_counts_and_spread_are_those_of_the_rows() -> None:
    siak = consolidated("14.08", i21=1, i22=3, i23=4)  # differences 2, 0, -1
    sumedang = consolidated("32.11", i21=2, i22=2)  # 1, 1
    found = bias(Chosen())
    overall = found.overall
    assert overall is not None
    assert (overall.pairs, overall.units, found.untouched, found.regions) == (5, 2, 44 + 45, 2)
    assert overall.mean == pytest.approx((1 / 3 + 1) / 2)  # the mean of the regions' means
    assert (overall.lower, overall.same, overall.higher, overall.interval) == (1, 1, 3, None)
    by_region = {one.key: one for one in found.by_region}
    assert (by_region["32.11"].mean, by_region["14.08"].mean) == (1.0, pytest.approx(1 / 3))
    by_indicator = {one.name: (one.pairs, one.mean) for one in found.by_indicator}
    assert by_indicator == {"21": (2, 1.5), "22": (2, 0.5), "23": (1, -1.0)}
    assert {one.key for one in found.by_assessor} == {str(siak.external.id), str(sumedang.external.id)}
    assert found.spread == ((Decimal(-1), 1), (Decimal(0), 1), (Decimal(1), 2), (Decimal(2), 1))


@pytest.mark.django_db
def test_five_answers_of_a_region_have_the_interval_that_scipy_computes() -> None:
    consolidated("14.08", i20=1, i21=1, i22=3, i23=4, i24=2)
    differences = [2, 2, 0, -1, 1]
    (region,) = bias(Chosen()).by_region
    low, high = stats.t.interval(0.95, 4, loc=0.8, scale=stats.sem(differences))
    assert region.interval is not None
    assert (region.interval.low, region.interval.high) == (pytest.approx(low), pytest.approx(high))


@pytest.mark.django_db
def test_rounds_of_demonstration_count_only_when_they_are_asked_for() -> None:
    region = consolidated("14.08", i21=1)
    Round.objects.filter(id=region.participation.round_id).update(is_synthetic=True)
    assert bias(Chosen()).overall is None
    with_them = bias(Chosen(with_synthetic=True)).overall
    assert with_them is not None
    assert with_them.pairs == 1


@pytest.mark.django_db
def test_one_round_is_compared_alone() -> None:
    siak, sumedang = consolidated("14.08", i21=1), consolidated("32.11", i21=2)
    one = bias(Chosen(round_id=siak.participation.round_id))
    assert [row.key for row in one.by_region] == ["14.08"]
    assert sumedang.participation.round_id != siak.participation.round_id


@pytest.mark.django_db
def test_the_page_tells_the_finding_and_reads_as_many_queries_for_one_region_as_for_two(
    django_assert_num_queries: object,
) -> None:
    region = consolidated("14.08", i21=1, i22=3)
    with django_assert_num_queries(10):  # type: ignore[operator]
        bias(Chosen())
    page = signed_in(region.ministry).get("/en/evaluations/bias/").content.decode()
    consolidated("32.11", i21=1)
    with django_assert_num_queries(10):  # type: ignore[operator]
        bias(Chosen())
    assert "Regions answer 1.00 levels higher than their assessors find" in page
    assert "no interval with fewer than 5 regions" in page


def test_the_heading_says_which_way_the_difference_goes() -> None:
    empty = Bias(None, 0, 0, (), (), ())
    assert "belum" in str(heading(empty)).lower() or "yet" in str(heading(empty)).lower()


@given(degrees=st.integers(1, 200), share=st.sampled_from([0.5, 0.9, 0.95, 0.975, 0.995]))
def test_the_quantile_is_the_one_of_students_t(degrees: int, share: float) -> None:
    assert quantile(share, degrees) == pytest.approx(float(stats.t.ppf(share, degrees)), rel=1e-9, abs=1e-9)


@pytest.mark.parametrize(("degrees", "value"), [(4, 2.7764451052), (9, 2.2621571628), (46, 2.0128955989)])
def test_the_quantile_is_the_printed_one(degrees: int, value: float) -> None:
    assert round(quantile(0.975, degrees), 10) == value


@given(
    count=st.integers(0, 60),
    mean=st.floats(-4, 4, allow_nan=False),
    deviation=st.floats(0, 3, allow_nan=False),
)
def test_an_interval_lies_around_its_mean_and_needs_five_values(
    count: int, mean: float, deviation: float
) -> None:
    found = interval_of_mean(count=count, mean=mean, deviation=deviation)
    if count < 5:
        assert found is None
        return
    assert found is not None
    assert found.low <= mean <= found.high
    assert math.isclose(mean - found.low, found.high - mean, abs_tol=1e-9)


@pytest.mark.parametrize(("share", "degrees"), [(0.4, 3), (1.0, 3), (0.975, 0)])
def test_a_quantile_that_does_not_exist_is_refused(share: float, degrees: int) -> None:
    with pytest.raises(ValueError, match="no quantile"):
        quantile(share, degrees)


@pytest.mark.django_db
def test_the_api_tells_ministries_the_same_as_the_page() -> None:
    region = consolidated("14.08", i21=1)
    answered = signed_in(region.ministry).get("/api/v1/bias?with_synthetic=true").json()
    found = bias(Chosen(with_synthetic=True))
    assert (answered["regions"], answered["untouched"]) == (found.regions, found.untouched) == (1, 46)
    (row,) = answered["by_indicator"]
    assert (row["key"], row["mean"], row["answers"], row["low"]) == ("spbe-2020/21", 2.0, 1, None)
    assert answered["spread"] == [{"difference": "2", "count": 1}]
    assert signed_in(region.coordinator).get("/api/v1/bias").status_code == 403
