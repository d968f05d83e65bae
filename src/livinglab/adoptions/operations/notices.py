"""Tells people what happened to packages: a row for each person and event, then one mail for each row.

Jobs call these. Only shared rows are read: who adopted what stands in the public projection. Called twice, people are
told once.
"""

import logging
from collections.abc import Collection, Iterable
from datetime import datetime
from smtplib import SMTPException
from uuid import UUID

from django.core.mail import EmailMessage

from livinglab.accounts.queries import User
from livinglab.adoptions import policies
from livinglab.adoptions.domain.notices import KEPT_FOR, MAILED_WITHIN, MANY, NoticeKind
from livinglab.adoptions.domain.states import AdoptionState, OfferState
from livinglab.adoptions.models import AdoptionFigure, Agreement, FaultReport, Notice, Offer, SilencedNotice
from livinglab.adoptions.operations.letters import write_letter
from livinglab.adoptions.queries.notices import silenced
from livinglab.audit import operations as audit
from livinglab.kernel.refusals import ensure
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.queries import Role, members
from livinglab.releases.queries.releases import (
    advisories_of,
    is_listed,
    is_public,
    releases_of,
    state_of,
)

log = logging.getLogger(__name__)
_OF_OFFER = {
    OfferState.OFFERED: NoticeKind.OFFERED,
    OfferState.WITHDRAWN: NoticeKind.OFFER_WITHDRAWN,
    OfferState.TAKEN: NoticeKind.OFFER_TAKEN,
    OfferState.DECLINED: NoticeKind.OFFER_DECLINED,
}
_TO_PUBLISHER = frozenset({OfferState.OFFERED, OfferState.WITHDRAWN})


def tell_of_release(*, listing_id: UUID, release_id: UUID, state: str) -> int:
    """This function will tell adopters of an older version that this one is offered, or its own that it is withdrawn.

    What moved on meanwhile is told to nobody. Returns how many people are newly told.
    """
    release = next((one for one in releases_of(listing_id) if one.id == release_id), None)
    if release is None or state_of(release) != state or release.decided_at is None:
        return 0
    if is_listed(release):
        older = [one for one in _figures(listing_id) if one.release.version_parts < release.version_parts]
        return _tell_adopters(older, NoticeKind.NEWER, release.id, release.decided_at)
    if is_public(release):
        same = [one for one in _figures(listing_id) if one.release_id == release.id]
        return _tell_adopters(same, NoticeKind.WITHDRAWN, release.id, release.decided_at)
    return 0


def tell_of_advisory(*, listing_id: UUID, advisory_id: UUID, is_lifted: bool) -> int:
    """This function will tell who runs one of the versions of a warning, or that it was lifted."""
    advisory = next((one for one in advisories_of(listing_id) if one.id == advisory_id), None)
    if advisory is None or (advisory.lifted_at is not None) != is_lifted:
        return 0
    warned = [one for one in _figures(listing_id) if one.release.version in advisory.versions]
    kind = NoticeKind.WARNING_LIFTED if is_lifted else NoticeKind.WARNED
    return _tell_adopters(warned, kind, advisory.id, advisory.lifted_at or advisory.issued_at)


def tell_of_offer(*, offer_id: UUID, state: str) -> int:
    """This function will tell the publisher of an offer, and its offerer how it ended."""
    offer = Offer.objects.defer("content").select_related("listing").filter(id=offer_id).first()
    if offer is None or offer.state != state:
        return 0
    now = OfferState(state)
    home = offer.listing.publisher_id if now in _TO_PUBLISHER else offer.adopter_id
    at = offer.decided_at or offer.offered_at
    return _tell(home, policies.DECIDES, _OF_OFFER[now], offer.listing_id, offer.id, at)


def tell_of_agreement(*, agreement_id: UUID) -> int:
    """This function will tell the sides that have not signed an agreement; the adopter, once both did."""
    row = Agreement.objects.filter(id=agreement_id).first()
    if row is None:
        return 0
    if row.adopter_signed_at is not None and row.publisher_signed_at is not None:
        at = max(row.adopter_signed_at, row.publisher_signed_at)
        return _tell(row.adopter_id, policies.DECIDES, NoticeKind.AGREED, row.listing_id, row.id, at)
    sides = ((row.adopter_id, row.adopter_signed_at), (row.publisher_id, row.publisher_signed_at))
    return sum(
        _tell(home, policies.DECIDES, NoticeKind.AGREEMENT_WAITS, row.listing_id, row.id, row.proposed_at)
        for home, signed_at in sides
        if signed_at is None
    )


def tell_of_fault(*, report_id: UUID) -> int:
    """This function will tell a publisher of the first report of a fault, and of the one that makes it many."""
    report = FaultReport.objects.select_related("release__listing").filter(id=report_id).first()
    if report is None:
        return 0
    same = FaultReport.objects.filter(
        release_id=report.release_id, path=report.path, answered_at__isnull=True
    )
    before = same.filter(reported_at__lte=report.reported_at).values("adopter_id").distinct().count()
    kind = {1: NoticeKind.FAULT_FOUND, MANY: NoticeKind.FAULT_OF_MANY}.get(before)
    if kind is None:
        return 0
    listing = report.release.listing
    return _tell(listing.publisher_id, policies.DECIDES, kind, listing.id, report.id, report.reported_at)


def tell_of_fault_answer(*, release_id: UUID, path: str, at: datetime) -> int:
    """This function will tell everybody whose report of a fault was answered at this moment."""
    rows = FaultReport.objects.select_related("release__listing")
    told = 0
    for row in rows.filter(release_id=release_id, path=path, answered_at=at):
        kind = NoticeKind.FAULT_ANSWERED
        told += _tell(row.adopter_id, policies.PREPARES, kind, row.release.listing_id, row.id, at)
    return told


def choose(*, user: User, off: Collection[NoticeKind], at: datetime) -> None:
    """This function will keep which kinds of notices a person switched off; all others are told again.

    What was told before stays on their pages; what waits to be mailed is mailed. Errors: `Refused` for a kind that
    nobody switches off, and then nothing changes.
    """
    for kind in off:
        ensure(policies.may_silence(kind))
    with tenancy(None):
        rows = SilencedNotice.objects.filter(user_id=user.id)
        before = set(rows.values_list("kind", flat=True))
        if before == {kind.value for kind in off}:
            return
        rows.delete()
        SilencedNotice.objects.bulk_create(SilencedNotice(user_id=user.id, kind=kind) for kind in set(off))
        audit.record(
            by=user.id,
            at=at,
            action="adoptions.notices_chosen",
            subject=str(user.id),
            facts={"off": sorted(off)},
        )


def mail(*, now: datetime) -> int:
    """This function will mail what nobody was mailed yet, and return how many mails were sent.

    A mail that the server refuses is tried again for two days; what the person is told stands on their page all the
    same. People who are not active any more get none.
    """
    with tenancy(None):
        waiting = (
            Notice.objects.select_for_update(skip_locked=True, of=("self",))
            .select_related("user", "organization", "listing__publisher")
            .filter(mailed_at__isnull=True, at__gt=now - MAILED_WITHIN, user__is_active=True)
        )
        return sum(_mail(one, now=now) for one in waiting.order_by("at", "id"))


def _mail(one: Notice, *, now: datetime) -> bool:
    letter = write_letter(one, language=one.user.language)
    try:
        EmailMessage(letter.subject, letter.text, to=[one.user.email]).send()
    except (SMTPException, OSError):
        log.exception("a notice about a package could not be mailed")
        return False
    Notice.objects.filter(id=one.id).update(mailed_at=now)
    return True


def _figures(listing_id: UUID) -> list[AdoptionFigure]:
    rows = AdoptionFigure.objects.select_related("release").defer("release__content", "release__words")
    return list(rows.filter(listing_id=listing_id).exclude(state=AdoptionState.ENDED))


def _tell_adopters(
    figures: Iterable[AdoptionFigure], kind: NoticeKind, subject_id: UUID, at: datetime
) -> int:
    return sum(
        _tell(one.organization_id, policies.PREPARES, kind, one.listing_id, subject_id, at) for one in figures
    )


def _tell(
    organization_id: UUID,
    roles: Iterable[Role],
    kind: NoticeKind,
    listing_id: UUID,
    subject_id: UUID,
    at: datetime,
) -> int:
    """Write the notices for who holds one of the roles now; what was told long ago is forgotten."""
    held = members(organization_id).filter(role__in=list(roles), user__is_active=True)
    people = set(held.values_list("user_id", flat=True)) - silenced(kind)
    what = {"organization_id": organization_id, "kind": kind, "subject_id": subject_id, "at": at}
    people -= set(Notice.objects.filter(**what).values_list("user_id", flat=True))
    told = [Notice(user_id=one, listing_id=listing_id, **what) for one in sorted(people)]
    Notice.objects.bulk_create(told, ignore_conflicts=True)
    Notice.objects.filter(organization_id=organization_id, at__lt=at - KEPT_FOR).delete()
    return len(told)
