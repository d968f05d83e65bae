"""The comparison: every function and region has its cell, and an empty cell says why it is empty."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livinglab.catalogue.domain.coverage import Absence, Coverage, Method, RegionCoverage, RegisterShare
from livinglab.catalogue.domain.functions import Reliability, ServiceFunction, Side, Status, Words
from livinglab.catalogue.domain.matrix import ListedService, Matrix, build_matrix

WORDS = Words("nama", "name")


def a_function(code: str, *indicators: int) -> ServiceFunction:
    return ServiceFunction(
        code=code, name=WORDS, purpose=WORDS, side=Side.PUBLIC, sector=None, indicators=indicators, field=None
    )


def a_service(region: str, *functions: str, status: Status = Status.ACTIVE, key: str = "k") -> ListedService:
    return ListedService(
        key=key, region_code=region, region_name=region, name="" if status is Status.NONE else "Nama",
        functions=functions, description_id="", description_en="", agency="", platform="", app_class="",
        year=None, status=status, spbe_indicator=None, source="press", reliability=Reliability.PRESS,
    )  # fmt: skip


COMPLAINTS, OPEN_DATA, HEALTH = (
    a_function("complaints", 42),
    a_function("open-data", 43),
    a_function("health", 45),
)
FULL = RegionCoverage(region_code="51.71", method=Method.REGISTER)
LISTED = RegionCoverage(region_code="73.72", method=Method.INDICATOR_LIST, indicators=frozenset({42, 43}))
FOUND = RegionCoverage(region_code="32.11", method=Method.SINGLE_FINDS)
UNSEEN = Coverage((), (FULL,)).of("14.08")


@pytest.mark.parametrize(
    ("coverage", "function", "absence"),
    [
        (FULL, COMPLAINTS, Absence.NONE),
        (FULL, HEALTH, Absence.NONE),
        (LISTED, COMPLAINTS, Absence.NONE),
        (LISTED, HEALTH, Absence.NOT_RESEARCHED),
        (FOUND, COMPLAINTS, Absence.NOT_RESEARCHED),
        (UNSEEN, COMPLAINTS, Absence.NOT_RESEARCHED),
    ],
)
def test_none_is_said_only_where_a_complete_list_was_read(
    coverage: RegionCoverage, function: ServiceFunction, absence: Absence
) -> None:
    matrix = build_matrix(functions=[function], regions=[coverage], services=[])
    assert matrix.rows[0].cells[0].absence is absence
    assert not matrix.rows[0].cells[0].is_recorded


def test_a_service_with_two_functions_stands_in_both_rows_and_one_without_in_none() -> None:
    double, lost = a_service("32.11", "complaints", "health"), a_service("32.11", key="lost")
    matrix = build_matrix(functions=[COMPLAINTS, OPEN_DATA, HEALTH], regions=[FOUND], services=[double, lost])
    assert [row.cells[0].services for row in matrix.rows] == [(double,), (), (double,)]
    assert matrix.unplaced == ((lost,),)


def test_a_regions_own_none_answers_an_empty_cell_and_leaves_a_service_alone() -> None:
    none = a_service("32.11", "complaints", status=Status.NONE)
    matrix = build_matrix(functions=[COMPLAINTS], regions=[FOUND], services=[none])
    assert matrix.rows[0].cells[0].absence is Absence.STATED_NONE
    service = a_service("32.11", "complaints")
    matrix = build_matrix(functions=[COMPLAINTS], regions=[FOUND], services=[none, service])
    assert (matrix.rows[0].cells[0].services, matrix.rows[0].cells[0].absence) == ((service,), None)


def test_the_gap_tells_what_the_other_has_not_and_why() -> None:
    services = [a_service("32.11", "complaints", "open-data", "health"), a_service("73.72", "open-data")]
    functions = [COMPLAINTS, OPEN_DATA, HEALTH]
    gap = build_matrix(functions=functions, regions=[FOUND, LISTED], services=services).gap(0, 1)
    assert (gap.functions, gap.none, gap.not_researched) == ((COMPLAINTS, HEALTH), 1, 1)


REGIONS = (FULL, LISTED, FOUND, UNSEEN)
CODES = ("complaints", "open-data", "health")
SERVICES = st.lists(
    st.builds(
        lambda region, codes, status: a_service(region.region_code, *codes, status=status),
        st.sampled_from(REGIONS),
        st.lists(st.sampled_from(CODES), unique=True, max_size=3),
        st.sampled_from(Status),
    ),
    max_size=20,
)


@given(SERVICES)
def test_no_service_is_lost_and_every_cell_holds_services_or_a_reason(services: list[ListedService]) -> None:
    matrix = build_matrix(functions=[COMPLAINTS, OPEN_DATA, HEALTH], regions=REGIONS, services=services)
    assert [len(row.cells) for row in matrix.rows] == [4, 4, 4]
    for row in matrix.rows:
        for cell, region in zip(row.cells, REGIONS, strict=True):
            assert (cell.absence is None) == bool(cell.services)
            assert all(one.region_code == region.region_code for one in cell.services)
    placed = sum(len(cell.services) for row in matrix.rows for cell in row.cells)
    assert placed == sum(len(one.functions) for one in services if one.status is not Status.NONE)
    assert sum(map(len, matrix.unplaced)) == sum(not one.functions for one in services)


@given(SERVICES)
def test_counts_of_the_heading_follow_from_the_cells(services: list[ListedService]) -> None:
    matrix: Matrix = build_matrix(
        functions=[COMPLAINTS, OPEN_DATA, HEALTH], regions=REGIONS, services=services
    )
    for one in range(4):
        assert matrix.recorded_functions(one) == sum(bool(row.cells[one].services) for row in matrix.rows)
        assert matrix.gap(one, one).functions == ()
        for other in range(4):
            gap = matrix.gap(one, other)
            assert gap.none + gap.not_researched == len(gap.functions)
            both = sum(
                bool(row.cells[one].services) and bool(row.cells[other].services) for row in matrix.rows
            )
            assert len(gap.functions) + both == matrix.recorded_functions(one)
    alone = sum(matrix.alone(one) for one in range(4))
    assert alone == sum(row.recorded == 1 for row in matrix.rows)


def test_most_of_the_register_means_more_than_half() -> None:
    assert RegisterShare(310, (("51.71", 189), ("73.72", 40)), 9).is_mostly_one_region
    assert not RegisterShare(10, (("51.71", 5), ("73.72", 5)), 0).is_mostly_one_region
    assert not RegisterShare(0, (), 0).is_mostly_one_region
    assert RegisterShare(0, (), 0).largest is None
