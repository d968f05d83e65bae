"""What somebody typed into an answer, as it came and as a draft."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.http import QueryDict
from django.utils.translation import gettext as _

from livinglab.evaluations.domain.answers import Draft
from livinglab.evaluations.domain.opinions import Opinion
from livinglab.evaluations.operations.problems import Problem
from livinglab.evaluations.queries.places import Place
from livinglab.evaluations.web import words

#: what a script sends with a save, so that it is answered with what changed instead of a page
AUTOSAVE: Final = "X-Autosave"
_LEVEL: Final = re.compile(r"\d{1,3}(?:[.,]\d{1,4})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Typed:
    """The form's fields as texts, so that a refused form comes back as it was sent."""

    level: str = ""
    met: frozenset[str] = frozenset()
    facts: str = ""
    analysis: str = ""
    external_source: str = ""
    justification: str = ""
    #: the version this was typed on; None where the form did not say
    base_version: int | None = 0


def draft_key(place: Place, indicator: str, *, of: str = "") -> str:
    """This function will return the name under which a browser keeps what this person typed into this answer.

    `of` names another form of the same indicator.
    """
    kept = f"livinglab-draft:{place.actor.user_id}:{place.participation.id}:{indicator}"
    return f"{kept}:{of}" if of else kept


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


def typed_of_opinion(opinion: Opinion, base_version: int) -> Typed:
    """This function will return what an assessor stored as the form shows it."""
    return Typed(
        level="" if opinion.level is None else words.level(opinion.level),
        met=frozenset(str(one) for one in opinion.met or ()),
        facts=opinion.facts,
        analysis=opinion.analysis,
        justification=opinion.justification,
        base_version=base_version,
    )


def values_of(typed: Typed, texts: Collection[str]) -> dict[str, object]:
    """This function will return what a form holds as its script compares it; `texts` are its text fields."""
    return {
        "level": typed.level,
        "met": sorted(typed.met),
        **{name: getattr(typed, name) for name in texts},
    }


def read_typed(given: QueryDict) -> Typed:
    """This function will return what a form brought; browsers send line ends as CR LF, we keep LF."""
    return Typed(
        level=given.get("level", "").strip(),
        met=frozenset(given.getlist("met")),
        facts=_lines(given.get("facts", "")),
        analysis=_lines(given.get("analysis", "")),
        external_source=" ".join(given.get("external_source", "").split()),
        justification=_lines(given.get("justification", "")),
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
        justification=_lines(chosen("justification")),
        base_version=_version(given.get("base_version", "")),
    )


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _version(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None


def to_draft(typed: Typed) -> tuple[Draft, tuple[Problem, ...]]:
    """This function will return the draft that was typed, and what in it cannot be read."""
    level, met, problems = _read(typed)
    return Draft(level, met, typed.facts, typed.analysis, typed.external_source), problems


def to_opinion(typed: Typed) -> tuple[Opinion, tuple[Problem, ...]]:
    """This function will return what an assessor typed, and what in it cannot be read."""
    level, met, problems = _read(typed)
    return Opinion(level, typed.facts, typed.analysis, typed.justification, met), problems


def _read(typed: Typed) -> tuple[Decimal | None, frozenset[int], tuple[Problem, ...]]:
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
    return level, frozenset(met), tuple(problems)


def _level(text: str) -> Decimal | None:
    return Decimal(text.replace(",", ".")) if _LEVEL.fullmatch(text) else None
