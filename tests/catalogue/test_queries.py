"""Reads of the register: the figures of the reference file, in a fixed number of queries."""

import pytest
from pytest_django import DjangoAssertNumQueries

from livinglab.catalogue import queries
from livinglab.catalogue.domain.coverage import Absence, Method
from livinglab.catalogue.models import Service
from livinglab.catalogue.queries import ServiceFilter
from livinglab.kernel.unknown import UnknownValue, Unprocessable

pytestmark = pytest.mark.django_db


def test_coverage_figures_are_computed_from_the_register() -> None:
    share = queries.register_share()
    assert (share.total, share.without_region) == (310, 9)
    assert share.by_region[:3] == (("51.71", 189), ("73.72", 40), ("32.11", 14))
    assert len(share.by_region) == 20
    assert share.is_mostly_one_region


def test_what_a_demo_person_entered_is_not_counted() -> None:
    before = queries.register_share()
    Service.objects.filter(key=Service.objects.filter(region_code="32.11")[0].key).update(is_synthetic=True)
    after = queries.register_share()
    assert after.total == before.total - 1
    assert dict(after.by_region)["32.11"] == dict(before.by_region)["32.11"] - 1


def test_two_regions_are_compared_function_by_function(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(3):
        compared = queries.service_matrix(["32.11", "34.02"])
    assert [(one.organization.short_name, one.services) for one in compared.regions] == [
        ("Sumedang", 14),
        ("Bantul", 3),
    ]
    assert len(compared.matrix.rows) == 65
    by_code = {row.function.code: row for row in compared.matrix.rows}
    assert [one.name for one in by_code["complaints"].cells[0].services] == ["SSQR"]
    assert [one.name for one in by_code["complaints"].cells[1].services] == ["Lapor Bantul"]
    gap = compared.matrix.gap(0, 1)
    assert (len(gap.functions), gap.none, gap.not_researched) == (16, 0, 16)
    assert compared.largest is not None
    assert compared.largest.code == "51.71"


def test_twelve_regions_cost_no_more_queries_than_two(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    codes = [code for code, _ in queries.register_share().by_region[:12]]
    with django_assert_num_queries(3):
        assert len(queries.service_matrix(codes).regions) == 12


def test_denpasars_register_says_none_and_parepares_list_only_where_it_is_complete() -> None:
    compared = queries.service_matrix(["51.71", "73.72", "32.11"], function="e-signature")
    assert [cell.absence for cell in compared.matrix.rows[0].cells] == [
        Absence.NONE, Absence.NOT_RESEARCHED, Absence.NOT_RESEARCHED,
    ]  # fmt: skip
    compared = queries.service_matrix(["73.72"], function="planning")
    assert [one.name for one in compared.matrix.rows[0].cells[0].services] == ["SIPD (perencanaan)"]
    assert [one.coverage.method for one in compared.regions] == [Method.INDICATOR_LIST]


def test_a_region_nobody_researched_has_a_column_that_says_so() -> None:
    compared = queries.service_matrix(["11.01"])
    assert {cell.absence for row in compared.matrix.rows for cell in row.cells} == {Absence.NOT_RESEARCHED}


def test_what_is_not_known_is_refused_with_what_is() -> None:
    for code, near in (("32.99", "Kabupaten Bogor"), ("kementerian-panrb", "Kota Denpasar")):
        with pytest.raises(UnknownValue) as unknown:
            queries.service_matrix(["32.11", code])
        assert unknown.value.given == code
        assert near in [one.label for one in unknown.value.known]
    with pytest.raises(Unprocessable, match=r"At most twelve|Paling banyak dua belas"):
        queries.service_matrix([f"32.{number:02}" for number in range(1, 14)])
    with pytest.raises(UnknownValue) as value:
        queries.service_matrix(["32.11"], side="both")
    assert [one.value for one in value.value.known] == ["administration", "public"]


def test_a_region_given_twice_is_one_column() -> None:
    assert len(queries.service_matrix(["32.11", "32.11"]).regions) == 1


@pytest.mark.parametrize(
    ("wanted", "total"),
    [
        (ServiceFilter(), 310),
        (ServiceFilter(region="34.02"), 3),
        (ServiceFilter(text="antrean"), 6),
        (ServiceFilter(text="stunting parepare"), 2),
        (ServiceFilter(text="%"), 0),
        (ServiceFilter(function="water-supply"), 13),
        (ServiceFilter(side="administration", region="14.08"), 2),
        (ServiceFilter(sector="transport", status="inactive"), 2),
        (ServiceFilter(status="unknown"), 58),
        (ServiceFilter(region="77.77"), 0),
    ],
)
def test_the_register_is_searched(
    django_assert_num_queries: DjangoAssertNumQueries, wanted: ServiceFilter, total: int
) -> None:
    with django_assert_num_queries(2 if total else 1):
        assert queries.search_services(wanted).total == total


def test_pages_hold_each_service_once() -> None:
    pages = [queries.search_services(ServiceFilter(), page=number, size=100) for number in (1, 2, 3, 4)]
    keys = [one.key for page in pages for one in page.services]
    assert (len(keys), len(set(keys))) == (310, 310)
    assert {page.pages for page in pages} == {4}
    assert queries.search_services(ServiceFilter(), page=5, size=100).services == ()


def test_namesakes_of_simpati_are_the_other_two() -> None:
    service = queries.find_service("kota-parepare-simpati")
    assert service is not None
    assert {one.key for one in queries.namesakes(service)} == {
        "kota-denpasar-simpati-sistem-informasi-denpasar-timur",
        "kab-sumedang-simpati-e-simpati",
    }
