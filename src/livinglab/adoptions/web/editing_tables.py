"""A decision table of an adaptation, as a table: cells, rows added, moved and taken out, errors at the cell."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from livinglab.adoptions.web import editing_columns as columns
from livinglab.adoptions.web import editing_words as words
from livinglab.adoptions.web.editing_boxes import Drawn, at_boxes, drawn
from livinglab.adoptions.web.editing_columns import Acted, Column
from livinglab.adoptions.web.editing_forms import in_language
from livinglab.adoptions.web.editing_frame import (
    Bench,
    NotKept,
    Problems,
    against,
    editor,
    errors_of,
    keep,
    noted,
    show,
    unread_words,
)
from livinglab.packages.domain.editing.boxes import Box, Kind, filled
from livinglab.packages.domain.editing.columns import Side, ids_of
from livinglab.packages.domain.editing.fields import free
from livinglab.packages.domain.editing.items import acted, arranged
from livinglab.packages.domain.editing.places import put, standing_at
from livinglab.packages.domain.tables import Hit
from livinglab.packages.queries.editing import Finding, cell_of, examine, written

_KEEP: Final = "keep"


@dataclass(frozen=True, slots=True)
class RowCells:
    """A row: its id, its cells of conditions and outcomes in the order of the columns, and the boxes of its reason."""

    id: str
    when: tuple[Drawn, ...]
    then: tuple[Drawn, ...]
    because: Drawn


@editor
def table(request: HttpRequest, bench: Bench, rule: str) -> HttpResponse:
    """This function will show a decision table and keep it; buttons of rows and columns change only the page before."""
    path = f"rules/{rule}.json"
    if path not in bench.texts:
        raise Http404(rule)
    data = bench.data(path)
    if request.method != "POST":
        return _page(request, bench, rule, data, NotKept())
    data = columns.posted(data, request.POST)
    data = put(data, ("rows",), arranged(_rows(data), request.POST.getlist("row"), _blank))
    data, unread = filled(data, _all_boxes(data), request.POST)
    do = request.POST.get("do", "")
    if (acted_on := columns.acted(request, bench, rule, data)) is not None:
        refused = NotKept(problems=acted_on.problems)
        return _page(request, bench, rule, acted_on.data, refused, acted_on, is_open=True)
    if do != _KEEP:
        fresh = _blank(
            free("row-1", [str(standing_at(one, ("id",))) for one in _rows(data)]).replace("_", "-")
        )
        is_first = standing_at(data, ("hit",)) == Hit.FIRST.value
        data = put(data, ("rows",), acted(_rows(data), do, fresh, is_last_fixed=is_first))
        return _page(request, bench, rule, data, NotKept(), is_open=True)
    if unread:
        return _page(request, bench, rule, data, NotKept(problems=unread_words(unread)), is_open=True)
    not_kept = keep(request, bench, {path: written(path, data, bench.texts[path])})
    if not_kept is not None:
        return _page(request, bench, rule, data, not_kept, is_open=True)
    return redirect("adoptions:edit_rule", bench.organization.code, bench.row.id, rule)


def _rows(data: object) -> list[object]:
    rows = standing_at(data, ("rows",))
    return rows if isinstance(rows, list) else []


def _blank(row: str) -> dict[str, object]:
    return {"id": row, "when": {}, "then": {}}


def _boxes_of_row(data: object, number: int) -> tuple[list[Box], list[Box], Box]:
    place = ("rows", number)
    when = [Box((*place, "when", one), Kind.LINE) for one in ids_of(data, Side.INPUT)]
    then = [Box((*place, "then", one), Kind.LINE) for one in ids_of(data, Side.OUTPUT)]
    return when, then, Box((*place, "because"), Kind.WORDS)


_TITLE: Final = Box(("title",), Kind.WORDS, is_owed=True)


def _all_boxes(data: object) -> list[Box]:
    found = [_TITLE, *columns.boxes_of(data)]
    for number in range(len(_rows(data))):
        when, then, because = _boxes_of_row(data, number)
        found += [*when, *then, because]
    return found


def _page(
    request: HttpRequest,
    bench: Bench,
    rule: str,
    data: object,
    not_kept: NotKept,
    acted_on: Acted | None = None,
    *,
    is_open: bool = False,
) -> HttpResponse:
    path = f"rules/{rule}.json"
    examined = examine(bench.texts)
    found = not_kept.findings or (() if is_open else errors_of(examined.of(path)))
    at_cells = tuple(Finding(one.fault, cell_of(one, data)) for one in found)
    placed, others = at_boxes(at_cells, _all_boxes(data))
    errors = {**dict(placed), **dict(not_kept.problems)}
    inputs, outputs = (columns.columns_of(data, side, errors) for side in Side)
    problems: Problems = not_kept.problems
    if not_kept.findings:
        problems = (*placed, *(("", said) for said in others))
    hit = Hit(str(standing_at(data, ("hit",))))
    context = {
        "head": drawn(_TITLE, data, errors),
        "inputs": inputs,
        "outputs": outputs,
        "kinds": columns.kinds(),
        "told": acted_on.told if acted_on else (),
        "uses": acted_on.uses if acted_on else (),
        "given": acted_on.given if acted_on else {},
        "box_errors": errors,
        "is_head_open": acted_on is not None
        or any(name.startswith(("at.title", "at.inputs", "at.outputs")) for name in errors),
        "rows": [_drawn_row(data, number, errors, inputs, outputs) for number in range(len(_rows(data)))],
        "hit": words.HITS[hit],
        "is_open": is_open,
        "notes": noted(examined, path),
    }
    mine = {path: written(path, data, bench.texts[path])}
    return show(
        request,
        "adoptions/edit_rule.html",
        bench,
        context,
        title=in_language(standing_at(data, ("title",))) or rule,
        paths=(path,),
        problems=problems,
        overtaken=() if not_kept.overtaken is None else against(not_kept.overtaken, bench, mine),
    )


def _drawn_row(
    data: object,
    number: int,
    errors: Mapping[str, str],
    inputs: tuple[Column, ...],
    outputs: tuple[Column, ...],
) -> RowCells:
    when, then, because = _boxes_of_row(data, number)

    def cells(boxes: list[Box], above: tuple[Column, ...]) -> tuple[Drawn, ...]:
        said = _("Row %(number)s, %(column)s")
        return tuple(
            drawn(box, data, errors, label=said % {"number": number + 1, "column": one.title})
            for box, one in zip(boxes, above, strict=True)
        )

    return RowCells(
        id=str(standing_at(data, ("rows", number, "id"))),
        when=cells(when, inputs),
        then=cells(then, outputs),
        because=drawn(because, data, errors),
    )
