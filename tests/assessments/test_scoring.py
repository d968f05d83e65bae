"""The index is exact: published evaluations reproduce, and its laws hold for every set of levels."""

from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from livinglab.assessments.domain.instruments import Comparison, Instrument, UnknownYear
from livinglab.assessments.domain.levels import Level
from livinglab.assessments.domain.score_document import exact_text, score_document
from livinglab.assessments.domain.scoring import (
    band_of,
    indices,
    level_keys,
    predicate_of,
    round_half_up,
    score,
)
from tests.assessments.known import BY_CODE, Case, published_cases

SPBE = BY_CODE["spbe-2020"]
PEMDI = BY_CODE["pemdi-2026"]
SPLIT = {"35": 1, "35-2": 1, "35-3": 1}


def level(instrument: Instrument) -> st.SearchStrategy[Level]:
    low, high = instrument.scale.minimum, instrument.scale.maximum
    if instrument.scale.decimals == 0:
        return st.integers(low, high)
    units = 10**instrument.scale.decimals
    hundredths = st.integers(low * units, high * units)
    return hundredths.map(lambda each: Decimal(each).scaleb(-instrument.scale.decimals)) | st.integers(
        low, high
    )


def levels_of(instrument: Instrument) -> st.SearchStrategy[dict[str, Level]]:
    plain = st.fixed_dictionaries({key: level(instrument) for key in level_keys(instrument)})
    if not instrument.variants:
        return plain
    split = st.fixed_dictionaries({key: level(instrument) for key in level_keys(instrument, SPLIT)})
    return plain | split


def anything() -> st.SearchStrategy[tuple[Instrument, dict[str, Level]]]:
    return st.sampled_from(sorted(BY_CODE)).flatmap(
        lambda code: st.tuples(st.just(BY_CODE[code]), levels_of(BY_CODE[code]))
    )


def weighed_by_hand(instrument: Instrument, levels: dict[str, Level]) -> dict[str, Fraction]:
    """The regulation's formulas, literally: aspects from indicators, domains from aspects, the index from domains."""
    found: dict[str, Fraction] = {}
    for aspect in instrument.aspects:
        pairs = [(Fraction(levels[each.key]), each.weight) for each in aspect.indicators]
        if aspect.code == "A7" and "35-2" in levels:
            scores = [Fraction(levels[key]) for key in ("32", "33", "34", "35", "35-2", "35-3")]
            pairs = [(each, Fraction(20, 6)) for each in scores]
        found[aspect.code] = sum((value * weight for value, weight in pairs), Fraction(0)) / aspect.weight
    for domain in instrument.domains:
        parts = (found[aspect.code] * aspect.weight for aspect in domain.aspects)
        found[domain.code] = sum(parts, Fraction(0)) / domain.weight
    tops = instrument.domains or instrument.aspects
    found["index"] = sum((found[part.code] * part.weight for part in tops), Fraction(0)) / 100
    return found


@pytest.mark.parametrize("case", published_cases(), ids=lambda case: case.name)
def test_a_published_evaluation_reproduces_to_the_last_figure(case: Case) -> None:
    result = score(BY_CODE[case.instrument], case.levels, case.year)
    assert score_document(BY_CODE[case.instrument], result) == {
        "instrument": case.instrument,
        "index": str(case.index),
        "index_exact": case.index_exact,
        "predicate": case.predicate,
        "domains": case.domains,
        "aspects": case.aspects,
    }


def test_the_regulations_example_of_an_aspect() -> None:
    levels: dict[str, Level] = dict.fromkeys(level_keys(SPBE), 1) | {"11": 3, "12": 4, "13": 3, "14": 2}
    assert score(SPBE, levels).aspects["A2"].exact == 3


def test_the_regulations_example_of_a_domain() -> None:
    aspects = {"A2": Fraction(3), "A3": Fraction(4), "A4": Fraction(3)}
    domain = SPBE.domains[1]
    value = sum(aspects[each.code] * each.weight for each in domain.aspects) / domain.weight
    assert (value, round_half_up(value, 2)) == (Fraction(17, 5), Decimal("3.40"))


def test_the_regulations_example_of_an_index() -> None:
    domains = [Fraction(each) for each in ("3.70", "3.40", "3.00", "3.20")]
    index = sum(value * part.weight for value, part in zip(domains, SPBE.domains, strict=True)) / 100
    assert round_half_up(index, 2) == Decimal("3.28")
    assert predicate_of(SPBE, index).name.id == "Baik"


def test_the_levels_of_the_regulations_example_of_a_domain_give_its_value() -> None:
    of_domain = {"11": 3, "12": 4, "13": 3, "14": 2, "15": 4, "16": 4, "17": 4, "18": 4, "19": 3, "20": 3}
    levels: dict[str, Level] = dict.fromkeys(level_keys(SPBE), 1) | of_domain
    assert score(SPBE, levels).domains["D2"].rounded == Decimal("3.40")


@given(anything())
def test_a_score_is_the_regulations_formula(drawn: tuple[Instrument, dict[str, Level]]) -> None:
    instrument, levels = drawn
    result = score(instrument, levels)
    found = {part.code: part.exact for part in (*result.domains.values(), *result.aspects.values())}
    assert {**found, "index": result.index_exact} == weighed_by_hand(instrument, levels)


@given(anything(), st.data())
def test_raising_a_level_never_lowers_the_index(
    drawn: tuple[Instrument, dict[str, Level]], data: st.DataObject
) -> None:
    instrument, levels = drawn
    key = data.draw(st.sampled_from(sorted(levels)))
    higher = data.draw(level(instrument).filter(lambda each: each >= levels[key]))
    before, after = score(instrument, levels), score(instrument, {**levels, key: higher})
    assert after.index_exact - before.index_exact == (Fraction(higher) - Fraction(levels[key])) * _weight(
        instrument, levels, key
    )
    assert after.index >= before.index
    assert instrument.bands.index(after.predicate) >= instrument.bands.index(before.predicate)


def _weight(instrument: Instrument, levels: dict[str, Level], key: str) -> Fraction:
    if "35-2" in levels and key in ("32", "33", "34", "35", "35-2", "35-3"):
        return Fraction(20, 600)
    indicator = instrument.indicator(int(key))
    assert indicator is not None
    return indicator.weight / 100


@given(anything())
def test_the_order_in_which_levels_are_given_does_not_matter(
    drawn: tuple[Instrument, dict[str, Level]],
) -> None:
    instrument, levels = drawn
    assert score(instrument, dict(reversed(levels.items()))) == score(instrument, levels)


@given(anything())
def test_exchanging_levels_of_equal_weight_changes_nothing(
    drawn: tuple[Instrument, dict[str, Level]],
) -> None:
    instrument, levels = drawn
    aspect = instrument.aspects[0]
    keys = [each.key for each in aspect.indicators]
    rotated = {**levels, **dict(zip(keys, [levels[key] for key in (*keys[1:], keys[0])], strict=True))}
    assert score(instrument, rotated).index_exact == score(instrument, levels).index_exact


@pytest.mark.parametrize("code", sorted(BY_CODE))
def test_one_level_everywhere_is_the_index_and_every_part(code: str) -> None:
    instrument = BY_CODE[code]
    for whole in instrument.scale.levels:
        result = score(instrument, dict.fromkeys(level_keys(instrument), whole))
        parts = (*result.domains.values(), *result.aspects.values())
        assert {result.index_exact, *(part.exact for part in parts)} == {Fraction(whole)}


@given(st.fractions(min_value=0, max_value=100, max_denominator=10**6), st.integers(0, 4))
def test_rounding_is_half_up(number: Fraction, places: int) -> None:
    with localcontext() as context:
        context.prec = 60
        scaled = Decimal(number.numerator) / Decimal(number.denominator)
        expected = scaled.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    assert round_half_up(number, places) == expected
    assert round_half_up(number, places).as_tuple().exponent == -places


@pytest.mark.parametrize(
    ("exact", "rounded"), [("3405/1000", "3.41"), ("17995/10000", "1.80"), ("1/3", "0.33"), ("2", "2.00")]
)
def test_a_half_goes_up(exact: str, rounded: str) -> None:
    assert str(round_half_up(Fraction(exact), 2)) == rounded


@pytest.mark.parametrize("code", sorted(BY_CODE))
def test_each_edge_belongs_to_the_band_above_it(code: str) -> None:
    instrument = BY_CODE[code]
    hair = Fraction(1, 10**9)
    for below, above in zip(instrument.bands, instrument.bands[1:], strict=False):
        edge = Fraction(above.lower)
        assert (band_of(instrument, edge), band_of(instrument, edge - hair)) == (above, below)
    assert band_of(instrument, Fraction(instrument.scale.maximum)) == instrument.bands[-1]
    assert band_of(instrument, Fraction(instrument.scale.minimum)) == instrument.bands[0]


@pytest.mark.parametrize("outside", ["0.99", "5.01"])
def test_there_is_no_band_outside_the_scale(outside: str) -> None:
    with pytest.raises(ValueError, match="outside 1 to 5"):
        band_of(SPBE, Fraction(outside))


@pytest.mark.parametrize(
    ("exact", "year", "predicate"),
    [
        ("1.7995", 2023, "Cukup"),  # Boven Digoel, printed 1,80 Cukup
        ("1.7995", 2024, "Kurang"),
        ("3.4985", 2024, "Baik"),  # Pacitan, printed 3,50 Baik
        ("3.4985", 2023, "Sangat Baik"),
        ("3.4985", None, "Baik"),  # without a year: as in 2024, the newest year that is known
    ],
)
def test_the_predicate_follows_the_rule_of_its_year(exact: str, year: int | None, predicate: str) -> None:
    assert predicate_of(SPBE, Fraction(exact), year).name.id == predicate


@pytest.mark.parametrize("year", [2020, 2026])
def test_a_year_without_this_instrument_is_refused_by_name(year: int) -> None:
    with pytest.raises(
        UnknownYear, match=f"{year} is not an evaluation year of spbe-2020, which covers 2021–2025"
    ):
        score(SPBE, dict.fromkeys(level_keys(SPBE), 3), year)


@given(st.lists(levels_of(SPBE), max_size=3))
@settings(max_examples=30)
def test_many_at_once_are_the_same_as_one_by_one(rows: list[dict[str, int]]) -> None:
    keys = level_keys(SPBE)
    listed = [[row[key] for key in keys] for row in rows]
    assert list(indices(SPBE, listed)) == [score(SPBE, row).index_exact for row in rows]


@pytest.mark.parametrize(
    ("number", "written"), [("6/5", "6/5"), ("6/3", "2"), ("0", "0"), ("1202/800", "601/400")]
)
def test_fractions_are_written_in_lowest_terms(number: str, written: str) -> None:
    assert exact_text(Fraction(number)) == written


def test_every_year_has_one_rule_and_says_how_we_know() -> None:
    known = {
        (code, year): (rule.compares, rule.status.value)
        for code, instrument in BY_CODE.items()
        for year in range(2018, 2028)
        if instrument.years.covers(year)
        for rule in [instrument.predicate_rule(year)]
    }
    rounded, unrounded = Comparison.ROUNDED, Comparison.UNROUNDED
    assert known == {
        **{("spbe-2018", year): (rounded, "assumption") for year in (2018, 2019, 2020)},
        ("spbe-2020", 2021): (rounded, "assumption"),
        ("spbe-2020", 2022): (rounded, "assumption"),
        ("spbe-2020", 2023): (rounded, "known"),
        ("spbe-2020", 2024): (unrounded, "known"),
        ("spbe-2020", 2025): (unrounded, "assumption"),
        ("pemdi-2026", 2026): (unrounded, "assumption"),
        ("pemdi-2026", 2027): (unrounded, "assumption"),
    }
