"""Answers between a page and a form: read from what was posted, written as people read them, mistakes in words.

The contract of `packages/form.html`: each question is posted under its id, the rows of a list as `children-0-age`
with their number in `_rows_children`; what was on the page stands in `_shown`.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Protocol

from babel.numbers import format_decimal
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from livinglab.kernel.texts import storable
from livinglab.packages.domain.form import Field, FieldType, Form
from livinglab.packages.domain.running.answers import EMPTY, Asked, Mistake
from livinglab.ui import formats
from livinglab.ui.days import DayUnread, read_day

#: the most rows that a list may have (section 3 of the format)
MOST_ROWS: Final = 50
_GROUPED: Final = re.compile(r"-?\d{1,3}(?:[.,]\d{3})+")
_WHOLE: Final = re.compile(r"-?\d{1,15}")
_DECIMAL: Final = re.compile(r"-?\d{1,12}(?:[.,]\d{1,6})?")
_SHOWN_OF_NIK: Final = 4
#: the least and the most of numbers that are years
_YEARS: Final = (1_000, 9_999)
#: what `x-accept` means to a file chooser, and to people
_CHOSEN: Final[Mapping[str, tuple[str, ...]]] = {
    "image": ("image/*",),
    "pdf": ("application/pdf", ".pdf"),
    "csv": ("text/csv", ".csv"),
    "xlsx": (".xlsx",),
}
_KINDS: Final[Mapping[str, tuple[str, ...]]] = {
    "image": ("JPEG", "PNG"),
    "pdf": ("PDF",),
    "csv": ("CSV",),
    "xlsx": ("Excel (XLSX)",),
}


class Posted(Protocol):
    """What a form sent: every value of a name, in order."""

    def getlist(self, name: str, /) -> list[str]:
        """This function will return the values of a name."""


def read(
    fields: Iterable[Field], posted: Posted, files: Mapping[str, Mapping[str, object]]
) -> dict[str, object]:
    """This function will return the answers to these questions, None where nothing was given.

    What cannot be read stays as the text that was typed: the check of the form says what is wrong with it, and the
    page shows it again. `files` holds name, size and sha256 of what was uploaded.
    """
    return {one.id: _read(one, posted, files, one.id) for one in fields}


def _read(one: Field, posted: Posted, files: Mapping[str, Mapping[str, object]], name: str) -> object:
    given = [storable(text) for text in posted.getlist(name)]
    text = given[0] if given else ""
    match one.type:
        case FieldType.FILE:
            return files.get(name)
        case FieldType.LIST:
            return _rows(one, posted, files) or None
        case FieldType.CHOICES:
            return given or None
        case _ if not text:
            return None
        case FieldType.YES_NO:
            return {"yes": True, "no": False}.get(text, text)
        case FieldType.INTEGER | FieldType.MONEY:
            return whole_number(text)
        case FieldType.NUMBER:
            return float(text.replace(",", ".")) if _DECIMAL.fullmatch(text) else text
        case FieldType.DATE:
            return _day(text)
        case FieldType.NIK:
            return re.sub(r"[ .-]", "", text)
        case _:
            return text.replace("\r\n", "\n")


def whole_number(text: str) -> int | str:
    """This function will return a whole number as people type it (`Rp 1.500.000`), or the text itself."""
    plain = text.removeprefix("Rp").strip()
    if _GROUPED.fullmatch(plain):
        plain = re.sub(r"[.,]", "", plain)
    return int(plain) if _WHOLE.fullmatch(plain) else text


def _day(text: str) -> str:
    try:
        day = read_day(text)
    except DayUnread:
        return text
    return day.isoformat() if day else text


def _rows(one: Field, posted: Posted, files: Mapping[str, Mapping[str, object]]) -> list[dict[str, object]]:
    """This function will return the rows of a list that say anything."""
    found: list[dict[str, object]] = []
    for place in range(min(number_of_rows(one, posted), MOST_ROWS)):
        row = {
            column.id: _read(column, posted, files, f"{one.id}-{place}-{column.id}") for column in one.fields
        }
        kept = {key: value for key, value in row.items() if value not in EMPTY}
        if kept:
            found.append(kept)
    return found


def number_of_rows(one: Field, posted: Posted) -> int:
    """This function will return how many rows of a list were on the page."""
    text = (posted.getlist(f"_rows_{one.id}") or ["0"])[0]
    return int(text) if _WHOLE.fullmatch(text) and int(text) > 0 else 0


@dataclass(frozen=True, slots=True)
class Question:
    """A question as a page shows it: its answer as text, and what is wrong with it. `rows` are those of a list."""

    field: Field
    name: str
    title: str
    hint: str
    why: str
    text: str
    chosen: tuple[str, ...]
    error: str
    options: tuple[tuple[str, str], ...]
    rows: tuple[tuple["Question", ...], ...] = ()
    language: str = "id"

    @property
    def radios(self) -> tuple[tuple[str, str, str], ...]:
        """The options as the macro of the radio buttons takes them."""
        return tuple((value, text, "") for value, text in self.options)

    @property
    def is_attached(self) -> bool:
        """Whether a file is there already."""
        return self.field.type is FieldType.FILE and bool(self.text)

    @property
    def has_own_button(self) -> bool:
        """Whether it brings a button of its own: to add a row, or to remove its file."""
        return bool(self.rows) or self.is_attached

    @property
    def takes_pictures(self) -> bool:
        """Whether a photo answers it."""
        return "image" in self.field.accept

    @property
    def accept(self) -> str:
        """What the file chooser shows first; with every picture in it, telephones offer their camera."""
        return ",".join(kind for one in self.field.accept for kind in _CHOSEN.get(one, ()))

    @property
    def file_hint(self) -> str:
        """The hint of a file, with what is taken."""
        kinds = formats.listing(
            [name for one in self.field.accept for name in _KINDS.get(one, ())], language=self.language
        )
        most = formats.file_size(most_bytes(self.field), language=self.language)
        said = _("%(kinds)s, at most %(size)s.") % {"kinds": kinds, "size": most}
        return " ".join(part for part in (self.hint, said) if part)


def most_bytes(question: Field) -> int:
    """This function will return how large a file may be that answers a question: as it says, and as we take."""
    most: int = settings.ATTACHMENT_MAX_BYTES
    return min(question.max_kib * 1024, most) if question.max_kib else most


def questions(
    fields: Iterable[Field],
    answers: Mapping[str, object],
    mistakes: Iterable[Mistake],
    *,
    language: str,
    places: Mapping[str, tuple[tuple[str, str], ...]],
    blank_rows: int = 1,
) -> tuple[Question, ...]:
    """This function will return the questions of a page.

    `places` offers districts and villages as pairs of code and name, by level. A list has as many rows as answers, and
    `blank_rows` more.
    """
    wrong: dict[str, Mistake] = {}
    for mistake in mistakes:
        wrong.setdefault(mistake.field, mistake)
    return tuple(
        _question(one, one.id, answers.get(one.id), wrong, language, places, blank_rows) for one in fields
    )


def brought_up(asked: Iterable[Question], posted: Posted) -> tuple[tuple[str, str], ...]:
    """This function will return which questions of a page were not on it when it was sent, as pairs of id and title."""
    shown = posted.getlist("_shown")
    before = frozenset(" ".join(shown).split())
    return tuple((one.name, one.title) for one in asked if shown and one.field.id not in before)


def _question(
    one: Field,
    name: str,
    value: object,
    wrong: Mapping[str, Mistake],
    language: str,
    places: Mapping[str, tuple[tuple[str, str], ...]],
    blank_rows: int,
) -> Question:
    mistake = wrong.get(name.replace("-", "."))
    rows: list[tuple[Question, ...]] = []
    if one.type is FieldType.LIST:
        given = [row for row in value if isinstance(row, Mapping)] if isinstance(value, list | tuple) else []
        for place in range(min(max(len(given) + blank_rows, 1), MOST_ROWS)):
            row = given[place] if place < len(given) else {}
            rows.append(
                tuple(
                    _question(
                        column, f"{name}-{place}-{column.id}", row.get(column.id), wrong, language, places, 0
                    )
                    for column in one.fields
                )
            )
    return Question(
        field=one,
        name=name,
        title=one.title.in_language(language),
        hint=one.hint.in_language(language) if one.hint else "",
        why=one.why.in_language(language) if one.why else "",
        text=_typed(one, value, language),
        chosen=tuple(str(item) for item in value) if isinstance(value, list | tuple) and not rows else (),
        error=in_words(mistake, one.title.in_language(language)) if mistake else "",
        options=_options(one, language, places),
        language=language,
        rows=tuple(rows),
    )


def _options(
    one: Field, language: str, places: Mapping[str, tuple[tuple[str, str], ...]]
) -> tuple[tuple[str, str], ...]:
    if one.type is FieldType.PLACE:
        return places.get(one.place_level, ())
    return tuple((option.value, option.name.in_language(language)) for option in one.options)


def _typed(one: Field, value: object, language: str) -> str:
    """This function will return an answer as it is typed into the field again."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value in EMPTY or isinstance(value, list | tuple):
        return ""
    if isinstance(value, Mapping):
        return _file(value, language)
    if one.type in {FieldType.MONEY, FieldType.NUMBER} and isinstance(value, int | float):
        return _number(value, language)
    return str(value)


def in_reading(
    one: Field,
    value: object,
    *,
    language: str,
    places: Mapping[str, tuple[tuple[str, str], ...]],
    is_masked: bool = False,
) -> str:
    """This function will return an answer as people read it; a dash where there is none."""
    if value in EMPTY:
        return "–"
    names = dict(_options(one, language, places))
    match one.type:
        case FieldType.YES_NO:
            return _("Yes") if value is True else _("No")
        case FieldType.CHOICE | FieldType.PLACE:
            return names.get(str(value), str(value))
        case FieldType.CHOICES if isinstance(value, list | tuple):
            return formats.listing([names.get(str(item), str(item)) for item in value], language=language)
        case FieldType.INTEGER if isinstance(value, int) and _is_year(one):
            return str(value)
        case FieldType.MONEY | FieldType.INTEGER | FieldType.NUMBER if isinstance(value, int | float):
            return ("Rp" if one.type is FieldType.MONEY else "") + _number(value, language)
        case FieldType.DATE if day := read_day(str(value)):
            return formats.day(day, language=language)
        case FieldType.NIK if is_masked:
            return _masked(str(value))
        case FieldType.LIST if isinstance(value, list | tuple):
            return "; ".join(
                _row(one, row, language, places, is_masked=is_masked)
                for row in value
                if isinstance(row, Mapping)
            )
        case _:
            return _file(value, language) if isinstance(value, Mapping) else str(value)


def _file(value: Mapping[str, object], language: str) -> str:
    """This function will return a file as people read it: its name, and its size where it is known."""
    name, size = str(value.get("name", "")), value.get("size")
    return f"{name} ({formats.file_size(size, language=language)})" if isinstance(size, int) else name


def _is_year(one: Field) -> bool:
    """Tell whether a number has four digits whatever is answered: such are years, and are not grouped."""
    least, most = one.schema.get("minimum"), one.schema.get("maximum")
    return isinstance(least, int) and isinstance(most, int) and _YEARS[0] <= least <= most <= _YEARS[1]


def _masked(text: str) -> str:
    return "•" * max(len(text) - _SHOWN_OF_NIK, 0) + text[-_SHOWN_OF_NIK:]


def _row(
    one: Field,
    row: Mapping[str, object],
    language: str,
    places: Mapping[str, tuple[tuple[str, str], ...]],
    *,
    is_masked: bool,
) -> str:
    return ", ".join(
        in_reading(column, row.get(column.id), language=language, places=places, is_masked=is_masked)
        for column in one.fields
    )


def _number(value: float, language: str) -> str:
    return str(format_decimal(value, locale=formats.locale_of(language), decimal_quantization=False))


def page_fields(form: Form, asked: Asked, page: str) -> tuple[Field, ...]:
    """This function will return the fields of a page that are asked, in order."""
    on_page = next((one.fields for one in form.pages if one.id == page), ())
    return tuple(one for one in asked.fields if one.id in on_page)


def asked_pages(form: Form, asked: Asked) -> tuple[str, ...]:
    """This function will return the ids of the pages on which anything is asked, in order."""
    return tuple(page.id for page in form.pages if page_fields(form, asked, page.id))


def problems(mistakes: Iterable[Mistake], form: Form, *, language: str) -> tuple[tuple[str, str], ...]:
    """This function will return mistakes as the summary of errors shows them: the name of the field, and the words."""
    found: list[tuple[str, str]] = []
    for one in mistakes:
        field = form.fields.get(one.field.split(".")[0])
        title = field.title.in_language(language) if field else one.field
        found.append((one.field.replace(".", "-"), in_words(one, title)))
    return tuple(found)


def in_words(mistake: Mistake, question: str) -> str:
    """This function will return what is wrong and what to do, in the reader's language.

    A mistake that only the caller knows has the code `said` and its own `sentence`.
    """
    said = {"question": question, **mistake.said}
    if mistake.code == "too_long" and "count" in said:
        return _("Write at most %(limit)s characters for “%(question)s”; these are %(count)s.") % {
            **said,
            **{
                name: formats.count(int(said[name]), language=get_language() or "id")
                for name in ("limit", "count")
            },
        }
    return _sentence(mistake.code) % said


def _sentence(code: str) -> str:
    return {
        "required": _("Answer “%(question)s”."),
        "unread_number": _("Give “%(question)s” as a number, such as 1500000."),
        "unread_date": _("Give “%(question)s” as a day, such as 31-12-2026."),
        "too_short": _("Write at least %(limit)s characters for “%(question)s”."),
        "too_long": _("Write at most %(limit)s characters for “%(question)s”."),
        "pattern": _("“%(question)s” does not have the form that is expected here."),
        "nik": _("A NIK has exactly 16 digits."),
        "nik_form": _(
            "This cannot be a NIK: it begins with the code of a province, then come the day (for women plus 40) and "
            "the month of birth. Compare each digit with the card."
        ),
        "place": _("Choose a place from the list for “%(question)s”."),
        "too_small": _("“%(question)s” is at least %(limit)s."),
        "too_large": _("“%(question)s” is at most %(limit)s."),
        "step": _("“%(question)s” is a multiple of the step that the form asks for."),
        "too_few": _("Give at least %(limit)s for “%(question)s”."),
        "too_many": _("Give at most %(limit)s for “%(question)s”."),
        "unknown_choice": _("Choose one of the answers offered for “%(question)s”."),
        "repeated": _("Name each answer for “%(question)s” only once."),
        "must_be_true": _("You can go on only if you say yes to “%(question)s”."),
        "after": _("“%(question)s” is not after %(day)s."),
        "before": _("“%(question)s” is not before %(day)s."),
        "kind": _("The file for “%(question)s” ends in one of: %(limit)s."),
        "too_big": _("The file for “%(question)s” has at most %(limit)s KiB."),
        "said": "%(sentence)s",
        "unasked": _("“%(question)s” is not a question of this form."),
    }.get(code, _("The answer to “%(question)s” cannot be used; choose or write it again."))
