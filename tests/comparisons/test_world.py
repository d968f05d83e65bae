"""EGDI is read exactly, says how sure it is, and stays apart from SPBE."""

from decimal import Decimal

import pytest

from livinglab.comparisons.domain.world import (
    BadEgdi,
    Component,
    Group,
    Reliability,
    difference_by_component,
    parse_egdi,
)
from tests.comparisons.published import REFERENCE

ROWS = parse_egdi((REFERENCE / "egdi.csv").read_text(encoding="utf-8").splitlines(), name="egdi.csv")
BY_KEY = {(row.year, row.country_code): row for row in ROWS}
HEADER = "year,country_code,country,rank,egdi,osi,hci,tii,epi,source,reliability,note"


def test_five_countries_in_two_years_and_the_mean_of_the_world() -> None:
    codes = {"DK", "FI", "KR", "SG", "ID"}
    assert {code for year, code in BY_KEY if year == 2022} == codes
    assert {code for year, code in BY_KEY if year == 2024} == codes | {"WORLD"}


def test_indonesia_rose_from_rank_77_to_64_and_into_the_highest_group() -> None:
    before, now = BY_KEY[2022, "ID"], BY_KEY[2024, "ID"]
    assert (before.rank, before.egdi, before.group) == (77, Decimal("0.7160"), Group.HIGH)
    assert (now.rank, now.egdi, now.group) == (64, Decimal("0.7991"), Group.VERY_HIGH)
    assert now.reliability is Reliability.OFFICIAL


def test_the_difference_to_denmark_adds_up_from_its_components() -> None:
    denmark, indonesia = BY_KEY[2022, "DK"], BY_KEY[2022, "ID"]
    parts = difference_by_component(denmark, indonesia)
    assert round(sum(parts.values()), 4) == denmark.egdi - indonesia.egdi
    assert max(parts, key=parts.__getitem__) is Component.INFRASTRUCTURE


def test_components_that_are_unknown_explain_nothing() -> None:
    assert difference_by_component(BY_KEY[2024, "DK"], BY_KEY[2024, "ID"]) == {}


def test_what_was_not_sourced_is_marked_unverified() -> None:
    unverified = {key for key, row in BY_KEY.items() if row.reliability is Reliability.UNVERIFIED}
    assert unverified == {(2024, "FI"), (2024, "KR"), (2024, "SG")}


def test_a_rank_that_is_not_known_is_absent() -> None:
    assert BY_KEY[2024, "FI"].rank is None
    assert BY_KEY[2024, "WORLD"].is_world_mean


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("2022,ID,Indonesia,77,1.7160,,,,,UN,official,", "egdi 1.7160 is not between 0 and 1"),
        ("2022,ID,Indonesia,77,NaN,,,,,UN,official,", "egdi NaN is not between 0 and 1"),
        ("2022,ID,Indonesia,77,about,,,,,UN,official,", "egdi 'about' is not a number"),
        ("2022,ID,Indonesia,77,,,,,,UN,official,", "egdi is missing"),
        ("2022,ID,Indonesia,77,0.7160,0.7644,,,,UN,official,", "all of osi, hci, tii or none"),
        (
            "2022,ID,Indonesia,77,0.7260,0.7644,0.7438,0.6397,,UN,official,",
            "the mean of the components is not",
        ),
        ("2022,ID,Indonesia,77,0.7160,,,,,UN,rumour,", "reliability 'rumour' is none of official"),
        ("2022,ID,Indonesia,x,0.7160,,,,,UN,official,", "year and rank must be whole numbers"),
        ("2022,ID", "egdi is missing"),
    ],
)
def test_a_bad_row_is_refused_with_its_line(row: str, message: str) -> None:
    with pytest.raises(BadEgdi, match=f"egdi.csv, line 2: {message}"):
        parse_egdi([HEADER, row], name="egdi.csv")


def test_a_country_twice_in_a_year_is_refused() -> None:
    row = "2022,ID,Indonesia,77,0.7160,,,,,UN,official,"
    with pytest.raises(BadEgdi, match="line 3: Indonesia 2022 is there already"):
        parse_egdi([HEADER, row, row], name="egdi.csv")
    with pytest.raises(BadEgdi, match="line 1: columns must be"):
        parse_egdi(["year"], name="egdi.csv")
