"""SPBE 2018 and Pemdi 2026 in our own words: every level, two languages, the draft labelled as a draft."""

from itertools import chain
from pathlib import Path
from typing import Any

import pytest
import yaml

INSTRUMENTS = Path(__file__).parents[2] / "instruments"
LANGUAGES = ("id", "en")
LONGEST_CRITERION = 230
LONGEST_EVIDENCE = 100
PEMDI_INDICATORS = tuple(str(n) for n in range(1, 21))
UNPUBLISHED = {("pemdi-2026", "20", 5)}
EXPECTED = {
    "spbe-2018": ("published-own-words", tuple(str(n) for n in range(1, 36)), (0, 1, 2, 3, 4, 5)),
    "pemdi-2026": ("draft-own-words", PEMDI_INDICATORS, (1, 2, 3, 4, 5)),
}
FILES = ("criteria/spbe-2018.yaml", "criteria/pemdi-2026.yaml", "evidence/pemdi-2026.yaml")


def read(name: str) -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load((INSTRUMENTS / name).read_text(encoding="utf-8"))
    return content


CRITERIA = {code: read(f"criteria/{code}.yaml") for code in EXPECTED}
EVIDENCE = read("evidence/pemdi-2026.yaml")
EVERY_LEVEL = [
    (code, number, level)
    for code, (_, numbers, levels) in EXPECTED.items()
    for number in numbers
    for level in levels
]
PUBLISHED = [key for key in EVERY_LEVEL if key not in UNPUBLISHED]


def criterion(code: str, number: str, level: int) -> dict[str, Any]:
    entry: dict[str, Any] = CRITERIA[code]["criteria"][number][level]
    return entry


def repeated_keys(node: yaml.Node | None) -> list[str]:
    """Return "line: key" for each key a mapping names twice; a plain load silently keeps the last."""
    if isinstance(node, yaml.SequenceNode):
        return list(chain.from_iterable(repeated_keys(child) for child in node.value))
    if not isinstance(node, yaml.MappingNode):
        return []
    keys = [key.value for key, _ in node.value]
    here = [f"{key.start_mark.line + 1}: {key.value}" for key, _ in node.value if keys.count(key.value) > 1]
    return here + list(chain.from_iterable(repeated_keys(value) for _, value in node.value))


def assert_plain_words(text: str, longest: int) -> None:
    assert text
    assert text == " ".join(text.split())
    assert len(text) <= longest


@pytest.mark.parametrize("name", FILES)
def test_no_key_is_written_twice(name: str) -> None:
    assert repeated_keys(yaml.compose((INSTRUMENTS / name).read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("code", EXPECTED)
def test_a_file_names_its_instrument_its_standing_and_every_indicator_in_order(code: str) -> None:
    status, numbers, levels = EXPECTED[code]
    content = CRITERIA[code]
    assert (content["instrument"], content["status"]) == (code, status)
    assert content["source"]
    assert tuple(content["criteria"]) == numbers
    assert {tuple(entry) for entry in content["criteria"].values()} == {levels}


@pytest.mark.parametrize("folder", ["criteria", "evidence"])
def test_nothing_of_the_pemdi_draft_can_pass_for_official(folder: str) -> None:
    content = read(f"{folder}/pemdi-2026.yaml")
    assert content["status"] == "draft-own-words"
    assert "one pre-final draft" in content["source"].lower()


@pytest.mark.parametrize(("code", "number", "level"), PUBLISHED)
def test_a_level_has_one_short_sentence_in_each_language(code: str, number: str, level: int) -> None:
    entry = criterion(code, number, level)
    assert tuple(entry) == LANGUAGES
    for language in LANGUAGES:
        text = entry[language]
        assert_plain_words(text, LONGEST_CRITERION)
        assert text[0].isupper()
        assert text.endswith(".")
        assert ". " not in text
    assert entry["id"] != entry["en"]


@pytest.mark.parametrize(("code", "number", "level"), sorted(UNPUBLISHED))
def test_a_level_the_source_leaves_empty_stays_empty_and_says_so(code: str, number: str, level: int) -> None:
    assert criterion(code, number, level) == {"id": None, "en": None, "unpublished": True}


@pytest.mark.parametrize("code", EXPECTED)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_level_of_an_instrument_has_words_of_its_own(code: str, language: str) -> None:
    texts = [criterion(*key)[language].casefold() for key in PUBLISHED if key[0] == code]
    assert len(set(texts)) == len(texts) == {"spbe-2018": 210, "pemdi-2026": 99}[code]


@pytest.mark.parametrize(
    ("number", "name", "low", "highs"),
    [
        ("5", "SDI", None, ("12.5", "37.5", "62.5", "75", "100")),
        ("6", "SJIG", "1.00", ("1.50", "2.50", "3.50", "4.00", "5.00")),
        ("7", "IPS", None, ("1.80", "2.60", "3.50", "4.20", "5.00")),
    ],
)
def test_levels_read_from_another_agency_s_index_state_its_range(
    number: str, name: str, low: str | None, highs: tuple[str, ...]
) -> None:
    for level, (start, end) in enumerate(zip((low, *highs[:-1]), highs, strict=True), start=1):
        entry = criterion("pemdi-2026", number, level)
        bounds = [bound for bound in (start, end) if bound]
        assert entry["en"].endswith(f"between {start} and {end}." if start else f" {end}.")
        assert name in entry["id"]
        assert all(bound.replace(".", ",") in entry["id"] for bound in bounds)


@pytest.mark.parametrize("number", PEMDI_INDICATORS)
def test_an_indicator_names_its_kinds_of_evidence_and_supervising_agencies(number: str) -> None:
    entry = EVIDENCE["evidence"][number]
    for language in LANGUAGES:
        texts = [item[language] for item in entry["items"]]
        assert len(texts) >= 4
        assert len(set(texts)) == len(texts)
        for text in texts:
            assert_plain_words(text, LONGEST_EVIDENCE)
    assert entry["agencies"]
    assert len(set(entry["agencies"])) == len(entry["agencies"])
    assert set(entry.get("agency_roles", {})) <= set(entry["agencies"])


def test_the_evidence_file_serves_pemdi_and_claims_no_age_rule_the_draft_lacks() -> None:
    assert EVIDENCE["instrument"] == "pemdi-2026"
    assert tuple(EVIDENCE["evidence"]) == PEMDI_INDICATORS
    assert EVIDENCE["age_rules"] == []


def test_agencies_are_written_in_one_way() -> None:
    named = set(chain.from_iterable(entry["agencies"] for entry in EVIDENCE["evidence"].values()))
    assert named == {
        "ANRI", "BIG", "BPKP", "BPS", "BRIN", "BSSN", "Kementerian Dalam Negeri", "Kementerian Komdigi",
        "Kementerian PANRB", "Kementerian PPN/Bappenas", "LAN",
    }  # fmt: skip
