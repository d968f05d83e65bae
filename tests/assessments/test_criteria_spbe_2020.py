"""SPBE 2020 in our own words: complete, short, in two languages, with the age rules of the guideline."""

from itertools import product
from pathlib import Path
from typing import Any

import pytest
import yaml

INSTRUMENTS = Path(__file__).parents[2] / "instruments"
INDICATORS = tuple(range(1, 48))
LEVELS = (1, 2, 3, 4, 5)
LANGUAGES = ("id", "en")
EVERY_LEVEL = tuple(product(INDICATORS, LEVELS))
LONGEST_CRITERION = 220
# Pedoman MenPANRB 3/2024 changed the substance of these levels.
CHANGED_BY_2024 = {n: {5: 2024} for n in (17, 23, *range(32, 48))} | {18: {4: 2024, 5: 2024}}


class NoRepeatedKeys(yaml.SafeLoader):
    """Loads YAML and refuses a mapping that names a key twice; plain YAML would silently keep the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        repeated = sorted({str(key) for key in keys if keys.count(key) > 1})
        if repeated:
            raise ValueError(f"line {node.start_mark.line + 1}: written twice: {', '.join(repeated)}")
        return super().construct_mapping(node, deep)


def read(folder: str) -> dict[str, Any]:
    text = (INSTRUMENTS / folder / "spbe-2020.yaml").read_text(encoding="utf-8")
    content: dict[str, Any] = yaml.load(text, NoRepeatedKeys)
    return content


CRITERIA = read("criteria")["criteria"]
EVIDENCE = read("evidence")["evidence"]
SHARED = read("evidence")["shared"]


def levels_where(key: str) -> dict[int, dict[int, Any]]:
    """Return for each indicator that has `key` at some level: level -> value."""
    by_level = {n: {i: EVIDENCE[str(n)][i] for i in LEVELS} for n in INDICATORS}
    found = {
        n: {i: rules[key] for i, rules in levels.items() if key in rules} for n, levels in by_level.items()
    }
    return {n: levels for n, levels in found.items() if levels}


@pytest.mark.parametrize(("folder", "key"), [("criteria", "criteria"), ("evidence", "evidence")])
def test_a_file_says_which_instrument_it_serves_and_that_the_words_are_ours(folder: str, key: str) -> None:
    content = read(folder)
    assert content["instrument"] == "spbe-2020"
    assert content["status"] == "published-own-words"
    assert list(content[key]) == [str(n) for n in INDICATORS]


@pytest.mark.parametrize("number", INDICATORS)
def test_an_indicator_has_one_criterion_for_each_level_in_both_languages(number: int) -> None:
    levels = {key: value for key, value in CRITERIA[str(number)].items() if key != "changed"}
    assert tuple(levels) == LEVELS
    assert all(tuple(text) == LANGUAGES for text in levels.values())


@pytest.mark.parametrize(("number", "level", "language"), tuple(product(INDICATORS, LEVELS, LANGUAGES)))
def test_a_criterion_is_one_short_sentence(number: int, level: int, language: str) -> None:
    text = CRITERIA[str(number)][level][language]
    assert text == " ".join(text.split())
    assert text[0].isupper()
    assert text.index(".") == len(text) - 1
    assert len(text) <= LONGEST_CRITERION


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_levels_share_their_words(language: str) -> None:
    texts = [CRITERIA[str(n)][level][language].casefold() for n, level in EVERY_LEVEL]
    assert len(set(texts)) == len(texts) == 235


def test_the_levels_changed_in_2024_are_named() -> None:
    named = {n: CRITERIA[str(n)]["changed"] for n in INDICATORS if "changed" in CRITERIA[str(n)]}
    assert named == CHANGED_BY_2024


@pytest.mark.parametrize(("language", "since"), [("id", "sejak 2024"), ("en", "since 2024")])
def test_a_changed_criterion_says_what_holds_since_2024_and_no_other_does(language: str, since: str) -> None:
    says_so = {(n, i) for n, i in EVERY_LEVEL if since in CRITERIA[str(n)][i][language]}
    assert says_so == {(n, i) for n, levels in CHANGED_BY_2024.items() for i in levels}


def test_data_management_policy_is_partial_at_level_3_and_whole_at_level_4() -> None:
    policy = CRITERIA["3"]
    assert "sebagian proses" in policy[3]["id"]
    assert "only some of the processes" in policy[3]["en"]
    assert "seluruhnya" in policy[4]["id"]
    assert "All six" in policy[4]["en"]


@pytest.mark.parametrize(("number", "level"), EVERY_LEVEL)
def test_a_level_names_typical_evidence_in_both_languages(number: int, level: int) -> None:
    items = [
        SHARED[item] if isinstance(item, str) else item for item in EVIDENCE[str(number)][level]["items"]
    ]
    assert items
    for item in items:
        assert set(item) - {"kinds", "optional", "alternative"} == set(LANGUAGES)
        assert all(item[language].strip() for language in LANGUAGES)
    assert len({item["id"] for item in items}) == len({item["en"] for item in items}) == len(items)


def test_a_review_younger_than_two_years_is_asked_where_the_guideline_asks_it() -> None:
    asked = {n: {4: 24} for n in range(1, 32) if n != 3} | {n: {5: 24} for n in (3, *range(32, 48))}
    assert levels_where("max_age_months") == asked
    assert levels_where("of") == {n: dict.fromkeys(levels, "review") for n, levels in asked.items()}


def test_only_policies_have_a_year_to_answer_their_review() -> None:
    assert levels_where("follow_up_within_months") == {n: {5: 12} for n in range(1, 11)}
    assert levels_where("after") == {n: {5: "review"} for n in range(1, 11)}
    wording = {n: {5: "exactly" if n <= 3 else "at-least"} for n in range(1, 11)}
    assert levels_where("source_wording") == wording


def test_audits_recur_and_their_evidence_comes_from_the_last_two_years() -> None:
    assert levels_where("recurs_within_months") == {n: dict.fromkeys((2, 3, 4, 5), 24) for n in (29, 30, 31)}
    dated = {n: EVIDENCE[str(n)]["all_levels"] for n in INDICATORS if "all_levels" in EVIDENCE[str(n)]}
    assert dated == {n: {"max_age_months": 24, "of": "audit"} for n in (29, 30, 31)}


def test_the_roadmap_shows_three_years_of_budgets() -> None:
    assert levels_where("covers") == {12: {4: {"years": 3, "of": "budget"}}}
