"""A budget on the page of the plan: what it buys, what it is told when it does not add up, in both languages."""

import re
from html import unescape
from urllib.parse import urlsplit

import pytest
from django.test import Client

from tests.planning.reading import text_of

pytestmark = pytest.mark.django_db
PLAN = "/en/regions/14.08/plan/"
PRICE = "rupiah=25000000"


def said(client: Client, query: str, *, status: int = 200, page: str = PLAN) -> str:
    answer = client.get(f"{page}?{query}")
    assert answer.status_code == status, text_of(answer.content)
    return text_of(answer.content)


def links(client: Client, query: str) -> list[str]:
    """Return the queries that an answer of error offers instead."""
    content = unescape(client.get(f"{PLAN}?{query}").content.decode())
    return [urlsplit(one).query for one in re.findall(r'href="([^"]*by=[^"]*)"', content)]


def test_a_budget_alone_asks_for_the_highest_index_within_it(client: Client) -> None:
    free = client.get(f"/api/v1/regions/14.08/plan?target=3.6&{PRICE}").json()
    document = client.get(f"/api/v1/regions/14.08/plan?budget={free['cost']}&{PRICE}").json()
    assert (document["target"], document["budget"], document["status"]) == (None, free["cost"], "optimal")
    assert int(document["cost"]) <= int(free["cost"])
    assert document["index_exact"] == free["index_exact"] or document["index"] > free["index"]
    assert document["binding"][0]["limit"] == "budget"
    page = said(client, f"budget={free['cost']}&{PRICE}")
    assert "The budget: an index of" in page
    assert f"of a budget of Rp{int(free['cost']):,}." in page


def test_a_budget_below_the_target_names_the_least_that_reaches_it(client: Client) -> None:
    free = client.get(f"/api/v1/regions/14.08/plan?target=3.6&{PRICE}").json()
    less = int(free["cost"]) - 1
    page = said(client, f"target=3.6&budget={less}&{PRICE}")
    assert "Siak cannot reach 3.6 this way" in page
    assert f"The least budget that reaches 3.6: Rp{int(free['cost']):,}" in page
    assert "of a budget of" in said(client, f"target=3.6&budget={free['cost']}&{PRICE}")


@pytest.mark.parametrize("given", ["-5", "banyak", "NaN", "1e9", "1,5", "12345678901234", "5.000.00"])
def test_what_is_no_sum_is_refused(client: Client, given: str) -> None:
    assert "is no sum in rupiah" in said(client, f"budget={given}&{PRICE}", status=422)


def test_a_budget_without_any_price_says_what_is_missing(client: Client) -> None:
    page = said(client, "budget=500000000", status=422)
    assert "A budget needs what steps cost in rupiah" in page
    assert "open steps nobody said what they cost" in page


def test_a_budget_below_the_cheapest_step_names_the_nearest_that_does(client: Client) -> None:
    for budget in ("0", "1000"):
        page = said(client, f"target=3.6&budget={budget}&{PRICE}", status=422)
        assert "This budget does not add up" in page
        assert "pays for no step: the cheapest, indicator" in page
    free = client.get(f"/api/v1/regions/14.08/plan?target=3.6&{PRICE}").json()
    nearest = links(client, f"target=3.6&budget=1000&{PRICE}")[0]
    assert f"budget={free['cost']}" in nearest
    assert said(client, nearest)


def test_a_lock_that_costs_more_than_the_budget_is_named_with_what_it_costs(client: Client) -> None:
    page = said(client, f"target=3.6&lock=21:4&budget=1000&{PRICE}", status=422)
    assert "the locked and promised steps, with what they wait for, cost" in page.lower()
    assert "more than the budget of 1,000" in page


def test_the_field_keeps_what_was_asked_in_indonesian_too(client: Client) -> None:
    content = client.get(f"/regions/14.08/plan/?budget=2.500.000.000&{PRICE}").content.decode()
    assert "Anggaran (rupiah)" in content
    assert 'value="2500000000"' in content
    assert "dari anggaran Rp2.500.000.000" in text_of(content.encode())
