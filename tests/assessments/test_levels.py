"""A wrong level is named: missing, extra, not whole, out of range, and all of them at once."""

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livinglab.assessments.adapters.level_files import LevelFileError, parse_levels
from livinglab.assessments.domain.levels import LevelErrors, LevelProblem, clean_levels, find_level_errors
from livinglab.assessments.domain.scoring import level_keys, score
from tests.assessments.known import BY_CODE

SPBE, OLD, PEMDI = BY_CODE["spbe-2020"], BY_CODE["spbe-2018"], BY_CODE["pemdi-2026"]
THREES: dict[str, object] = dict.fromkeys(level_keys(SPBE), 3)


def problems(levels: dict[str, object], code: str = "spbe-2020") -> list[tuple[str, str]]:
    instrument = BY_CODE[code]
    with pytest.raises(LevelErrors) as caught:
        clean_levels(levels, level_keys(instrument, levels), instrument.scale)
    return [(error.key, error.problem.value) for error in caught.value.errors]


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        (0, "out_of_range"),
        (6, "out_of_range"),
        (-1, "out_of_range"),
        pytest.param(10**5000, "out_of_range", id="a number of many digits"),
        (Decimal("3.0"), "not_whole"),
        (Decimal("3.5"), "not_whole"),
        (Decimal("NaN"), "not_a_number"),
        (Decimal("Infinity"), "not_a_number"),
        (3.0, "not_a_number"),
        (True, "not_a_number"),
        (None, "not_a_number"),
        ("3", "not_a_number"),
        ([3], "not_a_number"),
    ],
)
def test_a_wrong_level_is_named(wrong: object, problem: str) -> None:
    assert problems({**THREES, "7": wrong}) == [("7", problem)]


def test_all_wrong_levels_are_named_at_once_in_the_order_of_the_instrument() -> None:
    levels: dict[str, object] = {**THREES, "48": 3, "2": 9, "0": 1}
    del levels["1"]
    assert problems(levels) == [("1", "missing"), ("2", "out_of_range"), ("48", "unknown"), ("0", "unknown")]


@pytest.mark.parametrize("good", [1, 5, Decimal("3.25"), Decimal("1.00"), Decimal("4.9"), "3.25", "4"])
def test_pemdi_takes_two_decimals(good: object) -> None:
    levels: dict[str, object] = {**dict.fromkeys(level_keys(PEMDI), 3), "6": good}
    clean = clean_levels(levels, level_keys(PEMDI), PEMDI.scale)
    assert clean["6"] == Decimal(str(good))


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        (Decimal("3.255"), "too_many_places"),
        ("3.255", "too_many_places"),
        (Decimal("0.99"), "out_of_range"),
        ("5.01", "out_of_range"),
        ("3,25", "not_a_number"),
        ("٣", "not_a_number"),
        (Decimal("1E-999999"), "out_of_range"),
    ],
)
def test_pemdi_refuses_more_than_two_decimals(wrong: object, problem: str) -> None:
    levels: dict[str, object] = {**dict.fromkeys(level_keys(PEMDI), 3), "6": wrong}
    assert problems(levels, "pemdi-2026") == [("6", problem)]


@pytest.mark.parametrize("code", ["spbe-2020", "pemdi-2026"])
def test_level_0_exists_only_in_2018(code: str) -> None:
    assert problems({**dict.fromkeys(level_keys(BY_CODE[code]), 1), "1": 0}, code) == [("1", "out_of_range")]
    assert score(OLD, dict.fromkeys(level_keys(OLD), 0)).index == Decimal("0.00")


def test_2018_takes_indicator_35_once_or_for_three_services_but_not_for_two() -> None:
    once: dict[str, object] = dict.fromkeys(level_keys(OLD), 2)
    assert len(clean_levels(once, level_keys(OLD, once), OLD.scale)) == 35
    thrice = {**once, "35-2": 2, "35-3": 2}
    assert len(clean_levels(thrice, level_keys(OLD, thrice), OLD.scale)) == 37
    assert problems({**once, "35-2": 2}, "spbe-2018") == [("35-3", "missing")]
    assert problems({**once, "35-4": 2}, "spbe-2018") == [("35-4", "unknown")]


@given(
    st.dictionaries(
        st.text(max_size=3) | st.sampled_from(level_keys(SPBE)), st.none() | st.integers() | st.text()
    )
)
def test_whatever_comes_is_scored_or_refused_by_name(levels: dict[str, object]) -> None:
    wrong = {key for key in levels if key not in THREES or levels[key] not in (1, 2, 3, 4, 5)}
    named = {error.key for error in find_level_errors(levels, level_keys(SPBE), SPBE.scale)}
    assert named == wrong | (THREES.keys() - levels.keys())


def test_a_long_list_of_errors_is_cut() -> None:
    with pytest.raises(LevelErrors, match="and 987 more"):
        clean_levels({**{f"x{n}": 1 for n in range(1000)}}, level_keys(SPBE), SPBE.scale)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "the file is empty"),
        (b'{"levels": {"1": 3,}}', "line 1: not JSON"),
        (b'{"levels":\n{"1": 3, "1": 4}}', "'1' comes twice"),
        (b'{"levels": {"1": NaN}}', "NaN is not a number"),
        (b'{"scores": {"1": 3}}', 'expected {"levels"'),
        (b'{"levels": [3]}', 'expected {"levels"'),
        (b'{"levels": {}, "year": 2024}', "nothing beside"),
        pytest.param(b"[" * 100_000, "nested too deeply", id="deep"),
        (b"indicator;level\n1;3\n", "line 1: expected the header indicator,level"),
        (b"indicator,level\n1,3\n1,4\n", "line 3: indicator 1 comes twice"),
        (b"indicator,level\n1,3,5\n", "line 2: expected two columns, found 3"),
        (b'indicator,level\n1,"3\n', "not CSV"),
        (b"indicator,level\n1,\xff\n", "line 2: not UTF-8"),
        pytest.param(b"x" * 1_000_001, "larger than 1000000 bytes", id="large"),
    ],
)
def test_a_broken_file_is_refused_with_its_line(content: bytes, message: str) -> None:
    with pytest.raises(LevelFileError) as caught:
        parse_levels(content)
    assert message in str(caught.value)


@pytest.mark.parametrize(
    "number", ["9" * 5000, "1e999999999999999999999", "1e-999999999999999999999", "1e99999"]
)
def test_a_monstrous_number_is_a_wrong_level_of_its_indicator(number: str) -> None:
    raw = parse_levels(b'{"levels": {"5": %s}}' % number.encode())
    assert [error.key for error in find_level_errors(raw, ["5"], SPBE.scale)] == ["5"]


@pytest.mark.parametrize(
    ("key", "shown"), [("", "''"), ("\x1b[31m", "'\\x1b[31m'"), ("\ud800", "'\\ud800'"), ("k" * 99, "k" * 40)]
)
def test_an_unknown_indicator_is_named_short_and_printable(key: str, shown: str) -> None:
    (error,) = find_level_errors({"1": 3, key: 3}, ["1"], SPBE.scale)
    assert error.message == f"indicator {shown}: not in this instrument (it has 1 to 1)"
    assert len(error.key) <= 40


def test_json_keeps_decimals_exact_and_csv_reads_alike() -> None:
    expected = {"1": 3, "2": Decimal("3.25")}
    assert parse_levels(b'{"levels": {"1": 3, "2": 3.25}}') == expected
    assert parse_levels(b"\xef\xbb\xbfindicator,level\r\n1,3\r\n\r\n2, 3.25\r\n") == expected


@given(st.binary(max_size=200))
def test_no_content_breaks_the_reader(content: bytes) -> None:
    with suppress(LevelFileError):
        assert isinstance(parse_levels(content), dict)


def test_every_kind_of_problem_is_shown_above() -> None:
    assert {each.value for each in LevelProblem} == {
        "missing", "unknown", "not_whole", "not_a_number", "too_many_places", "out_of_range",
    }  # fmt: skip
