"""What the operations of this API share: both languages, refused acts, an application as JSON."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any, cast

from django.http import HttpResponse
from django.urls import reverse
from django.utils import translation

from livinglab.casework.api import schemas
from livinglab.casework.operations import billing
from livinglab.casework.operations.drafts import UnknownDraft
from livinglab.casework.policies import may_reopen
from livinglab.casework.queries.applications import (
    Application,
    application,
    messages_of,
)
from livinglab.casework.queries.free_hours import FreeHours, Hours, free_hours
from livinglab.casework.queries.papers import issued_of
from livinglab.casework.queries.reopening import entries_of, outlook
from livinglab.casework.remarks import refused as in_words
from livinglab.kernel import clock
from livinglab.kernel.refusals import Refused
from livinglab.packages.domain import bookings
from livinglab.packages.domain.form import Form
from livinglab.packages.domain.running.state import Happened
from livinglab.packages.domain.words import Words
from livinglab.packages.queries import answering, case_words
from livinglab.packages.queries.cases import AnswersRefused, IllegalMove, Mistake, Runner, Waiting
from livinglab.ui.api import errors


def both(words: Words) -> schemas.TwoLanguages:
    """This function will return a text of a package in both languages."""
    return in_both(words.in_language)


def page_address(name: str, *args: str) -> str:
    """This function will return the address of a page for people, without the prefix of another language."""
    with translation.override("id"):
        return reverse(name, args=args)


def in_both(said: Callable[[str], str]) -> schemas.TwoLanguages:
    """This function will return what `said` answers for each language, while that language is active."""
    texts = {}
    for language in ("id", "en"):
        with translation.override(language):
            texts[language] = said(language)
    return schemas.TwoLanguages(**texts)


def problem_items(mistakes: Iterable[Mistake], form: Form) -> list[schemas.ProblemItem]:
    """This function will return mistakes with their words."""
    found = []
    for one in mistakes:
        field = form.fields.get(one.field.split(".")[0])
        title = field.title.in_language("en") if field else one.field
        found.append(
            schemas.ProblemItem(field=one.field, code=one.code, message=answering.in_words(one, title))
        )
    return found


def refused_answers(mistakes: Iterable[Mistake], form: Form) -> HttpResponse:
    """This function will answer 422 with every mistake."""
    items = [one.dict() for one in problem_items(mistakes, form)]
    message = "; ".join(f"{one['field']}: {one['message']}" for one in items)
    return errors.error(422, message, problems=items)


def attempted(act: Callable[[], Any], form: Form | None) -> HttpResponse | None:
    """This function will do something and return how it was refused, None where it was done."""
    try:
        act()
    except AnswersRefused as refused:
        assert form is not None, "answers are refused by a form"
        return refused_answers(refused.mistakes, form)
    except IllegalMove as refused:
        return errors.error(422, in_words(refused), code=refused.code)
    except Refused as refused:
        return errors.error(422, str(refused.refusal.reason), code=refused.refusal.code)
    except UnknownDraft:
        return errors.error(404, "The form was deleted, because nobody went on with it.")
    return None


def filed_again(found: Application) -> schemas.FiledItem:
    """This function will return an application as it stands after an act."""
    return filed(application(found.organization, found.token, at=clock.now()))


def filed(found: Application) -> schemas.FiledItem:
    """This function will return what stands at a secret."""
    manifest, state = found.package.manifest, found.state
    is_open = found.draft is not None or bool(found.asked_for)
    mistakes = found.mistakes(found.answers) if found.draft else ()
    return schemas.FiledItem(
        package=manifest.id,
        name=both(manifest.name),
        version=manifest.version,
        state="form" if state is None else "ended" if state.is_over else "open",
        answers=dict(found.answers) if is_open else None,
        asked=[one.id for one in found.asked(found.answers).fields] if is_open else [],
        problems=problem_items(mistakes, found.package.form),
        free_hours=[_free_hours(one) for one in free_hours(found, found.answers)] if is_open else [],
        ends_at=found.draft.ends_at if found.draft else None,
        case=_case(found),
    )


def _free_hours(one: FreeHours) -> schemas.FreeHoursItem:
    return schemas.FreeHoursItem(
        field=one.field,
        day_field=one.day_field,
        day=one.day,
        hours=_hours(one.hours),
        chosen=cast("schemas.NotFree | None", one.chosen or None),
        next=schemas.FreeDayItem(day=one.next[0], hours=_hours(one.next[1])) if one.next else None,
    )


def _hours(found: Hours) -> list[schemas.FreeHourItem]:
    return [
        schemas.FreeHourItem(value=value, clock=bookings.clock(minute), left=left)
        for value, minute, left in found
    ]


def _wait(runs: Runner, one: Waiting) -> schemas.WaitItem:
    manifest = runs.package.manifest
    return schemas.WaitItem(
        role=in_both(lambda language: case_words.role_name(manifest, one.node.lane, language)),
        step=in_both(lambda language: case_words.node_name(runs, one.node.id, language)),
        since=one.since,
        due_at=one.due,
        is_late=one.is_late,
    )


def _case(found: Application) -> schemas.CaseItem | None:
    case, state, runs = found.case, found.state, found.runs
    if case is None or state is None:
        return None
    entries = entries_of(case)
    now, told = outlook(case, runs, entries, at=found.at), replace(state, history=entries)
    return schemas.CaseItem(
        number=case.number,
        started_at=case.started_at,
        due_at=case.due_at,
        is_late=case.is_late,
        outcome=cast("schemas.Ended | None", case.outcome or None),
        finding=in_both(lambda language: case_words.finding(runs, state, language)),
        waits=[_wait(runs, one) for one in runs.waiting(state)],
        is_asked=bool(found.asked_for),
        may_object=found.may_object,
        may_reopen_until=now.until if may_reopen(now) is None else None,
        reopened_at=next((one.at for one in entries if one.what is Happened.REOPENED), None),
        history=[
            schemas.HappenedItem(
                at=one.at,
                kind=one.what,
                text=case_words.happened(runs, told, one, "en"),
            )
            for one in entries
        ],
        messages=[
            schemas.MessageItem(
                at=one.at,
                message=one.message,
                subject={language: text["subject"] for language, text in one.texts.items()},
                body={language: text["body"] for language, text in one.texts.items()},
            )
            for one in messages_of(case)
        ],
        papers=paper_items(found),
        bill=_bill(found),
        is_synthetic=case.is_synthetic,
    )


def _bill(found: Application) -> schemas.BillItem | None:
    bill = billing.newest(found.case.id) if found.case else None
    if bill is None or found.case is None:
        return None
    return schemas.BillItem(
        amount=bill.amount,
        state=billing.state_of(bill, found.case, at=found.at).value,
        code=bill.code or None,
        code_until=bill.code_until,
        until=bill.until,
        paid_at=bill.paid_at,
    )


def paper_items(found: Application) -> list[schemas.PaperItem]:
    """This function will return the documents that a case issued, in order; none of a form. At most two queries."""
    manifest = found.package.manifest
    names = {one.id: one.name for one in manifest.documents}
    return [
        schemas.PaperItem(
            nth=one.paper.nth + 1,
            document=one.paper.document,
            name=both(names[one.paper.document]),
            number=one.paper.number,
            at=one.paper.at,
            state=one.state.value,
            languages=list(one.languages),
        )
        for one in (issued_of(found.case, manifest, language="id") if found.case else ())
    ]
