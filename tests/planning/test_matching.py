"""The matching of the country: nobody over its capacity, never worse than greedy, as good as trying everything."""

from itertools import product
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from livinglab.planning.domain.matching import Matching, Request, greedy, match

HOSTS = ["32.11", "33.02", "35.10", "51.71"]


@st.composite
def countries(draw: st.DrawFn, most: int = 6) -> tuple[list[Request], dict[str, int]]:
    """Draw a few requests and what each host takes; some hosts take nobody."""
    number = draw(st.integers(1, most))
    fits = st.dictionaries(st.sampled_from(HOSTS), st.integers(0, 1000), max_size=4)
    requests = [Request(f"14.{row // 2:02}", f"D{row % 2 + 1}/3", draw(fits)) for row in range(number)]
    return requests, {host: draw(st.integers(0, 2)) for host in HOSTS}


def least_cost(requests: list[Request], capacity: dict[str, int]) -> int:
    """Return the least cost of all matchings, each of them tried."""
    unserved = 1000 * (len(requests) + 1)

    def cost(chosen: tuple[str | None, ...]) -> int:
        pairs = zip(requests, chosen, strict=True)
        return sum(unserved if host is None else 1000 - one.fits[host] for one, host in pairs)

    every = product(*([None, *one.fits] for one in requests))
    return min(cost(each) for each in every if all(each.count(host) <= capacity[host] for host in HOSTS))


@given(countries())
def test_no_matching_costs_less(country: tuple[list[Request], dict[str, int]]) -> None:
    requests, capacity = country
    assert match(requests, capacity).cost == least_cost(requests, capacity)


@given(countries(most=24))
def test_nobody_hosts_more_than_it_can_and_greedy_is_never_better(
    country: tuple[list[Request], dict[str, int]],
) -> None:
    requests, capacity = country
    found = match(requests, capacity)
    assert all(load <= capacity[host] for host, load in found.loads.items())
    assert sum(found.loads.values()) == sum(one.host is not None for one in found.matches)
    assert found.cost <= greedy(requests, capacity).cost


@given(countries(most=12), st.randoms())
def test_the_order_of_the_requests_changes_nothing(
    country: tuple[list[Request], dict[str, int]], chance: Random
) -> None:
    requests, capacity = country
    mixed = list(requests)
    chance.shuffle(mixed)
    assert match(mixed, capacity) == match(requests, capacity)


@given(countries(most=12), st.lists(st.integers(0, 1000), min_size=12, max_size=12))
def test_another_host_never_worsens_the_matching(
    country: tuple[list[Request], dict[str, int]], fits: list[int]
) -> None:
    requests, capacity = country
    more = [
        Request(one.asker, one.wish, {**one.fits, "73.71": fit})
        for one, fit in zip(requests, fits, strict=False)
    ]
    assert match(more, {**capacity, "73.71": 1}).cost <= match(requests, capacity).cost


def all_to_one(capacity: int) -> Matching:
    """Return the matching of three regions that all fit Sumedang best and Banyuwangi next."""
    requests = [
        Request(f"14.0{number}", "D2/3", {"32.11": 900 + number, "35.10": 500 + number})
        for number in (1, 2, 3)
    ]
    return match(requests, {"32.11": capacity, "35.10": 1})


def test_a_full_host_sends_on_and_says_so() -> None:
    found = all_to_one(1)
    assert [(one.asker, one.host, one.fit, one.first, one.full) for one in found.matches] == [
        ("14.01", None, 0, "32.11", 2),
        ("14.02", "35.10", 502, "32.11", 1),
        ("14.03", "32.11", 903, "32.11", 0),
    ]
    assert found.loads == {"32.11": 1, "35.10": 1}


def test_a_host_with_room_takes_everybody_who_fits_it_best() -> None:
    assert [one.host for one in all_to_one(3).matches] == ["32.11"] * 3


def test_a_request_that_nobody_can_answer_has_no_first_choice() -> None:
    (found,) = match([Request("14.08", "D3/5", {})], {}).matches
    assert (found.host, found.first, found.full) == (None, None, 0)
