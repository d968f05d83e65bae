"""The files of an application in the API: attached and read by its applicant, read by who has it at their seats."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import File, Form, Router
from ninja.files import UploadedFile

from livinglab.casework.api import schemas
from livinglab.casework.api.desk import find_waiting
from livinglab.casework.api.doors import (
    applicant_file_secret,
    applicant_secret,
    found_by,
    office_session,
    officer_of,
)
from livinglab.casework.api.offered import Code
from livinglab.casework.api.saying import refused_answers
from livinglab.casework.models import Attachment
from livinglab.casework.models.attachment import CONTENT_TYPES
from livinglab.casework.operations import attachments, drafts
from livinglab.casework.operations.attachments import FileRefused, NotStored, Place, StorageFailed
from livinglab.casework.operations.guesses import note_unknown, note_unknown_at_desk
from livinglab.casework.queries.applications import Application
from livinglab.casework.queries.attachments import (
    files_of_case,
    files_of_draft,
    find_of_case,
    find_of_draft,
)
from livinglab.casework.queries.running import state_of
from livinglab.casework.uploads import is_within_limit, refused_file, sent_file
from livinglab.kernel import clock
from livinglab.kernel.refusals import Refused
from livinglab.kernel.unknown import UnknownValue
from livinglab.packages.domain.form import Field, FieldType
from livinglab.packages.queries.cases import AnswersRefused, Mistake
from livinglab.ui.api import errors
from livinglab.ui.api.files import as_file
from livinglab.ui.api.lists import PlainText
from livinglab.ui.attachments import attachment

router = Router()
_HERE = "/regions/{code}/application/files"
_AT_DESK = "/regions/{code}/desk/{task_id}/files"
_KINDS = as_file(*CONTENT_TYPES, also_answers=(503,))
Question = Annotated[
    PlainText, Form(description="The id of the question that it answers.", examples=["family_card"])
]
Sent = Annotated[UploadedFile | None, File(description="PDF, JPEG or PNG, as the question says.")]


@router.get(
    _HERE,
    response=list[schemas.FileItem],
    auth=applicant_secret,
    tags=["applications"],
    summary="Files of an application",
)
def list_files(request: HttpRequest, code: Code) -> Any:
    """Those that its answers name, in the order in which they were attached."""
    return [_item(one) for one in _files(found_by(request))]


@router.post(
    _HERE,
    response=schemas.FileItem,
    openapi_extra={"responses": errors.also(429, 503)},
    auth=applicant_file_secret,
    tags=["applications"],
    summary="Attach a file to an application",
)
def attach_file(request: HttpRequest, code: Code, question: Question, file: Sent = None) -> Any:
    """Answers a question of a form, or of what the office asks. Another takes its place; null as answer removes it.

    Too many files from one address within an hour are 429.
    """
    found = found_by(request)
    asked = found.package.form.fields.get(question)
    if asked is None or asked.type is not FieldType.FILE:
        return refused_answers([Mistake(question, "wrong" if asked else "unasked")], found.package.form)
    if found.draft is None and not found.asked_for:
        return errors.error(422, "The office does not ask for anything now.", code="not_asked")
    if file is not None and not is_within_limit(request, at=clock.now()):
        return errors.error(429, "Too many files came from this address. Try again in an hour.")
    try:
        return _attached(request, found, asked)
    except FileRefused as refused:
        return refused_answers([refused_file(asked, refused)], found.package.form)
    except AnswersRefused as refused:
        return refused_answers(refused.mistakes, found.package.form)
    except Refused as refused:
        return errors.error(422, str(refused.refusal.reason), code=refused.refusal.code)
    except StorageFailed:
        return errors.error(503, "The file could not be kept just now. Try again in some minutes.")


@router.get(
    f"{_HERE}/{{file_id}}",
    openapi_extra=_KINDS,
    auth=applicant_secret,
    tags=["applications"],
    summary="A file of an application",
)
def get_file(request: HttpRequest, code: Code, file_id: UUID) -> Any:
    """As an attachment."""
    found = found_by(request)
    organization_id = found.organization.id
    if found.draft is not None:
        one = find_of_draft(organization_id, found.draft.id, file_id)
    else:
        assert found.case is not None, "what is no form is a case"
        one = find_of_case(organization_id, found.case.id, file_id, forms=("",))
    if one is None:
        note_unknown(organization_id=organization_id, at=clock.now())
        raise UnknownValue(_("file"), file_id, status=404)
    return _handed_out(one)


@router.get(
    _AT_DESK,
    response=list[schemas.FileItem],
    auth=office_session,
    tags=["desk"],
    summary="Files of the application that waits",
)
def list_task_files(request: HttpRequest, code: Code, task_id: UUID) -> Any:
    """Those that answers of the applicant and of offices name."""
    organization, user = officer_of(request)
    found = find_waiting(organization, user, task_id)
    return [_item(one) for one in files_of_case(found.case, state_of(found.case), of_offices=True)]


@router.get(
    f"{_AT_DESK}/{{file_id}}",
    openapi_extra=_KINDS,
    auth=office_session,
    tags=["desk"],
    summary="A file of the application that waits",
)
def get_task_file(request: HttpRequest, code: Code, task_id: UUID, file_id: UUID) -> Any:
    """As an attachment."""
    organization, user = officer_of(request)
    found = find_waiting(organization, user, task_id)
    one = find_of_case(organization.id, found.case_id, file_id)
    if one is None:
        note_unknown_at_desk(organization_id=organization.id, by=user.id, at=clock.now())
        raise UnknownValue(_("file"), file_id, status=404)
    return _handed_out(one)


def _attached(request: HttpRequest, found: Application, asked: Field) -> Any:
    upload = sent_file(request, asked, "file")
    if upload is None:
        return refused_answers([Mistake(asked.id, "required")], found.package.form)
    at = clock.now()
    place = (
        Place(draft_id=found.draft.id)
        if found.draft
        else Place(case_id=found.case.id if found.case else None)
    )
    answer = attachments.attach(
        organization=found.organization, place=place, question=asked, upload=upload, by=None, at=at
    )
    if found.draft is not None:
        drafts.save(organization=found.organization, token=found.token, answers={asked.id: answer}, at=at)
    return _item(attachments.waiting_file(found.organization.id, place, asked.id))


def _files(found: Application) -> tuple[Attachment, ...]:
    if found.draft is not None:
        return files_of_draft(found.organization.id, found.draft.id)
    assert found.case is not None, "what is no form is a case"
    assert found.state is not None, "a case stands somewhere"
    return files_of_case(found.case, found.state, of_offices=False)


def _item(one: Attachment) -> schemas.FileItem:
    return schemas.FileItem.model_validate(
        {
            "id": one.id,
            "step": one.form,
            "question": one.question,
            "name": one.name,
            "size": one.size,
            "content_type": one.content_type,
            "sha256": one.sha256,
            "at": one.uploaded_at,
        }
    )


def _handed_out(one: Attachment) -> Any:
    try:
        return attachment(attachments.open_file(one), one.name, one.content_type)
    except (NotStored, StorageFailed):
        return errors.error(503, _("The file cannot be opened just now. Try again in some minutes."))
