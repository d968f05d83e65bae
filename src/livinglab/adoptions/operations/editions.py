"""What an adopter runs: editions that never change, made from drafts or by a merge; going back names another one."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from livinglab.accounts.queries import User
from livinglab.adoptions import policies
from livinglab.adoptions.domain.states import AdoptionState
from livinglab.adoptions.events import AdoptionEdited
from livinglab.adoptions.models import Adoption, DraftFile, Edition
from livinglab.adoptions.operations.records import LONGEST_REASON, lock_adoption, record
from livinglab.adoptions.operations.serving import serve
from livinglab.adoptions.queries.editions import texts_in_use, texts_of_release, working_texts
from livinglab.kernel.events import publish
from livinglab.kernel.refusals import Refusal, Refused, ensure
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.queries import Organization, roles_in
from livinglab.packages.domain.faults import Severity
from livinglab.packages.domain.package import Package
from livinglab.packages.queries.check import Report, check_files
from livinglab.packages.queries.differences import compare
from livinglab.packages.queries.measuring import elements_of
from livinglab.packages.queries.merging import Merged, Side, merge
from livinglab.packages.queries.reading import digest_of, parse_package
from livinglab.packages.queries.sealing import build
from livinglab.releases.queries.releases import Release, is_listed

LARGEST_FILE: Final = 256 * 1024  # docs/package-format.md section 1


class UnknownEdition(Exception):
    """The adoption has no edition of this number."""


class NotSound(Exception):
    """The checks or a scenario found errors; nothing changed. `report` says each with file, line and reason."""

    def __init__(self, report: Report) -> None:
        super().__init__(f"{len(report.of(Severity.ERROR))} errors")
        self.report = report


class Undecided(Exception):
    """A merge asks questions that nobody answered; nothing changed. `merged` holds them."""

    def __init__(self, merged: Merged) -> None:
        super().__init__(", ".join(one.path for one in merged.conflicts))
        self.merged = merged


def first(row: Adoption, *, by: UUID, at: datetime) -> Edition:
    """This function will make the first edition of an adoption: the release as it is, checked when it was published."""
    texts = texts_of_release(row.base_id)
    package = parse_package({path: text.encode() for path, text in texts.items()})
    return _keep(row, package, texts, note="", by=by, at=at)


def draft(
    *, organization: Organization, adoption_id: UUID, path: str, text: str | None, by: User, at: datetime
) -> None:
    """This function will keep a file as it is being edited; None takes it out. What equals the edition is no draft.

    Errors: `Refused` by the policy and for a file that is too large.
    """
    with tenancy(organization.id):
        row = lock_adoption(organization.id, adoption_id)
        ensure(policies.may_edit(roles_in(by, organization.id), state=AdoptionState(row.state)))
        if text is not None and len(text.encode()) > LARGEST_FILE:
            raise Refused(Refusal("file_too_large", _("A file of a package has at most 256 KiB.")))
        kept = DraftFile.objects.filter(adoption_id=row.id, path=path)
        if texts_in_use(row).get(path) == text:
            kept.delete()
        else:
            DraftFile.objects.update_or_create(
                organization_id=organization.id,
                adoption=row,
                path=path,
                defaults={
                    "text": text or "",
                    "is_removed": text is None,
                    "saved_at": at,
                    "saved_by": by.id,
                },
            )
        record(row, "adoptions.drafted", by=by.id, at=at, facts={"name": path})


def publish_draft(
    *, organization: Organization, adoption_id: UUID, note: str, by: User, at: datetime
) -> Edition:
    """This function will put the edited files to work as a new edition, once every check and scenario passes.

    Errors: `Refused` by the policy and when nothing was edited; `NotSound`.
    """
    with tenancy(organization.id):
        row = lock_adoption(organization.id, adoption_id)
        ensure(policies.may_decide(roles_in(by, organization.id)))
        ensure(policies.may_edit(roles_in(by, organization.id), state=AdoptionState(row.state)))
        if not DraftFile.objects.filter(adoption_id=row.id).exists():
            raise Refused(Refusal("nothing_edited", _("Nothing was changed since this edition.")))
        edition = _put_to_work(row, working_texts(row), note=note, by=by.id, at=at)
        DraftFile.objects.filter(adoption_id=row.id).delete()
    return edition


def go_back(*, organization: Organization, adoption_id: UUID, number: int, by: User, at: datetime) -> Edition:
    """This function will put an earlier edition to work again, with the release it stood on.

    Errors: `UnknownEdition`; `Refused` by the policy.
    """
    with tenancy(organization.id):
        row = lock_adoption(organization.id, adoption_id)
        ensure(policies.may_decide(roles_in(by, organization.id)))
        ensure(policies.may_edit(roles_in(by, organization.id), state=AdoptionState(row.state)))
        edition = Edition.objects.filter(adoption_id=row.id, number=number).first()
        if edition is None:
            raise UnknownEdition(number)
        row.edition_id, row.base_id = edition.id, edition.base_id
        record(row, "adoptions.went_back", by=by.id, at=at, facts={"revision": number})
        serve(row, by=by.id, at=at)
        _tell(row, number)
    return edition


def upgrade(
    *,
    organization: Organization,
    adoption_id: UUID,
    release: Release,
    choices: Mapping[str, Side],
    by: User,
    at: datetime,
) -> Edition:
    """This function will bring an adoption up to a newer release: merged in three ways, checked, put to work.

    `choices` answer the questions of the merge by path. Drafts that are not put to work yet are merged too.
    Errors: `Undecided` while a question is open; `NotSound`; `Refused` by the policy and for a release of another
    package or one that is not offered.
    """
    with tenancy(organization.id):
        row = lock_adoption(organization.id, adoption_id)
        ensure(policies.may_decide(roles_in(by, organization.id)))
        ensure(policies.may_edit(roles_in(by, organization.id), state=AdoptionState(row.state)))
        if release.listing_id != row.listing_id or not is_listed(release):
            raise Refused(Refusal("not_listed", _("This version is not offered. Choose a listed one.")))
        merged = merged_with(row, release, choices)
        if not merged.is_whole:
            raise Undecided(merged)
        row.base_id = release.id
        edition = _put_to_work(row, merged.files, note="", by=by.id, at=at)
        DraftFile.objects.filter(adoption_id=row.id).delete()
    return edition


def merged_with(row: Adoption, release: Release, choices: Mapping[str, Side]) -> Merged:
    """This function will return what an adoption would become with a newer release, and what must be decided."""
    return merge(texts_of_release(row.base_id), working_texts(row), texts_of_release(release.id), choices)


def _put_to_work(row: Adoption, texts: Mapping[str, str], *, note: str, by: UUID, at: datetime) -> Edition:
    files = {path: text.encode() for path, text in texts.items()}
    report = check_files(files)
    if report.package is None or not report.is_sound:
        raise NotSound(report)
    return _keep(row, report.package, texts, note=note, by=by, at=at)


def _keep(
    row: Adoption, package: Package, texts: Mapping[str, str], *, note: str, by: UUID, at: datetime
) -> Edition:
    base = texts_of_release(row.base_id)
    highest = Edition.objects.filter(adoption_id=row.id).aggregate(number=Max("number"))["number"] or 0
    edition = Edition.objects.create(
        organization_id=row.organization_id,
        adoption=row,
        number=highest + 1,
        base_id=row.base_id,
        digest=digest_of(package.files),
        content=build(package),
        changed=len(compare(base, texts).differences) if texts != base else 0,
        elements=elements_of(base),
        note=" ".join(note.split())[:LONGEST_REASON],
        made_at=at,
        made_by=by,
    )
    row.edition_id = edition.id
    record(row, "adoptions.edition_made", by=by, at=at, facts={"revision": edition.number})
    serve(row, by=by, at=at)
    _tell(row, edition.number)
    return edition


def _tell(row: Adoption, number: int) -> None:
    publish(
        AdoptionEdited(
            organization_id=row.organization_id,
            adoption_id=row.id,
            listing_id=row.listing_id,
            edition=number,
        )
    )
