"""What a form that gives a level shows besides its fields: the ladder, what is missing, what the checks say."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from livinglab.assessments.queries import Indicator
from livinglab.evaluations import remarks
from livinglab.evaluations.domain.answers import highest_level
from livinglab.evaluations.domain.checks import Remark, Severity, check_answer
from livinglab.evaluations.domain.missing import Missing, missing_for_next
from livinglab.evaluations.queries.checks import SAID_BY_STATE
from livinglab.evaluations.queries.places import Place
from livinglab.evaluations.queries.readings import Reading
from livinglab.evaluations.rulebooks import rulebook_of
from livinglab.evaluations.web import guide_words, words
from livinglab.ui.languages import language

#: pairs of a field (or "") and what is wrong with it
Problems = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class LevelLine:
    """One rung: its name, what it asks for, what usually proves it, and whether it is met and offered.

    `note` is what somebody else says of it.
    """

    level: int
    name: str
    criterion: str
    is_lowest: bool
    is_met: bool
    is_offered: bool
    items: tuple[str, ...]
    rules: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class RemarkLine:
    """What a check says of this answer."""

    id: str
    severity: str
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class MissingPart:
    """What is missing for the next level, in words; empty at the highest."""

    level: str
    lines: tuple[str, ...]
    alternatives: tuple[str, ...]
    is_top: bool


@dataclass(frozen=True, slots=True)
class Live:
    """What changes with every save: the part of the page that autosave renews."""

    version: int
    index: Decimal | None
    offered: int
    level: str
    missing: MissingPart
    remarks: tuple[RemarkLine, ...]
    saved_at: str
    problems: Problems = ()


def live(
    place: Place, read: Reading, *, saved_at: str = "", problems: Problems = (), index: Decimal | None = None
) -> Live:
    """This function will return the part that every save renews."""
    line, scale, book = read.line, place.instrument.scale, rulebook_of(place.instrument)
    missing = missing_for_next(line, book, year=place.participation.year, day=read.sheet.day)
    return Live(
        version=read.version,
        index=index or place.participation.self_index,
        offered=highest_level(line.met, lowest=scale.minimum, highest=scale.maximum),
        level=words.level(line.level),
        missing=missing_part(missing),
        remarks=tuple(
            remark_line(one)
            for one in check_answer(read.sheet, book, read.indicator)
            if one.check.id not in SAID_BY_STATE
        ),
        saved_at=saved_at,
        problems=problems,
    )


def level_lines(
    place: Place,
    indicator: Indicator,
    key: str,
    ticked: Collection[str],
    notes: Mapping[int, str] = MappingProxyType({}),
) -> Iterator[LevelLine]:
    """This function will yield the ladder of an indicator with what is ticked, as the form sent it."""
    scale, book = place.instrument.scale, rulebook_of(place.instrument)
    met = {int(one) for one in ticked if one.isascii() and one.isdecimal()}
    offered = highest_level(met, lowest=scale.minimum, highest=scale.maximum)
    ladder = {
        one.level: words.said(one.name) for one in place.instrument.capability(indicator.capability).levels
    }
    for level in scale.levels:
        rules = book.indicators[key].level(level)
        yield LevelLine(
            level=level,
            name=ladder.get(level, ""),
            criterion=rules.criterion.in_language(language()) if rules.criterion else "",
            is_lowest=level == scale.minimum,
            is_met=level in met,
            is_offered=level <= offered,
            items=tuple(guide_words.item(one) for one in rules.items),
            rules=tuple(guide_words.rules(rules)),
            note=notes.get(level, ""),
        )


def missing_part(found: Missing | None) -> MissingPart:
    """This function will return what is missing for the next level in words; None at the highest."""
    if found is None:
        return MissingPart("", (), (), True)
    return MissingPart(
        level=str(found.level),
        lines=tuple(guide_words.missing(found)),
        alternatives=tuple(guide_words.item(one) for one in found.alternatives),
        is_top=False,
    )


_KINDS = {Severity.ERROR: "bad", Severity.WARNING: "warning", Severity.INFO: ""}


def remark_line(one: Remark) -> RemarkLine:
    """This function will return what a check says as the pages show it."""
    return RemarkLine(
        one.check.id, remarks.severity(one.check), _KINDS[one.check.severity], remarks.message(one)
    )
