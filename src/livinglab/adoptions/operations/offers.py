"""Offering a change back to where a package came from: made, taken back, taken into a next version, or declined."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from livinglab.accounts.queries import User
from livinglab.adoptions import policies
from livinglab.adoptions.domain.states import AdoptionState, OfferState
from livinglab.adoptions.events import ChangeOffered
from livinglab.adoptions.models import Adoption, Offer
from livinglab.adoptions.operations.editions import NotSound, Undecided
from livinglab.adoptions.operations.records import TOPIC, UnknownAdoption
from livinglab.adoptions.queries.offers import offerable, picked_texts, prospect_of
from livinglab.audit import operations as audit
from livinglab.kernel.events import publish
from livinglab.kernel.freshness import changed
from livinglab.kernel.refusals import Refusal, Refused, ensure
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.queries import Organization, roles_in
from livinglab.packages.queries.check import check_files
from livinglab.packages.queries.merging import Side
from livinglab.packages.queries.preparing import numbered
from livinglab.packages.queries.reading import digest_of, parse_package
from livinglab.packages.queries.sealing import build
from livinglab.releases.operations.publishing import submit

LONGEST_TITLE: Final = 160
LONGEST_WHY: Final = 2000
LONGEST_REASON: Final = 1000


class UnknownOffer(Exception):
    """There is no such offer of this organisation, or to it."""


def offer(
    *,
    organization: Organization,
    adoption_id: UUID,
    paths: Collection[str],
    title: str,
    why: str,
    by: User,
    at: datetime,
) -> Offer:
    """This function will offer changes of what a region runs to the publisher of its package.

    `paths` name the changes (`queries.offers.offerable`). Nothing else of the adoption leaves it: neither values nor
    people. The same content offered twice is one offer. Errors: `UnknownAdoption`; `Refused` by the policy, without a
    change, a title or a reason, and for a change that stays with the adopter; `NotSound` when what was picked needs
    what was not.
    """
    title, why = " ".join(title.split()), why.strip()
    with tenancy(organization.id):
        row = _adoption(organization.id, adoption_id)
        ensure(policies.may_offer(roles_in(by, organization.id), state=AdoptionState(row.state)))
        ensure(_refusal_of_words(title, why))
        ensure(_refusal_of_paths(paths, known={one.change.path for one in offerable(row).may_leave}))
        files = {path: text.encode() for path, text in picked_texts(row, paths).items()}
        report = check_files(files)
        if report.package is None or not report.is_sound:
            raise NotSound(report)
        digest = digest_of(files)
        known = Offer.objects.filter(
            adopter_id=organization.id, listing_id=row.listing_id, digest=digest, state=OfferState.OFFERED
        ).first()
        if known is not None:
            return known
        made = Offer.objects.create(
            adopter=organization,
            listing=row.listing,
            base_id=row.base_id,
            content=build(report.package),
            digest=digest,
            title=title,
            why=why,
            offered_at=at,
            offered_by=by.id,
            is_synthetic=row.is_synthetic,
        )
        _tell(made, "adoptions.change_offered", organization_id=organization.id, by=by.id, at=at)
    return made


def withdraw(*, organization: Organization, offer_id: UUID, by: User, at: datetime) -> Offer:
    """This function will take an offer back before it is answered. Errors: `UnknownOffer`; `Refused` by the policy."""
    with tenancy(organization.id):
        row = _lock(offer_id, adopter_id=organization.id)
        ensure(policies.may_answer_offer(roles_in(by, organization.id), state=OfferState(row.state)))
        _decide(row, OfferState.WITHDRAWN, "", by=by.id, at=at)
        _tell(row, "adoptions.offer_withdrawn", organization_id=organization.id, by=by.id, at=at)
    return row


def decline(*, organization: Organization, offer_id: UUID, reason: str, by: User, at: datetime) -> Offer:
    """This function will decline an offer with a reason that its offerer reads.

    Errors: `UnknownOffer`; `Refused` by the policy and without a reason.
    """
    reason = reason.strip()
    with tenancy(organization.id):
        row = _lock(offer_id, listing__publisher_id=organization.id)
        ensure(policies.may_answer_offer(roles_in(by, organization.id), state=OfferState(row.state)))
        if not 0 < len(reason) <= LONGEST_REASON:
            raise Refused(Refusal("reason_missing", _("Say in up to 1,000 characters why.")))
        _decide(row, OfferState.DECLINED, reason, by=by.id, at=at)
        _tell(row, "adoptions.offer_declined", organization_id=organization.id, by=by.id, at=at)
    return row


def accept(
    *, organization: Organization, offer_id: UUID, choices: Mapping[str, Side], by: User, at: datetime
) -> Offer:
    """This function will publish what an offer makes of the package as its next version, which then waits for review.

    Its number is the least that the change requires; its log says what changed and who offered it. `choices` answer
    the questions of the merge by path. Errors: `UnknownOffer`; `Undecided` while a question is open; `NotSound` for
    checks or scenarios that fail on the result; `Refused` by the policies, and when nothing of the offer is new.
    """
    with tenancy(organization.id):
        row = _lock(offer_id, listing__publisher_id=organization.id)
        ensure(policies.may_answer_offer(roles_in(by, organization.id), state=OfferState(row.state)))
        found = prospect_of(row, choices)
        if not found.merged.is_whole:
            raise Undecided(found.merged)
        if found.version is None:
            raise Refused(
                Refusal("nothing_new", _("Your newest version holds this already. Decline it and say so."))
            )
        if found.report is not None and not found.report.is_sound:
            raise NotSound(found.report)
        log = f"- {row.title} ({row.adopter.name})"
        texts = numbered(found.merged.files, version=str(found.version), log=log)
        package = parse_package({path: text.encode() for path, text in texts.items()})
        row.taken_in = submit(organization=organization, content=build(package), by=by, at=at)
        _decide(row, OfferState.TAKEN, "", by=by.id, at=at)
        _tell(row, "adoptions.offer_taken", organization_id=organization.id, by=by.id, at=at)
    return row


def _adoption(organization_id: UUID, adoption_id: UUID) -> Adoption:
    rows = Adoption.objects.select_related("listing__publisher", "base").defer("base__content")
    row = rows.filter(organization_id=organization_id, id=adoption_id).first()
    if row is None:
        raise UnknownAdoption(adoption_id)
    return row


def _lock(offer_id: UUID, **side: UUID) -> Offer:
    rows = Offer.objects.select_for_update(of=("self",)).select_related("adopter", "listing__publisher")
    row = rows.filter(id=offer_id, **side).first()
    if row is None:
        raise UnknownOffer(offer_id)
    return row


def _refusal_of_words(title: str, why: str) -> Refusal | None:
    if not 0 < len(title) <= LONGEST_TITLE:
        return Refusal("title_missing", _("Say in up to 160 characters what you offer."))
    if not 0 < len(why) <= LONGEST_WHY:
        return Refusal("why_missing", _("Say in up to 2,000 characters why it helps others too."))
    return None


def _refusal_of_paths(paths: Collection[str], *, known: Collection[str]) -> Refusal | None:
    if not paths:
        return Refusal("nothing_chosen", _("Choose at least one change to offer."))
    if set(paths) - set(known):
        return Refusal(
            "change_unknown", _("One of these changes is not there any more. Look at the list again.")
        )
    return None


def _decide(row: Offer, state: OfferState, reason: str, *, by: UUID, at: datetime) -> None:
    row.state, row.reason, row.decided_at, row.decided_by = state, reason, at, by
    row.save(update_fields=["state", "reason", "decided_at", "decided_by", "taken_in"])


def _tell(row: Offer, action: str, *, organization_id: UUID, by: UUID, at: datetime) -> None:
    audit.record(
        organization_id=organization_id,
        by=by,
        at=at,
        action=action,
        subject=f"{row.listing.publisher.code}/{row.listing.package_id}",
        facts={"revision": row.taken_in.version} if row.taken_in else None,
    )
    changed(TOPIC)
    publish(ChangeOffered(offer_id=row.id, listing_id=row.listing_id, state=row.state))
