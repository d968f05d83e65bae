"""The mail that reminds somebody of what is due: plain text, without the names of people and without free texts."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, override

from livinglab.actions.domain.due import Notice, Occasion
from livinglab.assessments.queries import Instrument
from livinglab.ui import formats

_HEADS: Final[Mapping[Occasion, Promise]] = {
    Occasion.OVERDUE: gettext_lazy("Past their day:"),
    Occasion.THREE_DAYS: gettext_lazy("Due within three days:"),
    Occasion.TWO_WEEKS: gettext_lazy("Due within two weeks:"),
}


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail's subject and its text."""

    subject: str
    text: str


def write_letter(
    region: str,
    notices: Sequence[tuple[Instrument, Notice]],
    *,
    language: str,
    is_synthetic: bool,
) -> Letter:
    """Return the mail to one person in their language; each notice comes with the instrument of its plan."""
    with override(language):
        subject = ngettext(
            "%(region)s: %(num)s matter of the action plan needs you",
            "%(region)s: %(num)s matters of the action plan need you",
            len(notices),
        ) % {"region": region, "num": len(notices)}
        lines = [*_lines(notices, language), _("Open Living Lab, then Action plans, then Reminders.")]
        if is_synthetic:
            lines.append(_("Made-up data: for demonstration only."))
        return Letter(subject, "\n".join(lines) + "\n")


def _lines(notices: Sequence[tuple[Instrument, Notice]], language: str) -> Iterator[str]:
    order = list(_HEADS)
    ranked = sorted(notices, key=lambda pair: (order.index(pair[1].occasion), pair[1].due_on, pair[1].number))
    for occasion, found in groupby(ranked, key=lambda pair: pair[1].occasion):
        yield str(_HEADS[occasion])
        for instrument, one in found:
            yield f"- {_line(instrument, one, language)}"
        yield ""


def _line(instrument: Instrument, one: Notice, language: str) -> str:
    indicator = instrument.indicator(int(one.indicator.split("-")[0]))
    words = {
        "day": formats.day(one.due_on, language=language),
        "number": one.number,
        "indicator": f"{one.indicator} {indicator.short.in_language(language)}"
        if indicator
        else one.indicator,
        "level": one.to_level,
    }
    if one.is_milestone:
        said = _("%(day)s: a milestone of action %(number)s, indicator %(indicator)s") % words
    else:
        said = _("%(day)s: action %(number)s, indicator %(indicator)s to level %(level)s") % words
    return f"{said} ({one.agency})" if one.agency else said
