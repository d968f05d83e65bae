"""One field of a form: its texts, type, limits, choices and condition, with the field as the citizen will see it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from livinglab.adoptions.web import editing_words as words
from livinglab.adoptions.web.editing_boxes import at_boxes, drawn
from livinglab.adoptions.web.editing_forms import in_language, path_of
from livinglab.adoptions.web.editing_frame import (
    Bench,
    NotKept,
    Problems,
    against,
    editor,
    errors_of,
    keep,
    show,
    unread_words,
)
from livinglab.packages.domain.editing import fields, forms
from livinglab.packages.domain.editing.boxes import Box, Unread, filled
from livinglab.packages.domain.editing.items import acted
from livinglab.packages.domain.editing.places import Place, put, standing_at
from livinglab.packages.domain.form import Field, FieldType
from livinglab.packages.queries.answering import Question, questions
from livinglab.packages.queries.editing import Finding, examine, written
from livinglab.packages.queries.previews import readable_package
from livinglab.ui.languages import language

#: the place of a field that has no name yet
_NEW: Final = ""
#: the choice of a page that is made for the field
_NEW_PAGE: Final = "+"
_BLANK: Final = {
    "x-type": "text",
    "type": "string",
    "maxLength": 100,
    "x-title": {"id": ""},
    "x-personal": "general",
}
#: places that do not exist, for previews
PLACES: Final = {
    "district": (("99.71.01", "Kecamatan Contoh"),),
    "village": (("99.71.01.2001", "Desa Contoh"),),
}


@dataclass(frozen=True, slots=True)
class Spot:
    """Which field is edited: its form, the list it is a column of ("" for none), and its name ("" for a new one)."""

    form: str
    path: str
    within: str
    name: str

    @property
    def around(self) -> Place:
        """The place of the form or of the list's columns."""
        return ("properties", self.within, "items") if self.within else ()

    @property
    def place(self) -> Place:
        """The place of the field."""
        return (*self.around, "properties", self.name)


@dataclass(frozen=True, slots=True)
class Edited:
    """A field as it was typed: the whole form with it, what says nothing, and what stands beside the field itself."""

    data: object
    unread: Mapping[str, Unread]
    kind: FieldType
    is_required: bool
    page: str
    page_title: Mapping[str, str]
    id: str


@editor
def field(request: HttpRequest, bench: Bench, form: str, field: str, column: str = "") -> HttpResponse:
    """This function will show a field of a form, or a column of one that has rows, and keep what is changed."""
    spot = Spot(form, path_of(bench, form), field if column else "", column or field)
    if standing_at(bench.data(spot.path), spot.place) is None:
        raise Http404(spot.name)
    return _edited(request, bench, spot)


@editor
def add(request: HttpRequest, bench: Bench, form: str, field: str = "") -> HttpResponse:
    """This function will add a field to a form, or a column to a field that has rows."""
    spot = Spot(form, path_of(bench, form), field, _NEW)
    if field and standing_at(bench.data(spot.path), spot.around) is None:
        raise Http404(field)
    return _edited(request, bench, spot)


def _edited(request: HttpRequest, bench: Bench, spot: Spot) -> HttpResponse:
    if request.method != "POST":
        return _page(request, bench, spot, _as_it_is(request, bench, spot), NotKept())
    edited = _typed(request, bench, spot)
    is_kept = request.POST.get("do") == "keep" and edited.kind.value == request.POST.get("shown")
    if not is_kept:
        return _page(request, bench, spot, edited, NotKept(), is_preview=True)
    problems = (*unread_words(edited.unread), *_name_problems(bench, spot, edited))
    if problems:
        return _page(request, bench, spot, edited, NotKept(problems=problems))
    not_kept = keep(request, bench, {spot.path: _file(bench, spot, edited)})
    if not_kept is not None:
        return _page(request, bench, spot, edited, not_kept)
    if spot.within:
        return redirect("adoptions:edit_field", bench.organization.code, bench.row.id, spot.form, spot.within)
    return redirect("adoptions:edit_form", bench.organization.code, bench.row.id, spot.form)


def _as_it_is(request: HttpRequest, bench: Bench, spot: Spot) -> Edited:
    data = bench.data(spot.path)
    pages = [page.id for page in forms.pages_of(data)]
    wanted = request.GET.get("page", "")
    page = wanted if wanted in pages else pages[-1]
    if spot.name == _NEW:
        data = put(data, spot.place, _BLANK)
    around = standing_at(data, spot.around)
    return Edited(
        data=data,
        unread={},
        kind=FieldType(str(standing_at(data, (*spot.place, "x-type")))),
        is_required=spot.name in forms.required_of(around),
        page=page if spot.name == _NEW else forms.page_of(data, spot.name),
        page_title={"id": "", "en": ""},
        id="",
    )


def _typed(request: HttpRequest, bench: Bench, spot: Spot) -> Edited:
    before, post = _as_it_is(request, bench, spot), request.POST
    shown, chosen = _kind(post.get("shown"), before.kind), _kind(post.get("type"), before.kind)
    data = _retyped(before.data, spot.place, shown)
    if shown in fields.CHOOSES:
        options = standing_at(data, (*spot.place, "x-options"))
        count = post.get("options", "0")
        sized = fields.sized(
            options if isinstance(options, list) else [],
            int(count) if count.isdecimal() and len(count) < 4 else 0,
        )
        data = put(data, (*spot.place, "x-options"), sized)
    boxes = fields.boxes_of(spot.place, shown, is_column=bool(spot.within))
    choices = fields.option_boxes(spot.place, data)
    data, unread = filled(data, [*boxes, *(box for pair in choices for box in pair)], post)
    if shown in fields.CHOOSES:
        data, unread = _chosen(data, spot, unread, post.get("do", ""))
    return Edited(
        data=_retyped(data, spot.place, chosen),
        unread=unread,
        kind=chosen,
        is_required="required" in post,
        page=post.get("page", before.page),
        page_title={one: " ".join(post.get(f"page-title.{one}", "").split()) for one in ("id", "en")},
        id=post.get("field-id", "").strip(),
    )


def _kind(text: str | None, otherwise: FieldType) -> FieldType:
    return FieldType(text) if text in set(FieldType) else otherwise


def _retyped(data: object, place: Place, kind: FieldType) -> object:
    found = standing_at(data, place)
    return put(data, place, forms.retyped(dict(found), kind)) if isinstance(found, Mapping) else data


def _chosen(
    data: object, spot: Spot, unread: Mapping[str, Unread], do: str
) -> tuple[object, dict[str, Unread]]:
    """Take choices of which nothing was typed away, give each a value, and do what a button beside them says."""
    field = standing_at(data, spot.place)
    assert isinstance(field, Mapping)
    typed = field["x-options"]
    options = fields.named(typed if isinstance(typed, list) else [])
    options = acted(options, do, {"value": "", "text": {"id": ""}}, is_last_fixed=False)
    data = put(data, spot.place, forms.with_options(dict(field), options))
    start = ".".join(("at", *map(str, (*spot.place, "x-options"))))
    others = {name: why for name, why in unread.items() if not name.startswith(f"{start}.")}
    for number, one in enumerate(options):
        if not standing_at(one, ("text", "id")):
            others[f"{start}.{number}.text.id"] = Unread.NO_INDONESIAN
    return data, others


def _name_problems(bench: Bench, spot: Spot, edited: Edited) -> Problems:
    problems: Problems = ()
    if spot.name == _NEW:
        name, taken = _name(spot, edited), forms.fields_of(standing_at(bench.data(spot.path), spot.around))
        if not fields.is_name(name):
            problems = (("field-id", _("Use small letters, digits and _, beginning with a letter.")),)
        elif name in taken:
            problems = (("field-id", _("This form has a field of this name already. Choose another.")),)
    if edited.page == _NEW_PAGE and not edited.page_title["id"]:
        problems = (*problems, ("page-title.id", _("Give the new page a title in Indonesian.")))
    return problems


def _name(spot: Spot, edited: Edited) -> str:
    if spot.name != _NEW:
        return spot.name
    title = standing_at(edited.data, (*spot.place, "x-title", "id"))
    return edited.id or fields.name_from(str(title or ""))


def _file(bench: Bench, spot: Spot, edited: Edited) -> str:
    """Write the form with the field under its name, on its page."""
    data = bench.data(spot.path)
    around, field = standing_at(data, spot.around), standing_at(edited.data, spot.place)
    assert isinstance(field, Mapping)
    page = edited.page
    if page == _NEW_PAGE:
        page = fields.free("page", [one.id for one in forms.pages_of(data)])
    title = {language: said for language, said in edited.page_title.items() if said}
    after = forms.with_field(
        around, _name(spot, edited), dict(field), is_required=edited.is_required, page=page, title=title
    )
    return written(spot.path, put(data, spot.around, after), bench.texts[spot.path])


def _page(
    request: HttpRequest,
    bench: Bench,
    spot: Spot,
    edited: Edited,
    not_kept: NotKept,
    *,
    is_preview: bool = False,
) -> HttpResponse:
    boxes = fields.boxes_of(spot.place, edited.kind, is_column=bool(spot.within))
    choices = fields.option_boxes(spot.place, edited.data) if edited.kind in fields.CHOOSES else []
    every: list[Box] = [*boxes, *(box for pair in choices for box in pair)]
    found = _renamed(not_kept.findings, spot, edited) if not_kept.findings else _errors_now(bench, spot)
    placed, others = at_boxes(found, every)
    errors = {**dict(placed), **dict(unread_words(edited.unread)), **dict(not_kept.problems)}
    problems: Problems = not_kept.problems
    if not_kept.findings:
        problems = (*placed, *(("", said) for said in others))
    title = in_language(standing_at(edited.data, (*spot.place, "x-title"))) or _("New field")
    context = {
        "form": spot.form,
        "spot": spot,
        "edited": edited,
        "boxes": [drawn(box, edited.data, errors, empty=_("not said")) for box in boxes],
        "choices": [
            (
                drawn(value, edited.data, errors, label=_("Value in expressions")),
                drawn(text, edited.data, errors),
            )
            for value, text in choices
        ],
        "columns": _columns(bench, spot, edited),
        "types": [
            (kind.value, said)
            for kind, said in words.FIELD_TYPES.items()
            if not (spot.within and kind in fields.NO_COLUMN)
        ],
        "pages": _page_options(bench, spot),
        "box_errors": errors,
        "notes": [] if not_kept.findings else [(_("Error"), said) for said in others],
        "question": _preview(bench, spot, edited),
    }
    mine = {spot.path: _file(bench, spot, edited)} if not_kept.overtaken is not None else {}
    return show(
        request,
        "adoptions/edit_field.html",
        bench,
        context,
        title=title,
        paths=(spot.path,),
        problems=() if is_preview else problems,
        overtaken=() if not_kept.overtaken is None else against(not_kept.overtaken, bench, mine),
    )


def _errors_now(bench: Bench, spot: Spot) -> tuple[Finding, ...]:
    if spot.name == _NEW:
        return ()
    found = errors_of(examine(bench.texts).of(spot.path))
    return tuple(one for one in found if one.place[: len(spot.place)] == spot.place)


def _renamed(findings: tuple[Finding, ...], spot: Spot, edited: Edited) -> tuple[Finding, ...]:
    """Let findings about a field that just got its name speak of the boxes, which have none yet."""
    named = (*spot.around, "properties", _name(spot, edited))
    size = len(named)
    return tuple(
        Finding(one.fault, (*spot.place, *one.place[size:])) if one.place[:size] == named else one
        for one in findings
    )


def _page_options(bench: Bench, spot: Spot) -> list[tuple[str, str]]:
    if spot.within:
        return []
    pages = forms.pages_of(bench.data(spot.path))
    return [*((page.id, in_language(page.title)) for page in pages), (_NEW_PAGE, _("a new page at the end"))]


def _columns(bench: Bench, spot: Spot, edited: Edited) -> list[tuple[str, str]]:
    """Return the columns of a field that has rows, and of one that is kept already: pairs of title and address."""
    if edited.kind is not FieldType.LIST or spot.name == _NEW:
        return []
    columns = forms.fields_of(standing_at(bench.data(spot.path), (*spot.place, "items")))
    return [
        (in_language(one.get("x-title")) or name, bench.url("edit_column", spot.form, spot.name, name))
        for name, one in columns.items()
    ]


def _preview(bench: Bench, spot: Spot, edited: Edited) -> Question | None:
    """Return the field as the citizen will see it, None while what was typed is no field yet."""
    if edited.unread:
        return None
    pages = [page.id for page in forms.pages_of(bench.data(spot.path))]
    page = edited.page if edited.page in pages else pages[-1]
    named = replace(edited, page=page, id=edited.id or "preview")
    text = _file(bench, spot, named)
    package = readable_package({**bench.texts, spot.path: text})
    if package is None:
        return None
    form = package.form if spot.path == package.form.path else package.tasks[spot.form]
    found: Field | None = form.fields.get(spot.within or _name(spot, named))
    if found is None:
        return None
    return questions((found,), {}, (), language=language(), places=PLACES)[0]
