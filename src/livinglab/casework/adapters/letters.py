"""The mail that tells a superior what is late: numbers of applications and days, no names and no free texts."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from livinglab.casework.models import Task
from livinglab.kernel.clock import day_of
from livinglab.organizations.queries import Organization
from livinglab.ui import formats


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail's subject and its text."""

    subject: str
    text: str


def write_letter(organization: Organization, first: Sequence[Task], *, number: int, language: str) -> Letter:
    """This function will return the mail in the reader's language; `number` counts what `first` does not hold, too."""
    with override(language):
        subject = ngettext(
            "%(region)s: %(num)s step of a service is late",
            "%(region)s: %(num)s steps of services are late",
            number,
        ) % {"region": organization.name, "num": number}
        lines = [
            _("%(number)s: due on %(day)s")
            % {
                "number": one.case.number,
                "day": formats.day(day_of(one.due, organization.zone), language=language),
            }
            for one in first
        ]
        if number > len(first):
            more = number - len(first)
            lines.append(ngettext("and %(num)s more", "and %(num)s more", more) % {"num": more})
        lines = [f"- {one}" for one in lines]
        lines += ["", _("Open Living Lab, then What waits, then Told to you.")]
        if any(one.case.is_synthetic for one in first):
            lines.append(_("Made-up data: for demonstration only."))
        return Letter(subject, "\n".join(lines) + "\n")
