"""A proposal of another context, taken as evidence: kept in the library once, and shown for the level that it names."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from livinglab.evaluations.models import EvidenceUse
from livinglab.evaluations.operations.evidence_uses import attach
from livinglab.evaluations.queries.places import Place
from livinglab.evaluations.queries.proposals import Proposal, proposals_for
from livinglab.evidence.operations import Details, DetailsRefused, add_link
from livinglab.evidence.queries import Piece, newest_at
from livinglab.kernel.refusals import Refusal, Refused
from livinglab.kernel.tenancy import tenancy


def take_proposal(*, place: Place, indicator: str, key: str, origin: str, at: datetime) -> EvidenceUse:
    """This function will keep a proposal as a link in the library, once, and attach it to an indicator.

    `origin` is how addresses of this platform begin. Errors: `Refused` for a proposal that does not hold any more, by
    the policies of adding and attaching evidence, and where it is shown for that level already; then nothing is kept.
    """
    organization_id = place.organization.id
    with tenancy(organization_id):
        proposal = next(
            (
                one
                for one in proposals_for(organization_id, place.instrument.code, indicator)
                if one.key == key
            ),
            None,
        )
        if proposal is None:
            words = _("This is not proposed any more: the service is not live, or helps another indicator.")
            raise Refused(Refusal("proposal_unknown", words))
        url = f"{origin}{proposal.path}"
        piece = newest_at(organization_id, url) or _kept(place, proposal, url, at)
        return attach(
            place=place,
            indicator=indicator,
            piece_id=piece.id,
            level=proposal.level,
            at=at,
        )


def _kept(place: Place, proposal: Proposal, url: str, at: datetime) -> Piece:
    details = Details(title=proposal.title[:200], type=proposal.type, issued_on=proposal.since)
    try:
        return add_link(
            organization_id=place.organization.id, url=url, details=details, by=place.actor.user_id, at=at
        )
    except DetailsRefused as refused:  # the title and the day are ours: only the address can be wrong
        words = _(
            "Nobody elsewhere can open %(address)s, so it proves nothing. Add a file to the library instead."
        )
        raise Refused(Refusal("address_closed", words % {"address": url})) from refused
