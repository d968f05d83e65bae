"""A complaint that a program sends at once, form and case in one transaction; and one that begins at an application."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from livinglab.casework.domain.complaints import answers_about
from livinglab.casework.domain.states import Channel
from livinglab.casework.models import Case, OfferedService
from livinglab.casework.operations import attachments, cases, drafts
from livinglab.casework.operations.attachments import Fault, FileRefused, Place, Upload
from livinglab.casework.operations.repeats import repeated, secrets_of
from livinglab.casework.queries.complaints import complaint_service_about
from livinglab.casework.queries.running import package_of
from livinglab.kernel.refusals import Refusal, Refused
from livinglab.organizations.queries import Organization
from livinglab.packages.domain.form import Field


def report(
    service: OfferedService,
    *,
    answers: Mapping[str, object],
    file: tuple[Field, Upload] | None = None,
    key: str = "",
    at: datetime,
) -> tuple[Case, str]:
    """This function will make a case of answers and perhaps a file, and return it with its secret.

    `key` names the act: the same complaint with it returns the same case and changes nothing. Without one, so does the
    same complaint of the same telephone or address of mail within ten minutes.
    Errors: `Refused` where the service takes nothing now; `AnswersRefused` with every mistake; `FileRefused`;
    `StorageFailed`. Nothing is kept then, but that an infected file was sent.
    """
    here = service.organization_id
    secrets = secrets_of(service, answers=answers, file=file[1] if file else None, key=key, at=at)
    if known := repeated(here, secrets, key=key, at=at):
        return known
    try:
        return _reported(service, answers=answers, file=file, secret=secrets[0] if secrets else "", at=at)
    except IntegrityError:  # somebody sent the same at the same moment, and was first
        if known := repeated(here, secrets, key=key, at=at):
            return known
        raise
    except FileRefused as refused:
        if refused.fault is Fault.INFECTED:  # what was said of it inside was taken back
            attachments.note_infected(service.organization, by=None, at=at)
        raise


def _reported(
    service: OfferedService,
    *,
    answers: Mapping[str, object],
    file: tuple[Field, Upload] | None,
    secret: str,
    at: datetime,
) -> tuple[Case, str]:
    organization = service.organization
    with transaction.atomic():
        draft, token = drafts.begin(
            organization=organization,
            service_id=service.service_id,
            channel=Channel.SELF,
            applicant=None,
            helped_by=None,
            secret=secret,
            at=at,
        )
        drafts.save(organization=organization, token=token, answers=answers, at=at)
        if file is not None:
            question, upload = file
            place = Place(draft_id=draft.id)
            kept = attachments.attach(
                organization=organization, place=place, question=question, upload=upload, by=None, at=at
            )
            drafts.save(organization=organization, token=token, answers={question.id: kept}, at=at)
        case = cases.submit(organization=organization, token=token, by=None, at=at)
    return case, token


def begin_about(*, organization: Organization, case: Case, applicant: UUID | None, at: datetime) -> str:
    """This function will begin the form of a complaint about an application, and return its secret.

    Topic and number are filled in where the form has them. Errors: `Refused` where no service takes complaints about it
    now.
    """
    with transaction.atomic():
        service = complaint_service_about(organization.id, case.service_id)
        if service is None:
            raise Refused(Refusal("no_complaints", _("This region takes no complaints here now.")))
        draft, token = drafts.begin(
            organization=organization,
            service_id=service.service_id,
            channel=Channel.SELF,
            applicant=applicant,
            helped_by=None,
            at=at,
        )
        answers = answers_about(package_of(draft.version).form, case.number)
        drafts.save(organization=organization, token=token, answers=answers, at=at)
    return token
