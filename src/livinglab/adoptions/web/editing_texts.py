"""Messages and documents of an adaptation: both languages side by side, with what comes out for an invented case."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from livinglab.adoptions.queries.adoptions import values_of
from livinglab.adoptions.web.editing_frame import (
    Bench,
    NotKept,
    Problems,
    Texts,
    against,
    editor,
    errors_of,
    keep,
    noted,
    show,
    told,
)
from livinglab.adoptions.web.editing_names import name_of_part
from livinglab.adoptions.web.editing_new import MANIFEST
from livinglab.packages.domain.editing.frames import without_document
from livinglab.packages.domain.faults import Severity
from livinglab.packages.queries.cases import BrokenPackage
from livinglab.packages.queries.editing import Examined, examine, written
from livinglab.packages.queries.previews import Preview, document_preview, message_preview
from livinglab.packages.queries.uses import uses_of
from livinglab.ui.languages import language

#: kind of text -> the file of each language
_FILES: Final[Mapping[str, Mapping[str, str]]] = {
    "messages": {"id": "messages/{}.id.md", "en": "messages/{}.en.md"},
    "documents": {"id": "documents/{}.html", "en": "documents/{}.en.html"},
}
_KINDS: Final = {"messages": "message", "documents": "document"}


@dataclass(frozen=True, slots=True)
class Side:
    """A language of a text: the file, what is typed, what is wrong with it, and what somebody else kept meanwhile."""

    language: str
    path: str
    text: str
    error: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Shown:
    """What comes out in a language: the subject of a message, and the text as safe HTML."""

    language: str
    subject: str
    body: SafeString


@editor
def text(request: HttpRequest, bench: Bench, kind: str, text: str) -> HttpResponse:
    """This function will show a message or document in both languages and keep what is typed."""
    paths = {each: pattern.format(text) for each, pattern in _FILES.get(kind, {}).items()}
    if not any(path in bench.texts for path in paths.values()):
        raise Http404(text)
    typed = {each: _typed(request, bench, path) for each, path in paths.items()}
    if request.method == "POST" and request.POST.get("do") == "remove":
        refused = _removed(request, bench, kind, text, paths)
        if refused is not None:
            return _page(request, bench, kind, text, paths, typed, refused)
        return redirect("adoptions:edit", bench.organization.code, bench.row.id)
    if request.method != "POST" or request.POST.get("do") != "keep":
        return _page(request, bench, kind, text, paths, typed, NotKept())
    if not typed["id"]:
        missing = ((paths["id"], _("Write it in Indonesian too; English alone is not enough.")),)
        return _page(request, bench, kind, text, paths, typed, NotKept(problems=missing))
    not_kept = keep(request, bench, {path: typed[each] or None for each, path in paths.items()})
    if not_kept is not None:
        return _page(request, bench, kind, text, paths, typed, not_kept)
    return redirect("adoptions:edit_text", bench.organization.code, bench.row.id, kind, text)


def _removed(
    request: HttpRequest, bench: Bench, kind: str, ident: str, paths: Mapping[str, str]
) -> NotKept | None:
    """Take a message or document out that nothing uses; None means that it is gone."""
    uses = uses_of(bench.texts, (kind, ident), language=language())
    if uses:
        said = _("It stays: it is still used by %(uses)s. Change that first.") % {"uses": "; ".join(uses)}
        return NotKept(problems=(("", said),))
    files: dict[str, str | None] = dict.fromkeys(paths.values())
    if kind == "documents":
        after = without_document(bench.data(MANIFEST), ident)
        files[MANIFEST] = written(MANIFEST, after, bench.texts[MANIFEST])
    return keep(request, bench, files)


def _typed(request: HttpRequest, bench: Bench, path: str) -> str:
    """Return what was typed for a file; what says the same as the file, but for empty lines at its end, is the file."""
    before = bench.texts.get(path, "")
    if path not in request.POST:
        return before
    text = unicodedata.normalize("NFC", request.POST[path].replace("\r\n", "\n")).rstrip()
    if text == before.rstrip():
        return before
    return f"{text}\n" if text else ""


def _page(
    request: HttpRequest,
    bench: Bench,
    kind: str,
    ident: str,
    paths: Mapping[str, str],
    typed: Mapping[str, str],
    not_kept: NotKept,
) -> HttpResponse:
    files = {path: typed[each] or None for each, path in paths.items()}
    after = {path: text for path, text in {**bench.texts, **files}.items() if text is not None}
    examined = examine(after)
    wrong: dict[str, str] = dict(not_kept.problems)
    for one in not_kept.findings or errors_of(examined.findings):
        if one.path in files:
            wrong.setdefault(one.path, told(one))
    problems: Problems = not_kept.problems
    if not_kept.findings:
        problems = tuple((one.path if one.path in files else "", told(one)) for one in not_kept.findings)
    theirs: Texts = not_kept.overtaken or {}
    shown, reason, scenario = _shown(bench, examined, kind, ident, frozenset(files))
    context = {
        "kind": kind,
        "sides": [
            Side(each, path, typed[each], wrong.get(path, ""), theirs.get(path, ""))
            for each, path in paths.items()
        ],
        "shown": shown,
        "reason": reason,
        "scenario": scenario,
        "notes": [note for path in paths.values() for note in noted(examined, path)],
    }
    return show(
        request,
        "adoptions/edit_text.html",
        bench,
        context,
        title=name_of_part(examined.package, _KINDS[kind], ident),
        paths=(*paths.values(), *((MANIFEST,) if kind == "documents" else ())),
        problems=problems,
        overtaken=() if not_kept.overtaken is None else against(theirs, bench, files),
    )


def _shown(
    bench: Bench, examined: Examined, kind: str, ident: str, own: frozenset[str]
) -> tuple[list[Shown], str, str]:
    """Return what comes out for an invented case; else why nothing does. Third: the scenario of the case."""
    elsewhere = [one for one in examined.findings if one.severity is Severity.ERROR and one.path not in own]
    if examined.package is None or any(not one.path.startswith("scenarios/") for one in elsewhere):
        return [], _("The preview appears once the errors in other parts are mended."), ""
    values = {name: value for (unit, name), value in values_of(bench.row.id).items() if not unit}
    make = message_preview if kind == "messages" else document_preview
    try:
        found: Preview | None = make(examined.package, ident, values)
    except BrokenPackage:
        return [], _("The preview appears once the errors of the template are mended."), ""
    if found is None:
        return [], _("No scenario shows it: there is no case to fill it in with."), ""
    sides = [
        Shown(each, text.subject, mark_safe(text.body))  # noqa: S308  CommonMark without HTML, or cut down by packages.markup
        for each, text in found.texts.items()
    ]
    return sides, "", found.scenario.in_language(language())
