"""The checker: what it finds is a proof, and what levels can give it never blames."""

from decimal import Decimal
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from livinglab.assessments.domain.checks import Figures, check_figures
from livinglab.assessments.domain.reachable import INDEX, exact_values, possible_values
from livinglab.assessments.domain.scoring import level_keys, round_half_up, score
from tests.assessments.known import BY_CODE

SPBE = BY_CODE["spbe-2020"]
NOT_FROM_DOMAINS = ("index_not_from_domains", "index", ("4.50", "4.51"))
NOT_BAIK = ("predicate_not_of_index", "index", ("Memuaskan",))


def figures(index: str | None, predicate: str, *domains: str) -> Figures:
    values = {f"D{position}": Decimal(each) for position, each in enumerate(domains, start=1)}
    return Figures(Decimal(index) if index else None, predicate, values)


def found(year: int, printed: Figures) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(each.kind.value, each.part, each.expected) for each in check_figures(SPBE, year, printed)]


def test_possible_values_are_those_of_all_sets_of_levels() -> None:
    aspect = SPBE.aspects[1]
    by_trying = {
        round_half_up(
            sum(
                (level * each.weight for level, each in zip(levels, aspect.indicators, strict=True)),
                Fraction(0),
            )
            / aspect.weight,
            2,
        )
        for levels in product(range(1, 6), repeat=4)
    }
    assert possible_values(SPBE, "A2") == by_trying


def test_each_part_reaches_both_ends_of_the_scale_and_nothing_outside() -> None:
    for code, instrument in BY_CODE.items():
        for part in (INDEX, *(each.code for each in (*instrument.domains, *instrument.aspects))):
            values = possible_values(instrument, part)
            assert (min(values), max(values)) == (instrument.scale.minimum, instrument.scale.maximum), (
                code,
                part,
            )


def test_exact_values_are_rounded_to_the_value_they_stand_under() -> None:
    for rounded, exact in exact_values(SPBE, "D4").items():
        assert {round_half_up(each, 2) for each in exact} == {rounded}


def test_an_unknown_part_is_an_error() -> None:
    with pytest.raises(KeyError, match="D9"):
        possible_values(SPBE, "D9")


@given(st.data())
@settings(max_examples=60)
def test_what_levels_give_is_never_blamed(data: st.DataObject) -> None:
    levels = {key: data.draw(st.integers(1, 5)) for key in level_keys(SPBE)}
    year = data.draw(st.sampled_from([2021, 2022, 2023, 2024, 2025]))
    result = score(SPBE, levels, year)
    domains = {code: part.rounded for code, part in result.domains.items()}
    assert found(year, Figures(result.index, result.predicate.name.id, domains)) == []


@pytest.mark.parametrize(
    ("year", "printed", "findings"),
    [
        (2023, figures("1.05", "Kurang", "2.40", "1.70", "1.09", "0.30"), [("impossible_domain", "D4", ())]),
        (2024, figures("4.51", "Memuaskan", "5.00", "4.30", "3.91", "4.69"), []),
        (2024, figures("4.52", "Memuaskan", "5.00", "4.30", "3.91", "4.69"), [NOT_FROM_DOMAINS]),
        (2024, figures("4.51", "Baik", "5.00", "4.30", "3.91", "4.69"), [NOT_BAIK]),
        (2024, figures("4.51", "Memuaskan", "5.00", "4.31", "3.91", "4.69"), [("impossible_domain", "D2", ())]),
        (2024, figures("0.99", "Kurang"), [("impossible_index", "index", ())]),
        (2023, figures("1.80", "Cukup"), []),
        (2023, figures("1.80", "Kurang"), [("predicate_not_of_index", "index", ("Cukup",))]),
        (2024, figures("1.80", "Kurang"), []),  # 1.7951 is printed 1.80 and is Kurang before rounding
        (2024, figures("1.80", "Cukup"), []),
        (2024, figures("1.80", "Baik"), [("predicate_not_of_index", "index", ("Cukup", "Kurang"))]),
        (2024, figures(None, "", "5.00"), []),
        (2024, figures("5.00", "Memuaskan"), []),
        (2024, figures("1.00", "Kurang"), []),
    ],
    ids=range(14),
)  # fmt: skip
def test_a_finding_says_what_cannot_be(
    year: int, printed: Figures, findings: list[tuple[str, str, tuple[str, ...]]]
) -> None:
    assert found(year, printed) == findings
