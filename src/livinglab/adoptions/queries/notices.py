"""What somebody was told lately of packages, and what a notice speaks of."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from livinglab.adoptions.domain.notices import SHOWN_FOR, NoticeKind
from livinglab.adoptions.models import Agreement, FaultReport, Notice, Offer, SilencedNotice
from livinglab.releases.queries.releases import advisories_of, releases_of, severity_of

MOST: Final = 20
_OF_RELEASE: Final = frozenset({NoticeKind.NEWER, NoticeKind.WITHDRAWN})
_OF_WARNING: Final = frozenset({NoticeKind.WARNED, NoticeKind.WARNING_LIFTED})
_OF_AGREEMENT: Final = frozenset({NoticeKind.AGREEMENT_WAITS, NoticeKind.AGREED})
_OF_FAULT: Final = frozenset({NoticeKind.FAULT_FOUND, NoticeKind.FAULT_OF_MANY, NoticeKind.FAULT_ANSWERED})


@dataclass(frozen=True, slots=True)
class Spoken:
    """What a notice speaks of: a version, who stands on the other side, how urgent it is, and public words about it."""

    version: str = ""
    other: str = ""
    urgency: str = ""
    words: str = ""


def notices_for(user_id: UUID, *, organization_id: UUID, now: datetime) -> list[Notice]:
    """This function will return what a person was told for an organisation in the last 14 days, newest first."""
    rows = Notice.objects.select_related("organization", "listing__publisher")
    found = rows.filter(user_id=user_id, organization_id=organization_id, at__gt=now - SHOWN_FOR)
    return list(found.order_by("-at", "kind")[:MOST])


def silenced(kind: NoticeKind) -> set[UUID]:
    """This function will return who switched a kind of notice off. One query."""
    return set(SilencedNotice.objects.filter(kind=kind).values_list("user_id", flat=True))


def silenced_by(user_id: UUID) -> frozenset[NoticeKind]:
    """This function will return the kinds of notices that a person switched off. One query."""
    rows = SilencedNotice.objects.filter(user_id=user_id)
    return frozenset(NoticeKind(kind) for kind in rows.values_list("kind", flat=True))


def spoken_of(notice: Notice) -> Spoken:
    """This function will return what a notice speaks of. The words are public ones: a log of changes, a warning."""
    kind, listing = NoticeKind(notice.kind), notice.listing
    if kind in _OF_RELEASE:
        release = next(one for one in releases_of(listing.id) if one.id == notice.subject_id)
        said = release.changes if kind is NoticeKind.NEWER else release.reason
        return Spoken(version=release.version, other=listing.publisher.name, words=said)
    if kind in _OF_WARNING:
        advisory = next(one for one in advisories_of(listing.id) if one.id == notice.subject_id)
        versions = ", ".join(advisory.versions)
        return Spoken(versions, advisory.issued_for.name, severity_of(advisory).value, advisory.text)
    if kind in _OF_AGREEMENT:
        row = Agreement.objects.select_related("adopter", "publisher").get(id=notice.subject_id)
        other = row.publisher if row.adopter_id == notice.organization_id else row.adopter
        return Spoken(other=other.name)
    if kind in _OF_FAULT:
        report = FaultReport.objects.select_related("adopter", "release").get(id=notice.subject_id)
        return Spoken(version=report.release.version, other=report.adopter.name, words=report.fixed_in)
    offer = Offer.objects.defer("content").select_related("adopter", "taken_in").get(id=notice.subject_id)
    is_made = offer.adopter_id == notice.organization_id
    return Spoken(
        version=offer.taken_in.version if offer.taken_in else "",
        other=listing.publisher.name if is_made else offer.adopter.name,
    )
