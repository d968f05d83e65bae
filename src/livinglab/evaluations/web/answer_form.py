"""What somebody typed into an answer, as it came and as a draft."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.http import QueryDict
from django.utils.translation import gettext as _

from livinglab.evaluations.domain.answers import Draft
from livinglab.evaluations.operations.answers import Problem
from livinglab.evaluations.queries.places import Place
from livinglab.evaluations.web import words

_LEVEL: Final = re.compile(r"\d{1,3}(?:[.,]\d{1,4})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Typed:
    """The form's fields as texts, so that a refused form comes back as it was sent."""

    level: str = ""
    met: frozenset[str] = frozenset()
    facts: str = ""
    analysis: str = ""
    external_source: str = ""
    #: the version this was typed on; None where the form did not say
    base_version: int | None = 0


def draft_key(place: Place, indicator: str) -> str:
    """This function will return the name under which a browser keeps what this person typed into this answer."""
    return f"livinglab-draft:{place.actor.user_id}:{place.participation.id}:{indicator}"


def typed_of(draft: Draft, base_version: int) -> Typed:
    """This function will return a stored draft as the form shows it."""
    return Typed(
        level="" if draft.level is None else words.level(draft.level),
        met=frozenset(str(one) for one in draft.met),
        facts=draft.facts,
        analysis=draft.analysis,
        external_source=draft.external_source,
        base_version=base_version,
    )


def read_typed(given: QueryDict) -> Typed:
    """This function will return what a form brought; browsers send line ends as CR LF, we keep LF."""
    return Typed(
        level=given.get("level", "").strip(),
        met=frozenset(given.getlist("met")),
        facts=_lines(given.get("facts", "")),
        analysis=_lines(given.get("analysis", "")),
        external_source=" ".join(given.get("external_source", "").split()),
        base_version=_version(given.get("base_version", "")),
    )


def read_merged(given: QueryDict) -> Typed:
    """This function will return what was chosen on the merge page: mine, theirs, or the text edited there."""

    def chosen(field: str) -> str:
        side = given.get(f"choose-{field}", "edit")
        return given.get(f"{side}-{field}", "") if side in {"mine", "theirs"} else given.get(field, "")

    met = given.getlist("met") if "choose-met" not in given else chosen("met").split()
    return Typed(
        level=chosen("level").strip(),
        met=frozenset(met),
        facts=_lines(chosen("facts")),
        analysis=_lines(chosen("analysis")),
        external_source=" ".join(chosen("external_source").split()),
        base_version=_version(given.get("base_version", "")),
    )


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _version(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None


def to_draft(typed: Typed) -> tuple[Draft, tuple[Problem, ...]]:
    """This function will return the draft that was typed, and what in it cannot be read."""
    problems = []
    if typed.base_version is None:
        problems.append(
            Problem("", _("The form was incomplete. Load this page again and repeat the change."))
        )
    level = _level(typed.level)
    if typed.level and level is None:
        problems.append(Problem("level", _("Write the level as a number, such as 3.")))
    met = {int(one) for one in typed.met if one.isascii() and one.isdecimal() and len(one) < 3}
    if len(met) < len(typed.met):
        problems.append(Problem("met", _("The checklist names a level that this instrument does not have.")))
    return Draft(level, frozenset(met), typed.facts, typed.analysis, typed.external_source), tuple(problems)


def _level(text: str) -> Decimal | None:
    return Decimal(text.replace(",", ".")) if _LEVEL.fullmatch(text) else None
