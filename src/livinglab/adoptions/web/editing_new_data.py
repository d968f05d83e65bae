"""A new form of a task or a new decision table of an adaptation: the smallest that passes the checks, to be edited."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final
from unicodedata import normalize

from django.http import HttpRequest
from django.utils.translation import gettext as _

from livinglab.adoptions.web import editing_words as words
from livinglab.adoptions.web.editing_forms import in_language
from livinglab.adoptions.web.editing_frame import Bench, Problems
from livinglab.adoptions.web.process_fields import Options
from livinglab.packages.domain.editing import fields, frames
from livinglab.packages.domain.editing.places import standing_at
from livinglab.packages.domain.form import FieldType
from livinglab.packages.domain.tables import OutputType
from livinglab.packages.queries.editing import written

_FORM: Final = "form.schema.json"
#: what a row of a table cannot compare with a value
_NOT_COMPARED: Final = frozenset({FieldType.FILE, FieldType.LIST, FieldType.CHOICES, FieldType.LONG_TEXT})


def new_task(request: HttpRequest, bench: Bench, ident: str) -> dict[str, str | None]:
    """This function will return the file of a new form of a task."""
    path = f"tasks/{ident}.schema.json"
    return {path: written(path, frames.task_form(_title(request)), "")}


def new_rule(request: HttpRequest, bench: Bench, ident: str) -> dict[str, str | None]:
    """This function will return the file of a new decision table."""
    path, asks = f"rules/{ident}.json", request.POST.get("asks", "")
    question = standing_at(bench.data(_FORM), ("properties", asks, "x-title"))
    assert isinstance(question, Mapping)
    kind = OutputType(request.POST.get("type", ""))
    return {path: written(path, frames.decision_table(ident, _title(request), (asks, question), kind), "")}


#: kind in the address -> what builds its file
BUILDERS: Final[Mapping[str, Callable[[HttpRequest, Bench, str], dict[str, str | None]]]] = {
    "tasks": new_task,
    "rules": new_rule,
}


def rule_problems(request: HttpRequest, bench: Bench) -> Problems:
    """This function will say which choice of a new table is none of those offered."""
    said = _("Choose one of the options.")
    offered = {"asks": questions(bench), "type": outcome_types()}
    return tuple(
        (name, said) for name, options in offered.items() if request.POST.get(name) not in dict(options)
    )


def questions(bench: Bench) -> Options:
    """This function will return the fields of the citizen's form that a table can ask: name and question."""
    found = standing_at(bench.data(_FORM), ("properties",))
    return tuple(
        (name, in_language(standing_at(field, ("x-title",))))
        for name, field in (found.items() if isinstance(found, Mapping) else ())
        if standing_at(field, ("x-type",)) not in _NOT_COMPARED
    )


def outcome_types() -> Options:
    """This function will return what a table can give: type and words."""
    return tuple((kind.value, str(said)) for kind, said in words.OUTPUT_TYPES.items())


def name_for(request: HttpRequest, taken: set[str]) -> str:
    """This function will return the name in expressions: the one that was typed, else one made from the title."""
    return request.POST.get("ident", "").strip() or fields.free(
        fields.name_from(_typed(request, "id")), taken
    )


def _title(request: HttpRequest) -> dict[str, str]:
    return {one: said for one in ("id", "en") if (said := _typed(request, one))}


def _typed(request: HttpRequest, language: str) -> str:
    return normalize("NFC", request.POST.get(f"title.{language}", "").strip())
