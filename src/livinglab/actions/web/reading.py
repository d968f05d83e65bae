"""What forms bring: days, numbers of rows, sums."""

import re
from datetime import date
from typing import Final
from uuid import UUID

from django.utils.translation import gettext as _

from livinglab.actions.domain import rupiah

_TYPED: Final = re.compile(r"(?P<day>\d{1,2})[-/. ](?P<month>\d{1,2})[-/. ](?P<year>\d{4})", re.ASCII)
#: a number that no row has: the operation then says what is unknown
NOBODY: Final = UUID(int=0)


class Unread(ValueError):
    """Something typed cannot be read; `field` names where, the message says how to write it."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


def read_day(field: str, text: str) -> date | None:
    """This function will return the day that was typed ("2026-12-31" or "31-12-2026"), None for nothing.

    Errors: `Unread`.
    """
    text = text.strip()
    if not text:
        return None
    try:
        if typed := _TYPED.fullmatch(text):
            return date(int(typed["year"]), int(typed["month"]), int(typed["day"]))
        return date.fromisoformat(text)
    except ValueError:
        raise Unread(field, _("Enter the day as in 31-12-2026.")) from None


def read_rupiah(field: str, text: str) -> int | None:
    """This function will return whole rupiah as typed, None for nothing. Errors: `Unread`."""
    if not text.strip():
        return None
    try:
        return rupiah.read(text)
    except rupiah.RupiahUnread:
        raise Unread(field, _("Enter whole rupiah, as in Rp1.250.000.")) from None


def read_year(field: str, text: str) -> int | None:
    """This function will return a year of four digits, None for nothing. Errors: `Unread`."""
    text = text.strip()
    if not text:
        return None
    if not re.fullmatch(r"\d{4}", text, re.ASCII):
        raise Unread(field, _("Enter a budget year between 2020 and 2100."))
    return int(text)


def read_id(text: str) -> UUID | None:
    """This function will return the number of a row, None for nothing; `NOBODY` for what is none."""
    try:
        return UUID(text) if text else None
    except ValueError:
        return NOBODY
