"""Counts how much packages are used and with what success, and tells the catalogue what that proves.

A task calls these each hour. Counts are taken anew, so whatever was missed once is there the next time. They are
projections: the audit entry is that of each case.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import asdict, replace
from datetime import datetime
from uuid import UUID

from livinglab.adoptions.domain.states import AdoptionState
from livinglab.adoptions.models import AdoptionFigure, VersionUse
from livinglab.adoptions.operations.records import TOPIC
from livinglab.adoptions.queries.steps import steps_of
from livinglab.adoptions.queries.use import counts_of, evidence_of, uses_of
from livinglab.casework.queries.handled import Handled, handled
from livinglab.catalogue.operations import prove_package
from livinglab.catalogue.queries import Evidence
from livinglab.kernel.freshness import changed
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.queries import organizations
from livinglab.releases.queries.pages import get_listing, offered
from livinglab.releases.queries.releases import Listing, find_listing
from livinglab.surveys.queries.results import find_service, months_of, result_of
from livinglab.surveys.queries.satisfaction import Satisfaction, satisfaction


def users() -> tuple[UUID, ...]:
    """This function will return the organisations that may run a package: who took one over, and who offers one."""
    taken = AdoptionFigure.objects.values_list("organization_id", flat=True)
    made = (one.publisher_id for one in offered())
    return tuple(sorted({*taken, *made}))


def count_use(*, organization_id: UUID, at: datetime) -> frozenset[UUID]:
    """This function will count anew what one organisation handled and had confirmed.

    Returns the packages whose counts changed.
    """
    with tenancy(organization_id):
        found = handled(organization_id)
        steps = steps_of(organizations().get(id=organization_id))
    said = satisfaction({one.service_id for one in found})
    counts: dict[tuple[str, str], dict[str, Evidence]] = defaultdict(dict)
    services: dict[tuple[str, str], set[UUID]] = defaultdict(set)
    for one in found:
        counts[one.publisher, one.package][one.version] = _evidence(one, said.get(one.service_id, ()))
        services[one.publisher, one.package].add(one.service_id)
    for (publisher, package, version), step in steps.items():
        versions = counts[publisher, package]
        before = versions.get(version, Evidence())
        versions[version] = replace(before, steps_claimed=step.shown, steps_confirmed=step.confirmed)
    with tenancy(None):
        touched = frozenset(
            listing.id
            for key, versions in counts.items()
            if (listing := find_listing(*key)) is not None
            and _keep(organization_id, listing, versions, services[key], at=at)
        )
        if touched:
            changed(TOPIC)
    return touched


def prove(*, listing_id: UUID) -> None:
    """This function will tell the catalogue what the newest version of a package is proven by, over all who run it."""
    with tenancy(None):
        newest = get_listing(listing_id).newest
        if newest is not None:
            uses = [one for one in uses_of(listing_id) if one.version == newest.version]
            prove_package(listing_id=listing_id, evidence=evidence_of(uses))


def _evidence(one: Handled, said: Collection[Satisfaction]) -> Evidence:
    rated = [each for each in said if each.version == one.version]
    return Evidence(
        cases=one.cases,
        kept=one.kept,
        heard=one.heard,
        complained=one.complained,
        ratings=sum(each.ratings for each in rated),
        satisfied=sum(each.satisfied for each in rated),
    )


def _keep(
    organization_id: UUID,
    listing: Listing,
    versions: Mapping[str, Evidence],
    service_ids: Collection[UUID],
    *,
    at: datetime,
) -> bool:
    """Keep the counts of one package at one organisation; False where nothing changed."""
    here = VersionUse.objects.filter(organization_id=organization_id, listing_id=listing.id)
    known = {one.version: one for one in here}
    is_new = False
    nothing = dict.fromkeys(
        known, Evidence()
    )  # a step that went over to a newer version leaves the older one
    for version, counts in {**nothing, **versions}.items():
        row = known.get(version)
        if row is not None and counts_of(row) == counts:
            continue
        VersionUse.objects.update_or_create(
            organization_id=organization_id,
            listing_id=listing.id,
            version=version,
            defaults={**asdict(counts), "counted_at": at},
        )
        is_new = True
    if is_new:
        _total(organization_id, listing, service_ids)
    return is_new


def _total(organization_id: UUID, listing: Listing, service_ids: Collection[UUID]) -> None:
    """Bring the public figure of the adoption up to the sum of its versions, with the index of its survey."""
    mine = [one for one in uses_of(listing.id) if one.organization_id == organization_id]
    surveyed = [find_service(organization_id, one, with_synthetic=False) for one in service_ids]
    score = result_of(months_of(one for one in surveyed if one is not None)).score
    figures = AdoptionFigure.objects.filter(organization_id=organization_id, listing_id=listing.id)
    total = evidence_of(mine)
    figures.exclude(state=AdoptionState.ENDED).update(
        cases=total.cases or None,
        cases_in_time=total.kept if total.cases else None,
        satisfaction=score.index if score else None,
    )
