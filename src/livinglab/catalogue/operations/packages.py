"""Packages on the shelf: what is offered stands beside practices and services."""

from decimal import Decimal
from uuid import UUID

from livinglab.catalogue.domain.functions import Reliability, Status
from livinglab.catalogue.domain.proof import Evidence, prove
from livinglab.catalogue.domain.shelf import EntryKind, Known, ShelfEntry
from livinglab.catalogue.models import ShelfRow
from livinglab.catalogue.operations.shelf import shelve, unshelve
from livinglab.catalogue.queries import SHELF
from livinglab.kernel.freshness import changed
from livinglab.kernel.tenancy import tenancy
from livinglab.releases.queries.pages import Listing, get_listing

#: how mature its publisher says that it is
_MATURITIES = {"drafted": Status.DRAFTED, "piloted": Status.PILOTED, "in_use": Status.ACTIVE}
#: what every package says, because the format asks for it
_SAID = (
    Known.WHAT,
    Known.FUNCTION,
    Known.OWNER,
    Known.STATUS,
    Known.LEGAL_BASIS,
    Known.COST,
    Known.STEPS,
    Known.SOURCE,
)


def project_package(*, listing_id: UUID) -> None:
    """This function will bring a package onto the shelf while a version of it is offered, and else take it off.

    Idempotent and deaf to order: it reads what is true now. What it is proven by stays until it is counted anew.
    """
    with tenancy(None):
        listing = get_listing(listing_id)
        key = _key(listing)
        if listing.newest is None:
            unshelve(EntryKind.PACKAGE, [key])
            return
        shelve([_on_shelf(listing, key)], at=listing.changed_at)


def prove_package(*, listing_id: UUID, evidence: Evidence) -> None:
    """This function will set what the version on offer is proven by; a package that is not offered has no score.

    The moment of its last change stays: feeds tell of packages, not of cases.
    """
    with tenancy(None):
        row = ShelfRow.objects.filter(kind=EntryKind.PACKAGE, key=_key(get_listing(listing_id)))
        score = prove(evidence).score
        proof = None if score is None else Decimal(str(score))
        if row.exclude(proof=proof, cases=evidence.cases).update(proof=proof, cases=evidence.cases):
            changed(SHELF)


def _key(listing: Listing) -> str:
    return f"{listing.publisher.code}-{listing.package_id}"


def _on_shelf(listing: Listing, key: str) -> ShelfEntry:
    known = ShelfRow.objects.filter(kind=EntryKind.PACKAGE, key=key).only("proof", "cases").first()
    indicators = (one.rsplit("/", 1)[0] for one in listing.indicators)  # without the level
    return ShelfEntry(
        kind=EntryKind.PACKAGE,
        key=key,
        path=f"/packages/{listing.publisher.code}/{listing.package_id}/",
        title=listing.name_id,
        summary_id=listing.summary_id,
        summary_en=listing.summary_en,
        body=listing.name_en,
        region_code=listing.publisher.code,
        region_name=listing.publisher.name,
        functions=tuple(listing.functions),
        indicators=tuple(dict.fromkeys(indicators)),
        status=_MATURITIES[listing.maturity],
        reliability=Reliability.REGION,
        known=_SAID,
        is_synthetic=listing.is_synthetic,
        proof=float(known.proof) if known and known.proof is not None else None,
        cases=known.cases if known else 0,
    )
