"""A form: what is asked, one thing per page. docs/package-format.md section 3."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from livinglab.packages.domain.manifest import Option
from livinglab.packages.domain.words import Words


class FieldType(StrEnum):
    """The closed list of kinds of answers."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    INTEGER = "integer"
    MONEY = "money"
    NUMBER = "number"
    DATE = "date"
    YES_NO = "yes_no"
    CHOICE = "choice"
    CHOICES = "choices"
    NIK = "nik"
    PHONE = "phone"
    EMAIL = "email"
    FILE = "file"
    PLACE = "place"
    LIST = "list"


class Personal(StrEnum):
    """UU 27/2022 article 4: general and specific personal data."""

    NONE = "none"
    GENERAL = "general"
    SPECIFIC = "specific"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One question. `schema` is its part of the JSON Schema without our hints; `fields` are the columns of a list."""

    id: str
    type: FieldType
    title: Words
    is_required: bool
    schema: Mapping[str, object]
    hint: Words | None = None
    why: Words | None = None
    personal: Personal = Personal.NONE
    show_if: str = ""
    autocomplete: str = ""  # purpose of the field for browsers (WCAG 2.2, 1.3.5); implied for phone and email
    options: tuple[Option, ...] = ()
    accept: tuple[str, ...] = ()
    max_kib: int | None = None
    place_level: str = ""
    not_before: str = ""
    not_after: str = ""
    fields: tuple["Field", ...] = ()
    line: int = 0


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the form and the ids of its fields, in order."""

    id: str
    title: Words
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """A form; `schema` is the whole JSON Schema as stored in the package."""

    path: str
    title: Words
    pages: tuple[Page, ...]
    fields: Mapping[str, Field]
    schema: Mapping[str, object] = field(repr=False)
