"""What keeps an answer or a score from being stored: a text too long, a level that is none or beyond its checklist."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from livinglab.evaluations.domain.answers import Draft, highest_level, is_allowed
from livinglab.evaluations.domain.opinions import Opinion
from livinglab.evaluations.queries import records
from livinglab.evaluations.queries.places import Place

#: characters of Fakta or Analisis; about ten pages. What is longer belongs into a piece of evidence
LONGEST_TEXT: Final = 20_000
LONGEST_SOURCE: Final = 300
LONGEST_REASON: Final = 2_000
#: for those who attach evidence, and for those who do not
_PUT_INTO_A_FILE: Final = _(
    "%(count)s characters are too many: at most %(most)s. Put the long text into a file as evidence."
)
_TOO_LONG: Final = _("%(count)s characters are too many: at most %(most)s.")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one field of an answer or a score, and what to do."""

    field: str
    message: str | Promise


def find_problems(place: Place, indicator: str, draft: Draft) -> tuple[Problem, ...]:
    """This function will return everything that keeps an answer from being stored."""
    is_free = bool(draft.external_source) and place.rests_on_another_index(indicator)
    return (
        *_text_problems("facts", draft.facts),
        *_text_problems("analysis", draft.analysis),
        *_text_problems("external_source", draft.external_source, longest=LONGEST_SOURCE),
        *_checklist_problems(place, draft.met),
        *_level_problems(place, draft.level, draft.met, is_free=is_free),
    )


def find_opinion_problems(place: Place, indicator: str, opinion: Opinion) -> tuple[Problem, ...]:
    """This function will return everything that keeps what an assessor typed from being stored. One query."""
    given = records.levels_present(place.organization.id, place.participation.id)
    if indicator not in records.keys_of(place.instrument, given):
        return (Problem("level", _("This instrument has no such indicator.")),)
    met = opinion.met or frozenset()
    is_free = opinion.met is None or place.rests_on_another_index(indicator)
    return (
        *_text_problems("facts", opinion.facts, words=_TOO_LONG),
        *_text_problems("analysis", opinion.analysis, words=_TOO_LONG),
        *_text_problems("justification", opinion.justification, words=_TOO_LONG),
        *_checklist_problems(place, met),
        *_level_problems(place, opinion.level, met, is_free=is_free),
    )


def find_unfinished(opinion: Opinion) -> tuple[Problem, ...]:
    """This function will return what is still missing before an opinion can be a score."""
    needed = {
        "facts": (opinion.facts, _("Write what the evidence shows (Fakta).")),
        "analysis": (opinion.analysis, _("Write how it meets the criterion (Analisis).")),
        "justification": (opinion.justification, _("Write why this level and no other (Justifikasi).")),
    }
    missing = [Problem("level", _("Choose a level."))] if opinion.level is None else []
    missing += [Problem(name, words) for name, (text, words) in needed.items() if not text.strip()]
    return tuple(missing)


def _text_problems(
    name: str, text: str, *, longest: int = LONGEST_TEXT, words: Promise = _PUT_INTO_A_FILE
) -> Iterator[Problem]:
    if len(text) > longest:
        yield Problem(name, words % {"count": len(text), "most": longest})
    if "\x00" in text:
        yield Problem(name, _("The text holds a character that cannot be stored. Type it again."))


def _checklist_problems(place: Place, met: Collection[int]) -> Iterator[Problem]:
    if not set(met) <= set(place.instrument.scale.levels):
        yield Problem("met", _("The checklist names a level that this instrument does not have."))


def _level_problems(
    place: Place, level: Decimal | None, met: Collection[int], *, is_free: bool
) -> Iterator[Problem]:
    """What is wrong with a level; `is_free` where no checklist has to carry it."""
    scale = place.instrument.scale
    low, high = scale.minimum, scale.maximum
    if level is None:
        return
    if not low <= level <= high:
        words = _("This instrument has the levels %(low)s to %(high)s.")
        yield Problem("level", words % {"low": low, "high": high})
    elif level != level.quantize(Decimal(1).scaleb(-scale.decimals)):
        words = _("A level has at most %(places)s decimals in this instrument.")
        yield Problem("level", words % {"places": scale.decimals})
    elif not is_free and not is_allowed(level, met, lowest=low, highest=high):
        offered = highest_level(met, lowest=low, highest=high)
        words = _("Levels are cumulative: with this checklist the highest level is %(level)s.")
        yield Problem("level", words % {"level": offered})
