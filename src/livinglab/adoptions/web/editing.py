"""The start page of an adaptation: its parts, what differs from the origin, what the checker says, what comes next."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from livinglab.adoptions import policies
from livinglab.adoptions.operations import drafting, editions
from livinglab.adoptions.web import editing_words as words
from livinglab.adoptions.web.editing_frame import Bench, Problems, editor, show, told
from livinglab.adoptions.web.editing_names import name_of_part
from livinglab.kernel import clock
from livinglab.kernel.refusals import Refused
from livinglab.organizations.queries import roles_in
from livinglab.packages.domain.contents import identifier, kind_of
from livinglab.packages.domain.package import Package
from livinglab.packages.queries.differences import compare
from livinglab.packages.queries.editing import Examined, Finding, examine
from livinglab.packages.queries.play import play
from livinglab.ui.languages import language

#: the form of the citizen among the forms: no task can have this id
CITIZEN_FORM: Final = "citizen-form"
_PAGES: Final = {"form": "edit_form", "task": "edit_form", "rule": "edit_rule", "scenario": "edit_scenario"}
_TEXTS: Final = {"document": "documents", "message": "messages"}
#: kinds of which there may be none yet, and the address that adds one
_ADDED: Final = {**_TEXTS, "task": "tasks", "rule": "rules"}


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the package: its name, its files, where it is edited, and what differs, a sentence for each."""

    kind: str
    name: str
    pages: tuple[tuple[str, str], ...]
    changed: tuple[str, ...]
    differs: tuple[str, ...]


@editor
def start(request: HttpRequest, bench: Bench) -> HttpResponse:
    """This function will show an adaptation, give one file back to its origin, and put the draft to work."""
    if request.method != "POST":
        return _page(request, bench, ())
    try:
        said = _done(request, bench)
    except editions.NotSound:
        return _page(request, bench, (("", _("It was not put to work: mend the errors below first.")),))
    except Refused as refused:
        return _page(request, bench, (("", str(refused.refusal.reason)),))
    if not said:
        return _page(request, bench, (("", _("Choose what to do.")),))
    messages.success(request, said)
    return redirect("adoptions:edit", bench.organization.code, bench.row.id)


def _done(request: HttpRequest, bench: Bench) -> str:
    verb, _colon, path = request.POST.get("do", "").partition(":")
    if verb == "publish":
        edition = editions.publish_draft(
            organization=bench.organization,
            adoption_id=bench.row.id,
            note=request.POST.get("note", ""),
            by=bench.user,
            at=clock.now(),
        )
        return _("Edition %(number)s is at work.") % {"number": edition.number}
    if verb == "undo" and path in {*bench.base, *bench.texts}:
        drafting.give_back(
            organization=bench.organization,
            adoption_id=bench.row.id,
            path=path,
            by=bench.user,
            at=clock.now(),
        )
        return _("It is again as at the origin.")
    return ""


def _page(request: HttpRequest, bench: Bench, problems: Problems) -> HttpResponse:
    examined = examine(bench.texts)
    package = examined.package
    parts = _parts(bench, package)
    differing = sum(len(one.differs) for one in parts)
    heading = _("Nothing differs from the origin yet.")
    if differing:
        heading = ngettext(
            "%(num)s thing differs from the origin.", "%(num)s things differ from the origin.", differing
        ) % {"num": differing}
    roles = roles_in(bench.user, bench.organization.id)
    deciding = policies.may_decide(roles)
    context = {
        "heading": heading,
        "groups": [
            (title, [one for one in parts if one.kind == kind], _adding(bench, kind))
            for kind, title in words.KINDS.items()
            if kind in _ADDED or any(one.kind == kind for one in parts)
        ],
        "is_sound": examined.report.is_sound,
        "errors_found": len(examined.errors()),
        "findings": _findings(bench, examined),
        "scenarios": _scenarios(package) if "play" in request.GET else (),
        "publish_refusal": bench.refusal or (str(deciding.reason) if deciding else ""),
        "note": request.POST.get("note", ""),
    }
    return show(request, "adoptions/edit_start.html", bench, context, title=_("Adapt it"), problems=problems)


def _parts(bench: Bench, package: Package | None) -> list[Part]:
    sentences, groups = _sentences(bench), dict[tuple[str, str], list[str]]()
    for path in sorted({*bench.base, *bench.texts}):
        groups.setdefault((kind_of(path), identifier(path)), []).append(path)
    return [
        Part(
            kind=kind,
            name=name_of_part(package, kind, ident),
            pages=_pages(bench, kind, ident) if any(path in bench.texts for path in paths) else (),
            changed=tuple(path for path in paths if bench.base.get(path) != bench.texts.get(path)),
            differs=tuple(said for path in paths for said in sentences.get(path, ())),
        )
        for (kind, ident), paths in groups.items()
    ]


def _sentences(bench: Bench) -> Mapping[str, list[str]]:
    """Say what differs from the origin, by file."""
    found: dict[str, list[str]] = {}
    for one in compare(bench.base, bench.texts).differences:
        found.setdefault(one.change.trail[0], []).append(one.said.in_language(language()))
    return found


def _pages(bench: Bench, kind: str, ident: str) -> tuple[tuple[str, str], ...]:
    """Return what leads to the editors of a part: pairs of label and address."""
    if kind == "manifest":
        return tuple(
            (str(said), bench.url("edit_service", part)) for part, said in words.SERVICE_PARTS.items()
        )
    if kind == "process":
        address = bench.url("edit_process")
    elif kind in _TEXTS:
        address = bench.url("edit_text", _TEXTS[kind], ident)
    elif kind in _PAGES:
        address = bench.url(_PAGES[kind], ident or CITIZEN_FORM)
    else:
        address = ""
    return ((_("Edit"), address),) if address else ()


def _adding(bench: Bench, kind: str) -> tuple[str, str] | None:
    """Return the link that adds a part of a kind, label and address; None where the kind has none."""
    if kind == "scenario":
        return _("Add a scenario"), bench.url("edit_new_scenario")
    labels = {
        "document": _("Add a document"),
        "message": _("Add a message"),
        "task": _("Add a form of a task"),
        "rule": _("Add a decision table"),
    }
    return (labels[kind], bench.url("edit_new", _ADDED[kind])) if kind in labels else None


def _findings(bench: Bench, examined: Examined) -> list[tuple[str, str, str]]:
    return [
        (str(words.SEVERITIES[one.severity]), _where(examined, one), told(one)) for one in examined.findings
    ]


def _where(examined: Examined, finding: Finding) -> str:
    kind = kind_of(finding.path)
    if kind not in words.KINDS:
        return finding.path
    name = name_of_part(examined.package, kind, identifier(finding.path))
    title = str(words.KINDS[kind])
    return title if name == title else f"{title}, {name}"


def _scenarios(package: Package | None) -> list[tuple[str, str, str]]:
    """Play every scenario: its title, whether it held, and what did not fit."""
    found = []
    for one in package.scenarios.values() if package else ():
        outcome = play(package, one) if package else None
        wrong = ", ".join(mismatch.what for mismatch in outcome.mismatches) if outcome else ""
        title = one.title.in_language(language())
        said = _("as expected") if not wrong else _("not as expected: %(what)s") % {"what": wrong}
        found.append((title, "" if wrong else "good", said))
    return found
