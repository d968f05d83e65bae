"""What states, steps, kinds and stages are called, in the reader's language."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Final
from zoneinfo import ZoneInfo

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from livinglab.assessments.queries import Indicator, Instrument, Text
from livinglab.evaluations.adapters.words import ANSWER_STATES, KINDS, STAGES
from livinglab.evaluations.domain.answers import AnswerStep
from livinglab.evaluations.domain.process import State, Step
from livinglab.evaluations.domain.team_seats import TeamOffice
from livinglab.evaluations.models import Participation
from livinglab.evaluations.remarks import FUNCTIONS
from livinglab.kernel import clock
from livinglab.ui import formats
from livinglab.ui.languages import language

__all__ = ["ANSWER_STATES", "KINDS", "STAGES"]  # files that leave the platform say them too

STATES: Final[Mapping[State, Promise]] = {
    State.SELF: gettext_lazy("Self-assessment"),
    State.APPROVED: gettext_lazy("Approved"),
    State.SIGNED: gettext_lazy("Signed"),
    State.DOCUMENT: gettext_lazy("Document assessment"),
    State.INTERVIEW: gettext_lazy("Interview"),
    State.VISIT: gettext_lazy("Visit"),
    State.CONSOLIDATED: gettext_lazy("Consolidation"),
    State.DECIDED: gettext_lazy("Decided"),
}
ANSWER_STEPS: Final[Mapping[AnswerStep, Promise]] = {
    AnswerStep.SAVE: pgettext_lazy("button", "Save"),
    AnswerStep.HAND_IN: gettext_lazy("Save and hand in"),
    AnswerStep.TAKE_BACK: gettext_lazy("Take back"),
    AnswerStep.ACCEPT: gettext_lazy("Accept"),
    AnswerStep.RETURN: gettext_lazy("Return"),
    AnswerStep.VALIDATE: gettext_lazy("Validate"),
}
#: what a past step is called in the history
ANSWER_MOVES: Final[Mapping[str, Promise]] = {
    AnswerStep.HAND_IN: gettext_lazy("handed in"),
    AnswerStep.TAKE_BACK: gettext_lazy("taken back"),
    AnswerStep.ACCEPT: gettext_lazy("accepted"),
    AnswerStep.RETURN: gettext_lazy("returned"),
    AnswerStep.VALIDATE: gettext_lazy("validated"),
}
STEPS: Final[Mapping[Step, Promise]] = {
    Step.APPROVE: gettext_lazy("Approve the self-assessment"),
    Step.REOPEN: gettext_lazy("Open for work again"),
    Step.SIGN: gettext_lazy("Sign the minutes and the consent"),
    Step.SEND: gettext_lazy("Send to the assessors"),
    Step.INTERVIEW: gettext_lazy("Open the interview stage"),
    Step.VISIT: gettext_lazy("Open the visit stage"),
    Step.CONSOLIDATE: gettext_lazy("Consolidate the scores"),
    Step.DECIDE: gettext_lazy("Enter the decision"),
}


def said(text: Text) -> str:
    """This function will return the words of an instrument in the reader's language."""
    return text.in_language(language())


def level(value: Decimal | None) -> str:
    """This function will return a level as the reader writes it: "3", "3,25"; a dash where there is none."""
    if value is None:
        return formats.NOTHING
    if value == value.to_integral_value():
        return str(int(value))
    plain = formats.exact(value.normalize())
    return plain if language() == "en" else plain.replace(".", ",")


def index(value: Decimal) -> str:
    """This function will return an index with two decimals as the reader writes it."""
    return formats.decimal2(value, language=language())


def day(value: date) -> str:
    """This function will return a day in full in the reader's language."""
    return formats.day(value, language=language())


def clock_time(moment: datetime) -> str:
    """This function will return the time of day in Jakarta: "10.42" in Indonesian, "10:42" in English."""
    local = moment.astimezone(ZoneInfo(clock.ZONES["WIB"]))
    return local.strftime("%H.%M WIB" if language() == "id" else "%H:%M WIB")


def short_name(instrument: Instrument, key: str) -> str:
    """This function will return the short name of the indicator with this key; "35-2" is named like 35."""
    found = indicator_of(instrument, key)
    return said(found.short) if found else ""


def indicator_of(instrument: Instrument, key: str) -> Indicator | None:
    """This function will return the indicator that a key belongs to; "35-2" belongs to 35."""
    number = key.split("-")[0]
    return instrument.indicator(int(number)) if number.isdecimal() else None


def standing(participation: Participation) -> str:
    """This function will return what every figure of a round is called until its decision is entered."""
    if participation.decision_number and participation.decision_date:
        words = _("Official result by decision %(number)s of %(day)s.")
        return words % {"number": participation.decision_number, "day": day(participation.decision_date)}
    return _("Pre-assessment, not an official result.")


#: the seats of the internal assessor team
SEATS: Final[Mapping[str, Promise]] = {
    TeamOffice.COORDINATOR: gettext_lazy("coordinator"),
    TeamOffice.RESPONSIBLE_OFFICER: gettext_lazy("responsible officer"),
    TeamOffice.DATA_ENTRY: gettext_lazy("data entry officer"),
    **{function.value: name for function, name in FUNCTIONS.items()},
}
