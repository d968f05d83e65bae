"""The 47 rows of the working sheet: a loop too slow for a template. Everything from outside is escaped."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from markupsafe import Markup, escape

from livinglab.evaluations.domain.answers import AnswerState
from livinglab.evaluations.queries.worksheet import Counted
from livinglab.evaluations.web import words
from livinglab.ui import formats
from livinglab.ui.languages import language
from livinglab.ui.markup import escaped


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    """One indicator in the sheet."""

    key: str
    name: str
    href: str
    level: Decimal | None
    state: AnswerState
    is_begun: bool
    given_to: str
    due_on: date | None
    is_mine: bool
    remarks: Counted | None = None


def answer_rows(rows: Iterable[SheetRow], *, high: int) -> Markup:
    """This function will return table rows: number, name with whom it was given to, level, state, remarks."""
    box = f"0 0 {high * 17 - 1} 18"
    said = {one: escape(words.ANSWER_STATES[one]) for one in AnswerState}
    said_open = escape(_("Not begun"))
    absent = escape(_("not answered"))
    lines = []
    for row in rows:
        state = said[row.state] if row.is_begun or row.state is not AnswerState.OPEN else said_open
        level = (
            escaped(words.level(row.level))
            if row.level is not None
            else f'<span class="aside">{absent}</span>'
        )
        lines.append(
            f'<tr{" class=mine" if row.is_mine else ""}><td class="aside">{escaped(row.key)}</td>'
            f'<th scope="row"><a href="{escaped(row.href)}">{escaped(row.name)}</a>'
            f'<small>{_aside(row)}</small><small class="narrow">{state}</small></th>'
            f'<td class="num strong">{level}</td>'
            f'<td class="picture"><svg class="level" viewBox="{box}" aria-hidden="true">'
            f'<use href="#lv{int(row.level or 0)}"/></svg></td>'
            f'<td class="roomy">{state}</td><td class="num aside">{_remarks(row)}</td></tr>'
        )
    return Markup("\n".join(lines))  # noqa: S704 -- every part is escaped above


def _aside(row: SheetRow) -> str:
    parts = [escape(row.given_to)] if row.given_to else []
    if row.due_on:
        due = _("due %(day)s") % {"day": formats.short_day(row.due_on, language=language())}
        parts.append(escape(due))
    return " · ".join(parts)


def _remarks(row: SheetRow) -> str:
    """Errors and warnings in short, with the words for those who listen."""
    if row.remarks is None or not (row.remarks.errors or row.remarks.warnings):
        return ""
    parts = []
    for number, css, text in (
        (row.remarks.errors, "grave", ngettext("%(count)s error", "%(count)s errors", row.remarks.errors)),
        (row.remarks.warnings, "", ngettext("%(count)s warning", "%(count)s warnings", row.remarks.warnings)),
    ):
        if number:
            parts.append(f'<span class="{css}">{escape(text % {"count": number})}</span>')
    return "<br>".join(parts)
