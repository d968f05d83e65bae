"""Two people wrote at once: what was there, what the other one left, and what this one typed, side by side."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from livinglab.evaluations.domain.answers import Draft
from livinglab.evaluations.domain.opinions import Opinion
from livinglab.evaluations.operations.answers import EditConflict
from livinglab.evaluations.operations.score_drafts import DraftConflict
from livinglab.evaluations.queries.places import Place
from livinglab.evaluations.queries.readings import Reading
from livinglab.evaluations.web import findings, guide_words, words
from livinglab.evaluations.web.answer_form import Typed, draft_key, typed_of, typed_of_opinion

#: the text fields of both forms
_TEXTS = frozenset({"facts", "analysis", "external_source", "justification"})


@dataclass(frozen=True, slots=True)
class Side:
    """One field as two people left it: texts to read; `is_text` where it can be edited here."""

    field: str
    label: str
    is_text: bool
    base: str
    theirs: str
    mine: str
    #: as the form sends them back
    sent_theirs: str
    sent_mine: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MergePage:
    """What is chosen between. `merged` is what both agree on; it holds theirs where they do not."""

    key: str
    heading: str
    who: str
    action: str
    texts: tuple[str, ...]
    sides: tuple[Side, ...]
    merged: Typed
    version: int
    draft_key: str


def of_answer(place: Place, read: Reading, conflict: EditConflict, *, base: Draft, who: str) -> MergePage:
    """This function will return the page that settles a conflict in an answer; `base` is what both began with."""
    name = words.short_name(place.instrument, read.indicator)
    here = (place.organization.code, place.participation.year, read.indicator)
    return MergePage(
        key=read.indicator,
        heading=findings.merge_heading(name, len(conflict.found.conflicts)),
        who=who or _("Somebody else"),
        action=reverse("evaluations:answer", args=here),
        texts=("facts", "analysis", "external_source"),
        sides=_sides(
            conflict.found.conflicts,
            typed_of(base, 0),
            typed_of(conflict.stored, 0),
            typed_of(conflict.ours, 0),
        ),
        merged=typed_of(conflict.found.merged, conflict.version),
        version=conflict.version,
        draft_key=draft_key(place, read.indicator),
    )


def of_score(place: Place, indicator: str, conflict: DraftConflict, *, base: Opinion, who: str) -> MergePage:
    """This function will return the page that settles a conflict between two assessors of one indicator."""
    name = words.short_name(place.instrument, indicator)
    here = (place.organization.code, place.participation.year, indicator)
    return MergePage(
        key=indicator,
        heading=findings.merge_heading(name, len(conflict.found.conflicts)),
        who=who or _("Somebody else"),
        action=reverse("evaluations:score", args=here),
        texts=("facts", "analysis", "justification"),
        sides=_sides(
            conflict.found.conflicts,
            typed_of_opinion(base, 0),
            typed_of_opinion(conflict.stored, 0),
            typed_of_opinion(conflict.ours, 0),
        ),
        merged=typed_of_opinion(conflict.found.merged, conflict.version),
        version=conflict.version,
        draft_key=draft_key(place, indicator, of="score"),
    )


def _sides(conflicts: Sequence[str], base: Typed, theirs: Typed, mine: Typed) -> tuple[Side, ...]:
    return tuple(
        Side(
            field=field,
            label=str(guide_words.FIELD_NAMES[field]),
            is_text=field in _TEXTS,
            base=_shown(field, base),
            theirs=_shown(field, theirs),
            mine=_shown(field, mine),
            sent_theirs=_sent(field, theirs),
            sent_mine=_sent(field, mine),
        )
        for field in conflicts
    )


def _sent(field: str, typed: Typed) -> str:
    if field == "met":
        return " ".join(sorted(typed.met))
    return str(getattr(typed, field))


def _shown(field: str, typed: Typed) -> str:
    if field == "met":
        return ", ".join(sorted(typed.met)) or _("none ticked")
    if field == "level":
        return typed.level or words.level(None)
    return str(getattr(typed, field))
