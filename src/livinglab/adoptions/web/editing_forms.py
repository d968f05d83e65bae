"""A form of an adaptation: its title, its pages and fields, moved and taken out."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from livinglab.adoptions.web import editing_words as words
from livinglab.adoptions.web.editing import CITIZEN_FORM
from livinglab.adoptions.web.editing_boxes import Drawn, at_boxes, drawn
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
from livinglab.packages.domain.editing import forms
from livinglab.packages.domain.editing.boxes import Box, Kind, filled
from livinglab.packages.domain.form import FieldType
from livinglab.packages.queries.editing import examine, written
from livinglab.ui.languages import language


@dataclass(frozen=True, slots=True)
class FieldRow:
    """A field in the list: its question, type, whether it must be answered, and the page that edits it."""

    name: str
    title: str
    type: str
    is_required: bool
    url: str


@dataclass(frozen=True, slots=True)
class PageRows:
    """A page of the form in the list: the boxes of its title, and its fields."""

    id: str
    title: Drawn
    fields: tuple[FieldRow, ...]


def path_of(bench: Bench, form: str) -> str:
    """This function will return the file of a form that the URL names. Errors: Http404."""
    path = "form.schema.json" if form == CITIZEN_FORM else f"tasks/{form}.schema.json"
    if path not in bench.texts:
        raise Http404(form)
    return path


@editor
def form(request: HttpRequest, bench: Bench, form: str) -> HttpResponse:
    """This function will show a form's pages and fields, keep their titles, and move or take out fields."""
    path = path_of(bench, form)
    data = bench.data(path)
    if request.method != "POST":
        return _page(request, bench, form, data, NotKept())
    do = request.POST.get("do", "")
    data, unread = filled(data, _boxes(data), request.POST)
    if unread:
        return _page(request, bench, form, data, NotKept(problems=unread_words(unread)))
    data = _acted(data, do)
    not_kept = keep(request, bench, {path: written(path, data, bench.texts[path])})
    if not_kept is not None:
        return _page(request, bench, form, data, not_kept)
    return redirect("adoptions:edit_form", bench.organization.code, bench.row.id, form)


def _acted(data: object, do: str) -> object:
    verb, _colon, name = do.partition(":")
    fields, pages = forms.fields_of(data), {page.id for page in forms.pages_of(data)}
    match verb:
        case "remove" if name in fields:
            return forms.without_field(data, name)
        case "up" | "down" if name in fields:
            return forms.with_field_moved(data, name, -1 if verb == "up" else 1)
        case "page-up" | "page-down" if name in pages:
            return forms.with_page_moved(data, name, -1 if verb == "page-up" else 1)
        case _:
            return data


def _boxes(data: object) -> list[Box]:
    titles = [
        Box(("x-pages", place, "title"), Kind.WORDS, is_owed=True)
        for place in range(len(forms.pages_of(data)))
    ]
    return [Box(("x-title",), Kind.WORDS, is_owed=True), *titles]


def _page(request: HttpRequest, bench: Bench, form: str, data: object, not_kept: NotKept) -> HttpResponse:
    path, boxes = path_of(bench, form), _boxes(data)
    examined = examine(bench.texts)
    placed, others = at_boxes(not_kept.findings or errors_of(examined.of(path)), boxes)
    errors = {**dict(placed), **dict(not_kept.problems)}
    head, *titles = [
        drawn(box, data, errors, label=_("Title of the form") if place == 0 else _("Title of the page"))
        for place, box in enumerate(boxes)
    ]
    context = {
        "form": form,
        "head": head,
        "pages": [
            PageRows(page.id, title, tuple(_row(bench, form, data, name) for name in page.fields))
            for page, title in zip(forms.pages_of(data), titles, strict=True)
        ],
        "notes": noted(examined, path),
    }
    problems: Problems = not_kept.problems
    if not_kept.findings:
        problems = (*placed, *(("", said) for said in others))
    overtaken = (
        ()
        if not_kept.overtaken is None
        else against(not_kept.overtaken, bench, {path: written(path, data, bench.texts[path])})
    )
    title = _("Form of the citizen") if form == CITIZEN_FORM else _title(data)
    return show(
        request,
        "adoptions/edit_form.html",
        bench,
        context,
        title=title,
        paths=(path,),
        problems=problems,
        overtaken=overtaken,
    )


def _row(bench: Bench, form: str, data: object, name: str) -> FieldRow:
    field = forms.fields_of(data).get(name, {})
    kind = str(field.get("x-type"))
    return FieldRow(
        name=name,
        title=in_language(field.get("x-title")) or name,
        type=str(words.FIELD_TYPES[FieldType(kind)]) if kind in set(FieldType) else kind,
        is_required=name in forms.required_of(data),
        url=bench.url("edit_field", form, name),
    )


def _title(data: object) -> str:
    return in_language(data.get("x-title")) if isinstance(data, dict) else ""


def in_language(said: object) -> str:
    """This function will return a text of a file in the reader's language, in Indonesian where there is no other."""
    if not isinstance(said, dict):
        return str(said or "")
    return str(said.get(language()) or said.get("id") or "")
