"""Forms that are being filled in: begun, saved page by page, dropped."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from secrets import token_urlsafe
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from livinglab.casework import policies
from livinglab.casework.domain.secrets import derived, fingerprint, is_token
from livinglab.casework.domain.states import Channel, ServiceState
from livinglab.casework.models import Draft, Service, ServicePlace
from livinglab.casework.operations import attachments
from livinglab.casework.queries.applications import own_id
from livinglab.casework.queries.attachments import is_file
from livinglab.casework.queries.running import package_of
from livinglab.kernel.identifiers import new_id
from livinglab.kernel.kept_queries import ALL, KeptModels
from livinglab.kernel.refusals import Refusal, Refused, ensure
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.queries import Organization
from livinglab.packages.queries.cases import AnswersRefused
from livinglab.packages.queries.filling import overlong

#: a form that nobody goes on with is deleted after this
KEPT: Final = timedelta(days=30)
#: forms that are deleted in one transaction
_AT_ONCE: Final = 500


class UnknownDraft(Exception):
    """There is no form at this address: it never was, was dropped, or nobody went on with it for a month."""


def begin(
    *,
    organization: Organization,
    service_id: UUID,
    unit_code: str = "",
    channel: Channel,
    applicant: UUID | None,
    helped_by: UUID | None,
    secret: str = "",
    at: datetime,
) -> tuple[Draft, str]:
    """This function will begin a form with the version at work, and return it with its secret address.

    The address is a new one, or `secret` where it follows from what is sent (`repeats`).
    Nobody acts who could be named and nothing is decided: there is no entry in the trail before an application is sent.
    Errors: `Refused` where the service takes nothing now, or is not offered in this place.
    """
    with tenancy(organization.id):
        service = Service.objects.get(organization_id=organization.id, id=service_id)
        ensure(policies.may_begin(state=ServiceState(service.state)))
        assert service.version_id is not None, "a service that is open has a version at work"
        if unit_code and not ServicePlace.objects.filter(service_id=service.id, unit_code=unit_code).exists():
            raise Refused(Refusal("not_offered", _("This place does not offer the service.")))
        draft_id = new_id()
        counted = _counter_token(draft_id) if channel is Channel.COUNTER else ""
        token = secret or counted or token_urlsafe(32)
        draft = Draft.objects.create(
            id=draft_id,
            organization_id=organization.id,
            service=service,
            version_id=service.version_id,
            unit_code=unit_code,
            secret=fingerprint(token),
            channel=channel,
            begun_at=at,
            saved_at=at,
            ends_at=at + KEPT,
            applicant=applicant,
            helped_by=helped_by,
        )
    return draft, token


def lock_draft(organization_id: UUID, token: str, *, at: datetime, applicant: UUID | None = None) -> Draft:
    """This function will return a form with its version, locked until the transaction ends. Errors: `UnknownDraft`.

    It is named by its secret or, for its `applicant`, who is signed in, by its id.
    """
    own = own_id(token) if applicant else None
    row = (
        Draft.objects.select_for_update(of=("self",))
        .select_related("version", "service")
        .defer("version__content")
        .filter(
            Q(id=own, applicant=applicant) if own else Q(secret=fingerprint(token)),
            organization_id=organization_id,
            ends_at__gt=at,
        )
        .first()
        if own or is_token(token)
        else None
    )
    if row is None:
        raise UnknownDraft
    return row


def _lock_alone(organization_id: UUID, token: str, *, at: datetime) -> Draft:
    """Return a form without its version, locked until the transaction ends."""
    found = _ALONE.read(organization_id, fingerprint(token), at) if is_token(token) else []
    if not found:
        raise UnknownDraft
    return found[0]


#: each page that is saved asks for it
_ALONE: Final = KeptModels(
    lambda organization_id, secret, at: (
        Draft.objects.select_for_update()
        .filter(organization_id=organization_id, secret=secret, ends_at__gt=at)
        .order_by()
    ),
    UUID(int=1),
    "secret",
    datetime(1, 1, 1, tzinfo=UTC),
    model=Draft,
    parts={"": ALL},
)


def save(
    *,
    organization: Organization,
    token: str,
    answers: Mapping[str, object],
    at: datetime,
    applicant: UUID | None = None,
) -> Draft:
    """This function will keep what was typed, whether it is right or not; an answer that is None is taken away.

    Errors: `UnknownDraft`; `AnswersRefused` for answers that take too much room; `Refused` for a form that was sent
    already.
    """
    with tenancy(organization.id):
        if applicant and own_id(token):
            row = lock_draft(organization.id, token, at=at, applicant=applicant)
        else:
            row = _lock_alone(organization.id, token, at=at)
        if row.case_id is not None:
            raise Refused(Refusal("sent_already", _("This application was sent already.")))
        before = row.answers
        together = {**before, **answers}
        row.answers = {name: value for name, value in together.items() if value is not None}
        if overlong({}, answers, before):
            raise AnswersRefused(overlong(package_of(row.version).form.fields, answers, before))
        row.saved_at, row.ends_at = at, at + KEPT
        row.save(update_fields=["answers", "saved_at", "ends_at"])
        if any(is_file(one) and row.answers.get(name) != one for name, one in before.items()):
            attachments.settle(organization.id, attachments.Place(draft_id=row.id), row.answers)
    return row


def go_on(*, organization: Organization, draft_id: UUID, helper: UUID, at: datetime) -> str:
    """This function will return the secret address of a form, for the officer who fills it in with a citizen.

    It is the address that the form had, so another tab that shows it goes on working. Where the installation's key
    changed since, it is a new one, and the old one stops working. Errors: `UnknownDraft` for what is not theirs.
    """
    token = _counter_token(draft_id)
    with tenancy(organization.id):
        under_way = Draft.objects.filter(
            organization_id=organization.id,
            id=draft_id,
            helped_by=helper,
            channel=Channel.COUNTER,
            case_id__isnull=True,
            ends_at__gt=at,
        )
        if not under_way.update(secret=fingerprint(token)):
            raise UnknownDraft
    return token


def _counter_token(draft_id: UUID) -> str:
    """Return the secret address of a form at a counter. It can be said again there, so it is made of the form's id.

    Nobody makes it without the installation's key; of those that citizens begin nothing but the hash is kept.
    """
    return derived(settings.SECRET_KEY, f"casework/counter/{draft_id}")


def drop_ended(*, organization_id: UUID, at: datetime, limit: int = _AT_ONCE) -> int:
    """This function will delete the forms that nobody went on with, with their files, and count them.

    A form that became a case stays as long as its address may be asked for: its answers went over to the case.
    """
    with tenancy(organization_id):
        rows = Draft.objects.select_for_update(skip_locked=True).filter(
            organization_id=organization_id, case_id__isnull=True, ends_at__lte=at
        )
        ids = list(rows.order_by("ends_at").values_list("id", flat=True)[:limit])
        attachments.drop_of_drafts(organization_id, ids)
        Draft.objects.filter(organization_id=organization_id, id__in=ids).delete()
    return len(ids)
