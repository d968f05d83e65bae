"""Instrument files: adding one needs no Python, and everything that is wrong with one is named by line and rule."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livinglab.assessments.adapters.instrument_files import load_instrument, load_instruments
from livinglab.assessments.domain.instrument_rules import InstrumentError, InstrumentErrors, Rule
from livinglab.assessments.domain.scoring import score
from tests.assessments.known import INSTRUMENTS, ROOT

SMALL = """\
code: small-2030
title: {id: "Penilaian kecil", en: "A small assessment"}
short: {id: "Kecil 2030", en: "Small 2030"}
index_name: {id: "Indeks kecil", en: "Small index"}
regulation:
  name: "Rule 1/2030"
  citation: {id: "Berita 1", en: "Gazette 1"}
  structure: confirmed
  texts: draft
  sources: [{id: "Aturan 1/2030", en: "Rule 1/2030"}]
in_force: {from: 2030-01-01, until: 2030-12-31}
years: {from: 2030, to: 2031}
scale: {min: 1, max: 3, decimals: 1}
index: {rounding: half_up, places: 2}
bands:
  - code: low
    name: {id: "Rendah", en: "Low"}
    from: "1.00"
    below: "2.00"
  - code: high
    name: {id: "Tinggi", en: "High"}
    from: "2.00"
    to: "3.00"
predicate_rules:
  - from: 2030
    compares: rounded
    status: known
    source: {id: "Aturan", en: "Rule"}
    to: 2031
capabilities:
  ladder:
    name: {id: "Tangga", en: "Ladder"}
    status: draft
    levels:
      1: {name: {id: "Satu", en: "One"}, meaning: {id: "Awal", en: "Start"}}
      2: {name: {id: "Dua", en: "Two"}, meaning: {id: "Tengah", en: "Middle"}}
      3: {name: {id: "Tiga", en: "Three"}, meaning: {id: "Akhir", en: "End"}}
aspects:
  - code: A1
    name: {id: "Sepertiga", en: "A third"}
    weight: "33.30"
    indicators:
      - number: 1
        name: {id: "Pertama", en: "First"}
        short: {id: "Pertama", en: "First"}
        weight: "33.30"
        capability: ladder
  - code: A2
    name: {id: "Sisanya", en: "The rest"}
    weight: "66.70"
    indicators:
      - number: 2
        name: {id: "Kedua", en: "Second"}
        short: {id: "Kedua", en: "Second"}
        weight: "66.70"
        capability: ladder
"""
CRITERIA = """\
instrument: small-2030
status: draft-own-words
source: "Rule 1/2030"
criteria:
  "1":
    1: {id: "a", en: "a"}
    2: {id: "b", en: "b"}
    3: {id: "c", en: "c"}
  "2":
    1: {id: "a", en: "a"}
    2: {id: "b", en: "b"}
    3: {id: null, en: null, unpublished: true}
"""


def write(folder: Path, text: str = SMALL, criteria: str | None = CRITERIA, code: str = "small-2030") -> Path:
    path = folder / f"{code}.yaml"
    path.write_text(text, encoding="utf-8")
    (folder / "criteria").mkdir(exist_ok=True)
    if criteria is not None:
        (folder / "criteria" / f"{code}.yaml").write_text(criteria, encoding="utf-8")
    return path


def errors_of(path: Path) -> list[tuple[int, str, str]]:
    with pytest.raises(InstrumentErrors) as caught:
        load_instrument(path)
    return [(error.line, error.rule.value, error.message) for error in caught.value.errors]


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


def test_a_new_file_is_a_new_instrument_that_scores(tmp_path: Path) -> None:
    small = load_instrument(write(tmp_path))
    result = score(small, {"1": 3, "2": 1}, 2031)
    assert (str(result.index), result.index_exact.numerator, result.predicate.name.en) == ("1.67", 833, "Low")
    assert str(result.aspects["A1"].rounded) == "3.00"
    assert [each.text for each in small.aspects[1].indicators[0].criteria][2] is None


def test_the_three_instruments_of_the_repository_are_sound() -> None:
    found = load_instruments(INSTRUMENTS)
    assert [(each.code, len(list(each.indicators()))) for each in found] == [
        ("pemdi-2026", 20),
        ("spbe-2020", 47),
        ("spbe-2018", 35),
    ]
    for each in found:
        assert sum(indicator.weight for indicator in each.indicators()) == 100
        assert all(len(indicator.criteria) == len(each.scale.levels) for indicator in each.indicators())


@pytest.mark.parametrize(
    ("old", "new", "rule", "at", "message"),
    [
        ('weight: "66.70"\n    ind', 'weight: "66.60"\n    ind', "weights-add-up", '"66.60"', "A2 weighs 66.6"),
        ('"33.30"', '"33.31"', "weights-add-up", "- code: A1", "weigh 100.01 together"),
        ('below: "2.00"', 'below: "1.90"', "bands-cover-scale", 'from: "2.00"', "gap: nothing holds an index"),
        ('below: "2.00"', 'below: "2.10"', "bands-cover-scale", 'from: "2.00"', "overlap: low reaches 2.10, high"),
        ('below: "2.00"', 'to: "2.00"', "bands-cover-scale", 'from: "2.00"', "overlap: low reaches 2.00, high"),
        ('from: "1.00"', 'from: "1.10"', "bands-cover-scale", 'from: "1.10"', "the first band starts at 1.10"),
        ('to: "3.00"', 'to: "2.90"', "bands-cover-scale", "- code: high", "the last band must end with"),
        ('to: "3.00"', 'below: "3.00"', "bands-cover-scale", "- code: high", "the last band must end with"),
        ("number: 2", "number: 1", "indicator-numbers", "number: 1\n        name: {id: \"K", "defined twice"),
        ("number: 2", "number: 3", "indicator-numbers", "- code: A1", "missing: 2"),
        ("code: A2", "code: A1", "unique-codes", "- code: A1", "the code A1 is used 2 times"),
        ("index_name:", "index_nam:", "known-keys", "index_nam:", "unknown key 'index_nam'"),
        ("index_name:", "index_nam:", "required-keys", "code:", "missing: index_name"),
        ("{id: \"Kedua\", en: \"Second\"}", "{id: \"Kedua\"}", "both-languages", "{id: \"Kedua\"}", "missing: en"),
        ("{id: \"Kedua\", en:", "{id: \"Kedua\", fr:", "both-languages", "{id: \"Kedua\"", "missing: en; unknown: fr"),
        ('"33.30"\n    ind', '33.30\n    ind', "quoted-decimals", "33.30\n    ind", "expected a decimal in quotes"),
        ("compares: rounded", "compares: floor", "known-words", "compares: floor", "known: rounded, unrounded"),
        ("half_up", "half_even", "known-words", "half_even", "known roundings: half_up"),
        ("    to: 2031", "    to: 2030", "rules-cover-years", "- from: 2030", "the rules end in 2030"),
        ("- from: 2030", "- from: 2029", "rules-cover-years", "from: 2029", "starts in 2029; expected 2030"),
        ("until: 2030-12-31", "until: 2029-12-31", "dates-in-order", "until: 2029", "ends before it begins"),
        ("until: 2030-12-31", "until: soon", "expected-shape", "until: soon", "expected a day such as 2021-01-01"),
        ("capability: ladder", "capability: stairs", "known-references", "capability: stairs", "known: ladder"),
        ("      3: {name", "      4: {name", "levels-complete", "1: {name", "levels [1, 2, 4] are described"),
        ("code: small-2030", "code: large-2030", "file-name-is-code", "code: large", "must live in large-2030.yaml"),
        ("code: high", "code: high\n    code: high", "no-double-keys", "code: high\n    name", "comes twice"),
        ("aspects:\n", "aspects: &a\n", "no-aliases", "variants: *a", "write the value out instead of the alias *a"),
        ("bands:\n", "bands: [\n", "yaml-syntax", "", "not YAML"),
        ("min: 1, max: 3", "min: 3, max: 3", "expected-shape", "scale:", "expected 0 ≤ min < max ≤ 100"),
        ('"66.70"\n        cap', '"0.00"\n        cap', "positive-weights", '"0.00"', "the weight 0 is not above 0"),
        ("years:", "replaces: older-2029\nyears:", "known-references", "replaces:", "no older-2029.yaml beside it"),
    ],
)  # fmt: skip
def test_a_fault_is_named_with_its_line_and_rule(
    tmp_path: Path, old: str, new: str, rule: str, at: str, message: str
) -> None:
    text = SMALL.replace(old, new) if old != "aspects:\n" else SMALL.replace(old, new) + "variants: *a\n"
    assert text != SMALL
    found = errors_of(write(tmp_path, text))
    matching = [(line, said) for line, broken, said in found if broken == rule]
    assert any(message in said for _, said in matching), found
    if at:
        assert line_of(text, at) in {line for line, _ in matching}, found


def test_all_faults_of_a_file_are_listed_in_order_with_file_line_and_rule(tmp_path: Path) -> None:
    text = SMALL.replace('below: "2.00"', 'below: "1.90"').replace(
        '"33.30"\n        cap', '"33.20"\n        cap'
    )
    text = text.replace("compares: rounded", "compares: floor").replace('en: "A third"', 'fr: "Un tiers"')
    path = write(tmp_path, text, CRITERIA.replace('    2: {id: "b", en: "b"}\n', "", 1))
    with pytest.raises(InstrumentErrors) as caught:
        load_instrument(path)
    lines = str(caught.value).splitlines()
    assert all(re.match(r".+\.yaml:\d+: [a-z-]+: .+", line) for line in lines)
    rules = [error.rule.value for error in caught.value.errors]
    assert rules == ["bands-cover-scale", "known-words", "both-languages"]


@pytest.mark.parametrize(
    ("old", "new", "rule", "message"),
    [
        ('  "2":\n', '  "3":\n', "known-references", "small-2030 has no indicator 3"),
        ('  "2":\n', '  "3":\n', "criteria-complete", "the criteria of indicator 2 are missing"),
        ('    2: {id: "b", en: "b"}\n', "", "criteria-complete", "indicator 1: level 2 is missing"),
        ('    3: {id: "c"', '    4: {id: "d", en: "d"}\n    3: {id: "c"', "levels-complete", "no level 4"),
        ('{id: "c", en: "c"}', '{id: "c"}', "both-languages", "missing: en"),
        ("instrument: small-2030", "instrument: other", "known-references", "other is not small-2030"),
        ("draft-own-words", "official", "known-words", "known: published-own-words, draft-own-words"),
    ],
)  # fmt: skip
def test_a_fault_in_the_criteria_is_named(
    tmp_path: Path, old: str, new: str, rule: str, message: str
) -> None:
    criteria = (
        CRITERIA.replace('    2: {id: "b", en: "b"}\n', "", 1)
        if "level 2" in message
        else CRITERIA.replace(old, new)
    )
    found = errors_of(write(tmp_path, SMALL, criteria))
    assert any(broken == rule and message in said for _, broken, said in found), found


def test_missing_criteria_are_an_error_that_names_the_file(tmp_path: Path) -> None:
    path = write(tmp_path, SMALL, None)
    with pytest.raises(InstrumentErrors, match=r"criteria/small-2030\.yaml:1: file-readable: cannot be read"):
        load_instrument(path)
    assert load_instrument(path, with_criteria=False).criteria is None


CROSSWALK = 'crosswalk: {instrument: small-2030, status: unofficial, source: {id: "x", en: "x"}}\n'


@pytest.mark.parametrize(
    ("crosswalk", "numbers", "rule", "message"),
    [
        (CROSSWALK, "[1, 9]", "known-references", "small-2030 has no indicator 9"),
        ("", "[1]", "known-references", "no `crosswalk`"),
        (
            CROSSWALK.replace("small-2030", "gone-2020"),
            "[1]",
            "known-references",
            "no readable gone-2020.yaml",
        ),
        (CROSSWALK.replace("unofficial", "official"), "[1]", "known-words", "known: unofficial"),
    ],
)
def test_a_crosswalk_names_only_what_exists(
    tmp_path: Path, crosswalk: str, numbers: str, rule: str, message: str
) -> None:
    write(tmp_path)
    newer = SMALL.replace("small-2030", "new-2032").replace(
        "capability: ladder\n",
        f"capability: ladder\n        crosswalk: {{evidence: reuse, indicators: {numbers}}}\n",
        1,
    )
    path = write(tmp_path, newer + crosswalk, CRITERIA.replace("small-2030", "new-2032"), "new-2032")
    found = errors_of(path)
    assert any(broken == rule and message in said for _, broken, said in found), found


def test_two_instruments_are_never_in_force_on_the_same_day(tmp_path: Path) -> None:
    write(tmp_path)
    other = SMALL.replace("small-2030", "twin-2030")
    write(tmp_path, other, CRITERIA.replace("small-2030", "twin-2030"), "twin-2030")
    with pytest.raises(
        InstrumentErrors, match="one-in-force: small-2030 and twin-2030 hold on the same day or year"
    ):
        load_instruments(tmp_path)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda path: path.write_bytes(b"\xff\xfe"), "not UTF-8"),
        (lambda path: path.write_text("", encoding="utf-8"), "the file is empty"),
        (lambda path: path.write_text("- 1\n", encoding="utf-8"), "expected keys with values"),
        (
            lambda path: path.write_text("a: " + "[" * 30 + "]" * 30, encoding="utf-8"),
            "nested deeper than 20",
        ),
        (lambda path: path.write_bytes(b" " * 2_000_001), "larger than 2000000 bytes"),
        (lambda path: path.unlink(), "No such file"),
    ],
    ids=["encoding", "empty", "list", "deep", "large", "absent"],
)
def test_a_file_that_is_no_instrument_is_refused(
    tmp_path: Path, make: Callable[[Path], object], message: str
) -> None:
    path = write(tmp_path)
    make(path)
    assert any(message in said for _, _, said in errors_of(path))


@given(st.integers(0, len(SMALL) - 1), st.integers(0, 60))
def test_a_file_cut_anywhere_is_refused_or_whole(
    tmp_path_factory: pytest.TempPathFactory, start: int, length: int
) -> None:
    path = write(tmp_path_factory.mktemp("cut"), SMALL[:start] + SMALL[start + length :])
    try:
        instrument = load_instrument(path)
    except InstrumentErrors as refusal:
        problems: tuple[InstrumentError, ...] = refusal.errors
    else:
        problems = ()
        assert sum(each.weight for each in instrument.indicators()) == 100
    assert all(error.line >= 1 and error.message for error in problems)


def test_every_rule_is_documented() -> None:
    documented = (ROOT / "docs" / "instruments.md").read_text(encoding="utf-8")
    assert [rule.value for rule in Rule if f"`{rule.value}`" not in documented] == []
