"""The mail that tells a superior what is late: numbers of applications and days, no names and no free texts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from livinglab.ui import formats


@dataclass(frozen=True, slots=True)
class LateStep:
    """A step that is late: the number of its application, the day on which it was due, whether it is made up."""

    number: str
    due_on: date
    is_synthetic: bool


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail's subject and its text."""

    subject: str
    text: str


def write_letter(region: str, first: Sequence[LateStep], *, number: int, language: str) -> Letter:
    """This function will return the mail in the reader's language; `number` counts what `first` does not hold, too."""
    with override(language):
        subject = ngettext(
            "%(region)s: %(num)s step of a service is late",
            "%(region)s: %(num)s steps of services are late",
            number,
        ) % {"region": region, "num": number}
        lines = [
            _("%(number)s: due on %(day)s")
            % {"number": one.number, "day": formats.day(one.due_on, language=language)}
            for one in first
        ]
        if number > len(first):
            more = number - len(first)
            lines.append(ngettext("and %(num)s more", "and %(num)s more", more) % {"num": more})
        lines = [f"- {one}" for one in lines]
        lines += ["", _("Open Living Lab, then What waits, then Told to you.")]
        if any(one.is_synthetic for one in first):
            lines.append(_("Made-up data: for demonstration only."))
        return Letter(subject, "\n".join(lines) + "\n")
