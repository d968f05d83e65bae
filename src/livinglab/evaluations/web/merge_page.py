"""Two people wrote at once: what was there, what the other one left, and what this one typed, side by side."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from livinglab.evaluations.domain.answers import Draft
from livinglab.evaluations.operations.answers import EditConflict
from livinglab.evaluations.queries.places import Place
from livinglab.evaluations.queries.readings import Reading
from livinglab.evaluations.web import findings, guide_words, words
from livinglab.evaluations.web.answer_form import Typed, draft_key, typed_of


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


@dataclass(frozen=True, slots=True)
class MergePage:
    """What is chosen between. `merged` is what both agree on; it holds theirs where they do not."""

    key: str
    heading: str
    who: str
    sides: tuple[Side, ...]
    merged: Typed
    mine: Typed
    version: int
    draft_key: str


def build(place: Place, read: Reading, conflict: EditConflict, *, base: Draft, who: str) -> MergePage:
    """This function will return the page that settles a conflict; `base` is what both began with."""
    name = words.short_name(place.instrument, read.indicator)
    return MergePage(
        key=read.indicator,
        heading=findings.merge_heading(name, len(conflict.found.conflicts)),
        who=who or _("Somebody else"),
        sides=tuple(_side(field, conflict, base) for field in conflict.found.conflicts),
        merged=typed_of(conflict.found.merged, conflict.version),
        mine=typed_of(conflict.ours, conflict.version),
        version=conflict.version,
        draft_key=draft_key(place, read.indicator),
    )


def _side(field: str, conflict: EditConflict, base: Draft) -> Side:
    return Side(
        field=field,
        label=str(guide_words.FIELD_NAMES[field]),
        is_text=field in {"facts", "analysis", "external_source"},
        base=_shown(field, base),
        theirs=_shown(field, conflict.stored),
        mine=_shown(field, conflict.ours),
        sent_theirs=_sent(field, conflict.stored),
        sent_mine=_sent(field, conflict.ours),
    )


def _sent(field: str, draft: Draft) -> str:
    if field == "met":
        return " ".join(str(one) for one in sorted(draft.met))
    return str(getattr(typed_of(draft, 0), field))


def _shown(field: str, draft: Draft) -> str:
    if field == "level":
        return words.level(draft.level)
    if field == "met":
        return ", ".join(str(one) for one in sorted(draft.met)) or _("none ticked")
    return str(getattr(draft, field))
