"""The documents of a case as their reader finds them: waiting for a signature, good, or revoked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet

from livinglab.casework.models import Case, Counter, Paper
from livinglab.casework.queries.applications import papers_of
from livinglab.casework.queries.running import package_of
from livinglab.organizations.queries import Organization
from livinglab.packages.domain.manifest import Manifest
from livinglab.packages.queries import cases
from livinglab.signatures.queries.issued import IssuedDocument, documents_of

#: what papers are called among issued documents
KIND: Final = "casework.paper"
#: signed documents that one number can find
MOST: Final = 20


class PaperState(StrEnum):
    """Where a document stands."""

    WAITING = "waiting"  # for its signature
    SIGNED = "signed"
    PLAIN = "plain"  # it needs no signature
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class Issued:
    """A document of a case, with the newest file in each language that was made of it already."""

    paper: Paper
    name: str
    state: PaperState
    files: tuple[IssuedDocument, ...]

    @property
    def is_to_be_had(self) -> bool:
        """Whether its PDF is given out."""
        return self.state is not PaperState.WAITING

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages it is written in."""
        return tuple(sorted(self.paper.pages))


@dataclass(frozen=True, slots=True)
class Listed:
    """A document of a case without its text, for an office: `signer` is the role that signs it."""

    name: str
    number: str
    at: datetime
    signer: str
    state: PaperState
    files: tuple[IssuedDocument, ...]


def needs_signature(manifest: Manifest, paper: Paper) -> bool:
    """This function will tell whether a document counts only with a signature."""
    declared = next((one.signed_by for one in manifest.documents if one.id == paper.document), "")
    return bool(declared or paper.signer)


def name_of(manifest: Manifest, document: str, language: str) -> str:
    """This function will return what a document is called."""
    found = next((one for one in manifest.documents if one.id == document), None)
    return found.name.in_language(language) if found else document


def file_name(number: str, written_in: str) -> str:
    """This function will return what the PDF of a document is called: its number, which has slashes, and language."""
    return f"{number.replace('/', '-')}-{written_in}.pdf"


def issued_of(case: Case, manifest: Manifest, *, language: str) -> tuple[Issued, ...]:
    """This function will return the documents of a case in order. Two queries, one where it issued none."""
    papers = papers_of(case)
    if not papers:
        return ()
    made = documents_of(case.organization_id, kind=KIND, subject_ids=[one.id for one in papers])
    found = []
    for paper in papers:
        newest = {one.language: one for one in made if one.subject_id == paper.id}
        files = tuple(newest[language] for language in sorted(newest))
        name = name_of(manifest, paper.document, language)
        found.append(Issued(paper, name, _state(manifest, paper, files), files))
    return tuple(found)


def listed_of(case: Case, state: cases.Case, manifest: Manifest, *, language: str) -> tuple[Listed, ...]:
    """This function will return the documents of a case without their text. One query, none where it issued none."""
    if not state.issued:
        return ()
    papers = Paper.objects.filter(organization_id=case.organization_id, case_id=case.id)
    made = documents_of(case.organization_id, kind=KIND, subject_ids=papers.values("id"))
    signed_by = {one.id: one.signed_by for one in manifest.documents}
    found = []
    for one in state.issued:
        newest = {each.language: each for each in made if each.number == one.number}
        files = tuple(newest[each] for each in sorted(newest))
        stands = _standing(
            files,
            needs_signature=bool(signed_by.get(one.document) or one.signed_by),
            is_signed=any(each.signed_at for each in files),
        )
        name = name_of(manifest, one.document, language)
        found.append(Listed(name, one.number, one.at, one.signed_by, stands, files))
    return tuple(found)


def _state(manifest: Manifest, paper: Paper, files: tuple[IssuedDocument, ...]) -> PaperState:
    needs = needs_signature(manifest, paper)
    return _standing(files, needs_signature=needs, is_signed=paper.signed_at is not None)


def _standing(files: tuple[IssuedDocument, ...], *, needs_signature: bool, is_signed: bool) -> PaperState:
    if any(one.revoked_at for one in files):
        return PaperState.REVOKED
    if not needs_signature:
        return PaperState.PLAIN
    return PaperState.SIGNED if is_signed else PaperState.WAITING


def checkable(case: Case, manifest: Manifest, *, language: str) -> list[tuple[str, list[str]]]:
    """This function will return the documents of a case, with the codes of those that were signed."""
    return [
        (f"{one.name} {one.paper.number}", [each.code for each in one.files if each.signed_at is not None])
        for one in issued_of(case, manifest, language=language)
    ]


def signed_by_number(organization: Organization, number: str, *, language: str) -> tuple[Issued, ...]:
    """This function will return the signed documents with a number, or of the application with it, at most `MOST`.

    Villages number by themselves, so several can have the same. Four queries at most.
    """
    if not number:
        return ()
    named = {number, number.upper()}
    places = Counter.objects.filter(organization_id=organization.id)  # each place that ever gave a number
    applied = Case.objects.filter(organization_id=organization.id, number__in=named)
    is_it = Q(unit_code__in=places.values("unit_code"), number__in=named) | Q(
        case_id__in=list(applied.values_list("id", flat=True))
    )
    return _signed(Paper.objects.filter(is_it, organization_id=organization.id), language)


def signed_paper(organization_id: UUID, paper_id: UUID, *, language: str) -> Issued | None:
    """This function will return a signed document, None where there is none. Two queries."""
    found = _signed(Paper.objects.filter(organization_id=organization_id, id=paper_id), language)
    return found[0] if found else None


def _signed(rows: "QuerySet[Paper]", language: str) -> tuple[Issued, ...]:
    rows = rows.filter(signed_at__isnull=False).select_related("case__version")
    rows = rows.defer("pages", "case__state", "case__version__content").order_by("-signed_at", "-id")
    papers = list(rows[:MOST])
    made = documents_of(papers[0].organization_id, kind=KIND, subject_ids=_ids(papers)) if papers else []
    found = []
    for paper in papers:
        manifest = package_of(paper.case.version).manifest
        newest = {one.language: one for one in made if one.subject_id == paper.id}
        files = tuple(newest[each] for each in sorted(newest))
        name = name_of(manifest, paper.document, language)
        found.append(Issued(paper, name, _state(manifest, paper, files), files))
    return tuple(found)


def _ids(papers: Iterable[Paper]) -> list[UUID]:
    return [one.id for one in papers]
