"""Offices publish by a step of a case, and whoever answers for the services withdraws.

The entry is written in the transaction of the step: a step that fails publishes nothing, a repeat of it changes
nothing, and the same step done anew (a case that was opened again) makes the next edition of the same entry.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

from django.utils.translation import gettext

from livinglab.accounts.queries import User
from livinglab.audit import operations as audit
from livinglab.casework import policies
from livinglab.casework.domain.publishing import named_in, of_applicant
from livinglab.casework.events import EntryPublished, EntryWithdrawn
from livinglab.casework.models import Attachment, Case, Publication, PublishedText
from livinglab.casework.operations import attachments
from livinglab.casework.queries.attachments import is_file
from livinglab.kernel.events import publish as publish_event
from livinglab.kernel.freshness import changed
from livinglab.kernel.refusals import ensure
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.queries import Organization, roles_in
from livinglab.packages.domain.form import Field
from livinglab.packages.domain.process import Publishes
from livinglab.packages.domain.publications import PARTS, SAFE_LINK
from livinglab.packages.domain.running.state import Published
from livinglab.packages.queries import cases
from livinglab.packages.queries.cases import AnswersRefused, Mistake, Runner

#: what pages about publications are fresh by
TOPIC: Final = "casework.publications"
#: parts of a form that are no columns of an entry
_NOT_KEPT: Final = frozenset({"holds", "file"})
#: of what it says, what a search reads
_SEARCHED: Final = ("title", "description", "keeper", "document_type", "document_number")
_YEARS: Final = frozenset({"from_year", "until_year", "document_year"})
#: what an entry says, emptied when it is withdrawn
_SAID: Final = (
    *("title", "description", "keeper", "licence", "frequency", "document_type", "document_number"),
    *("status", "related", "link", "sha256", "content_type", "file_name"),
)


class UnknownPublication(Exception):
    """The organisation published nothing under this number."""


def publish(
    row: Case, before: cases.Case, after: cases.Case, *, runs: Runner, by: UUID | None, at: datetime
) -> None:
    """This function will keep what a move of a case published. The caller has locked the case."""
    known = {one.step: one.edition for one in before.published}
    for one in after.published:
        if known.get(one.step) != one.edition:
            _keep(row, one, after.tasks.get(one.form, {}), runs=runs, by=by, at=at)


def ensure_impersonal(before: cases.Case, after: cases.Case, *, runs: Runner) -> None:
    """This function will refuse a step that would publish the case's number, or who applied.

    Errors: `AnswersRefused`, at the question where it stands.
    """
    known = {one.step: one.edition for one in before.published}
    for one in after.published:
        if known.get(one.step) == one.edition:
            continue
        said = after.tasks.get(one.form, {})
        if found := tuple(named_in(said, of_applicant(runs.package.form, after.answers), after.number)):
            sentence = gettext("This becomes public, and it names the applicant or the case. Take that out.")
            raise AnswersRefused(tuple(Mistake(name, "said", {"sentence": sentence}) for name in found))


def withdraw(*, organization: Organization, number: str, reason: str, by: User, at: datetime) -> Publication:
    """This function will take an entry back: its address says when and why, and nothing of what it said.

    One that was withdrawn stays as it is. Errors: `UnknownPublication`; `Refused` by the policies.
    """
    reason = reason.strip()
    with tenancy(organization.id):
        ensure(policies.may_decide(roles_in(by, organization.id)))
        rows = Publication.objects.select_for_update()
        one = rows.filter(organization_id=organization.id, number=number).first()
        if one is None:
            raise UnknownPublication(number)
        if one.withdrawn_at is not None:
            return one
        ensure(policies.may_withdraw_publication(reason=reason))
        content = one.sha256
        for name in _SAID:
            setattr(one, name, "")
        for name in _YEARS:
            setattr(one, name, None)
        one.size, one.reason = 0, reason
        one.withdrawn_at, one.withdrawn_by = at, by.id
        one.save()
        _let_be_found(one)
        if content:
            attachments.plan_forgetting(organization.id, content)
        changed(TOPIC)
        audit.record(
            organization_id=organization.id,
            by=by.id,
            at=at,
            action="casework.publication_withdrawn",
            subject=number,
        )
        publish_event(EntryWithdrawn(organization_id=organization.id, publication_id=one.id))
    return one


def _keep(
    row: Case,
    entry: Published,
    answers: Mapping[str, object],
    *,
    runs: Runner,
    by: UUID | None,
    at: datetime,
) -> None:
    one = Publication.objects.filter(
        organization_id=row.organization_id, case_id=row.id, step=entry.step
    ).first()
    one = one or Publication(
        organization_id=row.organization_id,
        number=entry.number,
        case_id=row.id,
        step=entry.step,
        published_at=entry.at,
        is_synthetic=row.is_synthetic,
    )
    name = runs.package.manifest.name
    one.kind, one.package = entry.kind, runs.package.manifest.id
    one.names = {language: name.in_language(language) for language in ("id", "en")}
    one.edition, one.revised_at = entry.edition, entry.at
    one.withdrawn_at, one.withdrawn_by, one.reason = None, None, ""
    fields = runs.package.tasks[entry.form].fields
    for part in PARTS[Publishes(entry.kind)]:
        if part not in _NOT_KEPT:
            setattr(one, part, _value(part, answers.get(part), fields.get(part)))
    content = one.sha256
    _take_file(one, row, answers.get("file"))
    one.save()
    _let_be_found(one)
    if content and content != one.sha256:
        attachments.plan_forgetting(row.organization_id, content)
    changed(TOPIC)
    audit.record(
        organization_id=row.organization_id,
        by=by,
        at=at,
        action="casework.published",
        subject=entry.number,
        facts={"kind": entry.kind, "edition": entry.edition},
    )
    publish_event(EntryPublished(organization_id=row.organization_id, publication_id=one.id))


def _let_be_found(one: Publication) -> None:
    """Bring what searches read up to date: what stands is there in capitals, what was withdrawn is not."""
    if one.withdrawn_at is not None:
        PublishedText.objects.filter(publication_id=one.id).delete()
        return
    PublishedText.objects.update_or_create(
        publication_id=one.id,
        defaults={
            "organization_id": one.organization_id,
            "package": one.package,
            "words": " ".join(getattr(one, name) for name in _SEARCHED).upper(),
            "published_at": one.published_at,
        },
    )


def _value(part: str, answer: object, field: Field | None) -> object:
    if part in _YEARS:
        return answer if isinstance(answer, int) else None
    text = str(answer).strip() if answer is not None else ""
    if part == "document_type" and field is not None and field.options:  # in the words of its law, Indonesian
        return next((one.name.id for one in field.options if one.value == text), text)
    return "" if part == "link" and not text.startswith(SAFE_LINK.removeprefix("^")) else text


def _take_file(one: Publication, row: Case, answer: object) -> None:
    """Name the file that answers; it lies where the case's files lie and stays when those go."""
    found = None
    if is_file(answer) and isinstance(answer, Mapping):
        files = Attachment.objects.filter(organization_id=row.organization_id, case_id=row.id)
        found = files.filter(sha256=answer["sha256"]).order_by("-uploaded_at", "-id").first()
    one.sha256 = found.sha256 if found else ""
    one.size, one.content_type = (found.size, found.content_type) if found else (0, "")
    one.file_name = found.name if found else ""
