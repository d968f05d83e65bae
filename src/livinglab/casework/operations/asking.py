"""An applicant whose case has ended is asked once how satisfied they are."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from livinglab.casework.models import Case, Message
from livinglab.casework.queries.running import package_of
from livinglab.organizations.queries import Organization, organizations
from livinglab.packages.domain.manifest import Manifest
from livinglab.packages.domain.process import Outcome
from livinglab.surveys import operations as surveys
from livinglab.surveys.queries.links import case_state, token_of

#: the step that every case comes to: its end
ENDED: Final = "ended"
_DAYS_OF_A_MONTH: Final = 30


def ask(*, organization: Organization, row: Case, by: UUID | None, at: datetime) -> str:
    """This function will ask about a case that has ended, and return what opens the survey.

    Asked again, the applicant gets a new link and still counts once. Errors: `Refused` once it was answered.
    """
    manifest = package_of(row.version).manifest
    asked = surveys.Asked(
        service_id=row.service_id,
        package=f"{manifest.publisher.code}/{manifest.id}",
        version=row.version.release,
        case_id=row.id,
        step=ENDED,
        names={language: manifest.name.in_language(language) for language in ("id", "en")},
        comment_until=(at + timedelta(days=manifest.data.keep_months * _DAYS_OF_A_MONTH)).date(),
        is_synthetic=row.is_synthetic,
    )
    return surveys.invite(organization_id=organization.id, asked=asked, by=by, at=at)


def is_answered(row: Case, *, at: datetime) -> bool:
    """This function will tell whether the applicant said how satisfied they are at an earlier end of the case."""
    return case_state(row.id, ENDED, at=at) == "answered"


def is_asked(outcome: str, manifest: Manifest) -> bool:
    """This function will tell whether somebody whose case came to this end is asked: not who withdrew.

    A package says whether its applicants are asked at all (`survey`).
    """
    return manifest.has_survey and outcome not in ("", Outcome.WITHDRAWN)


def invitation(row: Case, *, at: datetime, nth: int) -> str:
    """This function will return the sentence with the link to the questions for a message of a case, "" for none.

    The last message at the end of a case carries it, by whichever way it leaves and however often. Inside the
    organisation's transaction and the applicant's language.
    """
    if not row.outcome or row.ended_at != at:
        return ""
    if Message.objects.filter(case_id=row.id, at=at, nth__gt=nth).exists():
        return ""
    token = token_of(row.organization_id, row.id, ENDED, at=at)
    if not token:
        return ""
    code = organizations().values_list("code", flat=True).get(id=row.organization_id)
    link = settings.PUBLIC_URL + reverse("surveys:survey", args=[code, token])
    return _("How was it? Nine short questions, without an account: %(link)s") % {"link": link}
