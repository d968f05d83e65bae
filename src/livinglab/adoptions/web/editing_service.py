"""What a service promises and stands on: its standard, laws, parameters, roles and use of data, as plain forms."""

from typing import Final, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from livinglab.adoptions.web import editing_words as words
from livinglab.adoptions.web.editing_boxes import Drawn, at_boxes, drawn
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
from livinglab.packages.domain.editing import fields, manifest
from livinglab.packages.domain.editing.boxes import Unread, filled
from livinglab.packages.domain.editing.items import acted, arranged
from livinglab.packages.domain.editing.places import put, standing_at
from livinglab.packages.domain.manifest import ParameterType
from livinglab.packages.queries.editing import examine, written

_PATH: Final = "package.yaml"
#: the parts that are lists whose items come and go
_LISTS: Final = ("law", "parameters")


class Item(NamedTuple):
    """A group of boxes on the page: its heading; id and kind where it is an item of a list that may go; its boxes."""

    title: str
    key: str
    id: str
    kind: str
    boxes: list[Drawn]


@editor
def service(request: HttpRequest, bench: Bench, part: str) -> HttpResponse:
    """This function will show a part of what the service promises, and keep what is changed."""
    if part not in words.SERVICE_PARTS:
        raise Http404(part)
    data = bench.data(_PATH)
    if request.method != "POST":
        return _page(request, bench, part, data, NotKept())
    data, unread = _typed(request, bench, part, data)
    do = request.POST.get("do", "")
    if part in _LISTS and do != "keep":
        data, problems = _acted(request, part, data, do)
        return _page(request, bench, part, data, NotKept(problems=problems), is_open=True)
    if unread:
        return _page(request, bench, part, data, NotKept(problems=unread_words(unread)), is_open=True)
    not_kept = keep(request, bench, {_PATH: written(_PATH, data, bench.texts[_PATH])})
    if not_kept is not None:
        return _page(request, bench, part, data, not_kept, is_open=True)
    return redirect("adoptions:edit_service", bench.organization.code, bench.row.id, part)


def _typed(request: HttpRequest, bench: Bench, part: str, data: object) -> tuple[object, dict[str, Unread]]:
    post = request.POST
    if part in _LISTS:
        kinds = dict(zip(post.getlist("item"), post.getlist("kind"), strict=False))
        items = arranged(
            manifest.items_of(data, part),
            post.getlist("item"),
            lambda name: _blank(part, name, kinds.get(name, "")),
        )
        data = put(data, (part,), items)
    if part == "standard" and post.get("fee", "") in dict(_fees(bench)):
        data = manifest.with_fee(data, post["fee"])
    boxes = [box for group in manifest.groups_of(part, data) for box in group.boxes]
    return filled(data, boxes, post)


def _blank(part: str, name: str, kind: str) -> dict[str, object]:
    if part == "law":
        return manifest.blank_law(name)
    return manifest.blank_parameter(
        name, ParameterType(kind) if kind in set(ParameterType) else ParameterType.TEXT
    )


def _acted(request: HttpRequest, part: str, data: object, do: str) -> tuple[object, Problems]:
    """Do what a button of a list says, on the page alone."""
    known = manifest.ids_of(data, part)
    name = fields.free("own-law", known)
    if do == "add" and part == "parameters":
        name = request.POST.get("new-id", "").strip()
        if not fields.is_name(name) or name in known:
            said = _("Use small letters, digits and _, beginning with a letter; no name twice.")
            return data, (("new-id", said),)
    blank = _blank(part, name.replace("_", "-") if part == "law" else name, request.POST.get("new-type", ""))
    items = acted(manifest.items_of(data, part), do, blank, is_last_fixed=False)
    return put(data, (part,), items), ()


def _fees(bench: Bench) -> list[tuple[str, str]]:
    """Return how a fee may be set: free, or by an amount that a decision table gives. Pairs of value and name."""
    found = [(manifest.FREE, _("Free of charge"))]
    for path in sorted(bench.texts):
        if not path.startswith("rules/"):
            continue
        rule = bench.data(path)
        outputs = standing_at(rule, ("outputs",))
        found += [
            (
                f"{standing_at(rule, ('id',))}.{standing_at(one, ('id',))}",
                f"{in_language(standing_at(rule, ('title',)))}: {in_language(standing_at(one, ('title',)))}",
            )
            for one in (outputs if isinstance(outputs, list) else [])
            if standing_at(one, ("type",)) == "money"
        ]
    return found


def _page(
    request: HttpRequest,
    bench: Bench,
    part: str,
    data: object,
    not_kept: NotKept,
    *,
    is_open: bool = False,
) -> HttpResponse:
    groups = manifest.groups_of(part, data)
    examined = examine(bench.texts)
    found = not_kept.findings or (() if is_open else errors_of(examined.of(_PATH)))
    placed, others = at_boxes(found, [box for group in groups for box in group.boxes])
    errors = {**dict(placed), **dict(not_kept.problems)}
    problems: Problems = not_kept.problems
    if not_kept.findings:
        problems = (*placed, *(("", said) for said in others))
    context = {
        "part": part,
        "tabs": [
            (str(said), bench.url("edit_service", one), one == part)
            for one, said in words.SERVICE_PARTS.items()
        ],
        "items": [_item(part, data, group, errors) for group in groups],
        "is_list": part in _LISTS,
        "fees": _fees(bench) if part == "standard" else [],
        "fee": manifest.fee_of(data),
        "types": [(kind.value, said) for kind, said in words.PARAMETER_TYPES.items()],
        "new_id": request.POST.get("new-id", "") if problems else "",
        "box_errors": errors,
        "is_open": is_open,
        "notes": noted(examined, _PATH),
    }
    mine = {_PATH: written(_PATH, data, bench.texts[_PATH])}
    return show(
        request,
        "adoptions/edit_service.html",
        bench,
        context,
        title=str(words.SERVICE_PARTS[part]),
        paths=(_PATH,),
        problems=problems,
        overtaken=() if not_kept.overtaken is None else against(not_kept.overtaken, bench, mine),
    )


def _item(part: str, data: object, group: manifest.Group, errors: dict[str, str]) -> Item:
    boxes = [drawn(box, data, errors, label=_label(group, box.place)) for box in group.boxes]
    if part not in _LISTS:
        return Item(_heading(data, group), group.key, "", "", boxes)
    kind = standing_at(data, (part, manifest.ids_of(data, part).index(group.id), "type"))
    return Item(_heading(data, group), group.key, group.id, str(kind or ""), boxes)


def _label(group: manifest.Group, place: tuple[str | int, ...]) -> str:
    return str(words.STANDARD[group.key]) if place == ("standard", group.key) else ""


def _heading(data: object, group: manifest.Group) -> str:
    if group.key in words.STANDARD:
        return str(words.STANDARD[group.key])
    if not group.id:
        return str(words.GROUPS[group.key])
    place = (group.key, manifest.ids_of(data, group.key).index(group.id))
    said = in_language(standing_at(data, (*place, "name"))) or str(standing_at(data, (*place, "cite")) or "")
    return f"{words.GROUPS[group.key]}: {said or group.id}"
