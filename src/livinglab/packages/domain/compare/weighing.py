"""What each change requires of the version number, and why. docs/package-format.md, section 7."""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import StrEnum
from typing import Final

from livinglab.packages.domain.compare.changes import Change, Kind, group_of
from livinglab.packages.domain.compare.versions import Bump


class Why(StrEnum):
    """The rule of section 7 that a change falls under."""

    IDENTITY = "identity"
    LICENCE = "licence"
    GONE = "gone"
    REQUIRED = "required"
    TYPE = "type"
    CHOICE_GONE = "choice_gone"
    STRICTER = "stricter"
    ROLES = "roles"
    LAW_GONE = "law_gone"
    ADDED = "added"
    RELAXED = "relaxed"
    BEHAVIOUR = "behaviour"
    TEXT = "text"
    VERSION = "version"


Weight = tuple[Bump, Why]
Weigh = Callable[[Change], Weight]

_TEXT: Final[Weight] = (Bump.PATCH, Why.TEXT)
_BEHAVIOUR: Final[Weight] = (Bump.MINOR, Why.BEHAVIOUR)
_ADDED: Final[Weight] = (Bump.MINOR, Why.ADDED)
_RELAXED: Final[Weight] = (Bump.MINOR, Why.RELAXED)
_STRICTER: Final[Weight] = (Bump.MAJOR, Why.STRICTER)
_EXPRESSION: Final = re.compile(r"\{\{[^{}]*\}\}|\{%[^{}]*%\}")


def weight_of(change: Change) -> Weight:
    """This function will return the least number that must rise for a change, and the rule that says so."""
    trail = "/".join(change.trail[1:])
    for pattern, weigh in _RULES[group_of(change.trail[0])]:
        if pattern.fullmatch(trail):
            return weigh(change) if callable(weigh) else weigh
    return _TEXT if trail.endswith(("/id", "/en")) else _BEHAVIOUR


def _gone(change: Change) -> Weight:
    """A part that others may lean on: taking it away is major, bringing one is minor."""
    if change.kind is Kind.REMOVED:
        return Bump.MAJOR, Why.GONE
    return _ADDED if change.kind is Kind.ADDED else _BEHAVIOUR


def _parameter(change: Change) -> Weight:
    new = change.after if isinstance(change.after, dict) else {}
    if change.kind is Kind.ADDED and new.get("required") is True:
        return Bump.MAJOR, Why.REQUIRED
    return _gone(change)


def _required(change: Change) -> Weight:
    return (Bump.MAJOR, Why.REQUIRED) if change.after is True else _RELAXED


def _choice(change: Change) -> Weight:
    return (Bump.MAJOR, Why.CHOICE_GONE) if change.kind is Kind.REMOVED else _ADDED


def _law(change: Change) -> Weight:
    return (Bump.MAJOR, Why.LAW_GONE) if change.kind is Kind.REMOVED else _ADDED


def _at_least(change: Change) -> Weight:
    """A lower limit: higher or new is stricter."""
    return _RELAXED if change.after is None or _number(change.after) < _number(change.before) else _STRICTER


def _at_most(change: Change) -> Weight:
    """An upper limit: lower or new is stricter."""
    if change.after is None:
        return _RELAXED
    return _STRICTER if change.before is None or _number(change.after) < _number(change.before) else _RELAXED


def _any_limit(change: Change) -> Weight:
    """A limit without a direction, such as a pattern: only taking it away relaxes."""
    return _RELAXED if change.after is None else _STRICTER


def _accepted(change: Change) -> Weight:
    return _STRICTER if change.kind is Kind.REMOVED else _RELAXED


def _whose(change: Change) -> Weight:
    """Whose signer a role is: that others sign than before is as a role that changes; to say it at last is not."""
    return _ADDED if change.kind is Kind.ADDED else (Bump.MAJOR, Why.ROLES)


def _template(change: Change) -> Weight:
    """A template: only its words are text; what its expressions show is behaviour. A whole one may be leant on."""
    translation = ".en." in change.trail[0]
    if len(change.trail) == 1:
        if translation or group_of(change.trail[0]) == "message":
            return _TEXT if translation else (_ADDED if change.kind is Kind.ADDED else _BEHAVIOUR)
        return _gone(change)
    before, after = (_EXPRESSION.findall(str(value or "")) for value in (change.before, change.after))
    return _TEXT if change.kind is Kind.MOVED or before == after else _BEHAVIOUR


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else float("-inf")


_IDENTITY: Final[Weight] = (Bump.MAJOR, Why.IDENTITY)
_ROLES: Final[Weight] = (Bump.MAJOR, Why.ROLES)
_TYPE: Final[Weight] = (Bump.MAJOR, Why.TYPE)
_LIMITS: Final[tuple[tuple[str, Weight | Weigh], ...]] = (
    (r"min(imum|Length|Items)", _at_least),
    (r"max(imum|Length|Items)|x-max-kib", _at_most),
    (r"pattern|multipleOf|const|uniqueItems|x-not-(after|before)", _any_limit),
    (r"x-accept/.+", _accepted),
)
_FIELD: Final = r"properties/[^/]+(?:/items/properties/[^/]+)?"


def _rules(*rules: tuple[str, Weight | Weigh]) -> tuple[tuple[re.Pattern[str], Weight | Weigh], ...]:
    return tuple((re.compile(pattern), weigh) for pattern, weigh in rules)


_RULES: Final = {
    "package": _rules(
        (r"version|derived_from(/.*)?", (Bump.NONE, Why.VERSION)),
        (r"format|id|publisher/code", _IDENTITY),
        (r"licence", (Bump.MAJOR, Why.LICENCE)),
        (r"publisher/name|maturity|(name|summary)(/.*)?", _TEXT),
        (r"(roles)/[^/]+(/kind)?", _ROLES),
        (r"roles/[^/]+/of", _whose),
        (r"law/[^/]+", _law),
        (r"documents/[^/]+", _gone),
        (r"parameters/[^/]+", _parameter),
        (r"parameters/[^/]+/required", _required),
        (r"parameters/[^/]+/(type|per)", _TYPE),
        (r"parameters/[^/]+/options/[^/]+", _choice),
        (r"parameters/[^/]+/(hint|help)(/.*)?", _TEXT),
        *((rf"parameters/[^/]+/({pattern})", weigh) for pattern, weigh in _LIMITS),
        (
            r"(functions|life_events|indicators)/[^/]+",
            lambda change: _ADDED if change.kind is Kind.ADDED else _BEHAVIOUR,
        ),
        (r".*/(name|about)(/.*)?", _TEXT),
    ),
    "form": _rules(
        (r"", _gone),
        (_FIELD, _parameter),
        (rf"{_FIELD}/required", _required),
        (rf"{_FIELD}/(type|x-type|format|x-level)", _TYPE),
        (rf"{_FIELD}/enum/.+|{_FIELD}/x-options/[^/]+", lambda change: _text_if_moved(change, _choice)),
        (rf"{_FIELD}/x-options/.*|{_FIELD}/x-(title|hint|why)(/.*)?|x-title(/.*)?", _TEXT),
        *((rf"{_FIELD}/({pattern})", weigh) for pattern, weigh in _LIMITS),
        (r"x-pages/[^/]+", lambda change: _ADDED if change.kind is Kind.ADDED else _BEHAVIOUR),
    ),
    "rule": _rules(
        (r"|outputs/[^/]+", _gone),
        (r"outputs/[^/]+/type|hit", _TYPE),
        (r"(rows|inputs)/[^/]+", lambda change: _ADDED if change.kind is Kind.ADDED else _BEHAVIOUR),
        (r".*(title|because)(/.*)?", _TEXT),
    ),
    "process": _rules(
        (r"lanes/[^/]+", _ROLES),
        (r"elements/[^/]+", lambda change: _ADDED if change.kind is Kind.ADDED else _BEHAVIOUR),
        (r"(.*/)?(name|<documentation>|strays|laneSet)(/.*)?|definitions(/.*)?", _TEXT),
    ),
    "document": _rules((r".*", _template)),
    "message": _rules((r".*", _template)),
    "scenario": _rules((r".*", _TEXT)),
    "log": _rules((r".*", _TEXT)),
    "introduction": _rules((r".*", _TEXT)),
    "file": _rules((r".*", _TEXT)),
}


def _text_if_moved(change: Change, weigh: Weigh) -> Weight:
    return _TEXT if change.kind is Kind.MOVED else weigh(change)
