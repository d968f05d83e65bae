"""Files that answer questions: attached, replaced, removed, given with a form, handed out, forgotten."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256 as hashed
from typing import BinaryIO, Final
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from livinglab.audit import operations as audit
from livinglab.casework.domain.pictures import NotPicture, bare
from livinglab.casework.models import Attachment, Case, Draft, Publication
from livinglab.casework.models.attachment import XLSX
from livinglab.casework.operations.locking import lock_case
from livinglab.casework.queries.attachments import answer_of, is_named
from livinglab.evidence import operations as evidence
from livinglab.evidence.operations import Fault, FileRefused, NotStored, StorageFailed, Upload
from livinglab.kernel.refusals import Refusal, Refused
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.queries import Organization
from livinglab.packages.domain.form import Field
from livinglab.packages.queries.answering import most_bytes

__all__ = ["Fault", "FileRefused", "NotStored", "StorageFailed", "Upload"]

TASK: Final = "casework.forget_file"
_PICTURES: Final = frozenset({"image/jpeg", "image/png"})
#: a younger file may belong to a request that is still under way
_LEFT_OVER: Final = timedelta(days=1)
#: what `x-accept` of a question means here
_ACCEPTED: Final[Mapping[str, frozenset[str]]] = {
    "image": _PICTURES,
    "pdf": frozenset({"application/pdf"}),
    "csv": frozenset({"text/csv"}),
    "xlsx": frozenset({XLSX}),
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a file is attached: to a form that is being filled in, or to a case; `form` names an office's step."""

    draft_id: UUID | None = None
    case_id: UUID | None = None
    form: str = ""


def attach(
    *,
    organization: Organization,
    place: Place,
    question: Field,
    upload: Upload,
    by: UUID | None,
    at: datetime,
) -> dict[str, object]:
    """This function will keep a file as the answer to a question and return that answer; it replaces what waits there.

    The caller has checked that it is the applicant, or an officer at the step. Attached again, nothing changes.
    Errors: `FileRefused`; `StorageFailed`; `Refused` for a form that was sent meanwhile; `UnknownCase`.
    """

    def is_infected() -> None:
        note_infected(organization, by=by, at=at)

    taken = frozenset().union(*(_ACCEPTED.get(kind, frozenset()) for kind in question.accept))
    with evidence.suitable(
        upload, limit=most_bytes(question), content_types=taken, is_infected=is_infected
    ) as looked:
        sha256, size = _without_metadata(looked)
        with tenancy(organization.id):
            _lock(organization, place, at=at)
            with evidence.keep_beside(organization.id, sha256, looked.path):
                row = _waiting(organization.id, place).filter(question=question.id).first()
                before = row.sha256 if row else ""
                row = row or Attachment(
                    organization_id=organization.id,
                    draft_id=place.draft_id,
                    case_id=place.case_id,
                    form=place.form,
                    question=question.id,
                )
                row.sha256, row.size, row.content_type = sha256, size, looked.content_type
                row.name, row.uploaded_at, row.uploaded_by = looked.name, at, by
                row.save()
            if before and before != sha256:
                plan_forgetting(organization.id, before)
    return answer_of(row)


def note_infected(organization: Organization, *, by: UUID | None, at: datetime) -> None:
    """This function will have the trail say that somebody sent an infected file."""
    audit.record(
        organization_id=organization.id, by=by, at=at, action="casework.infected_file_refused", subject=""
    )


def settle(organization_id: UUID, place: Place, answers: Mapping[str, object]) -> bool:
    """This function will drop the files that wait at a place and that its answers do not name; say whether any stay."""
    rows = list(_waiting(organization_id, place))
    _drop(organization_id, [one for one in rows if not is_named(answers, one)])
    return any(is_named(answers, one) for one in rows)


def waiting_file(organization_id: UUID, place: Place, question: str) -> Attachment:
    """This function will return the file that waits as the answer to a question. Errors: `Attachment.DoesNotExist`."""
    return _waiting(organization_id, place).get(question=question)


def give(row: Case, *, form: str, answers: Mapping[str, object], at: datetime) -> None:
    """This function will make what waits with a form of a case part of it, as far as its answers name it."""
    place = Place(case_id=row.id, form=form)
    if settle(row.organization_id, place, answers):
        _waiting(row.organization_id, place).update(given_at=at)


def hand_over(draft: Draft, row: Case, *, answers: Mapping[str, object], at: datetime) -> None:
    """This function will make the files of a form those of the case that became of it."""
    place = Place(draft_id=draft.id)
    if settle(row.organization_id, place, answers):
        _waiting(row.organization_id, place).update(draft_id=None, case_id=row.id, given_at=at)


def drop_of_drafts(organization_id: UUID, draft_ids: list[UUID]) -> None:
    """This function will drop the files of forms that are about to be deleted.

    So it does with what stayed with a form that was sent: a file whose answer was refused after it was attached.
    """
    of_drafts = Q(draft_id__in=draft_ids) | Q(draft__case_id__isnull=False)
    rows = Attachment.objects.filter(of_drafts, organization_id=organization_id, draft__isnull=False)
    _drop(organization_id, list(rows))


def drop_of_cases(organization_id: UUID, case_ids: Sequence[UUID]) -> int:
    """This function will drop every file of cases whose data is about to be deleted, and count them."""
    rows = list(Attachment.objects.filter(organization_id=organization_id, case_id__in=case_ids))
    _drop(organization_id, rows)
    return len(rows)


def open_file(one: Attachment | Publication) -> BinaryIO:
    """This function will return what a file holds, to read and close. Errors: `NotStored`, `StorageFailed`."""
    return evidence.open_beside(one.organization_id, one.sha256)


def forget(*, organization_id: UUID, sha256: str) -> bool:
    """This function will delete a stored file that no answer and no publication names any more; say whether it did."""
    named = {"organization_id": organization_id, "sha256": sha256}

    def is_named() -> bool:
        return Attachment.objects.filter(**named).exists() or Publication.objects.filter(**named).exists()

    with tenancy(organization_id):
        return evidence.forget_beside(organization_id, sha256, is_named=is_named)


def forget_leftovers(*, at: datetime) -> int:
    """This function will delete stored files that no answer names since more than a day, and count them.

    A request that failed behind its upload leaves one. Each is looked for again under the lock of its content, so one
    that somebody sends anew at this moment stays, or is stored again. Errors: `StorageFailed`.
    """
    lying = evidence.lying_beside(before=at - _LEFT_OVER)
    return sum(_forget_leftovers_of(one, hashes, at=at) for one, hashes in lying.items())


def _forget_leftovers_of(organization_id: UUID, hashes: Sequence[str], *, at: datetime) -> int:
    with tenancy(organization_id):
        named = {
            one
            for model in (Attachment, Publication)
            for one in model.objects.filter(organization_id=organization_id).values_list("sha256", flat=True)
        }
    count = sum(forget(organization_id=organization_id, sha256=one) for one in hashes if one not in named)
    if count:
        with tenancy(organization_id):
            audit.record(
                organization_id=organization_id,
                by=None,
                at=at,
                action="casework.leftover_files_forgotten",
                facts={"count": count},
            )
    return count


def _lock(organization: Organization, place: Place, *, at: datetime) -> None:
    if place.case_id is not None:
        lock_case(organization.id, place.case_id)
        return
    assert place.draft_id is not None, "a file is attached to a form or a case"
    rows = Draft.objects.select_for_update().filter(organization_id=organization.id, id=place.draft_id)
    if not rows.filter(case_id__isnull=True, ends_at__gt=at).exists():
        raise Refused(Refusal("sent_already", _("This application was sent already.")))


def _waiting(organization_id: UUID, place: Place) -> "QuerySet[Attachment]":
    rows = Attachment.objects.filter(organization_id=organization_id, given_at__isnull=True)
    if place.draft_id is not None:
        return rows.filter(draft_id=place.draft_id)
    assert place.case_id is not None, "a file is attached to a form or a case"
    return rows.filter(case_id=place.case_id, form=place.form)


def _drop(organization_id: UUID, rows: list[Attachment]) -> None:
    if not rows:
        return
    Attachment.objects.filter(organization_id=organization_id, id__in=[one.id for one in rows]).delete()
    for sha256 in {one.sha256 for one in rows}:
        plan_forgetting(organization_id, sha256)


def plan_forgetting(organization_id: UUID, sha256: str) -> None:
    """This function will have a stored file deleted that nothing names any more.

    A job, so that a write that is taken back takes no file with it.
    """
    app.configure_task(TASK, queue="casework", allow_unknown=True).defer(
        organization_id=str(organization_id), sha256=sha256
    )


def _without_metadata(looked: evidence.Looked) -> tuple[str, int]:
    """Lay the file down again without what a camera wrote into it; return its hash and size."""
    if looked.content_type not in _PICTURES:
        return looked.sha256, looked.size
    try:
        content = bare(looked.path.read_bytes(), looked.content_type)
    except NotPicture:
        raise FileRefused(Fault.DAMAGED) from None
    looked.path.write_bytes(content)
    return hashed(content).hexdigest(), len(content)
