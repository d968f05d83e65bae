"""Days as a form brings them: as the browser's own field writes them, or typed by hand."""

import re
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

_TYPED: Final = re.compile(r"(?P<day>\d{1,2})[-/. ](?P<month>\d{1,2})[-/. ](?P<year>\d{4})")


class DayUnread(ValueError):
    """A day that cannot be read; the message says how to write it."""


def read_day(text: str) -> date | None:
    """This function will return the day that was typed ("2026-12-31" or "31-12-2026"), None for nothing.

    Errors: `DayUnread`.
    """
    text = text.strip()
    if not text:
        return None
    try:
        if typed := _TYPED.fullmatch(text):
            return date(int(typed["year"]), int(typed["month"]), int(typed["day"]))
        return date.fromisoformat(text)
    except ValueError:
        raise DayUnread(_("Enter the day as in 31-12-2026.")) from None
