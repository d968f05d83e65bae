"""What a form about a piece brings: kept as typed, read once, every problem named at once."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from livinglab.evidence.domain.classes import Classification
from livinglab.evidence.domain.details import Details, Problem
from livinglab.evidence.labels import FLAWS
from livinglab.evidence.models import Piece

FIELDS: Final = (
    "title",
    "type",
    "document_number",
    "issued_on",
    "expires_on",
    "classification",
    "exemption",
    "class_reason",
    "url",
)
_DAYS: Final = ("issued_on", "expires_on")
_TYPED: Final = re.compile(r"(?P<day>\d{1,2})[-/. ](?P<month>\d{1,2})[-/. ](?P<year>\d{4})")

#: pairs of a field (or "") and what is wrong with it
Problems = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Given:
    """A filled form. `unread` are the days that cannot be read."""

    texts: Mapping[str, str]
    details: Details
    unread: Problems = field(default_factory=list)


def empty(**texts: str) -> Given:
    """This function will return a form that nobody filled yet."""
    return read({"classification": Classification.OPEN, **texts})


def read(sent: Mapping[str, str]) -> Given:
    """This function will read a form."""
    texts = {name: sent.get(name, "").strip() for name in FIELDS}
    days: dict[str, date | None] = dict.fromkeys(_DAYS)
    unread: Problems = []
    for name in _DAYS:
        try:
            days[name] = _day(texts[name])
        except ValueError:
            unread.append((name, _("Enter the day as in 31-12-2026")))
    said = {name: texts[name] for name in FIELDS if name not in (*_DAYS, "url")}
    details = Details(**said, issued_on=days["issued_on"], expires_on=days["expires_on"])
    return Given(texts, details.trimmed(), unread)


def _day(text: str) -> date | None:
    if not text:
        return None
    if typed := _TYPED.fullmatch(text):
        return date(int(typed["year"]), int(typed["month"]), int(typed["day"]))
    return date.fromisoformat(text)


def of_piece(piece: Piece) -> Given:
    """This function will return the form that describes a piece as it is."""
    sent = {name: str(getattr(piece, name) or "") for name in FIELDS}
    return read(sent)


def in_words(problems: tuple[Problem, ...]) -> Problems:
    """This function will return problems in the reader's language."""
    return [(one.field, str(FLAWS[one.flaw])) for one in problems]
