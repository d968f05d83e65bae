"""The form for a signed paper, whoever enters it: after a visit, without one, or a guest by its link."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from django.http import HttpRequest
from django.utils.translation import gettext as _

from livinglab.assessments.queries import Instrument
from livinglab.kernel.refusals import Refused
from livinglab.ui.days import DayUnread, read_day
from livinglab.ui.languages import language
from livinglab.visits.domain.kinds import Manner
from livinglab.visits.domain.promises import Fault, Promised, StepKey
from livinglab.visits.models import Commitment
from livinglab.visits.operations.papers import Paper
from livinglab.visits.web import words
from livinglab.visits.web.frame import Problems, problem_of
from livinglab.visits.web.step_rows import (
    Row,
    indicator_options,
    key_of,
    level_options,
    rows_of,
    typed_rows,
)

_FIELDS = {
    "title_missing": "title",
    "title_too_long": "title",
    "number_missing": "number",
    "number_too_long": "number",
    "signer_missing": "signer",
    "signer_too_long": "signer",
    "function_missing": "function",
    "function_too_long": "function",
    "days_of_paper_missing": "signed_on",
    "signed_to_come": "signed_on",
    "signed_before_visit": "signed_on",
    "end_past": "ends_on",
    "indicator_unknown": "indicator-1",
    "level_unknown": "level-1",
    "promised_already": "indicator-1",
    Fault.NONE_NAMED: "indicator-1",
    Fault.TWICE: "indicator-1",
    Fault.HELD: "indicator-1",
    Fault.PAST: "due-1",
    Fault.AFTER_END: "due-1",
    Fault.BEFORE_LOWER: "due-1",
}
_GIVEN = ("title", "number", "signer", "function", "occasion")
_DAYS = ("signed_on", "ends_on")

Enter = Callable[[Paper], Commitment]


class _DueMissing(Exception):
    """A row names a step without its last day."""

    def __init__(self, row: Row) -> None:
        super().__init__(row.number)
        self.row = row


def entered(request: HttpRequest, instrument: Instrument, enter: Enter) -> tuple[Commitment | None, Problems]:
    """This function will hand the typed paper to an operation; the commitment, or what the form has to say."""
    try:
        return enter(_paper(request, instrument)), ()
    except Refused as refused:
        return None, problem_of(refused.refusal, _FIELDS)
    except DayUnread as unread:
        return None, ((_unread_field(request), str(unread)),)
    except _DueMissing as missing:
        said = _("Enter the last day for indicator %(indicator)s, or empty its row.")
        return None, ((f"due-{missing.row.number}", said % {"indicator": missing.row.indicator}),)


def form_context(
    request: HttpRequest, instrument: Instrument, steps: Iterable[StepKey], problems: Problems
) -> dict[str, object]:
    """This function will return what the fields of a paper need: as typed, or with the steps proposed."""
    is_sent = request.method == "POST"
    return {
        "instrument": instrument,
        "instrument_name": instrument.short.in_language(language()),
        "rows": typed_rows(request.POST.dict()) if is_sent else rows_of(steps),
        "indicators": indicator_options(instrument),
        "levels": level_options(instrument),
        "manners": [("", _("in our own way")), *((one.value, str(words.MANNERS[one])) for one in Manner)],
        "given": {key: request.POST.get(key, "") for key in (*_GIVEN, *_DAYS)},
        "problems": problems,
        "errors": dict(problems),
    }


def _paper(request: HttpRequest, instrument: Instrument) -> Paper:
    given = request.POST
    unpromised = Paper(
        title=given.get("title", ""),
        number=given.get("number", ""),
        signer=given.get("signer", ""),
        signed_on=read_day(given.get("signed_on", "")),
        ends_on=read_day(given.get("ends_on", "")),
        instrument=instrument.code,
        promises=(),
    )
    return replace(unpromised, promises=tuple(_promises(typed_rows(given.dict()))))


def _promises(rows: list[Row]) -> list[Promised]:
    found = []
    for row in rows:
        key = key_of(row)
        if key is None:
            continue
        due = read_day(row.due)
        if due is None:
            raise _DueMissing(row)
        found.append(Promised(key, due, Manner(row.manner) if row.manner in list(Manner) else None))
    return found


def _unread_field(request: HttpRequest) -> str:
    """The first field whose day nobody can read."""
    numbered = [f"due-{row.number}" for row in typed_rows(request.POST.dict())]
    for field in (*_DAYS, *numbered):
        try:
            read_day(request.POST.get(field, ""))
        except DayUnread:
            return field
    return _DAYS[0]
