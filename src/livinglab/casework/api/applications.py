"""One application for programs of its applicant: fill in, send, follow, answer, withdraw."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Path, Router

from livinglab.casework.api import schemas
from livinglab.casework.api.doors import applicant_secret, found_by
from livinglab.casework.api.offered import Code
from livinglab.casework.api.saying import (
    attempted,
    filed,
    filed_again,
    paper_items,
    refused_answers,
)
from livinglab.casework.domain.given import misfits
from livinglab.casework.operations import cases, drafts, reopening
from livinglab.casework.queries.applications import papers_of
from livinglab.casework.queries.attachments import waiting_answers
from livinglab.kernel import clock
from livinglab.kernel.unknown import UnknownValue
from livinglab.ui.api import errors

router = Router(tags=["applications"], auth=applicant_secret)
_HERE = "/regions/{code}/application"


@router.get(_HERE, response=schemas.FiledItem, summary="How an application stands")
def get_application(request: HttpRequest, code: Code) -> Any:
    """A form with what is still wrong, or a case with who has it and by when."""
    return filed(found_by(request))


@router.put(f"{_HERE}/answers", response=schemas.FiledItem, summary="Keep answers of a form")
def save_answers(request: HttpRequest, code: Code, given: schemas.AnswersBody) -> Any:
    """What is wrong is kept too, and named. Files are attached by themselves; answers of no question are refused."""
    found = found_by(request)
    if wrong := misfits(found.package.form.fields, given.answers):
        return refused_answers(wrong, found.package.form)
    act = partial(
        drafts.save,
        organization=found.organization,
        token=found.token,
        answers=given.answers,
        at=clock.now(),
    )
    return attempted(act, found.package.form) or filed_again(found)


@router.post(f"{_HERE}/submission", response=schemas.FiledItem, summary="Send an application")
def submit_application(request: HttpRequest, code: Code) -> Any:
    """The secret is the key of this act: sent again, the same case comes back. 422 names what is wrong."""
    found = found_by(request)
    act = partial(cases.submit, organization=found.organization, token=found.token, by=None, at=clock.now())
    return attempted(act, found.package.form) or filed_again(found)


@router.post(f"{_HERE}/reply", response=schemas.FiledItem, summary="Answer the office")
def reply_to_office(request: HttpRequest, code: Code, given: schemas.ActBody) -> Any:
    """Completes the form as the office asked; what is not named stays as it was sent, or as it was attached since."""
    found = found_by(request)
    if found.case is None:
        return _not_sent()
    if wrong := misfits(found.package.form.fields, given.answers):
        return refused_answers(wrong, found.package.form)
    waiting = waiting_answers(found.organization.id, case_id=found.case.id, form="")
    act = partial(
        cases.answer,
        organization=found.organization,
        case_id=found.case.id,
        task=found.asked_for,
        answers={**waiting, **given.answers},
        key=given.key,
        by=None,
        at=clock.now(),
    )
    return attempted(act, found.package.form) or filed_again(found)


@router.post(f"{_HERE}/withdrawal", response=schemas.FiledItem, summary="Withdraw an application")
def withdraw_application(request: HttpRequest, code: Code) -> Any:
    """Ends the case for its applicant; sent again, nothing happens."""
    found = found_by(request)
    if found.case is None:
        return _not_sent()
    act = partial(
        cases.withdraw,
        organization=found.organization,
        case_id=found.case.id,
        key="withdraw",
        by=None,
        at=clock.now(),
    )
    return attempted(act, None) or filed_again(found)


@router.post(f"{_HERE}/reopening", response=schemas.FiledItem, summary="Have an ended case opened again")
def reopen_application(request: HttpRequest, code: Code, given: schemas.ReopeningBody) -> Any:
    """Puts it back to the office that decided, once for ever; 422 says why not. Sent again with its key: nothing."""
    found = found_by(request)
    if found.case is None:
        return _not_sent()
    act = partial(
        reopening.reopen,
        organization=found.organization,
        case_id=found.case.id,
        reason=given.reason,
        key=given.key,
        by=None,
        at=clock.now(),
    )
    return attempted(act, None) or filed_again(found)


@router.get(f"{_HERE}/papers", response=list[schemas.PaperItem], summary="Documents of an application")
def list_papers(request: HttpRequest, code: Code) -> Any:
    """With the numbers of the office's register, in the order in which they were issued."""
    return paper_items(found_by(request))


@router.get(f"{_HERE}/papers/{{nth}}", response=schemas.PaperText, summary="The text of a document")
def get_paper(
    request: HttpRequest, code: Code, nth: Annotated[int, Path(ge=1, le=1000, examples=[1])]
) -> Any:
    """HTML by language, as its page shows it."""
    found = found_by(request)
    items = paper_items(found)
    if found.case is None or nth > len(items):
        raise UnknownValue(_("document"), nth, range(1, len(items) + 1), status=404)
    return schemas.PaperText(**items[nth - 1].dict(), pages=papers_of(found.case)[nth - 1].pages)


def _not_sent() -> Any:
    return errors.error(422, "This application was not sent yet.", code="not_sent")
