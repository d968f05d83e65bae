"""The data of applicants is deleted: after its last day, when they ask for it, and forms that nobody goes on with.

What becomes of which field stands in `domain.forgetting`. What is left are the number, the service, when and how it
ended, the figures, the register's numbers, and what proves the signature of a document that somebody holds.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import connection

from livinglab.audit import operations as audit
from livinglab.casework import policies
from livinglab.casework.domain.complaints import APPLICATION
from livinglab.casework.domain.forgetting import BATCH
from livinglab.casework.models import (
    Bill,
    Booking,
    Case,
    Delivery,
    Disposition,
    Draft,
    Erasure,
    Message,
    OutsideCall,
    OwnCase,
    Paper,
    Publication,
    Reopening,
)
from livinglab.casework.operations import attachments, farewells
from livinglab.casework.operations.drafts import drop_ended, lock_draft
from livinglab.casework.queries.forgetting import due_cases, due_drafts
from livinglab.casework.queries.papers import KIND
from livinglab.kernel.refusals import Refused
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.queries import Organization, organizations
from livinglab.signatures.operations import documents

#: what of a state is left: whatever it says of tokens and numbers of documents, so that it can still be read
_EMPTY: Final = json.dumps(
    {
        "parameters": {},
        "tasks": {},
        "rules": {},
        "checks": {},
        "bookings": {},
        "published": [],
        "sent": [],
        "history": [],
    }
)
#: a complaint still counts for the application that it names, where there is one
_STATES: Final = """
UPDATE casework_case AS held SET applicant = NULL, email = '', phone = '', by_phone = '', consented_at = NULL,
  forgotten_at = %s, state = held.state || %s::jsonb || jsonb_build_object('answers',
    CASE WHEN EXISTS (
      SELECT 1 FROM casework_case AS named WHERE named.organization_id = held.organization_id
      AND named.number = upper(trim(held.state #>> %s))
    ) THEN jsonb_build_object(%s::text, held.state #> %s) ELSE '{}'::jsonb END)
WHERE held.organization_id = %s AND held.id = ANY(%s)
"""


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How much was deleted, or would be: the data of ended cases, and forms that nobody went on with."""

    cases: int
    drafts: int


def forget_due(*, organization_id: UUID, at: datetime, batch: int = BATCH) -> Forgotten:
    """This function will delete what is kept no longer in an organisation, and return how much that was.

    Each batch has a transaction and an audit entry of its own: what stops half-way is gone on with by a second call.
    """
    organization = organizations().get(id=organization_id)
    forgotten, dropped = 0, 0
    while True:
        with tenancy(organization_id):
            found = due_cases(organization, at=at, limit=batch, is_locked=True)
            _forget(organization_id, found, at=at)
            left = drop_ended(organization_id=organization_id, at=at, limit=batch)
            if found or left:
                _record(organization_id, {"cases": len(found), "drafts": left}, by=None, at=at)
        forgotten, dropped = forgotten + len(found), dropped + left
        if not found and not left:
            return Forgotten(forgotten, dropped)


def foresee(*, organization_id: UUID, at: datetime) -> Forgotten:
    """This function will return what `forget_due` would delete now; nothing is changed."""
    organization = organizations().get(id=organization_id)
    with tenancy(organization_id):
        drafts = due_drafts(organization_id, at=at).count()
        return Forgotten(len(due_cases(organization, at=at, limit=None)), drafts)


def forget_case(*, organization: Organization, row: Case, by: UUID | None, at: datetime) -> None:
    """This function will delete the data of an ended case, which the caller has locked; a repeat changes nothing."""
    if row.forgotten_at is None:
        _forget(organization.id, [row.id], at=at)
        _record(organization.id, {"cases": 1, "drafts": 0}, by=by, at=at)


def drop_draft(*, organization: Organization, token: str, by: UUID | None, at: datetime) -> None:
    """This function will delete a form that was not sent. The caller knows its secret: it is their own.

    Errors: `UnknownDraft`; `Refused` where it was sent meanwhile.
    """
    with tenancy(organization.id):
        draft = lock_draft(organization.id, token, at=at, applicant=by)
        if draft.case_id is not None:
            raise Refused(policies.SENT)
        attachments.drop_of_drafts(organization.id, [draft.id])
        draft.delete()
        _record(organization.id, {"cases": 0, "drafts": 1}, by=by, at=at)


def _forget(organization_id: UUID, case_ids: Sequence[UUID], *, at: datetime) -> None:
    if not case_ids:
        return
    here = {"organization_id": organization_id, "case_id__in": case_ids}
    asked = Erasure.objects.filter(**here, decided_at__isnull=True)  # their last day came before the answer
    for one in asked.select_related("case").defer("case__state"):
        farewells.plan(one.case, at=at)
    Booking.objects.filter(**here).delete()
    Delivery.objects.filter(**here).delete()
    Message.objects.filter(**here).delete()
    attachments.drop_of_cases(organization_id, case_ids)
    drafts = Draft.objects.filter(**here)
    attachments.drop_of_drafts(organization_id, list(drafts.values_list("id", flat=True)))
    drafts.delete()
    Erasure.objects.filter(**here, is_granted=False).delete()
    Erasure.objects.filter(**here, decided_at__isnull=True).update(decided_at=at, is_granted=True)
    OutsideCall.objects.filter(**here).exclude(reason="").update(reason="")
    Bill.objects.filter(**here).exclude(code="").update(code="")
    Reopening.objects.filter(**here).update(reason="")
    Disposition.objects.filter(**here).update(instruction="")
    Publication.objects.filter(**here).update(case_id=None)
    OwnCase.objects.filter(**here).update(papers=[], forgotten_at=at)
    papers = Paper.objects.filter(**here)
    documents.delete_files(
        organization_id=organization_id, kind=KIND, subject_ids=papers.values_list("id", flat=True), at=at
    )
    papers.filter(signed_by__isnull=True).update(signer="")  # nobody is asked to sign what is not there
    papers.update(pages={})
    path = ["answers", APPLICATION]
    with connection.cursor() as cursor:
        cursor.execute(_STATES, [at, _EMPTY, path, APPLICATION, path, organization_id, list(case_ids)])


def _record(organization_id: UUID, facts: dict[str, int], *, by: UUID | None, at: datetime) -> None:
    audit.record(organization_id=organization_id, by=by, at=at, action="casework.data_deleted", facts=facts)
