"""Documents of cases as files: made when somebody needs them, and signed together with the step that signs them.

A signer's step is one transaction: the step is done, its documents take their numbers, their PDFs are made and signed,
and all of it is kept together. Whatever fails on the way, nothing happened: no number is used, and the step still
waits. Doing it again begins anew; a repeat of what was kept changes nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from livinglab.accounts.queries import User
from livinglab.casework import policies
from livinglab.casework.models import Case, Paper
from livinglab.casework.operations import cases
from livinglab.casework.operations.locking import lock_case
from livinglab.casework.queries.inbox import find_task
from livinglab.casework.queries.papers import KIND, name_of, needs_signature
from livinglab.casework.queries.running import package_of, runner_of, state_of
from livinglab.casework.queries.seats import seats_of
from livinglab.casework.queries.signing import agreed, covers_paper, foreseen
from livinglab.documents.queries import PdfUnavailable
from livinglab.kernel.refusals import Refusal, Refused, ensure
from livinglab.kernel.tenancy import apart, tenancy
from livinglab.organizations.queries import Organization
from livinglab.packages.queries.cases import AnswersRefused, IllegalMove
from livinglab.signatures.operations import documents
from livinglab.signatures.operations.readiness import readiness
from livinglab.signatures.queries.issued import IssuedDocument, documents_of


class UnknownPaper(Exception):
    """The case issued no such document."""


@dataclass(frozen=True, slots=True)
class Signature:
    """What a signer gives to sign. `origin` is where this installation is reached; the other two are never kept."""

    origin: str
    passphrase: str = field(repr=False)
    nik: str = field(default="", repr=False)


def file_for_applicant(
    *, organization: Organization, case_id: UUID, nth: int, written_in: str, origin: str, at: datetime
) -> IssuedDocument:
    """This function will return a document's file in a language, made now if nobody asked for it before.

    The caller has checked that it is the applicant. A revoked one is returned as it is. Errors: `UnknownPaper`;
    `Refused` while it waits for its signature, and where PDFs cannot be made.
    """
    with tenancy(organization.id):
        paper = _locked(Paper.objects.filter(case_id=case_id, nth=nth), organization)
        if written_in not in paper.pages:
            raise UnknownPaper(nth)
        needs = needs_signature(package_of(paper.case.version).manifest, paper)
        ensure(policies.may_be_given_out(needs_signature=needs, signed_at=paper.signed_at))
        made = documents_of(organization.id, kind=KIND, subject_ids=[paper.id])
        known = next((one for one in reversed(made) if one.language == written_in), None)
        return known or _made(organization, paper, written_in, origin=origin, by=None, at=at)


def complete_signing(
    *,
    organization: Organization,
    task_id: UUID,
    case_id: UUID,
    task: str,
    answers: Mapping[str, object],
    seal: str,
    signature: Signature,
    key: str,
    by: User,
    at: datetime,
) -> Case:
    """This function will do a signer's step and sign the documents that fall to its lane, all or nothing.

    `seal` is that of what the signer looked through, "" for no document. Errors: as `cases.complete`; `Refused` when
    the documents are others by now, and with the reason when one could not be signed.
    """
    with tenancy(organization.id):
        lock_case(organization.id, case_id)
        found = find_task(organization.id, task_id)
        lane = found.lane if found else ""
        if found is not None and foreseen(organization, found, answers, by=by.id, at=at).seal != seal:
            raise Refused(policies.CHANGED)
        before = set(_unsigned(case_id, lane))
        row = cases.complete(
            organization=organization, case_id=case_id, task=task, answers=answers, key=key, by=by, at=at
        )
        for paper_id in _unsigned(case_id, lane):
            if paper_id not in before:
                paper = _locked(Paper.objects.filter(id=paper_id), organization)
                _sign(organization, paper, signature, by=by, at=at)
    return row


def sign_paper(
    *, organization: Organization, paper_id: UUID, signature: Signature, by: User, at: datetime
) -> Paper:
    """This function will sign a document that the process left to be signed; one that is signed stays as it is.

    Errors: `Refused` without such a seat, where there is no such document, and when it could not be signed.
    """
    with tenancy(organization.id):
        try:
            paper = _locked(Paper.objects.filter(id=paper_id).exclude(signer=""), organization)
        except UnknownPaper:
            raise Refused(policies.GONE) from None
        is_seated = any(covers_paper(seat, paper) for seat in seats_of(organization.id, by.id))
        ensure(policies.may_work(is_seated=is_seated, assignee=None, by=by.id))
        if paper.signed_by is None:
            _sign(organization, paper, signature, by=by, at=at)
    return paper


def sign_each(
    *,
    organization: Organization,
    steps: Mapping[UUID, str],
    papers: Iterable[UUID],
    signature: Signature,
    by: User,
    at: datetime,
) -> list[documents.Outcome]:
    """This function will sign what a signer looked through and ticked: steps with their seals, then documents.

    Each is signed by itself, in order and in a transaction of its own, so that no register waits for the next
    signature; a step is done with yes to each of its questions. What stops the rest:
    `signatures.operations.documents.in_turn`. Errors: `Refused` for all when the signer cannot sign at all.
    """

    def act(each: UUID) -> None:
        with apart(organization.id):
            if each in steps:
                _agree(organization, each, steps[each], signature, by=by, at=at)
            else:
                sign_paper(organization=organization, paper_id=each, signature=signature, by=by, at=at)

    with tenancy(organization.id):
        ensure(readiness(organization.id, by.id, at=at).refusal)
    return documents.in_turn([*steps, *papers], act)


def _agree(
    organization: Organization, task_id: UUID, seal: str, signature: Signature, *, by: User, at: datetime
) -> None:
    found = find_task(organization.id, task_id)
    if found is None:
        raise Refused(policies.GONE)
    runs = runner_of(found.case.version, zone=organization.zone)
    try:
        complete_signing(
            organization=organization,
            task_id=task_id,
            case_id=found.case_id,
            task=found.node,
            answers=agreed(runs, state_of(found.case), found.node),
            seal=seal,
            signature=signature,
            key=f"sign/{task_id}",
            by=by,
            at=at,
        )
    except (IllegalMove, AnswersRefused):
        raise Refused(policies.GONE) from None


def _sign(organization: Organization, paper: Paper, signature: Signature, *, by: User, at: datetime) -> None:
    for language in sorted(paper.pages):
        made = _made(organization, paper, language, origin=signature.origin, by=by.id, at=at)
        documents.sign(
            organization=organization,
            document_id=made.id,
            passphrase=signature.passphrase,
            nik=signature.nik,
            by=by,
            at=at,
        )
    paper.signed_by, paper.signed_at = by.id, at
    paper.save(update_fields=["signed_by", "signed_at"])


def _made(
    organization: Organization, paper: Paper, language: str, *, origin: str, by: UUID | None, at: datetime
) -> IssuedDocument:
    manifest = package_of(paper.case.version).manifest
    try:
        return documents.issue(
            organization=organization,
            kind=KIND,
            subject_id=paper.id,
            title=name_of(manifest, paper.document, language),
            number=paper.number,
            body=paper.pages[language],
            language=language,
            origin=origin,
            needs_signature=needs_signature(manifest, paper),
            is_synthetic=paper.case.is_synthetic,
            by=by,
            at=at,
        )
    except PdfUnavailable as unavailable:
        raise Refused(Refusal("pdf_unavailable", unavailable.explanation)) from unavailable


def _unsigned(case_id: UUID, lane: str) -> list[UUID]:
    rows = Paper.objects.filter(case_id=case_id, signer=lane, signed_by__isnull=True).exclude(signer="")
    return list(rows.order_by("nth").values_list("id", flat=True))


def _locked(rows: "QuerySet[Paper]", organization: Organization) -> Paper:
    """Return a document, locked, so that its file is made once. Errors: `UnknownPaper`."""
    row = (
        rows.filter(organization_id=organization.id)
        .select_related("case__version")
        .defer("case__state", "case__version__content")
        .select_for_update(of=("self",))
        .first()
    )
    if row is None:
        raise UnknownPaper
    return row
