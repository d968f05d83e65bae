"""A complaint that a program sends at once: form and case in one transaction."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from livinglab.casework.domain.states import Channel
from livinglab.casework.models import Case, OfferedService
from livinglab.casework.operations import cases, drafts


def report(service: OfferedService, *, answers: Mapping[str, object], at: datetime) -> tuple[Case, str]:
    """This function will make a case of answers, and return it with its secret.

    Errors: `Refused` where the service takes nothing now; `AnswersRefused` with every mistake. Nothing is kept then.
    """
    organization = service.organization
    with transaction.atomic():
        _draft, token = drafts.begin(
            organization=organization,
            service_id=service.service_id,
            channel=Channel.SELF,
            applicant=None,
            helped_by=None,
            at=at,
        )
        drafts.save(organization=organization, token=token, answers=answers, at=at)
        case = cases.submit(organization=organization, token=token, by=None, at=at)
    return case, token
