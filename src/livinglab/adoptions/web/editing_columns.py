"""Columns of a decision table on its page: their boxes, one put in, one taken out with what leans on it said."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from livinglab.adoptions.web import editing_words as words
from livinglab.adoptions.web.editing_boxes import Drawn, drawn
from livinglab.adoptions.web.editing_forms import in_language
from livinglab.adoptions.web.editing_frame import Bench, Problems
from livinglab.packages.domain.editing import columns
from livinglab.packages.domain.editing.boxes import Box, Kind
from livinglab.packages.domain.editing.columns import Side
from livinglab.packages.domain.editing.fields import is_name
from livinglab.packages.domain.editing.places import standing_at
from livinglab.packages.domain.tables import OutputType
from livinglab.packages.queries.uses import uses_of
from livinglab.ui.languages import language

#: the hidden field that names the columns a page holds
_POSTED: Final = {Side.INPUT: "input", Side.OUTPUT: "output"}
_TYPES: Final = tuple(one.value for one in OutputType)
_LOOKED_AT: Final = "looked-at"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name in expressions, its title, what it asks or gives, and its boxes."""

    id: str
    posted: str
    act: str
    title: str
    said: str
    boxes: tuple[Drawn, ...]


@dataclass(frozen=True, slots=True)
class Acted:
    """The table after a button of columns, with what to tell: what was taken out, or what is missing."""

    data: object
    told: tuple[str, ...] = ()
    uses: tuple[str, ...] = ()
    problems: Problems = ()
    given: Mapping[str, str] = field(default_factory=dict)


def posted(data: object, given: QueryDict) -> object:
    """This function will return the table with the columns that the page held, by name."""
    for side, name in _POSTED.items():
        if name in given:
            data = columns.posted_columns(data, side, [one for one in given.getlist(name) if is_name(one)])
    return data


def boxes_of(data: object) -> list[Box]:
    """This function will return the boxes of all columns: title, and what is looked at or which type comes out."""
    found: list[Box] = []
    for side in Side:
        for number in range(len(columns.ids_of(data, side))):
            found += _boxes(side, number)
    return found


def columns_of(data: object, side: Side, errors: Mapping[str, str]) -> tuple[Column, ...]:
    """This function will return the columns of a side as the page draws them."""
    found = []
    for number, one in enumerate(columns.columns_of(data, side)):
        name, title = str(standing_at(one, ("id",))), in_language(standing_at(one, ("title",)))
        heading, about = _boxes(side, number)
        types = {one.value: str(said) for one, said in words.OUTPUT_TYPES.items()}
        drawn_boxes = (
            drawn(heading, data, errors, label=_("Title of the column “%(column)s”") % {"column": name}),
            drawn(about, data, errors, label=_("What is looked at: %(column)s") % {"column": title or name})
            if side is Side.INPUT
            else drawn(
                about,
                data,
                errors,
                label=_("What comes out in “%(column)s”") % {"column": title or name},
                options=types,
            ),
        )
        said = str(standing_at(one, ("value",)) or "")
        if side is Side.OUTPUT:
            said = types.get(str(standing_at(one, ("type",))), "")
        act = f"drop:{side.value}:{name}"
        found.append(Column(name, _POSTED[side], act, title or name, said, drawn_boxes))
    return tuple(found)


def kinds() -> tuple[tuple[str, str], ...]:
    """This function will return what a new column may be: looked at, or one type of what comes out."""
    coming = _("comes out: %(type)s")
    return (
        (_LOOKED_AT, _("is looked at")),
        *((one.value, coming % {"type": said}) for one, said in words.OUTPUT_TYPES.items()),
    )


def acted(request: HttpRequest, bench: Bench, rule: str, data: object) -> Acted | None:
    """This function will do what a button of columns says, on the page alone; None where it was another button."""
    do = request.POST.get("do", "")
    if do == "add-column":
        return _added(request, data)
    verb, _colon, rest = do.partition(":")
    side, _colon, name = rest.partition(":")
    if verb != "drop" or side not in set(Side) or name not in columns.ids_of(data, Side(side)):
        return None
    return _dropped(bench, rule, data, Side(side), name)


def _added(request: HttpRequest, data: object) -> Acted:
    given = {
        name: request.POST.get(name, "").strip()
        for name in ("new-title.id", "new-title.en", "new-kind", "new-value", "new-cell")
    }
    is_looked_at = given["new-kind"] == _LOOKED_AT
    problems: list[tuple[str, str]] = []
    if not given["new-title.id"]:
        problems.append(("new-title.id", _("Write it in Indonesian too; English alone is not enough.")))
    if not is_looked_at and given["new-kind"] not in _TYPES:
        problems.append(("new-kind", _("Choose one of the options.")))
    if is_looked_at and not given["new-value"]:
        problems.append(("new-value", _("Say what is looked at, such as form.purpose.")))
    if problems:
        return Acted(data, problems=tuple(problems), given=given)
    title: dict[str, object] = {"id": given["new-title.id"]}
    if given["new-title.en"]:
        title["en"] = given["new-title.en"]
    side = Side.INPUT if is_looked_at else Side.OUTPUT
    said = given["new-value"] if is_looked_at else given["new-kind"]
    after, name = columns.with_column(data, side, title, said, "" if is_looked_at else given["new-cell"])
    told = _("The column “%(column)s” stands in the table. Expressions call it %(name)s.")
    return Acted(after, (told % {"column": in_language(title), "name": name},))


def _dropped(bench: Bench, rule: str, data: object, side: Side, name: str) -> Acted:
    if len(columns.ids_of(data, side)) == 1:
        said = _("A table needs at least one column that is looked at, and one that comes out.")
        return Acted(data, problems=(("", said),))
    place = columns.ids_of(data, side).index(name)
    title = in_language(standing_at(data, (side.value, place, "title"))) or name
    rows = columns.rows_with(data, side, name)
    told = [_("The column “%(column)s” is taken out.") % {"column": title}]
    if rows:
        numbers = ", ".join(map(str, rows))
        lost = ngettext(
            "With it goes what stood there in row %(rows)s.",
            "With it goes what stood there in the rows %(rows)s.",
            len(rows),
        )
        told.append(lost % {"rows": numbers})
    own = f"rules/{rule}.json#/"
    uses: tuple[str, ...] = ()
    if side is Side.OUTPUT:
        uses = uses_of(bench.texts, (side.value, rule, name), besides=own, language=language())
    return Acted(columns.without_column(data, side, name), tuple(told), uses)


def _boxes(side: Side, number: int) -> tuple[Box, Box]:
    title = Box((side.value, number, "title"), Kind.WORDS, is_owed=True)
    if side is Side.INPUT:
        return title, Box((side.value, number, "value"), Kind.LINE, is_owed=True)
    return title, Box((side.value, number, "type"), Kind.CHOICE, _TYPES)
