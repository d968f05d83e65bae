"""What a region tells others about one of its services, so that they can do the same; one check for form and write."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from enum import StrEnum
from typing import Any, Final

from livinglab.catalogue.domain.entries import FIRST_YEAR, is_web_address, is_year
from livinglab.catalogue.domain.functions import Reliability, Status, Taxonomy
from livinglab.catalogue.domain.shelf import Known

MOST_STEPS: Final = 3
MOST_SOURCES: Final = 3
LONGEST: Final = {
    "title": 160,
    "summary": 300,
    "audience": 300,
    "agency": 160,
    "legal_basis": 600,
    "result": 1000,
    "cost": 300,
    "lessons": 1500,
    "contact_office": 160,
    "contact_address": 200,
    "url": 300,
}
#: without these a practice is not handed in: who does what for whom, and whom one asks
NEEDED: Final = ("title", "summary", "audience", "agency", "contact_office", "contact_address")
#: what a region may name as its source besides its own word
SOURCE_KINDS: Final = (Reliability.REPORT, Reliability.OFFICIAL_SITE, Reliability.PRESS, Reliability.NEWS)
#: e-mail of an office: the government's domains (PM Kominfo 5/2015 pasal 5: go.id, desa.id)
_OFFICE_MAIL: Final = re.compile(r"[\w.+-]+@([a-z0-9-]+\.)+(go|desa)\.id", re.ASCII | re.IGNORECASE)


class Fault(StrEnum):
    """What is wrong with one field of a practice."""

    MISSING = "missing"
    TOO_LONG = "too_long"
    NOT_PLAIN_TEXT = "not_plain_text"
    FUNCTION_UNKNOWN = "function_unknown"
    STATUS_UNKNOWN = "status_unknown"
    YEAR_WRONG = "year_wrong"
    URL_NOT_WEB = "url_not_web"
    CONTACT_NOT_AN_OFFICE = "contact_not_an_office"
    STEP_UNKNOWN = "step_unknown"
    STEP_TWICE = "step_twice"
    SERVICE_UNKNOWN = "service_unknown"
    SOURCE_HALF = "source_half"


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault and the field that has it."""

    field: str
    fault: Fault


@dataclass(frozen=True, slots=True)
class IndicatorStep:
    """A level of an indicator that the practice helps to reach; all as text, "spbe-2020/42" and "4"."""

    indicator: str = ""
    level: str = ""


@dataclass(frozen=True, slots=True)
class NamedSource:
    """Where a reader can check what the region says."""

    name: str = ""
    url: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeText:
    """A practice as it was written; texts are empty where nothing is known."""

    title: str = ""
    service: str = ""  # key of the service on record that it tells about
    function: str = ""
    summary: str = ""
    audience: str = ""
    agency: str = ""
    legal_basis: str = ""
    result: str = ""
    cost: str = ""
    lessons: str = ""
    contact_office: str = ""
    contact_address: str = ""
    url: str = ""
    status: str = ""
    year: str = ""
    steps: tuple[IndicatorStep, ...] = ()
    sources: tuple[NamedSource, ...] = ()

    def trimmed(self) -> "PracticeText":
        """This function will return the text without spaces around, doubled ones inside and empty rows."""
        texts = {name: _single_spaced(getattr(self, name)) for name in _TEXTS}
        steps = tuple(one for one in self.steps if one.indicator or one.level)
        named = (NamedSource(_single_spaced(one.name), one.url.strip(), one.kind) for one in self.sources)
        sources = tuple(one for one in named if one.name or one.url)
        return replace(self, **texts, steps=steps, sources=sources)

    def as_json(self) -> dict[str, Any]:
        """This function will return the text as it is stored."""
        return asdict(self)

    @property
    def known(self) -> tuple[Known, ...]:
        """Which fields say something, in the order of the page. The region itself is always a source."""
        said = {
            Known.WHAT: self.summary,
            Known.AUDIENCE: self.audience,
            Known.FUNCTION: self.function,
            Known.OWNER: self.agency,
            Known.STATUS: self.status if self.status != Status.UNKNOWN else "",
            Known.YEAR: self.year,
            Known.LEGAL_BASIS: self.legal_basis,
            Known.RESULT: self.result,
            Known.COST: self.cost,
            Known.LESSONS: self.lessons,
            Known.STEPS: self.steps,
            Known.CONTACT: self.contact_office and self.contact_address,
            Known.SOURCE: True,
        }
        return tuple(one for one in Known if said[one])


_TEXTS: Final = tuple(one.name for one in fields(PracticeText) if one.type is str or one.type == "str")


def _single_spaced(text: str) -> str:
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def read_practice(stored: Mapping[str, Any]) -> PracticeText:
    """This function will return a stored practice. Errors: KeyError, TypeError for what was never stored so."""
    return PracticeText(
        **{name: stored[name] for name in _TEXTS},
        steps=tuple(IndicatorStep(**one) for one in stored["steps"]),
        sources=tuple(NamedSource(**one) for one in stored["sources"]),
    )


def problems(
    text: PracticeText,
    *,
    taxonomy: Taxonomy,
    indicators: Mapping[str, range],
    services: Collection[str],
    this_year: int,
    is_complete: bool,
) -> tuple[Problem, ...]:
    """This function will return everything that is wrong with a trimmed text, in the order of the form.

    `indicators` maps "instrument/indicator" to its levels, `services` are the region's keys on record.
    A draft (`is_complete` false) needs a title only.
    """
    needed = NEEDED if is_complete else ("title",)
    years = range(FIRST_YEAR, this_year + 1)
    found = [
        *((name, Fault.MISSING, not getattr(text, name)) for name in needed),
        ("service", Fault.SERVICE_UNKNOWN, bool(text.service) and text.service not in services),
        ("function", Fault.FUNCTION_UNKNOWN, _is_unknown_function(text, taxonomy, is_complete=is_complete)),
        ("status", Fault.STATUS_UNKNOWN, text.status not in _statuses(is_complete=is_complete)),
        ("year", Fault.YEAR_WRONG, bool(text.year) and not (is_year(text.year) and int(text.year) in years)),
        ("url", Fault.URL_NOT_WEB, bool(text.url) and not is_web_address(text.url)),
        ("contact_address", Fault.CONTACT_NOT_AN_OFFICE, not _is_of_an_office(text.contact_address)),
        *((name, Fault.TOO_LONG, len(getattr(text, name)) > most) for name, most in LONGEST.items()),
        *((name, Fault.NOT_PLAIN_TEXT, not _is_plain(getattr(text, name))) for name in LONGEST),
        *_step_faults(text.steps, indicators),
        *_source_faults(text.sources),
    ]
    return tuple(Problem(name, fault) for name, fault, is_wrong in found if is_wrong)


def _is_unknown_function(text: PracticeText, taxonomy: Taxonomy, *, is_complete: bool) -> bool:
    return (is_complete or bool(text.function)) and taxonomy.function(text.function) is None


def _statuses(*, is_complete: bool) -> tuple[str, ...]:
    return (Status.ACTIVE, Status.INACTIVE) if is_complete else ("", Status.ACTIVE, Status.INACTIVE)


def _is_of_an_office(address: str) -> bool:
    """A web address, or an e-mail address of the government: never a person's own number or mailbox."""
    return not address or is_web_address(address) or _OFFICE_MAIL.fullmatch(address) is not None


def _is_plain(text: str) -> bool:
    return all(letter.isprintable() or letter == "\n" for letter in text)


def _step_faults(
    steps: Iterable[IndicatorStep], indicators: Mapping[str, range]
) -> Iterable[tuple[str, Fault, bool]]:
    seen: set[IndicatorStep] = set()
    for number, one in enumerate(steps, 1):
        levels = indicators.get(one.indicator, range(0))
        is_known = one.level.isascii() and one.level.isdigit() and int(one.level) in levels
        yield f"step_{number}_indicator", Fault.STEP_UNKNOWN, not is_known
        yield f"step_{number}_indicator", Fault.STEP_TWICE, one in seen
        seen.add(one)


def _source_faults(sources: Iterable[NamedSource]) -> Iterable[tuple[str, Fault, bool]]:
    for number, one in enumerate(sources, 1):
        field = f"source_{number}_name"
        yield field, Fault.SOURCE_HALF, not one.name or one.kind not in SOURCE_KINDS
        yield field, Fault.TOO_LONG, len(one.name) > LONGEST["title"] or len(one.url) > LONGEST["url"]
        yield field, Fault.NOT_PLAIN_TEXT, not one.name.isprintable()
        yield f"source_{number}_url", Fault.URL_NOT_WEB, bool(one.url) and not is_web_address(one.url)
