"""What somebody says about a piece, and what is wrong with it."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import date
from enum import StrEnum
from typing import Final
from urllib.parse import urlsplit

from livinglab.evidence.domain.classes import Classification, Exemption
from livinglab.evidence.domain.types import EvidenceType

LONGEST_TITLE: Final = 200
LONGEST_NUMBER: Final = 100
LONGEST_REASON: Final = 500
LONGEST_URL: Final = 500
EARLIEST: Final = date(1945, 8, 17)


@dataclass(frozen=True, slots=True)
class Details:
    """What a piece is called and when it is from; texts as they were typed.

    `issued_on` is the day of the document, of the review for a review. `exemption` is a letter of UU 14/2008
    pasal 17 and belongs to an exempt piece; `class_reason` says the legal basis in words.
    """

    title: str
    type: str
    document_number: str = ""
    issued_on: date | None = None
    expires_on: date | None = None
    classification: str = Classification.OPEN
    exemption: str = ""
    class_reason: str = ""

    def trimmed(self) -> "Details":
        """Return the details without spaces around texts and without characters that cannot be seen."""
        texts = {
            one.name: _plain(value)
            for one in fields(self)
            if isinstance(value := getattr(self, one.name), str)
        }
        return replace(self, **texts)  # type: ignore[arg-type]


def _plain(text: str) -> str:
    visible = "".join(" " if one.isspace() else one for one in text if one.isspace() or _is_seen(one))
    return " ".join(visible.split())


def _is_seen(character: str) -> bool:
    return unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Co", "Cn"}


class Flaw(StrEnum):
    """Something about the details that has to be put right."""

    TITLE_MISSING = "title_missing"
    TITLE_LONG = "title_long"
    TYPE_UNKNOWN = "type_unknown"
    NUMBER_LONG = "number_long"
    ISSUED_IN_FUTURE = "issued_in_future"
    ISSUED_TOO_EARLY = "issued_too_early"
    EXPIRES_BEFORE_ISSUE = "expires_before_issue"
    CLASS_UNKNOWN = "class_unknown"
    EXEMPTION_MISSING = "exemption_missing"
    EXEMPTION_UNNEEDED = "exemption_unneeded"
    REASON_MISSING = "reason_missing"
    REASON_LONG = "reason_long"
    URL_MISSING = "url_missing"
    URL_LONG = "url_long"
    URL_WRONG = "url_wrong"
    URL_WITH_PASSWORD = "url_with_password"  # noqa: S105  a flaw's name, no password


@dataclass(frozen=True, slots=True)
class Problem:
    """A flaw and the field it stands in."""

    field: str
    flaw: Flaw


def problems(details: Details, *, today: date) -> tuple[Problem, ...]:
    """Return every problem of the details, in the order of the fields."""
    return (*_about_the_document(details, today), *class_problems(details))


def _about_the_document(details: Details, today: date) -> Iterator[Problem]:
    if not details.title:
        yield Problem("title", Flaw.TITLE_MISSING)
    if len(details.title) > LONGEST_TITLE:
        yield Problem("title", Flaw.TITLE_LONG)
    if details.type not in set(EvidenceType):
        yield Problem("type", Flaw.TYPE_UNKNOWN)
    if len(details.document_number) > LONGEST_NUMBER:
        yield Problem("document_number", Flaw.NUMBER_LONG)
    if details.issued_on is not None and details.issued_on > today:
        yield Problem("issued_on", Flaw.ISSUED_IN_FUTURE)
    if details.issued_on is not None and details.issued_on < EARLIEST:
        yield Problem("issued_on", Flaw.ISSUED_TOO_EARLY)
    if details.issued_on and details.expires_on and details.expires_on < details.issued_on:
        yield Problem("expires_on", Flaw.EXPIRES_BEFORE_ISSUE)


def class_problems(details: Details) -> tuple[Problem, ...]:
    """Return what is wrong with the class: an exemption names its letter and its reason, a limit its reason."""
    found = []
    if details.classification not in set(Classification):
        return (Problem("classification", Flaw.CLASS_UNKNOWN),)
    is_exempt = details.classification == Classification.EXEMPT
    if is_exempt and details.exemption not in set(Exemption):
        found.append(Problem("exemption", Flaw.EXEMPTION_MISSING))
    if not is_exempt and details.exemption:
        found.append(Problem("exemption", Flaw.EXEMPTION_UNNEEDED))
    if details.classification != Classification.OPEN and not details.class_reason:
        found.append(Problem("class_reason", Flaw.REASON_MISSING))
    if len(details.class_reason) > LONGEST_REASON:
        found.append(Problem("class_reason", Flaw.REASON_LONG))
    return tuple(found)


def url_problem(url: str) -> Flaw | None:
    """Return what is wrong with a link's address: only http and https lead anywhere, and no password travels."""
    if not url:
        return Flaw.URL_MISSING
    if len(url) > LONGEST_URL:
        return Flaw.URL_LONG
    if any(one.isspace() or not _is_seen(one) for one in url) or "\\" in url:
        return Flaw.URL_WRONG
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname, parts.port
    except ValueError:
        return Flaw.URL_WRONG
    if parts.scheme not in ("http", "https") or not host or "." not in host.strip("."):
        return Flaw.URL_WRONG
    return Flaw.URL_WITH_PASSWORD if "@" in parts.netloc else None
