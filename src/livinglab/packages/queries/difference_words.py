"""A change of a package as one sentence, in both languages."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, override

from livinglab.packages.domain.compare.changes import Change, Kind, group_of
from livinglab.packages.domain.compare.elements import Tree, child, plain, text
from livinglab.packages.domain.compare.references import PROCESS
from livinglab.packages.domain.compare.weighing import Why
from livinglab.packages.domain.words import Words

_LONGEST: Final = 60  # characters of a value that still stand in a sentence

_DURATION: Final = re.compile(r"P(?:([0-9]{1,4})D|T([0-9]{1,4})H|T([0-9]{1,4})M)", re.ASCII)
_TAG: Final = re.compile(r"<[^<>]*>")
_UNSAID: Final = frozenset({"id", "en", "parts", "<timeDuration>", "title"})
_STEPS: Final = frozenset({"sourceRef", "targetRef", "default", "attachedToRef", "ll:not-by"})
_NUMBERED: Final = frozenset({"when", "then", "parameters", "versions"})

#: what a part is called, by the kind of file and the key above it
_PARTS: Final[Mapping[tuple[str, str], str | Promise]] = {
    ("package", ""): gettext_lazy("Package"),
    ("package", "parameters"): gettext_lazy("Parameter"),
    ("package", "roles"): gettext_lazy("Role"),
    ("package", "law"): gettext_lazy("Legal basis"),
    ("package", "national"): gettext_lazy("National common application"),
    ("package", "documents"): gettext_lazy("Document"),
    ("package", "indicators"): gettext_lazy("Indicator"),
    ("package", "standard"): gettext_lazy("Service standard"),
    ("form", ""): gettext_lazy("Form to fill in"),
    ("form", "properties"): gettext_lazy("Form field"),
    ("form", "x-pages"): gettext_lazy("Page"),
    ("rule", ""): gettext_lazy("Decision table"),
    ("rule", "rows"): gettext_lazy("Row"),
    ("rule", "inputs"): gettext_lazy("Input column"),
    ("rule", "outputs"): gettext_lazy("Outcome column"),
    ("process", ""): gettext_lazy("Process"),
    ("process", "lanes"): gettext_lazy("Lane"),
    ("process", "elements"): gettext_lazy("Step"),
    ("document", ""): gettext_lazy("Document"),
    ("message", ""): gettext_lazy("Message"),
    ("scenario", ""): gettext_lazy("Scenario"),
    ("log", ""): gettext_lazy("Change log"),
    ("introduction", ""): gettext_lazy("Introduction"),
    ("file", ""): gettext_lazy("File"),
}
#: what a fact inside a part is called, by its key
_FACTS: Final[Mapping[str, str | Promise]] = {
    "required": gettext_lazy("required"),
    "page": gettext_lazy("page"),
    "type": gettext_lazy("type"),
    "x-type": gettext_lazy("type"),
    "per": gettext_lazy("set for each"),
    "stricter": gettext_lazy("whether places may only make it stricter"),
    "hint": gettext_lazy("the origin's value"),
    "help": gettext_lazy("explanation"),
    "x-hint": gettext_lazy("hint"),
    "x-why": gettext_lazy("why we ask"),
    "x-title": gettext_lazy("title"),
    "title": gettext_lazy("title"),
    "name": gettext_lazy("name"),
    "text": gettext_lazy("text"),
    "about": gettext_lazy("description"),
    "because": gettext_lazy("reason"),
    "x-show-if": gettext_lazy("when it is shown"),
    "x-personal": gettext_lazy("kind of personal data"),
    "x-options": gettext_lazy("choice"),
    "enum": gettext_lazy("choice"),
    "options": gettext_lazy("choice"),
    "minimum": gettext_lazy("least value"),
    "maximum": gettext_lazy("greatest value"),
    "minLength": gettext_lazy("least length"),
    "maxLength": gettext_lazy("greatest length"),
    "minItems": gettext_lazy("least number"),
    "maxItems": gettext_lazy("greatest number"),
    "x-max-kib": gettext_lazy("greatest size in KiB"),
    "x-accept": gettext_lazy("accepted file"),
    "within": gettext_lazy("time limit"),
    "ll:within": gettext_lazy("time limit"),
    "<timerEventDefinition>": gettext_lazy("time limit"),
    "calendar": gettext_lazy("calendar"),
    "parameter": gettext_lazy("parameter"),
    "of": gettext_lazy("whose signer it is"),
    "ll:calendar": gettext_lazy("calendar"),
    "lane": gettext_lazy("lane"),
    "kind": gettext_lazy("kind"),
    "when": gettext_lazy("condition"),
    "<conditionExpression>": gettext_lazy("condition"),
    "then": gettext_lazy("outcome"),
    "value": gettext_lazy("value"),
    "hit": gettext_lazy("how rows count"),
    "sourceRef": gettext_lazy("where it comes from"),
    "targetRef": gettext_lazy("where it leads"),
    "default": gettext_lazy("the way otherwise"),
    "attachedToRef": gettext_lazy("step it stands at"),
    "ll:form": gettext_lazy("form"),
    "ll:rule": gettext_lazy("decision table"),
    "ll:document": gettext_lazy("document"),
    "ll:message": gettext_lazy("message"),
    "ll:day": gettext_lazy("day of the place"),
    "ll:hour": gettext_lazy("hour of the place"),
    "ll:counter": gettext_lazy("counter of the place"),
    "ll:places": gettext_lazy("places of an hour"),
    "ll:opens": gettext_lazy("open from"),
    "ll:closes": gettext_lazy("open until"),
    "ll:ahead": gettext_lazy("days ahead at most"),
    "ll:not-by": gettext_lazy("who may not do it"),
    "ll:publishes": gettext_lazy("what is published"),
    "ll:outcome": gettext_lazy("outcome"),
    "ll:silence": gettext_lazy("what silence means"),
    "ll:silence-law": gettext_lazy("the law by which silence means it"),
    "ll:silence-message": gettext_lazy("what is told after silence"),
    "ll:silence-document": gettext_lazy("what is issued after silence"),
    "cite": gettext_lazy("name of the law"),
    "article": gettext_lazy("article"),
    "scope": gettext_lazy("scope"),
    "level": gettext_lazy("level"),
    "signed_by": gettext_lazy("who signs"),
    "series": gettext_lazy("number series"),
    "version": gettext_lazy("version"),
    "licence": gettext_lazy("licence"),
    "maturity": gettext_lazy("maturity"),
    "publisher": gettext_lazy("publisher"),
    "summary": gettext_lazy("summary"),
    "functions": gettext_lazy("function of government"),
    "sector": gettext_lazy("sector"),
    "life_events": gettext_lazy("event in a life"),
    "survey": gettext_lazy("survey at the end"),
    "purpose": gettext_lazy("purpose of the data"),
    "ground": gettext_lazy("ground of the data"),
    "keep": gettext_lazy("months that data is kept"),
    "derived_from": gettext_lazy("origin"),
    "free": gettext_lazy("free of charge"),
    "rule": gettext_lazy("decision table"),
    "output": gettext_lazy("outcome column"),
    "steps": gettext_lazy("step"),
    "starts": gettext_lazy("start"),
    "parameters": gettext_lazy("parameter"),
    "versions": gettext_lazy("version"),
}
_COMPONENTS: Final[Mapping[str, str | Promise]] = {
    "legal_basis": gettext_lazy("legal basis"),
    "requirements": gettext_lazy("requirements"),
    "procedure": gettext_lazy("procedure"),
    "duration": gettext_lazy("time to completion"),
    "fee": gettext_lazy("fee"),
    "product": gettext_lazy("product"),
    "facilities": gettext_lazy("facilities"),
    "competence": gettext_lazy("competence of staff"),
    "supervision": gettext_lazy("internal supervision"),
    "complaints": gettext_lazy("complaints and suggestions"),
    "staffing": gettext_lazy("number of staff"),
    "service_guarantee": gettext_lazy("guarantee of service"),
    "safety_guarantee": gettext_lazy("guarantee of safety"),
    "evaluation": gettext_lazy("evaluation of staff"),
}
_REASONS: Final[Mapping[Why, str | Promise]] = {
    Why.IDENTITY: gettext_lazy("The identity of the package changes."),
    Why.LICENCE: gettext_lazy("The terms of use change."),
    Why.GONE: gettext_lazy("Something goes away on which adopters may lean."),
    Why.REQUIRED: gettext_lazy("Something becomes required that was not."),
    Why.TYPE: gettext_lazy("A type changes, so values kept so far may not fit."),
    Why.CHOICE_GONE: gettext_lazy("A choice goes away."),
    Why.STRICTER: gettext_lazy("A limit becomes stricter."),
    Why.ROLES: gettext_lazy("The roles of the process change."),
    Why.LAW_GONE: gettext_lazy("The legal basis loses an entry."),
    Why.ADDED: gettext_lazy("Something is added that nobody must use."),
    Why.RELAXED: gettext_lazy("A limit is relaxed."),
    Why.BEHAVIOUR: gettext_lazy("The service behaves differently."),
    Why.TEXT: gettext_lazy("Only texts, examples or layout change."),
    Why.VERSION: gettext_lazy("The version itself is no change."),
}


def sentence(change: Change, before: Tree, after: Tree) -> Words:
    """This function will say a change in one sentence, with the names that parts have in the two versions."""
    return _in_both(lambda language: _said(change, (before, after), language))


def reason(why: Why) -> Words:
    """This function will say the rule of the standard that a change falls under."""
    return _in_both(lambda _language: str(_REASONS[why]))


def relaid(path: str) -> Words:
    """This function will say that a file's content is the same in another layout or drawing."""
    return _in_both(
        lambda _language: _("%(path)s: only layout, comments or the drawing changed") % {"path": path}
    )


def _in_both(say: Callable[[str], str]) -> Words:
    said = {}
    for language in ("id", "en"):
        with override(language):
            said[language] = say(language)
    return Words(said["id"], said["en"])


def _said(change: Change, trees: tuple[Tree, Tree], language: str) -> str:
    tree = trees[0] if change.kind is Kind.REMOVED else trees[1]
    part = _part(change, tree, language)
    identity = change.trail[1:] == ("id",)
    inside = [key for key in change.inside if identity or key not in _UNSAID]
    written_in = _language_of(change, identity=identity)
    if not inside:
        if change.inside and not written_in:
            return _("%(part)s reworded") % {"part": part}
        how = _REWORDED[change.kind] if written_in else _WHOLE[change.kind]
        return how % {"part": part, "language": written_in}
    if inside == ["required"]:
        return (_("%(part)s is now required") if change.after else _("%(part)s is no longer required")) % {
            "part": part
        }
    if inside in (["page"], ["lane"]) and change.after:
        where = {"part": part, "place": _place(str(change.after), change, tree, language)}
        return (
            _("%(part)s moved to page “%(place)s”")
            if inside == ["page"]
            else _("%(part)s moved to lane “%(place)s”")
        ) % where
    values = zip((change.before, change.after), trees, strict=True)
    said = tuple(_short(_shown(value, inside[-1], side, language)) for value, side in values)
    before, after = said if group_of(change.trail[0]) != "log" else ("", "")
    fact = f"{_fact(inside)} ({written_in})" if written_in else _fact(inside)
    words = {"part": part, "fact": fact, "before": before, "after": after}
    if change.kind is Kind.ADDED and after:
        return _("%(part)s: %(fact)s “%(after)s” added") % words
    if change.kind is Kind.REMOVED and before:
        return _("%(part)s: %(fact)s “%(before)s” removed") % words
    if change.kind is Kind.CHANGED and before and after:
        return _("%(part)s: %(fact)s changed from “%(before)s” to “%(after)s”") % words
    return _FACT[change.kind] % words


def _language_of(change: Change, *, identity: bool) -> str:
    """Return which language of a text changed, nothing for what is no text in languages."""
    last = "" if identity or not change.inside else change.inside[-1]
    return str(_LANGUAGES.get(last, ""))


def _place(key: str, change: Change, tree: Tree, language: str) -> str:
    """Return what a page or lane is called."""
    file, lane = tree.get(change.trail[0]), change.inside == ("lane",)
    found = child(file, "lanes" if lane else "x-pages", key)
    title = plain(child(found, "name" if lane else "title"))
    if isinstance(title, dict):
        return str(title.get(language) or title.get("id") or key)
    return str(title or key)


def _shown(value: object, key: str, tree: Tree, language: str) -> object:
    """Return a value as people know it: a step by its name, a choice by its text."""
    if key in _STEPS and isinstance(value, str):
        return text(tree.get(PROCESS), "elements", value, "name") or value
    if isinstance(value, str) and (duration := _DURATION.fullmatch(value)):
        return _duration(duration)
    words = value.get("text") if isinstance(value, dict) else None
    return words.get(language) or words.get("id") if isinstance(words, dict) else value


def _duration(found: re.Match[str]) -> str:
    number = int(found.group(1) or found.group(2) or found.group(3))
    if found.group(1):
        return ngettext("%(number)s day", "%(number)s days", number) % {"number": number}
    if found.group(2):
        return ngettext("%(number)s hour", "%(number)s hours", number) % {"number": number}
    return ngettext("%(number)s minute", "%(number)s minutes", number) % {"number": number}


def _part(change: Change, tree: Tree, language: str) -> str:
    """Name the part: what it is, and what people call it in quotes."""
    group = group_of(change.trail[0])
    above = change.trail[1] if change.owner > 1 else ""
    what = str(_PARTS[group, above])
    if (group, above) == ("process", "elements") and _is_flow(change, tree):
        what = _("Flow")
    name = change.title.in_language(language)
    if above == "standard":
        name = str(_COMPONENTS.get(change.trail[2], change.trail[2]))
    if group in ("package", "process", "log", "introduction") and change.owner == 1:
        return what
    return f"{what} “{name.rpartition('/')[2] if name == change.trail[0] else name}”"


def _is_flow(change: Change, tree: Tree) -> bool:
    whole = change.after if isinstance(change.after, dict) else change.before
    if isinstance(whole, dict) and not change.inside:
        return whole.get("element") == "sequenceFlow"
    file = tree.get(PROCESS)
    return text(file, "elements", change.trail[2], "element") == "sequenceFlow"


def _fact(inside: list[str]) -> str:
    """Name what changed inside of a part; keys without a name of their own stand as they are."""
    known = next((key for key in inside if key in _FACTS), "")
    if not known:
        return _block(inside)
    name = str(_FACTS[known])
    own = inside[inside.index(known) + 1 :]
    return f"{name} {own[0]}" if own and known in _NUMBERED else name


def _block(inside: list[str]) -> str:
    """Name a block of a text by its kind and number; of one within others the innermost."""
    for key in reversed(inside):
        if found := re.fullmatch(r"/?(\w*)\[\+*(\d+)\]", key):
            kind = str(_BLOCKS.get(found.group(1)) or _("part"))
            return f"{kind} {found.group(2)}"
    return inside[-1]


def _short(value: object) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if value is None or value == "":
        return ""
    said = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    said = " ".join(_TAG.sub(" ", said).split())
    return said if len(said) <= _LONGEST and not said.startswith(("{", "[")) else ""


_WHOLE: Final[Mapping[Kind, str | Promise]] = {
    Kind.ADDED: gettext_lazy("%(part)s added"),
    Kind.REMOVED: gettext_lazy("%(part)s removed"),
    Kind.CHANGED: gettext_lazy("%(part)s changed"),
    Kind.MOVED: gettext_lazy("%(part)s moved"),
}
_REWORDED: Final[Mapping[Kind, str | Promise]] = {
    Kind.ADDED: gettext_lazy("%(part)s: text in %(language)s added"),
    Kind.REMOVED: gettext_lazy("%(part)s: text in %(language)s removed"),
    Kind.CHANGED: gettext_lazy("%(part)s: text in %(language)s reworded"),
    Kind.MOVED: gettext_lazy("%(part)s: text in %(language)s moved"),
}
_LANGUAGES: Final[Mapping[str, str | Promise]] = {
    "id": gettext_lazy("Indonesian"),
    "en": gettext_lazy("English"),
}
_FACT: Final[Mapping[Kind, str | Promise]] = {
    Kind.ADDED: gettext_lazy("%(part)s: %(fact)s added"),
    Kind.REMOVED: gettext_lazy("%(part)s: %(fact)s removed"),
    Kind.CHANGED: gettext_lazy("%(part)s: %(fact)s changed"),
    Kind.MOVED: gettext_lazy("%(part)s: %(fact)s moved"),
}
_BLOCKS: Final[Mapping[str, str | Promise]] = {
    **dict.fromkeys(("paragraph", "p", "text"), gettext_lazy("paragraph")),
    **dict.fromkeys(("item", "li", "dt", "dd"), gettext_lazy("list item")),
    **dict.fromkeys(("row", "tr"), gettext_lazy("table row")),
    **dict.fromkeys(("td", "th"), gettext_lazy("cell")),
    **dict.fromkeys(("h1", "h2", "h3"), gettext_lazy("heading")),
    **dict.fromkeys(("list", "ul", "ol", "dl"), gettext_lazy("list")),
    "table": gettext_lazy("table"),
    "section": gettext_lazy("section"),
    "if": gettext_lazy("conditional part"),
}
