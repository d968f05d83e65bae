"""Fetching what adopters at another instance offer back: kept beside the offers from here, to be answered like them."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from livinglab.accounts.queries import User
from livinglab.adoptions import policies
from livinglab.adoptions.events import ChangeOffered
from livinglab.adoptions.models import Offer
from livinglab.adoptions.operations.records import TOPIC
from livinglab.audit import operations as audit
from livinglab.kernel.events import publish
from livinglab.kernel.freshness import changed
from livinglab.kernel.refusals import Refusal, ensure
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.queries import Organization, find_organization, roles_in
from livinglab.packages.queries.check import check_files
from livinglab.packages.queries.instances import OfferedChange
from livinglab.packages.queries.reading import digest_of, read_zip
from livinglab.packages.queries.sealing import build
from livinglab.releases.queries.releases import Release, find_release


def wanted(organization: Organization, offered: Sequence[OfferedChange]) -> tuple[OfferedChange, ...]:
    """This function will return the offers to a publisher's own releases, by known adopters, that are not here yet."""
    return tuple(
        one
        for one in offered
        if _base(organization, one) is not None
        and find_organization(one.adopter) is not None
        and not _known(organization, one)
    )


def keep_offer(
    *, organization: Organization, address: str, change: OfferedChange, content: bytes, by: User, at: datetime
) -> Offer | None:
    """This function will keep an offer of another instance; None for one that is here already.

    Neither values nor people come with it; it is not signed, and says so by its address. Errors: `Refused` by the
    policy, for a release that is not the publisher's, an adopter that is unknown here, and a package with errors;
    PackageRefused for what is no package.
    """
    with tenancy(organization.id):
        ensure(policies.may_decide(roles_in(by, organization.id)))
        base, adopter = _base(organization, change), find_organization(change.adopter)
        files = read_zip(content)
        report = check_files(files)
        is_it = digest_of(files) == change.digest
        if base is None or adopter is None or report.package is None or not report.is_sound or not is_it:
            ensure(_REFUSAL)
        assert base is not None
        assert adopter is not None
        assert report.package is not None
        if _known(organization, change):
            return None
        row = Offer.objects.create(
            adopter=adopter,
            listing_id=base.listing_id,
            base=base,
            content=build(report.package),
            digest=change.digest,
            title=change.title,
            why=change.why,
            offered_at=change.offered_at,
            fetched_from=address,
            is_synthetic=organization.is_synthetic or adopter.is_synthetic,
        )
        audit.record(
            organization_id=organization.id,
            by=by.id,
            at=at,
            action="adoptions.offer_fetched",
            subject=f"{change.publisher}/{change.package}",
            facts={"source": address, "digest": change.digest},
        )
        changed(TOPIC)
        publish(ChangeOffered(offer_id=row.id, listing_id=row.listing_id, state=row.state))
    return row


_REFUSAL = Refusal(
    "offer_unusable",
    _(
        "This offer does not fit a version of yours, comes from an unknown region, or has errors. It was not kept."
    ),
)


def _base(organization: Organization, change: OfferedChange) -> Release | None:
    if change.publisher != organization.code:
        return None
    found = find_release(change.publisher, change.package, change.base_version)
    return found if found is not None and found.digest == change.base_digest else None


def _known(organization: Organization, change: OfferedChange) -> bool:
    """Whether it is here in whatever state: what was declined is not fetched anew."""
    return Offer.objects.filter(
        adopter__code=change.adopter,
        listing__publisher_id=organization.id,
        listing__package_id=change.package,
        digest=change.digest,
    ).exists()
