"""The events in a life that packages name are one closed list: in the code, in the schema, in the standard."""

import json
import re

import pytest
from django.conf import settings

from livinglab.packages.domain.life_events import LIFE_EVENTS, LifeEvent
from livinglab.packages.queries.reading import read_package
from tests.packages.check.kit import FILES, edited, faults

NAMES = sorted(one.name for one in (settings.ROOT / "packages").iterdir())
MANIFEST = "package.yaml"


def test_every_event_has_a_name_in_both_languages_and_no_two_have_the_same() -> None:
    assert list(LIFE_EVENTS) == list(LifeEvent)
    for language in ("id", "en"):
        assert len({one.in_language(language) for one in LIFE_EVENTS.values()}) == len(LifeEvent)


def test_schema_and_standard_hold_the_same_list() -> None:
    path = settings.ROOT / "src/livinglab/packages/schemas/package.schema.json"
    told = json.loads(path.read_text())["properties"]["life_events"]["items"]["enum"]
    assert told == [one.value for one in LifeEvent]
    standard = (settings.ROOT / "docs/package-format.md").read_text()
    standard = standard.partition("| code | Indonesian | English |")[2].partition("\n\n")[0]
    rows = re.findall(r"^\| `([a-z_]+)` \| (.+) \| (.+) \|$", standard, re.MULTILINE)
    assert rows == [(one.value, words.id, words.en) for one, words in LIFE_EVENTS.items()]


@pytest.mark.parametrize("name", NAMES)
def test_each_package_of_the_project_is_found_by_an_event(name: str) -> None:
    assert read_package(settings.ROOT / "packages" / name).manifest.life_events


@pytest.mark.parametrize(
    ("events", "code"),
    [
        ("[birthday]", "P023"),
        ("[hardship, hardship]", "P026"),
        ("hardship", "P022"),
        ("[]", "P128"),
    ],
)
def test_what_is_no_event_is_refused_and_none_is_a_hint(events: str, code: str) -> None:
    line = next(one for one in FILES[MANIFEST].decode().splitlines() if one.startswith("life_events: "))
    found = faults(edited(MANIFEST, line, f"life_events: {events}"))
    assert [one.code for one in found] == [code]
    assert found[0].line > 0
