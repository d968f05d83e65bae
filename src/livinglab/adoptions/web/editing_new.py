"""A new part of an adaptation: what it is called, where it comes in, and both languages."""

from __future__ import annotations

from unicodedata import normalize

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from livinglab.adoptions.web.editing_forms import in_language
from livinglab.adoptions.web.editing_frame import Bench, NotKept, Problems, against, editor, keep, show, told
from livinglab.adoptions.web.editing_new_data import (
    BUILDERS,
    name_for,
    outcome_types,
    questions,
    rule_problems,
)
from livinglab.adoptions.web.editing_process import PATH, where_of
from livinglab.adoptions.web.process_fields import Options
from livinglab.packages.domain.contents import identifier, kind_of
from livinglab.packages.domain.editing import frames
from livinglab.packages.domain.editing.fields import is_name
from livinglab.packages.domain.editing.manifest import items_of
from livinglab.packages.domain.editing.places import standing_at
from livinglab.packages.domain.manifest import ParameterType, RoleKind
from livinglab.packages.domain.process import NodeKind
from livinglab.packages.queries.editing import written
from livinglab.packages.queries.process_editing import insert
from livinglab.packages.queries.process_file import opened
from livinglab.packages.queries.process_words import without_filling

MANIFEST = "package.yaml"
_KINDS = {"messages": "message", "documents": "document", "tasks": "task", "rules": "rule"}
#: kind -> the page that edits it; texts have the kind in their address
_EDITORS = {"tasks": "edit_form", "rules": "edit_rule"}


@editor
def new(request: HttpRequest, bench: Bench, kind: str) -> HttpResponse:
    """This function will ask for a new part, keep it, and lead to the page that edits it."""
    if kind not in _KINDS:
        raise Http404(kind)
    if request.method != "POST":
        return _page(request, bench, kind)
    taken = {identifier(path) for path in bench.texts if kind_of(path) == _KINDS[kind]}
    ident = _ident(request, kind, taken)
    problems = _problems(request, bench, kind, ident, taken)
    if problems:
        return _page(request, bench, kind, problems)
    files = _files(request, bench, kind, ident)
    not_kept = keep(request, bench, files)
    if not_kept is not None:
        found = not_kept.problems or tuple(("", told(one)) for one in not_kept.findings)
        return _page(request, bench, kind, found, not_kept, files)
    if kind in _EDITORS:
        return redirect(f"adoptions:{_EDITORS[kind]}", bench.organization.code, bench.row.id, ident)
    return redirect("adoptions:edit_text", bench.organization.code, bench.row.id, kind, ident)


def _ident(request: HttpRequest, kind: str, taken: set[str]) -> str:
    if kind in BUILDERS:
        return name_for(request, taken)
    return _typed(request, "ident") or frames.id_from(without_filling(_typed(request, "title.id")), taken)


def _files(request: HttpRequest, bench: Bench, kind: str, ident: str) -> dict[str, str | None]:
    if kind in BUILDERS:
        return BUILDERS[kind](request, bench, ident)
    return _message(request, bench, ident) if kind == "messages" else _document(request, bench, ident)


def _problems(request: HttpRequest, bench: Bench, kind: str, ident: str, taken: set[str]) -> Problems:
    """Say what is missing or does not fit, by field."""
    found: list[tuple[str, str]] = []
    owed = ("title", "body") if kind == "messages" else ("title",)
    indonesian = _("Write it in Indonesian too; English alone is not enough.")
    found += [(f"{name}.id", indonesian) for name in owed if not _typed(request, f"{name}.id")]
    if kind == "messages" and bool(_typed(request, "title.en")) != bool(_typed(request, "body.en")):
        name = "body.en" if _typed(request, "title.en") else "title.en"
        found.append((name, _("In English write subject and text, or neither.")))
    if kind in BUILDERS and not is_name(ident):
        found.append(("ident", _("Use small letters, digits and _, beginning with a letter.")))
    elif kind not in BUILDERS and not frames.is_id(ident):
        found.append(("ident", _("Use small letters, digits and -, beginning with a letter.")))
    elif ident in taken:
        found.append(("ident", _("There is one with this id already. Choose another.")))
    if kind == "documents":
        if not frames.is_series(_typed(request, "series")):
            found.append(("series", _("Use capital letters, digits and -, such as SKTM.")))
        if _typed(request, "signed_by") not in {"", *dict(_signers(bench))}:
            found.append(("signed_by", _("Choose one of the options.")))
    if kind == "rules":
        found += rule_problems(request, bench)
    if kind == "messages" and (where := _typed(request, "where")) and where not in dict(_where(bench)):
        found.append(("where", _("There is no such way any more. Look at the list again.")))
    return tuple(found)


def _message(request: HttpRequest, bench: Bench, ident: str) -> dict[str, str | None]:
    files: dict[str, str | None] = {}
    for language in ("id", "en"):
        subject, body = _typed(request, f"title.{language}"), _typed(request, f"body.{language}")
        if subject:
            files[f"messages/{ident}.{language}.md"] = frames.message_text(subject, body)
    if where := _typed(request, "where"):
        process = opened(bench.texts[PATH]).process_with(where)
        lane = process.nodes[process.flows[where].source].lane
        name = without_filling(_typed(request, "title.id"))
        said = {"name": name, "lane": lane, "ll:message": ident}
        files[PATH], _step = insert(bench.texts[PATH], where, NodeKind.SEND, said)
    return files


def _document(request: HttpRequest, bench: Bench, ident: str) -> dict[str, str | None]:
    data = bench.data(MANIFEST)
    name = {one: _typed(request, f"title.{one}") for one in ("id", "en") if _typed(request, f"title.{one}")}
    has_letterhead = any(
        standing_at(one, ("type",)) == ParameterType.LETTERHEAD.value for one in items_of(data, "parameters")
    )
    files: dict[str, str | None] = {
        f"documents/{ident}{'' if one == 'id' else '.en'}.html": frames.document_frame(
            title, one, has_letterhead=has_letterhead
        )
        for one, title in name.items()
    }
    after = frames.with_document(data, ident, name, _typed(request, "series"), _typed(request, "signed_by"))
    files[MANIFEST] = written(MANIFEST, after, bench.texts[MANIFEST])
    return files


def _page(
    request: HttpRequest,
    bench: Bench,
    kind: str,
    problems: Problems = (),
    not_kept: NotKept | None = None,
    files: dict[str, str | None] | None = None,
) -> HttpResponse:
    overtaken = not_kept.overtaken if not_kept else None
    context = {
        "kind": kind,
        "where": (("", _("Nowhere yet")), *_where(bench)),
        "signers": (("", _("nobody")), *_signers(bench)),
        "questions": questions(bench) if kind == "rules" else (),
        "types": outcome_types(),
        "given": request.POST,
    }
    return show(
        request,
        "adoptions/edit_new.html",
        bench,
        context,
        title={
            "messages": _("A new message"),
            "documents": _("A new document"),
            "tasks": _("A new form of a task"),
            "rules": _("A new decision table"),
        }[kind],
        paths=(PATH if kind == "messages" else MANIFEST,),
        problems=problems,
        overtaken=() if overtaken is None else against(overtaken, bench, files or {}),
    )


def _where(bench: Bench) -> Options:
    return where_of(opened(bench.texts[PATH]).diagram)


def _signers(bench: Bench) -> Options:
    return tuple(
        (str(standing_at(one, ("id",))), in_language(standing_at(one, ("name",))))
        for one in items_of(bench.data(MANIFEST), "roles")
        if standing_at(one, ("kind",)) == RoleKind.SIGNER.value
    )


def _typed(request: HttpRequest, name: str) -> str:
    return normalize("NFC", request.POST.get(name, "").replace("\r\n", "\n").strip())
