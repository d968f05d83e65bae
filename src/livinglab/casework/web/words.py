"""The words of services and cases that only this context says."""

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from livinglab.casework.domain.contacts import ContactMistake, Way
from livinglab.casework.domain.deliveries import Obstacle
from livinglab.casework.domain.outside import BillState, Fault, OutsideKind
from livinglab.casework.domain.states import SeatKind
from livinglab.casework.models import OfferedService, ServiceVersion
from livinglab.casework.queries.inbox import MOST_COUNTED, Counts
from livinglab.packages.domain.life_events import LIFE_EVENTS, LifeEvent
from livinglab.packages.domain.process import Outcome
from livinglab.packages.queries import case_words
from livinglab.packages.queries.moves import HindranceKind
from livinglab.ui import formats


def desk(counts: Counts) -> str:
    """This function will return in one sentence what waits at a desk."""
    if not counts.waiting:
        return _("Nothing waits for you.")
    waits = ngettext("%(num)s step waits", "%(num)s steps wait", counts.waiting)
    waits %= {"num": up_to(counts.waiting)}
    if not counts.late:
        return _("%(waits)s, none of them late.") % {"waits": waits}
    late = ngettext("%(num)s of them is late.", "%(num)s of them are late.", counts.late)
    return f"{waits}, {late % {'num': up_to(counts.late)}}"


def appointments(number: int, over: int) -> str:
    """This function will return in one sentence how many appointments a day has, and how many are over."""
    said = ngettext("%(num)s appointment", "%(num)s appointments", number) % {"num": number}
    if not over:
        return f"{said}."
    done = ngettext("%(num)s of them is over.", "%(num)s of them are over.", over) % {"num": over}
    return f"{said}, {done}"


def appointment_ended(ended: str) -> str:
    """This function will return what became of somebody's appointment, in the words of a front desk."""
    said = {
        Outcome.GRANTED: _("was served"),
        Outcome.LAPSED: _("lapsed: nobody came or answered"),
    }
    return said.get(Outcome(ended)) or outcome(ended)


def up_to(number: int) -> str:
    """This function will return a count of the inbox, which is given up behind `MOST_COUNTED`."""
    most = formats.count(min(number, MOST_COUNTED), language="en" if get_language() == "en" else "id")
    return f"{most}+" if number > MOST_COUNTED else most


def shown(counts: Counts) -> str:
    """This function will return in one sentence how much the filters of an inbox leave."""
    if not counts.shown:
        return _("Nothing that waits is so.")
    return ngettext("%(num)s step is so.", "%(num)s steps are so.", counts.shown) % {
        "num": up_to(counts.shown)
    }


def written_in(language: str) -> str:
    """This function will return in which language a document is written."""
    return _("in English") if language == "en" else _("in Indonesian")


def name_of(one: OfferedService, language: str) -> str:
    """This function will return what a service is called."""
    return one.name_en if language == "en" and one.name_en else one.name_id


def summary_of(one: OfferedService, language: str) -> str:
    """This function will return what a service is for."""
    return one.summary_en if language == "en" and one.summary_en else one.summary_id


def life_event(one: LifeEvent, language: str) -> str:
    """This function will return what an event in a life is called."""
    return LIFE_EVENTS[one].in_language(language)


def within(one: OfferedService) -> str:
    """This function will return how long a service takes at most."""
    said = {"num": one.days}
    if one.calendar == "working":
        return ngettext("%(num)s working day at most", "%(num)s working days at most", one.days) % said
    return ngettext("%(num)s day at most", "%(num)s days at most", one.days) % said


def days(count: int, calendar: str) -> str:
    """This function will return a number of days as a standard counts them."""
    if not count:
        return _("the same day")
    said = {"num": count}
    if calendar == "working":
        return ngettext("%(num)s working day", "%(num)s working days", count) % said
    return ngettext("%(num)s day", "%(num)s days", count) % said


def seat_kind(kind: SeatKind) -> str:
    """This function will return what an office of a kind is called."""
    return {
        SeatKind.VILLAGE: _("Village office"),
        SeatKind.DISTRICT: _("District office"),
        SeatKind.AGENCY: _("Agency"),
        SeatKind.SIGNER: _("Who signs"),
        SeatKind.INSPECTOR: _("Inspector"),
        SeatKind.SUPERIOR: _("Superior, told what is late"),
    }[kind]


def outcome(outcome: str) -> str:
    """This function will return how a case ended, or that it is open."""
    return case_words.outcome(Outcome(outcome)) if outcome else _("in progress")


def way(one: Way) -> str:
    """This function will return what a way of telling somebody is called."""
    return {Way.EMAIL: _("E-mail"), Way.WHATSAPP: _("WhatsApp"), Way.SMS: _("SMS")}[one]


def contact_mistake(one: ContactMistake) -> str:
    """This function will return what is wrong with a contact, and what to do."""
    return {
        ContactMistake.NO_EMAIL: _("Write the e-mail address like this: name@example.id"),
        ContactMistake.NO_PHONE: _("Write the mobile number with all its digits, such as 0812 3456 7890."),
        ContactMistake.NO_WAY: _("Choose how to reach this number."),
        ContactMistake.NO_CONSENT: _("Agree that the office tells you there, or leave the fields empty."),
    }[one]


def obstacle(one: Obstacle) -> str:
    """This function will return why a message did not leave."""
    return {
        Obstacle.SILENT: _("The other side did not answer in time."),
        Obstacle.BUSY: _("The other side takes no more for a while."),
        Obstacle.BROKEN: _("The other side has a fault."),
        Obstacle.SIGNED_OUT: _("The other side does not accept this platform's sign-in."),
        Obstacle.REFUSED: _("The address or number takes no messages."),
        Obstacle.NOT_SET: _("This way is not set up here."),
    }[one]


def version(one: ServiceVersion) -> str:
    """This function will return which version of a service it is: its number here, and that of the package."""
    return _("version %(number)s (package %(release)s)") % {"number": one.number, "release": one.release}


def hindrance(one: HindranceKind) -> str:
    """This function will return why a case stays on its version."""
    return {
        HindranceKind.STEP_GONE: _("The step that waits is not in the new version, or is another office's."),
        HindranceKind.STEP_BEFORE: _("The new version has a step before this place, which nobody did."),
        HindranceKind.BRANCHES: _("Steps that are done side by side meet in another way."),
        HindranceKind.TIMERS: _("Other deadlines hang on the step that waits."),
        HindranceKind.DUE: _("A deadline is over just now. Try again in a few minutes."),
        HindranceKind.ANSWER_UNREAD: _("The new form does not take an answer that was given."),
        HindranceKind.ANSWER_MISSING: _("The new form needs an answer that nobody was asked for."),
        HindranceKind.DOCUMENT_GONE: _("A document that was issued is not in the new version."),
        HindranceKind.PLACE_GONE: _("It holds a place in an hour by a step that is not in the new version."),
    }[one]


def untold(number: int) -> str:
    """This function will return in one sentence how many messages could not be told."""
    if not number:
        return _("Every message left, or is on its way.")
    return ngettext("%(num)s message could not be told.", "%(num)s messages could not be told.", number) % {
        "num": up_to(number)
    }


def erasures(number: int) -> str:
    """This function will return in one sentence how many requests for deletion wait for an answer."""
    if not number:
        return _("Nobody waits for the deletion of their data.")
    return ngettext(
        "%(num)s request for deletion waits for your answer.",
        "%(num)s requests for deletion wait for your answer.",
        number,
    ) % {"num": number}


def payment(state: BillState | None, *, is_free: bool) -> str:
    """This function will return in one sentence what is to be paid; None: no bill was made."""
    if state is None:
        if is_free:
            return _("This service is free of charge.")
        return _("There is nothing to pay yet.")
    return {
        BillState.FREE: _("There is nothing to pay."),
        BillState.PREPARED: _("The payment code is being prepared."),
        BillState.WITHOUT_CODE: _("No payment code will come. Ask the office how to pay."),
        BillState.OPEN: _("Pay with this code."),
        BillState.EXPIRED: _("The payment code has run out."),
        BillState.PAID: _("It is paid."),
        BillState.VOID: _("There is nothing to pay any more."),
    }[state]


def outside_kind(one: OutsideKind) -> str:
    """This function will return what a system outside is asked for."""
    return {
        OutsideKind.PAYMENT: _("Payment code"),
        OutsideKind.IDENTITY: _("Identity check"),
        OutsideKind.WELFARE: _("Socio-economic data"),
    }[one]


def fault(one: Fault) -> str:
    """This function will return why a system outside gave no answer."""
    return {
        Fault.SILENT: _("The other side did not answer in time."),
        Fault.BUSY: _("The other side takes no more for a while."),
        Fault.BROKEN: _("The other side has a fault."),
        Fault.GARBLED: _("What the other side answered cannot be read."),
        Fault.SIGNED_OUT: _("The other side does not accept this platform's sign-in."),
        Fault.REFUSED: _("The other side refused this question."),
        Fault.NOT_SET: _("No such system is set up here."),
        Fault.NO_NIK: _("The application has no NIK to ask about."),
        Fault.UNPRICED: _("The package says no amount."),
        Fault.NOT_NEEDED: _("The case needs it no more."),
    }[one]


def unanswered(number: int) -> str:
    """This function will return in one sentence how many questions to systems outside got no answer."""
    if not number:
        return _("Every question to another system was answered, or is on its way.")
    return ngettext(
        "%(num)s question to another system got no answer.",
        "%(num)s questions to other systems got no answer.",
        number,
    ) % {"num": up_to(number)}


def ground(one: str) -> str:
    """This function will return the ground on which personal data is asked (UU 27/2022 article 20)."""
    return {
        "consent": _("Consent"),
        "contract": _("Contract"),
        "legal_obligation": _("Duty in law"),
        "vital_interest": _("Vital interest"),
        "public_task": _("Public task"),
        "legitimate_interest": _("Legitimate interest"),
    }[one]
