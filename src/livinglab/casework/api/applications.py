"""One application for programs of its applicant: fill in, send, follow, answer, withdraw."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from io import BytesIO
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
from livinglab.casework.operations.guesses import note_unknown
from livinglab.casework.operations.papers import UnknownPaper, file_for_applicant
from livinglab.casework.queries.applications import Application, papers_of
from livinglab.casework.queries.attachments import waiting_answers
from livinglab.casework.queries.papers import file_name
from livinglab.kernel import clock
from livinglab.kernel.refusals import Refused
from livinglab.kernel.tenancy import tenancy
from livinglab.kernel.unknown import UnknownValue
from livinglab.signatures.queries.issued import file_of
from livinglab.ui.api import errors
from livinglab.ui.api.files import as_file
from livinglab.ui.attachments import attachment

router = Router(tags=["applications"], auth=applicant_secret)
_HERE = "/regions/{code}/application"
Nth = Annotated[int, Path(ge=1, le=1000, examples=[1])]
WrittenIn = Annotated[str, Path(pattern="^[a-z]{2}$", examples=["id"])]


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
def get_paper(request: HttpRequest, code: Code, nth: Nth) -> Any:
    """HTML by language, as its page shows it."""
    found = found_by(request)
    item = _nth(found, nth)
    assert found.case is not None, "a form has no documents"
    return schemas.PaperText(**item.dict(), pages=papers_of(found.case)[nth - 1].pages)


@router.get(
    f"{_HERE}/papers/{{nth}}/{{language}}.pdf",
    openapi_extra=as_file("application/pdf", also_answers=(409, 503)),
    summary="A document as PDF",
)
def get_paper_file(request: HttpRequest, code: Code, nth: Nth, language: WrittenIn) -> Any:
    """The file that carries the signature, or one that needs none; a revoked one as it is. 409 until it is signed."""
    found = found_by(request)
    item = _nth(found, nth)
    assert found.case is not None, "a form has no documents"
    try:
        document = file_for_applicant(
            organization=found.organization,
            case_id=found.case.id,
            nth=nth - 1,
            written_in=language,
            origin=request.build_absolute_uri("/").removesuffix("/"),
            at=clock.now(),
        )
    except UnknownPaper:
        raise _unknown(found, _("language"), language, item.languages) from None
    except Refused as refused:
        why = refused.refusal
        return errors.error(409 if why.code == "not_signed_yet" else 503, str(why.reason), code=why.code)
    with tenancy(found.organization.id):
        file = file_of(found.organization.id, document.id)
    return attachment(BytesIO(file), file_name(item.number, language), "application/pdf")


def _nth(found: Application, nth: int) -> schemas.PaperItem:
    """Return a document of a case. Errors: `UnknownValue`, with an entry in the trail as for its page."""
    items = paper_items(found)
    if nth > len(items):
        raise _unknown(found, _("document"), nth, range(1, len(items) + 1))
    return items[nth - 1]


def _unknown(found: Application, name: str, given: object, known: Iterable[str | int]) -> UnknownValue:
    note_unknown(organization_id=found.organization.id, at=clock.now())
    return UnknownValue(name, given, known, status=404)


def _not_sent() -> Any:
    return errors.error(422, "This application was not sent yet.", code="not_sent")
