"""The page of checks shows what cannot be true and where sources disagree, without repeating agreement."""

from decimal import Decimal

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from livinglab.portal.domain.disagreements import Statement, disagreements

_STATEMENTS = st.builds(
    Statement,
    code=st.sampled_from(["32.11", "14.08"]),
    name=st.just("A region"),
    year=st.sampled_from([2023, 2024]),
    index=st.sampled_from([Decimal("3.50"), Decimal("3.51")]),
    source=st.just("press"),
    reliability=st.just("press"),
    is_leading=st.booleans(),
)


@given(st.lists(_STATEMENTS, max_size=12))
def test_only_and_all_that_differ_are_shown(statements: list[Statement]) -> None:
    found = disagreements(statements)
    differing = {
        (one.year, one.code)
        for one in statements
        for other in statements
        if (one.year, one.code) == (other.year, other.code) and one.index != other.index
    }
    assert {(one.year, one.code) for one in found} == differing
    for one in found:
        assert one.spread == Decimal("0.01")
        order = [each.is_leading for each in one.statements]
        assert order == sorted(order, reverse=True)
    assert [-one.year for one in found] == sorted(-one.year for one in found)


@pytest.mark.django_db
def test_the_impossible_row_and_the_disagreement_of_sumedang_are_on_the_page(client: Client) -> None:
    page = client.get("/data/checks/").content.decode()
    assert "Kabupaten Banyuasin" in page
    assert "0,30" in page
    assert "Tidak ada susunan tingkat yang menghasilkan nilai Layanan SPBE ini." in page
    assert "3,84" in page
    assert "3,87" in page
    assert page.index("3,84") < page.index("3,87")
    english = client.get("/en/data/checks/").content.decode()
    assert "3.84" in english
    assert 'href="/en/regions/32.11/"' in english
