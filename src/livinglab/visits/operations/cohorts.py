"""Cohorts: loaded from the reference file, made by a ministry, and their members named with a reason and a source."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from livinglab.accounts.queries import User
from livinglab.audit import operations as audit
from livinglab.kernel.freshness import changed
from livinglab.kernel.refusals import Refusal, Refused, ensure
from livinglab.kernel.texts import storable
from livinglab.organizations.queries import Organization, organizations_by_code
from livinglab.visits import policies
from livinglab.visits.adapters.cohort_files import CohortFileRefused, ListedCohort, read_cohorts
from livinglab.visits.domain.kinds import MemberStatus
from livinglab.visits.models import Cohort, CohortMember
from livinglab.visits.operations.records import TOPIC, one_line, refusal_of_length
from livinglab.visits.queries.parties import actor_of

LONGEST_NAME: Final = 160
LONGEST_SOURCE: Final = 300
LONGEST_REASON: Final = 500
LONGEST_ABOUT: Final = 2_000
_SLUG: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_FIELDS: Final = ("name", "name_en", "about", "about_en", "stated_size", "source", "source_url", "starts_on")


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedCohort:
    """What a ministry writes of a new cohort."""

    code: str
    name: str
    about: str
    source: str
    starts_on: date | None


@transaction.atomic
def load_reference(*, by: UUID | None, at: datetime) -> int:
    """This function will store the cohorts of the reference file with their members, and count them. Idempotent.

    What a ministry made or named stays. Errors: `CohortFileRefused`; then nothing is stored.
    """
    listed = read_cohorts(settings.REFERENCE_DIR)
    regions = organizations_by_code({each.region_code for one in listed for each in one.members})
    touched = [one.code for one in listed if _store(one, regions)]
    if touched:
        audit.record(by=by, at=at, action="visits.cohorts_loaded", facts={"name": ", ".join(touched)})
        changed(TOPIC)
    return len(listed)


def _store(one: ListedCohort, regions: dict[str, Organization]) -> bool:
    """Whether anything was new or another."""
    row = Cohort.objects.filter(code=one.code).first()
    if row is not None and row.entered_by is not None:
        raise CohortFileRefused(f"{one.code}: a ministry made a cohort with this code")
    wanted = {name: getattr(one, name) for name in _FIELDS}
    is_new = row is None or {name: getattr(row, name) for name in _FIELDS} != wanted
    row, _made = Cohort.objects.update_or_create(code=one.code, defaults=wanted)
    own = CohortMember.objects.filter(cohort=row, entered_by__isnull=True)
    stored = {(each.organization_id, each.status, each.reason, each.source) for each in own}
    members = _members(row, one, regions)
    if {(each.organization_id, each.status, each.reason, each.source) for each in members} == stored:
        return is_new
    own.delete()
    CohortMember.objects.bulk_create(members)
    return True


def _members(row: Cohort, one: ListedCohort, regions: dict[str, Organization]) -> list[CohortMember]:
    unknown = sorted({each.region_code for each in one.members} - regions.keys())
    if unknown:
        raise CohortFileRefused(f"{one.code}: there is no region {', '.join(unknown)}")
    return [
        CohortMember(
            cohort=row,
            organization=regions[each.region_code],
            status=each.status,
            reason=each.reason,
            source=each.source,
        )
        for each in one.members
    ]


@transaction.atomic
def make_cohort(*, wanted: WantedCohort, by: User, at: datetime) -> Cohort:
    """This function will make a cohort. Errors: `Refused` by the policy, for a taken code, for missing texts."""
    ensure(policies.may_keep_cohorts(actor_of(by)))
    wanted = WantedCohort(
        code=wanted.code.strip().lower(),
        name=one_line(wanted.name),
        about=storable(wanted.about).strip(),
        source=one_line(wanted.source),
        starts_on=wanted.starts_on,
    )
    ensure(_refusal_of_cohort(wanted))
    row = Cohort.objects.create(
        code=wanted.code,
        name=wanted.name,
        about=wanted.about,
        source=wanted.source,
        starts_on=wanted.starts_on,
        is_synthetic=by.is_synthetic,
        entered_by=by.id,
    )
    _record(row, "visits.cohort_made", by, at)
    return row


@transaction.atomic
def name_member(
    *, cohort: Cohort, code: str, status: str, reason: str, source: str, by: User, at: datetime
) -> CohortMember:
    """This function will name a region as a member, or say anew how sure that is.

    Errors: `Refused` by the policy, for a code that is no region, an unknown status, no reason, no source.
    """
    ensure(policies.may_keep_cohorts(actor_of(by)))
    reason, source, code = one_line(reason), one_line(source), code.strip()
    region = organizations_by_code([code]).get(code)
    if region is None or not region.is_regional:
        raise Refused(
            Refusal("region_unknown", _("Enter the code of a regency or a city, such as 32.11 or 14.08."))
        )
    ensure(_refusal_of_member(status, reason, source))
    row, _made = CohortMember.objects.update_or_create(
        cohort=cohort,
        organization=region,
        defaults={"status": status, "reason": reason, "source": source, "entered_by": by.id},
    )
    _record(cohort, "visits.cohort_member_named", by, at, {"name": region.code, "status": status})
    return row


def _refusal_of_cohort(wanted: WantedCohort) -> Refusal | None:
    if not _SLUG.match(wanted.code) or len(wanted.code) > 40:
        return Refusal(
            "code_unfit", _("Write the code in small letters, digits and hyphens, such as visitors-2026.")
        )
    if Cohort.objects.filter(code=wanted.code).exists():
        words = _("There is a cohort %(code)s already. Choose another code.")
        return Refusal("code_taken", words % {"code": wanted.code})
    if not wanted.name:
        return Refusal("name_missing", _("Give the cohort a name."))
    if not wanted.source:
        return Refusal("source_missing", _("Say which source names the members: a letter, a list, a report."))
    return (
        refusal_of_length("name", wanted.name, LONGEST_NAME)
        or refusal_of_length("about", wanted.about, LONGEST_ABOUT)
        or refusal_of_length("source", wanted.source, LONGEST_SOURCE)
    )


def _refusal_of_member(status: str, reason: str, source: str) -> Refusal | None:
    if status not in list(MemberStatus):
        return Refusal("status_unknown", _("Choose how sure it is that the region belongs to the cohort."))
    if not reason:
        return Refusal(
            "reason_missing", _("Say why the region belongs to the cohort, or why that is disputed.")
        )
    if not source:
        return Refusal("source_missing", _("Say which source names the members: a letter, a list, a report."))
    return refusal_of_length("reason", reason, LONGEST_REASON) or refusal_of_length(
        "source", source, LONGEST_SOURCE
    )


def _record(
    cohort: Cohort, action: str, by: User, at: datetime, facts: dict[str, object] | None = None
) -> None:
    audit.record(by=by.id, at=at, action=action, subject=cohort.code, facts=facts)
    changed(TOPIC)
