"""Each heading is true with the figures it is written from, and another with others."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from livinglab.comparisons.domain.country import Move, Moves, Summary, moves, summaries_by, summarize
from livinglab.comparisons.web import country_findings as findings
from livinglab.comparisons.web.country_findings import Names
from livinglab.comparisons.web.words import regions_in_words, tenths
from tests.comparisons.published import DOMAINS, results

ENGLISH = Names(
    bands=("Poor", "Fair", "Good", "Very good", "Excellent"),
    good=2,
    domains={"D1": "policy", "D2": "governance", "D3": "management", "D4": "services"},
    groups={
        "sumatra": "Sumatra",
        "java": "Java",
        "kalimantan": "Kalimantan",
        "bali-nusa-tenggara": "Bali and Nusa Tenggara",
        "sulawesi": "Sulawesi",
        "maluku": "Maluku",
        "papua": "Papua",
    },
)
INDONESIAN = replace(
    ENGLISH,
    bands=("Kurang", "Cukup", "Baik", "Sangat Baik", "Memuaskan"),
    domains={"D1": "kebijakan", "D2": "tata kelola", "D3": "manajemen", "D4": "layanan"},
    groups=ENGLISH.groups | {"java": "Jawa"},
)
NOTHING = Summary(0, None, None, (0, 0, 0, 0, 0), {})
LOW = Summary(10, Fraction(1), Fraction(1), (10, 0, 0, 0, 0), {"D1": Fraction(1), "D2": Fraction(1)})
HIGH = Summary(10, Fraction(4), Fraction(4), (0, 0, 5, 3, 2), {"D1": Fraction(4), "D2": Fraction(3)})


@pytest.fixture(autouse=True)
def in_english() -> object:
    with translation.override("en"):
        yield


def summary(year: int) -> Summary:
    return summarize(results(year), bands=5, domains=DOMAINS)


def groups(year: int) -> dict[str, Summary]:
    return summaries_by(results(year), lambda one: one.group, bands=5, domains=DOMAINS)


def bands(*counts: int) -> Summary:
    return Summary(sum(counts), Fraction(2), Fraction(2), counts, {})


def move(code: str, start: str, end: str, bands: tuple[int, int] = (0, 0), *, doubtful: bool = False) -> Move:
    return Move(code, Decimal(start), Decimal(end), *bands, doubtful)


def test_the_headline_of_2024_in_both_languages() -> None:
    assert findings.headline(summary(2024), summary(2023), ENGLISH) == (
        "Seven in ten regions are now Good or better; management is still weakest"
    )
    with translation.override("id"):
        assert findings.headline(summary(2024), summary(2023), INDONESIAN) == (
            "Tujuh dari sepuluh daerah kini Baik atau lebih; manajemen masih yang terlemah"
        )


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [
        (NOTHING, None, "No result has been published yet"),
        (HIGH, None, "All regions are Good or better; governance is weakest"),
        (HIGH, LOW, "All regions are now Good or better; governance is weakest"),
        (LOW, HIGH, "No region is Good or better; policy and governance are weakest"),
        (bands(0, 5, 5, 0, 0), None, "Half of the regions are Good or better"),
        (bands(0, 5, 5, 0, 0), bands(0, 4, 6, 0, 0), "Half of the regions are Good or better"),
        (bands(0, 64, 36, 0, 0), None, "36 of 100 regions are Good or better"),
    ],
)
def test_the_headline_of_other_figures(now: Summary, before: Summary | None, said: str) -> None:
    assert findings.headline(now, before, ENGLISH) == said


def test_the_standfirst_gives_the_exact_figures_with_their_base() -> None:
    assert findings.standfirst(2024, summary(2024), 2023, summary(2023), ENGLISH) == (
        "In 2024, 350 of the 485 regencies and cities assessed are Good, Very good or Excellent. "
        "In 2023 it was 277 of 491. Management averages 1.72 of 5."
    )
    assert "2023" not in findings.standfirst(2024, HIGH, None, None, ENGLISH)
    assert "Choose another year" in findings.standfirst(2024, NOTHING, None, None, ENGLISH)


def test_the_map_by_predicate() -> None:
    assert findings.map_by_band(groups(2024), ENGLISH) == (
        "In Java, 112 of 113 regions are Good or better; in Maluku and Papua, 3 of 43"
    )
    assert findings.map_by_band({"java": HIGH, "papua": bands(0, 5, 5, 0, 0)}, ENGLISH) == (
        "In Java, 10 of 10 regions are Good or better; in Papua, 5 of 10"
    )
    assert findings.map_by_band({"java": HIGH, "papua": HIGH}, ENGLISH) == (
        "20 of 20 regions are Good or better, in every island group alike"
    )
    assert findings.map_by_band({"java": NOTHING}, ENGLISH) == "No region has a result for this year"
    assert findings.map_by_band({}, ENGLISH) == "No region has a result for this year"


def test_the_map_by_index_and_by_domain() -> None:
    means = {group: one.index_mean for group, one in groups(2024).items() if one.index_mean is not None}
    assert findings.map_by_index(means, ENGLISH) == "The index averages 3.83 in Java and 1.84 in Papua"
    management = {group: one.domain_means["D3"] for group, one in groups(2024).items()}
    assert findings.map_by_domain(management, "D3", ENGLISH) == (
        "Management averages 2.54 in Java and 1.04 in Maluku"
    )
    even = {"java": Fraction(3), "papua": Fraction(3)}
    assert findings.map_by_index(even, ENGLISH) == "The index averages 3.00 in every island group"
    assert findings.map_by_index({}, ENGLISH) == "No region has a result for this year"


def test_the_map_by_change() -> None:
    found = moves(results(2023), results(2024))
    said = findings.map_by_change(found, {"java": Fraction(4, 10), "papua": Fraction(1, 10)}, ENGLISH)
    assert said == "441 of 479 regions rose in a year; Java rose most, by 0.40 on average"
    fell = Moves((move("11.01", "3.00", "2.00"),))
    assert findings.map_by_change(fell, {"sumatra": Fraction(-1)}, ENGLISH) == "Every region fell in a year"
    assert findings.map_by_change(Moves(()), {}, ENGLISH) == "No region has a result for both years"


def test_the_ranking() -> None:
    assert findings.ranking(["Banyuwangi"], ["java"] * 15 + ["sumatra"], ENGLISH) == (
        "Banyuwangi leads; fifteen of the top sixteen are in Java"
    )
    assert findings.ranking(["A", "B"], ["java"] * 4, ENGLISH) == (
        "A and B lead together; all of the top four are in Java"
    )
    assert findings.ranking(["A"], ["java", "papua", "maluku", "sumatra"], ENGLISH) == (
        "A leads; the top four are spread over four island groups"
    )
    assert findings.ranking(["A"], ["java"], ENGLISH) == "A leads"
    assert findings.ranking([], [], ENGLISH) == "Nobody is ranked yet"


def test_an_impossible_start_never_leads_the_rises() -> None:
    found = moves(results(2023), results(2024))
    assert found.ranked[0].is_doubtful
    names = {one.code: one.code for one in found.ranked} | {"35.14": "Pasuruan"}
    assert findings.rises(found, names, ENGLISH) == "Pasuruan rose most: from Fair to Very good in a year"


@pytest.mark.parametrize(
    ("moved", "said"),
    [
        ((), "No region has a result for both years"),
        ((move("a", "2.00", "2.00"),), "No region rose in a year"),
        ((move("a", "2.00", "1.90"), move("b", "3.00", "2.00")), "Every region fell in a year"),
        ((move("a", "2.00", "2.40"),), "A rose most: from 2.00 to 2.40 in a year"),
        ((move("a", "2.00", "2.40"), move("b", "3.00", "3.40")), "A and B rose most, by 0.40 each"),
        ((move("a", "1.00", "3.00", (0, 2), doubtful=True),), "Every region rose in a year"),
    ],
)
def test_the_rises_of_other_figures(moved: tuple[Move, ...], said: str) -> None:
    assert findings.rises(Moves(moved), {"a": "A", "b": "B"}, ENGLISH) == said


def test_the_domains() -> None:
    assert findings.domains(summary(2024), groups(2024), ENGLISH) == (
        "Management is weakest in every island group"
    )
    here = Summary(1, Fraction(2), Fraction(2), (1,), {"D1": Fraction(1), "D2": Fraction(2)})
    there = replace(here, domain_means={"D1": Fraction(3), "D2": Fraction(1)})
    assert findings.domains(here, {"java": here, "papua": there}, ENGLISH) == (
        "Policy is weakest overall, and in one of two island groups"
    )
    assert findings.domains(bands(1), {}, ENGLISH) == "Domain values have not been published for this year"


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [
        (summary(2024), summary(2023), "Very good more than doubled in a year: from 53 to 122 regions"),
        (
            summary(2023),
            summary(2024),
            "Very good shrank to less than half in a year: from 122 to 53 regions",
        ),
        (bands(0, 0, 12, 0, 0), bands(0, 0, 10, 0, 0), "Good grew in a year: from 10 to 12 regions"),
        (bands(0, 0, 9, 0, 0), bands(0, 0, 10, 0, 0), "Good shrank in a year: from 10 to 9 regions"),
        (
            bands(0, 4, 0, 0, 0),
            bands(0, 0, 0, 0, 0),
            "4 of 4 regions are Fair, more than any other predicate",
        ),
        (bands(1, 1, 0, 0, 0), bands(1, 1, 0, 0, 0), "As many regions have each predicate as a year before"),
        (NOTHING, None, "No region has a result for this year"),
        (summary(2024), None, "205 of 485 regions are Good, more than any other predicate"),
    ],
)
def test_the_distribution(now: Summary, before: Summary | None, said: str) -> None:
    assert findings.distribution(now, before, ENGLISH) == said


@given(st.integers(1, 600).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole))))
def test_a_share_in_words_is_never_far_from_the_truth(shares: tuple[int, int]) -> None:
    part, whole = shares
    near = tenths(part, whole)
    if near is not None:
        assert abs(Fraction(part, whole) - Fraction(near, 10)) <= Fraction(25, 1000)
    said = regions_in_words(part, whole)
    assert (said == "all regions") == (part == whole)
    assert (said == "no region") == (part == 0)
