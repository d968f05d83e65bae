"""One page that adopter and publisher sign off: what is shared, who supports, who pays, on which ground."""

from dataclasses import astuple, dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from livinglab.accounts.queries import User
from livinglab.adoptions import policies
from livinglab.adoptions.events import AgreementMoved
from livinglab.adoptions.models import Agreement
from livinglab.adoptions.operations.records import TOPIC, lock_adoption, record
from livinglab.audit import operations as audit
from livinglab.kernel.events import publish
from livinglab.kernel.freshness import changed
from livinglab.kernel.refusals import Refusal, Refused, ensure
from livinglab.kernel.tenancy import tenancy
from livinglab.kernel.texts import storable
from livinglab.organizations.queries import Organization, roles_in

LONGEST = 1000


@dataclass(frozen=True, slots=True)
class Terms:
    """The four paragraphs of an agreement; each is owed, "none" is an answer."""

    shared: str
    support: str
    cost: str
    law: str


class UnknownAgreement(Exception):
    """There is no such agreement of this organisation."""


def propose(
    *, organization: Organization, adoption_id: UUID, terms: Terms, by: User, at: datetime
) -> Agreement:
    """This function will propose the terms of an adoption to its publisher, or change those nobody signed yet.

    A change takes both signatures away. Errors: `Refused` by the policy, for an empty or long paragraph, and when both
    sides signed already.
    """
    with tenancy(organization.id):
        row = lock_adoption(organization.id, adoption_id)
        ensure(policies.may_decide(roles_in(by, organization.id)))
        words = [" ".join(storable(one).split()) for one in astuple(terms)]
        if not all(0 < len(one) <= LONGEST for one in words):
            raise Refused(
                Refusal("terms_missing", _("Fill in all four parts, each in up to 1,000 characters."))
            )
        names = ("shared", "support", "cost", "law")
        locked = Agreement.objects.select_for_update(of=("self",))
        known = locked.filter(id=row.agreement_id).first() if row.agreement_id is not None else None
        if known is not None and known.is_agreed:
            raise Refused(
                Refusal("agreed_already", _("Both sides signed this agreement. It stays as it is."))
            )
        agreement = known or Agreement(
            adopter=organization,
            publisher_id=row.listing.publisher_id,
            listing_id=row.listing_id,
            is_synthetic=row.is_synthetic,
        )
        for name, text in zip(names, words, strict=True):
            setattr(agreement, name, text)
        agreement.proposed_at, agreement.proposed_by = at, by.id
        agreement.adopter_signed_at = agreement.adopter_signed_by = None
        agreement.publisher_signed_at = agreement.publisher_signed_by = None
        agreement.save()
        row.agreement_id = agreement.id
        record(row, "adoptions.agreement_proposed", by=by.id, at=at)
        publish(AgreementMoved(agreement_id=agreement.id, listing_id=agreement.listing_id))
    return agreement


def sign(*, organization: Organization, agreement_id: UUID, by: User, at: datetime) -> Agreement:
    """This function will sign an agreement for the side that an organisation stands on.

    Errors: `UnknownAgreement` for a stranger to it; `Refused` by the policy and when that side signed already.
    """
    with tenancy(None):
        agreement = (
            Agreement.objects.select_for_update(of=("self",))
            .filter(Q(adopter_id=organization.id) | Q(publisher_id=organization.id), id=agreement_id)
            .first()
        )
        if agreement is None:
            raise UnknownAgreement(agreement_id)
        side = "adopter" if agreement.adopter_id == organization.id else "publisher"
        is_signed = getattr(agreement, f"{side}_signed_at") is not None
        ensure(policies.may_sign(roles_in(by, organization.id), is_signed=is_signed))
        setattr(agreement, f"{side}_signed_at", at)
        setattr(agreement, f"{side}_signed_by", by.id)
        agreement.save()
        audit.record(
            organization_id=organization.id,
            by=by.id,
            at=at,
            action="adoptions.agreement_signed",
            subject=str(agreement.id),
            facts={"kind": side},
        )
        changed(TOPIC)
        publish(AgreementMoved(agreement_id=agreement.id, listing_id=agreement.listing_id))
    return agreement
