"""Peers are chosen the same way for everybody, and each says why in numbers."""

import csv
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livinglab.comparisons.domain.geography import Point
from livinglab.comparisons.domain.peers import (
    LIMIT,
    SIMILAR_START,
    Attainment,
    Likeness,
    Nearness,
    Region,
    Rise,
    Strategy,
    Trait,
    choose_peers,
)
from tests.comparisons.published import REFERENCE, results


@cache
def country() -> dict[str, Region]:
    before = {one.code: one for one in results(2023)}
    now = {one.code: one for one in results(2024)}
    with (REFERENCE / "regions.csv").open(encoding="utf-8", newline="") as lines:
        return {row["code"]: _region(row, before, now) for row in csv.DictReader(lines)}


def _region(row: dict[str, str], before: dict, now: dict) -> Region:  # type: ignore[type-arg]
    years = [year[row["code"]] for year in (before, now) if row["code"] in year]
    return Region(
        code=row["code"],
        kind=row["kind"],
        province_code=row["province_code"],
        point=Point(float(row["latitude"]), float(row["longitude"])),
        population=int(row["population"]),
        area_km2=Decimal(row["area_km2"]) if row["area_km2"] else None,
        start=before[row["code"]].index if row["code"] in before else None,
        index=now[row["code"]].index if row["code"] in now else None,
        is_doubtful=any(year.is_doubtful for year in years),
    )


def chosen(strategy: Strategy, code: str) -> list[str]:
    return [peer.code for peer in choose_peers(strategy, country()[code], country().values())]


def place(code: str, population: int | None = 100_000, area: str | None = "100", **more: object) -> Region:
    region = Region(code, "regency", code[:2], Point(0, 100), population, Decimal(area) if area else None)
    return replace(region, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("strategy", list(Strategy))
@pytest.mark.parametrize("code", ["32.11", "14.08", "51.71", "31.01", "11.10", "96.71"])
def test_at_most_twelve_peers_and_never_oneself(strategy: Strategy, code: str) -> None:
    peers = choose_peers(strategy, country()[code], country().values())
    assert len(peers) <= LIMIT
    assert code not in {peer.code for peer in peers}
    assert [peer.rank for peer in peers] == list(range(1, len(peers) + 1))


@pytest.mark.parametrize("strategy", list(Strategy))
def test_peers_do_not_depend_on_the_order_of_regions(strategy: Strategy) -> None:
    subject, regions = country()["32.11"], list(country().values())
    assert choose_peers(strategy, subject, regions) == choose_peers(strategy, subject, reversed(regions))


def test_the_best_are_of_the_same_kind_and_ordered_by_index() -> None:
    assert chosen(Strategy.BEST, "32.11")[:4] == ["35.10", "35.06", "33.11", "32.15"]
    assert chosen(Strategy.BEST, "51.71")[:3] == ["32.73", "35.77", "35.78"]
    first = choose_peers(Strategy.BEST, country()["32.11"], country().values())[0]
    assert first.why == Attainment(Decimal("4.77"))


def test_equal_indexes_fall_to_the_lower_code() -> None:
    regions = [place(code, index=Decimal("3.00")) for code in ("11.03", "11.01", "11.02")]
    peers = choose_peers(Strategy.BEST, place("11.04"), regions)
    assert [peer.code for peer in peers] == ["11.01", "11.02", "11.03"]


def test_the_province_lists_its_regions_without_a_result_last() -> None:
    regions = [place("11.01"), place("11.02", index=Decimal("2.00")), place("12.01", index=Decimal("4.00"))]
    peers = choose_peers(Strategy.PROVINCE, place("11.09"), regions)
    assert [(peer.code, peer.why) for peer in peers] == [
        ("11.02", Attainment(Decimal("2.00"))),
        ("11.01", Attainment(None)),
    ]


def test_neighbours_are_ordered_by_kilometres() -> None:
    peers = choose_peers(Strategy.NEIGHBOURS, country()["32.11"], country().values())
    kilometres = [peer.why.kilometres for peer in peers if isinstance(peer.why, Nearness)]
    assert kilometres == sorted(kilometres)
    assert len(kilometres) == LIMIT
    assert {"32.73", "32.77", "32.12", "32.10", "32.13"} <= {peer.code for peer in peers}


def test_similar_places_are_described_by_place_and_never_by_performance() -> None:
    subject = country()["32.11"]
    shuffled = [replace(region, start=None, index=None) for region in country().values()]
    assert choose_peers(Strategy.SIMILAR, subject, shuffled) == choose_peers(
        Strategy.SIMILAR, subject, country().values()
    )


def test_similar_places_are_of_the_same_kind_and_nearest_first() -> None:
    peers = choose_peers(Strategy.SIMILAR, country()["32.11"], country().values())
    apart = [peer.why.apart for peer in peers if isinstance(peer.why, Likeness)]
    assert apart == sorted(apart)
    assert {country()[peer.code].kind for peer in peers} == {"regency"}
    for peer in peers:
        assert 600_000 < (country()[peer.code].population or 0) < 2_400_000


def test_a_twin_is_no_distance_apart() -> None:
    (twin,) = choose_peers(Strategy.SIMILAR, place("11.01"), [place("11.02")])
    assert twin.why == Likeness(Decimal("0.0000"), ())


def test_an_unknown_area_counts_as_one_standard_deviation_and_is_named() -> None:
    regions = [place("11.02", area=None), place("11.03"), place("11.04", population=900_000, area="4000")]
    peers = choose_peers(Strategy.SIMILAR, place("11.01"), regions)
    assert peers[0].code == "11.03"
    blind = next(peer for peer in peers if peer.code == "11.02")
    assert blind.why == Likeness(Decimal("0.8165"), (Trait.AREA, Trait.DENSITY))  # sqrt((0 + 1 + 1) / 3)


def test_a_region_of_unknown_area_is_still_compared_by_its_population() -> None:
    peers = choose_peers(Strategy.SIMILAR, country()["11.10"], country().values())  # Aceh Singkil
    assert len(peers) == LIMIT
    assert all(100_000 < (country()[peer.code].population or 0) < 200_000 for peer in peers)


def test_role_models_began_alike_and_rose_more() -> None:
    subject = country()["14.08"]  # Siak, 3.01 in 2023 and 3.54 in 2024
    peers = choose_peers(Strategy.ROLE_MODELS, subject, country().values())
    assert peers
    rises = []
    for peer in peers:
        assert isinstance(peer.why, Rise)
        assert peer.why.start_apart <= SIMILAR_START
        assert peer.why.rise > (subject.rise or 0)
        rises.append(peer.why.rise)
    assert rises == sorted(rises, reverse=True)


def test_a_rise_from_an_impossible_row_makes_no_role_model() -> None:
    beginner = place("11.99", start=Decimal("1.10"), index=Decimal("1.20"))
    peers = choose_peers(Strategy.ROLE_MODELS, beginner, country().values(), limit=514)
    assert "64.11" in {peer.code for peer in peers}  # Mahakam Ulu, 1.11 to 2.25
    assert "16.07" not in {peer.code for peer in peers}  # Banyuasin, 1.05 is not possible


@pytest.mark.parametrize(
    ("strategy", "subject"),
    [
        (Strategy.NEIGHBOURS, place("11.01", point=None)),
        (Strategy.SIMILAR, place("11.01", population=None)),
        (Strategy.ROLE_MODELS, place("11.01")),
        (
            Strategy.ROLE_MODELS,
            place("11.01", start=Decimal("2.00"), index=Decimal("3.00"), is_doubtful=True),
        ),
    ],
)
def test_without_what_a_strategy_asks_for_there_are_no_peers(strategy: Strategy, subject: Region) -> None:
    assert choose_peers(strategy, subject, country().values()) == ()


def test_a_region_that_fell_does_not_make_those_that_fell_less_its_models() -> None:
    subject = place("11.01", start=Decimal("3.00"), index=Decimal("2.00"))
    fell_less = place("11.02", start=Decimal("3.00"), index=Decimal("2.90"))
    stayed = place("11.03", start=Decimal("3.00"), index=Decimal("3.00"))
    rose = place("11.04", start=Decimal("3.00"), index=Decimal("3.01"))
    peers = choose_peers(Strategy.ROLE_MODELS, subject, [fell_less, stayed, rose])
    assert [peer.code for peer in peers] == ["11.04"]


TRAITS = st.tuples(st.integers(1, 5_000_000), st.one_of(st.none(), st.integers(1, 60_000).map(str)))


@given(TRAITS, st.lists(TRAITS, max_size=15))
def test_likeness_is_never_negative_and_lists_are_complete(
    subject: tuple[int, str | None], others: Sequence[tuple[int, str | None]]
) -> None:
    regions = [place(f"12.{number:02}", *other) for number, other in enumerate(others)]
    peers = choose_peers(Strategy.SIMILAR, place("11.01", *subject), regions, limit=20)
    assert len(peers) == len(regions)
    assert all(isinstance(peer.why, Likeness) and peer.why.apart >= 0 for peer in peers)
