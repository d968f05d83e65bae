"""The words of a case, for everybody who shows one: who, which step, by when, what happened, how it ended."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Final

from django.utils.translation import gettext as _

from livinglab.kernel import clock
from livinglab.packages.domain.manifest import Manifest
from livinglab.packages.domain.package import Package
from livinglab.packages.domain.process import NodeKind, Outcome, Register, ServiceKind
from livinglab.packages.domain.running.reopening import is_objection
from livinglab.packages.domain.running.state import Entry, Happened
from livinglab.packages.queries.cases import Case, Runner, Waiting
from livinglab.packages.queries.law_words import law_words
from livinglab.ui import formats

#: the language of the names in a drawing, which has room for one
_DRAWN_IN: Final = "id"


def outcome(ended: Outcome) -> str:
    """This function will return how a case ended."""
    return {
        Outcome.GRANTED: _("granted"),
        Outcome.REFUSED: _("refused"),
        Outcome.LAPSED: _("lapsed"),
        Outcome.WITHDRAWN: _("withdrawn by the applicant"),
        Outcome.HANDED_OVER: _("handed over to another agency"),
    }[ended]


def register_name(register: Register) -> str:
    """This function will return what a register is called."""
    return {
        Register.IDENTITY: _("National identity check"),
        Register.WELFARE: _("National socio-economic data"),
    }[register]


def role_name(manifest: Manifest, role: str, language: str) -> str:
    """This function will return what a role is called, the applicant's and the process's own too."""
    return next((one.name.in_language(language) for one in manifest.roles if one.id == role), role)


def node_name(runs: Runner, node: str, language: str) -> str:
    """This function will return what a step is called: by its form, which has both languages, else by the drawing.

    Drawings are named in one language. In another the applicant's own steps are called by what they do, and a limit
    of time by the step that it limits.
    """
    form, known = runs.task_form(node), runs.node(node)
    if form is not None:
        return form.title.in_language(language)
    if known is None:
        return node
    if language != _DRAWN_IN:
        if known.kind is NodeKind.RECEIVE:
            if known.said.get("waits-for") == "payment":
                return _("Pay")
            return _("Object to the refusal") if is_objection(runs.package, node) else _("Answer the office")
        if known.register is not None:
            return register_name(known.register)
        if known.kind is NodeKind.BOUNDARY and known.attached_to:
            return node_name(runs, known.attached_to, language)
    return known.name or node


def until(one: Waiting, language: str) -> str:
    """This function will return by when a waiting step is to be done."""
    if one.node.register is not None and one.due is None:
        return _("is asked now; it goes on within about a day at most")
    if one.due is None:
        return _("no deadline")
    said = {"moment": deadline(one.due, language)}
    return _("late since %(moment)s") % said if one.is_late else _("by %(moment)s") % said


def finding(runs: Runner, case: Case, language: str) -> str:
    """This function will return in one sentence how a case stands."""
    if case.outcome is not None:
        return _("Application %(number)s has ended: %(outcome)s.") % {
            "number": case.number,
            "outcome": outcome(case.outcome),
        }
    if case.is_stuck:
        return _("Application %(number)s cannot go on: its process waits for something that cannot come.") % {
            "number": case.number
        }
    first = runs.waiting(case)[0]
    if first.node.register is not None:
        return _("Application %(number)s is being checked: %(register)s.") % {
            "number": case.number,
            "register": register_name(first.node.register),
        }
    if first.due is not None and is_objection(runs.package, first.node.id):
        said = {"number": case.number, "moment": deadline(first.due, language)}
        return _("Application %(number)s was refused. An objection can be made until %(moment)s.") % said
    who = role_name(runs.package.manifest, first.node.lane, language)
    said = {"number": case.number, "who": who, "step": node_name(runs, first.node.id, language)}
    if first.is_late:
        return _("Application %(number)s is late: %(who)s, “%(step)s”.") % said
    return _("Application %(number)s waits for: %(who)s, “%(step)s”.") % said


def happened(runs: Runner, case: Case, entry: Entry, language: str) -> str:
    """This function will return an entry of the history as a sentence; the case has the whole history."""
    said = {
        "who": role_name(runs.package.manifest, entry.role, language),
        "what": _thing(runs, case, entry, language),
    }
    if entry.what is Happened.OUTSIDE and _asks_for_money(runs, entry.on):
        if language != _DRAWN_IN:
            return _("A payment is asked for")
        return _("A payment is asked for: %(what)s") % said
    if entry.what is Happened.SILENT and entry.on:
        return _("Nobody decided in time; %(what)s says what follows") % said
    if entry.what is Happened.OUTSIDE and _asks_a_register(runs, entry.on):
        return _("A register is asked: %(what)s") % said
    if entry.what is Happened.ANSWERED and is_objection(runs.package, entry.on):
        return _("%(who)s: objected") % said
    if entry.what is Happened.ASKED and is_objection(runs.package, entry.on):
        return _("The applicant may object; until then the deadlines stand still")
    return {
        Happened.APPLIED: _("%(who)s: applied"),
        Happened.COMPLETED: _("%(who)s: did “%(what)s”"),
        Happened.ANSWERED: _("%(who)s: completed the application"),
        Happened.PAID: _("%(who)s: paid"),
        Happened.WITHDREW: _("%(who)s: withdrew the application"),
        Happened.DECIDED: _("Rule applied: %(what)s"),
        Happened.SENT: _("Told the applicant: %(what)s"),
        Happened.ISSUED: _("Document issued: %(what)s"),
        Happened.SIGNED: _("Document signed: %(what)s"),
        Happened.ASKED: _("The applicant is asked; until the answer the deadlines stand still"),
        Happened.OUTSIDE: _("Another system was asked, which is imitated here: %(what)s"),
        Happened.CHECKED: _("The register's answer is here, or was given up: %(what)s"),
        Happened.BOOKED: _("A place is held: %(what)s"),
        Happened.NO_PLACE: _("No place was left, or the hour cannot be booked: %(what)s"),
        Happened.GAVE_BACK: _("The place was given back"),
        Happened.TIMED: _("Time ran out: %(what)s"),
        Happened.SILENT: _("Nobody decided in time, and the law says what follows"),
        Happened.RENEWED: _("Goes on under version %(what)s of the service"),
        Happened.REOPENED: _("%(who)s: had the case opened again, at “%(what)s”"),
        Happened.ASSIGNED: _("%(who)s: an officer works on “%(what)s”"),
        Happened.RELEASED: _("%(who)s: “%(what)s” waits for the office again"),
        Happened.DISPOSED: _("%(who)s: handed “%(what)s” over to an agency"),
        Happened.RETURNED: _("%(who)s: took “%(what)s” back from an agency"),
        Happened.ESCALATED: _("“%(what)s” is late; the superior of the office was told"),
        Happened.ENDED: _("The case ended: %(what)s"),
    }[entry.what] % said


def answered(history: Iterable[Entry]) -> dict[tuple[str, datetime], datetime]:
    """This function will return the messages that asked for something, and when the applicant answered each.

    `history` is in order; a message is its id and when it was sent. What was not answered is left out.
    """
    told: tuple[str, datetime] | None = None
    asking: dict[str, tuple[str, datetime]] = {}
    found: dict[tuple[str, datetime], datetime] = {}
    for one in history:
        if one.what is Happened.SENT:
            told = (one.on, one.at)
        elif one.what is Happened.ASKED and told is not None:
            asking[one.on] = told
        elif one.what in {Happened.ANSWERED, Happened.PAID} and one.on in asking:
            found[asking.pop(one.on)] = one.at
    return found


def silence(manifest: Manifest, history: Iterable[Entry], case: Case) -> str:
    """This function will return by which law a case ended although nobody decided, "" for any other end."""
    if case.outcome is None:
        return ""
    silent = next(
        (one for one in reversed(list(history)) if one.what in {Happened.SILENT, Happened.REOPENED}), None
    )
    if silent is None or silent.what is not Happened.SILENT:
        return ""
    said = {"law": law_words(manifest, silent.on), "outcome": outcome(case.outcome)}
    if not said["law"]:
        return _("No office decided in time. By law the application counts as: %(outcome)s.") % said
    return _("No office decided in time. By %(law)s the application counts as: %(outcome)s.") % said


def moment(at: datetime, language: str) -> str:
    """This function will return a moment of a case on the clock of its place."""
    return formats.moment(at, language=language, zone=clock.told_in())


def deadline(at: datetime, language: str) -> str:
    """This function will return until when something is due: a day ends at its 24.00, not at 00.00 of the next."""
    return formats.moment(at, language=language, zone=clock.told_in(), is_end=True)


def _asks_for_money(runs: Runner, node: str) -> bool:
    known = runs.node(node)
    return known is not None and known.said.get("kind") == ServiceKind.PAY


def _asks_a_register(runs: Runner, node: str) -> bool:
    known = runs.node(node)
    return known is not None and known.register is not None


def _booked(said: Mapping[str, object], language: str) -> str:
    day = formats.day(date.fromisoformat(str(said["day"])), language=language)
    return f"{day}, {said['hour']}"


def _stands(case: Case, entry: Entry) -> bool:
    """This function will tell whether a place that was held is what its step says now: it was not passed again."""
    passed = {Happened.BOOKED, Happened.NO_PLACE}
    last = next((one for one in reversed(case.history) if one.on == entry.on and one.what in passed), None)
    return last == entry and entry.on in case.bookings


def _thing(runs: Runner, case: Case, entry: Entry, language: str) -> str:
    """This function will return what an entry is about, in words."""
    package = runs.package
    match entry.what:
        case Happened.DECIDED if entry.on in package.rules:
            return _rule(package, case, entry.on, language)
        case Happened.SENT:
            texts = next((one.texts for one in case.sent if one.message == entry.on), {})
            text = texts.get(language) or texts.get("id")
            return text.subject if text else entry.on
        case Happened.ISSUED | Happened.SIGNED:
            return next(
                (one.name.in_language(language) for one in package.manifest.documents if one.id == entry.on),
                "",
            )
        case Happened.BOOKED if _stands(case, entry):
            return _booked(case.bookings[entry.on], language)
        case Happened.SILENT:
            return law_words(package.manifest, entry.on)
        case Happened.RENEWED:
            return entry.on
        case Happened.ENDED if case.outcome:
            return outcome(case.outcome)
        case _:
            return node_name(runs, entry.on, language)


def _rule(package: Package, case: Case, rule: str, language: str) -> str:
    """This function will return a rule's title, and why the row that held does."""
    table = package.rules[rule]
    decision = case.rules.get(rule)
    rows = decision.rows if decision else ()
    reasons = [one.because.in_language(language) for one in table.rows if one.id in rows and one.because]
    return ": ".join([table.title.in_language(language), *reasons[:1]])
