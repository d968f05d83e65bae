"""An open case under another version of its package: whether it fits, and the case as it goes on. Nothing is stored."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from livinglab.packages.adapters import forms
from livinglab.packages.domain.running.answers import EMPTY, Mistake, asked
from livinglab.packages.domain.running.moving import Hindrance, HindranceKind, hindrances
from livinglab.packages.domain.running.names import names_of
from livinglab.packages.domain.running.state import Case, Entry, Happened
from livinglab.packages.queries.cases import Runner

__all__ = ["Hindrance", "HindranceKind", "carried", "hindrances_of"]

_REQUIRED = "required"


def hindrances_of(
    case: Case, *, before: Runner, after: Runner, parameters: Mapping[str, object], at: datetime
) -> tuple[Hindrance, ...]:
    """This function will return why an open case cannot go on under another version, in order; () where it can.

    `parameters` are the values that it would run by there. What waits must be a step of the same kind and office,
    with the same timers; parallel ways must meet as before; no new step may lie behind the case. What was answered
    must be read by the new forms, and a question that became required must have its answer, unless the applicant is
    being asked anyway: their answer is then held to the new form. Answers that the old form already took for wrong are
    no reason.
    """
    found = dict.fromkeys(hindrances(case, before.package, after.package))
    ring = before.next_ring(case)
    if ring is not None and ring <= at:
        found[Hindrance(HindranceKind.DUE, "")] = None
    found |= dict.fromkeys(_of_form(case, before, after, parameters))
    for task, given in case.tasks.items():
        found |= dict.fromkeys(_of_task(case, task, given, before, after))
    return tuple(found)


def carried(case: Case, *, to: Runner, parameters: Mapping[str, object], by: str, at: datetime) -> Case:
    """This function will return a case that goes on under another version, as its history says from now on.

    Decisions, documents and what was promised (the due days) stay. `by` is who moved it, "" for the platform.
    """
    moved = replace(case, parameters=parameters, now=max(at, case.now))
    entry = Entry(what=Happened.RENEWED, at=moved.now, on=to.package.manifest.version, by=by)
    return moved.noted(entry)


def _of_form(
    case: Case, before: Runner, after: Runner, parameters: Mapping[str, object]
) -> Iterator[Hindrance]:
    at = case.started  # dates that the form allowed then may lie in the past by now
    kept = after.asked(case.answers, parameters=parameters, at=at).answers
    yield from _unread(case.answers, kept, "")
    known = before.mistakes(case.answers, parameters=case.parameters, at=at)
    now = after.mistakes(case.answers, parameters=parameters, at=at)
    yield from _wrong(now, known, "", is_asked=case.asked is not None)


def _of_task(
    case: Case, task: str, given: Mapping[str, object], before: Runner, after: Runner
) -> Iterator[Hindrance]:
    form, old = after.package.tasks.get(task), before.package.tasks.get(task)
    if form is None or old is None:
        yield Hindrance(HindranceKind.ANSWER_UNREAD, task)
        return
    today = after.days.local(case.now).date()
    names = names_of(case, after.days)
    shown = asked(form, given, names, task=task, holds=after.kit.holds)
    yield from _unread(given, shown.answers, f"{task}.")
    known = asked(old, given, names, task=task, holds=before.kit.holds)
    yield from _wrong(forms.mistakes(shown, today), forms.mistakes(known, today), f"{task}.", is_asked=False)


def _unread(given: Mapping[str, object], kept: Mapping[str, object], within: str) -> Iterator[Hindrance]:
    for name, value in given.items():
        if value not in EMPTY and name not in kept:
            yield Hindrance(HindranceKind.ANSWER_UNREAD, f"{within}{name}")


def _wrong(
    found: Iterable[Mistake], known: Iterable[Mistake], within: str, *, is_asked: bool
) -> Iterator[Hindrance]:
    old = {(one.field, one.code) for one in known}
    for one in found:
        if (one.field, one.code) in old:
            continue
        if one.code != _REQUIRED:
            yield Hindrance(HindranceKind.ANSWER_UNREAD, f"{within}{one.field}")
        elif not is_asked:
            yield Hindrance(HindranceKind.ANSWER_MISSING, f"{within}{one.field}")
