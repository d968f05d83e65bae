"""Files of an adaptation as they are edited in the browser: kept only while nobody else changed them meanwhile."""

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from livinglab.accounts.queries import User
from livinglab.adoptions import policies
from livinglab.adoptions.domain.states import AdoptionState
from livinglab.adoptions.models import Adoption, DraftFile
from livinglab.adoptions.operations.records import lock_adoption, record
from livinglab.adoptions.queries.editions import texts_in_use, texts_of_release, working_texts
from livinglab.kernel.refusals import ensure
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.queries import Organization, roles_in
from livinglab.packages.queries.editing import Finding, as_it_was, unreadable


class Overtaken(Exception):
    """Somebody else kept one of the files since it was shown; nothing was written. `texts` are the files now."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        super().__init__(", ".join(texts))
        self.texts = texts


class NotWellFormed(Exception):
    """A file cannot be read as a part of a package; nothing was written. `findings` say which part and why."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__(f"{len(findings)} findings")
        self.findings = findings


def mark_of(text: str | None) -> str:
    """This function will return the mark of a file's text, by which a later change is noticed; empty for no file."""
    return "" if text is None else sha256(text.encode()).hexdigest()


def keep(
    *,
    organization: Organization,
    adoption_id: UUID,
    files: Mapping[str, str | None],
    seen: Mapping[str, str],
    by: User,
    at: datetime,
) -> tuple[str, ...]:
    """This function will keep edited files as drafts, None takes one out; it returns the paths that changed.

    `seen` has the mark of each file as it was shown (`mark_of`). What only breaks a check is kept: it is said on the
    page, and the draft cannot be put to work. All or nothing.
    Errors: `Refused` by the policy; `Overtaken`; `NotWellFormed`.
    """
    with tenancy(organization.id):
        row = lock_adoption(organization.id, adoption_id)
        ensure(policies.may_edit(roles_in(by, organization.id), state=AdoptionState(row.state)))
        now = working_texts(row)
        after = _in_known_layout(row, files)
        changed = {path: text for path, text in after.items() if now.get(path) != text}
        if any(mark_of(now.get(path)) != seen.get(path) for path in changed):
            raise Overtaken({path: now[path] for path in files if path in now})
        whole = {path: text for path, text in {**now, **changed}.items() if text is not None}
        if findings := unreadable(whole, frozenset({"", *changed})):
            raise NotWellFormed(findings)
        _store(row, changed, by=by, at=at)
    return tuple(changed)


def give_back(*, organization: Organization, adoption_id: UUID, path: str, by: User, at: datetime) -> bool:
    """This function will make a file again what it is at the origin; it returns whether that changed anything.

    Errors: `Refused` by the policy.
    """
    with tenancy(organization.id):
        row = lock_adoption(organization.id, adoption_id)
        ensure(policies.may_edit(roles_in(by, organization.id), state=AdoptionState(row.state)))
        origin = texts_of_release(row.base_id).get(path)
        if working_texts(row).get(path) == origin:
            return False
        _store(row, {path: origin}, by=by, at=at)
    return True


def _in_known_layout(row: Adoption, files: Mapping[str, str | None]) -> dict[str, str | None]:
    """Let a file that says again what the edition or the origin says be that file, byte for byte."""
    in_use, origin = texts_in_use(row), texts_of_release(row.base_id)
    return {
        path: None if text is None else as_it_was(path, text, in_use.get(path), origin.get(path))
        for path, text in files.items()
    }


def _store(row: Adoption, files: Mapping[str, str | None], *, by: User, at: datetime) -> None:
    """Keep what differs from the edition at work; what equals it is no draft."""
    in_use = texts_in_use(row)
    for path, text in files.items():
        if in_use.get(path) == text:
            DraftFile.objects.filter(adoption_id=row.id, path=path).delete()
            continue
        DraftFile.objects.update_or_create(
            organization_id=row.organization_id,
            adoption=row,
            path=path,
            defaults={"text": text or "", "is_removed": text is None, "saved_at": at, "saved_by": by.id},
        )
    if files:
        record(row, "adoptions.drafted", by=by.id, at=at, facts={"name": ", ".join(sorted(files))})
