"""Changes offered back: what an adopter may offer, and what an offer would make of the publisher's package."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from livinglab.adoptions.models import Adoption, Offer
from livinglab.adoptions.queries.editions import texts_in_use, texts_of_release
from livinglab.packages.domain.contents import BESIDE
from livinglab.packages.queries.check import Report, check_files
from livinglab.packages.queries.differences import Difference, Version, compare
from livinglab.packages.queries.leaving import leaving
from livinglab.packages.queries.merging import Merged, Side, merge
from livinglab.packages.queries.picking import pick
from livinglab.packages.queries.reading import read_zip
from livinglab.releases.queries.releases import Release, highest_of

Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Offerable:
    """What of an adaptation may be offered, and what stays with the adopter and why it is not in the list."""

    may_leave: tuple[Difference, ...]
    stays: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Prospect:
    """What taking an offer would make of the publisher's highest version: its changes, questions, number and checks."""

    head: Release
    merged: Merged
    changes: tuple[Difference, ...]
    version: Version | None  # the least number that it may carry; None where nothing would change
    report: Report | None  # None while a question is open


def offerable(row: Adoption) -> Offerable:
    """This function will return the changes of what a region runs, in two parts. Inside its tenancy."""
    base, used = texts_of_release(row.base_id), texts_in_use(row)
    may_leave = compare(base, leaving(base, used)).differences
    paths = {one.change.path for one in may_leave}
    stays = tuple(one for one in compare(base, used).differences if one.change.path not in paths)
    return Offerable(may_leave, stays)


def picked_texts(row: Adoption, paths: Collection[str]) -> Texts:
    """This function will return the release a region stands on with the picked changes made. Inside its tenancy."""
    base = texts_of_release(row.base_id)
    return pick(base, leaving(base, texts_in_use(row)), paths)


def texts_of_offer(offer: Offer) -> Texts:
    """This function will return the files that were offered."""
    files = read_zip(bytes(offer.content))
    return {path: text.decode() for path, text in files.items() if path not in BESIDE}


def changes_offered(offer: Offer) -> tuple[Difference, ...]:
    """This function will return what an offer changes of the release it stands on."""
    return compare(texts_of_release(offer.base_id), texts_of_offer(offer)).differences


def changes_since(offer: Offer, head: Release) -> tuple[Difference, ...]:
    """This function will return what the publisher changed since the release that an offer stands on."""
    return compare(texts_of_release(offer.base_id), texts_of_release(head.id)).differences


def prospect_of(offer: Offer, choices: Mapping[str, Side]) -> Prospect:
    """This function will return what an offer would make of its package now, with these questions answered."""
    head = highest_of(offer.listing_id)
    now = texts_of_release(head.id)
    merged = merge(texts_of_release(offer.base_id), now, texts_of_offer(offer), choices)
    merged = Merged(_without_layout(now, merged.files), merged.conflicts)
    compared = compare(now, merged.files)
    report = None
    if merged.is_whole:
        report = check_files({path: text.encode() for path, text in merged.files.items()})
    version = compared.least if compared.differences else None
    return Prospect(head, merged, compared.differences, version, report)


def _without_layout(now: Texts, merged: Texts) -> Texts:
    """Return the merged files, but those byte for byte as they are now that say the same in another layout."""
    found = compare(now, merged).differences
    return pick(now, merged, [one.change.path for one in found if not _is_layout(one)])


def _is_layout(found: Difference) -> bool:
    return found.change.before is None and found.change.after is None


def offers_made(organization_id: UUID, listing_id: UUID) -> tuple[Offer, ...]:
    """This function will return what an organisation offered to the origin of a package, newest first. One query."""
    return tuple(_rows().filter(adopter_id=organization_id, listing_id=listing_id).order_by("-offered_at"))


def offers_received(organization_id: UUID) -> tuple[Offer, ...]:
    """This function will return what was offered to a publisher, what waits first, then the newest. One query."""
    rows = _rows().filter(listing__publisher_id=organization_id).order_by("-offered_at")
    return tuple(sorted(rows, key=lambda one: one.decided_at is not None))


def find_offer(organization_id: UUID, offer_id: UUID) -> Offer | None:
    """This function will return an offer that an organisation made or received, None for anybody else's."""
    side = Q(adopter_id=organization_id) | Q(listing__publisher_id=organization_id)
    return _rows().filter(side, id=offer_id).first()


def offers_waiting(organization_id: UUID) -> int:
    """This function will return how many offers a publisher has not answered yet. One query."""
    return Offer.objects.filter(listing__publisher_id=organization_id, decided_at__isnull=True).count()


def _rows() -> "QuerySet[Offer]":
    rows = Offer.objects.select_related("adopter", "listing__publisher", "base", "taken_in")
    return rows.defer("content", "base__content", "base__words", "taken_in__content", "taken_in__words")
