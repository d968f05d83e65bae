"""The words of a sandbox: how it stands, what the next step of a tour is, why something is refused."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from livinglab.packages.domain.process import Outcome
from livinglab.packages.domain.running.refusals import BrokenPackage, IllegalMove
from livinglab.packages.domain.scenarios import Act, Do, Expect
from livinglab.packages.queries import case_words
from livinglab.sandboxes.domain.people import PLACES
from livinglab.sandboxes.operations import TooFar, TooLarge
from livinglab.sandboxes.queries.sandboxes import Trial
from livinglab.ui import formats

__all__ = ["PLACES", "finding", "next_step", "real_number", "refused"]


def real_number() -> str:
    """This function will return why a national identity number is refused."""
    return _("Do not enter a real NIK here. Invented ones begin with 99, such as 9999010101900001.")


def finding(found: Trial, language: str) -> str:
    """This function will return in one sentence how the sandbox stands."""
    case = found.case
    if case is None:
        return _("Nobody has applied yet.")
    return case_words.finding(found.runs, case, language)


def next_step(found: Trial, step: Act | Expect, language: str) -> str:
    """This function will return what the next step of a tour does, or what must be true after it."""
    if isinstance(step, Expect):
        return _("We check that it happened: %(what)s.") % {"what": expected(found, step, language)}
    who = case_words.role_name(found.package.manifest, step.role, language)
    said = {"who": who, "step": case_words.node_name(found.runs, step.task, language)}
    match step.do:
        case Do.APPLY if step.refused:
            return _("%(who)s sends answers that do not fit; they are turned down with a reason.") % said
        case Do.APPLY:
            return _("%(who)s fills in the form and applies.") % said
        case Do.COMPLETE:
            return _("%(who)s does “%(step)s”.") % said
        case Do.ANSWER:
            return _("%(who)s completes the application as asked.") % said
        case Do.PAY:
            return _("%(who)s pays.") % said
        case Do.CHECK:
            return _answered(step, said["step"])
        case Do.WITHDRAW:
            return _("%(who)s withdraws the application.") % said
        case _:
            hours = int(step.wait.total_seconds() // 3600)
            if hours % 24:
                return ngettext("%(num)s hour passes.", "%(num)s hours pass.", hours) % {"num": hours}
            return ngettext("%(num)s day passes.", "%(num)s days pass.", hours // 24) % {"num": hours // 24}


def _answered(step: Act, name: str) -> str:
    if step.says is None:
        return _("The register does not answer: %(step)s.") % {"step": name}
    return _("The register answers: %(step)s.") % {"step": name}


def expected(found: Trial, step: Expect, language: str) -> str:
    """This function will return what a scenario expects, as a list in words."""
    parts: list[str] = []
    if step.waiting:
        names = [case_words.node_name(found.runs, node, language) for node in sorted(step.waiting)]
        parts.append(_("“%(steps)s” waits") % {"steps": formats.listing(names, language=language)})
    if step.breached:
        names = [case_words.node_name(found.runs, node, language) for node in sorted(step.breached)]
        parts.append(_("“%(steps)s” is late") % {"steps": formats.listing(names, language=language)})
    if step.documents:
        count = len(step.documents)
        parts.append(
            ngettext("%(num)s document is issued", "%(num)s documents are issued", count) % {"num": count}
        )
    if step.messages:
        count = len(step.messages)
        parts.append(ngettext("%(num)s message is sent", "%(num)s messages are sent", count) % {"num": count})
    if step.outcome:
        parts.append(
            _("the case ended: %(outcome)s") % {"outcome": case_words.outcome(Outcome(step.outcome))}
        )
    return formats.listing(parts, language=language) if parts else _("nothing else changed")


def refused(why: IllegalMove | BrokenPackage | TooFar | TooLarge) -> str:
    """This function will return why an act was refused, and what to do."""
    if isinstance(why, TooFar):
        return _("The clock cannot be pushed any further. Begin again to see it from the start.")
    if isinstance(why, TooLarge):
        return _("That is more than a trial can hold. Write less, or begin again.")
    if isinstance(why, BrokenPackage):
        return _("This package has a fault in “%(what)s”, so this step cannot be taken.") % {"what": why.on}
    return {
        "over": _("The case has already ended."),
        "not_waiting": _("This step does not wait any more. Look at where the case stands."),
        "wrong_role": _("Another role does this step. Change your role below."),
        "four_eyes": _("The same person may not do both steps."),
        "not_over": _("This case has not ended."),
        "clock": _("The clock only goes forward."),
    }[why.code]
