"""Faults of a version: reported by who runs it, counted, answered by its publisher for all who reported the same."""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from livinglab.accounts.queries import User
from livinglab.adoptions import policies
from livinglab.adoptions.domain.states import AdoptionState
from livinglab.adoptions.events import FaultAnswered, FaultReported
from livinglab.adoptions.models import FaultReport
from livinglab.adoptions.operations.records import TOPIC, lock_adoption
from livinglab.adoptions.queries.faults import parts_of
from livinglab.audit import operations as audit
from livinglab.kernel.events import publish
from livinglab.kernel.freshness import changed
from livinglab.kernel.refusals import Refusal, Refused, ensure
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.queries import Organization, roles_in
from livinglab.releases.queries.releases import Release, releases_of

LONGEST: Final = 2000


class UnknownFault(Exception):
    """No adopter reported this fault of a version of this publisher's, or it was answered already."""


def report(
    *, organization: Organization, adoption_id: UUID, path: str, text: str, by: User, at: datetime
) -> FaultReport:
    """This function will report a fault of the version that a region stands on; `path` names the part, "" the whole.

    Errors: `UnknownAdoption`; `Refused` by the policy, without words, for a part that the version does not have, and
    while the region's own report of the same part waits for its answer.
    """
    text = text.strip()
    with tenancy(organization.id):
        row = lock_adoption(organization.id, adoption_id)
        ensure(policies.may_edit(roles_in(by, organization.id), state=AdoptionState(row.state)))
        if not 0 < len(text) <= LONGEST:
            raise Refused(
                Refusal("text_missing", _("Say in up to 2,000 characters what is wrong and when it shows."))
            )
        if path and path not in parts_of(row.base_id):
            raise Refused(Refusal("part_unknown", _("Choose a part of this version.")))
        known = FaultReport.objects.filter(
            adopter_id=organization.id, release_id=row.base_id, path=path, answered_at__isnull=True
        )
        if known.exists():
            raise Refused(
                Refusal(
                    "reported_already",
                    _("You reported this part already. Its publisher has not answered yet."),
                )
            )
        made = FaultReport.objects.create(
            adopter=organization,
            release_id=row.base_id,
            path=path,
            text=text,
            reported_at=at,
            reported_by=by.id,
            is_synthetic=row.is_synthetic,
        )
        _record(organization.id, "adoptions.fault_reported", row.base, by=by.id, at=at, count=1)
        publish(FaultReported(report_id=made.id, listing_id=row.listing_id))
    return made


def answer(
    *,
    organization: Organization,
    release_id: UUID,
    path: str,
    text: str,
    fixed_in: str = "",
    by: User,
    at: datetime,
) -> int:
    """This function will answer every open report of one fault at once, and return how many they were.

    `fixed_in` names a higher version of the same package that mends it, "" while there is none.
    Errors: `UnknownFault`; `Refused` by the policy, without words, and for a version that cannot mend it.
    """
    text = text.strip()
    with tenancy(organization.id):
        ensure(policies.may_decide(roles_in(by, organization.id)))
        open_ones = FaultReport.objects.select_for_update(of=("self",)).select_related(
            "release__listing__publisher"
        )
        rows = list(
            open_ones.defer("release__content", "release__words").filter(
                release__listing__publisher_id=organization.id,
                release_id=release_id,
                path=path,
                answered_at__isnull=True,
            )
        )
        if not rows:
            raise UnknownFault(path)
        release = rows[0].release
        if not 0 < len(text) <= LONGEST:
            raise Refused(Refusal("answer_missing", _("Answer in up to 2,000 characters.")))
        if fixed_in and fixed_in not in mending(release):
            raise Refused(Refusal("version_unknown", _("Name a later version of this package.")))
        FaultReport.objects.filter(id__in=[one.id for one in rows]).update(
            answer=text, fixed_in=fixed_in, answered_at=at, answered_by=by.id
        )
        _record(organization.id, "adoptions.fault_answered", release, by=by.id, at=at, count=len(rows))
        publish(FaultAnswered(release_id=release.id, listing_id=release.listing_id, path=path, at=at))
    return len(rows)


def mending(release: Release) -> tuple[str, ...]:
    """This function will return the later versions that may mend a fault of this one, the highest first."""
    later = releases_of(release.listing_id)
    return tuple(one.version for one in later if one.version_parts > release.version_parts)


def _record(
    organization_id: UUID, action: str, release: Release, *, by: UUID, at: datetime, count: int
) -> None:
    audit.record(
        organization_id=organization_id,
        by=by,
        at=at,
        action=action,
        subject=f"{release.listing.publisher.code}/{release.listing.package_id}",
        facts={"revision": release.version, "count": count},
    )
    changed(TOPIC)
