"""A service that went live from a package is proposed as evidence for the indicators that the package names."""

from collections.abc import Sequence
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from livinglab.adoptions.domain.states import AdoptionState
from livinglab.adoptions.queries.helping import Helping, helping
from livinglab.evaluations.queries.proposals import Proposal
from livinglab.ui.languages import language


def live_services(organization_id: UUID, instrument: str, indicator: str) -> Sequence[Proposal]:
    """This function will return an organisation's live services from packages that name an indicator. One query.

    The page is the package's public list of who runs it, which says since when and how far adapted.
    """
    found = helping([organization_id]).get((organization_id, instrument, indicator), ())
    return [_proposal(one) for one in found if one.state is AdoptionState.LIVE and one.live_on is not None]


def _proposal(one: Helping) -> Proposal:
    assert one.live_on is not None, "only what is live is proposed"
    name = one.name_en if language() == "en" and one.name_en else one.name_id
    return Proposal(
        key=str(one.adoption_id),
        title=_("%(name)s, live service from package %(package)s %(version)s")
        % {"name": name, "package": f"{one.publisher}/{one.package_id}", "version": one.version},
        path=reverse("adoptions:adopters", args=[one.publisher, one.package_id]),
        level=one.level,
        since=one.live_on,
    )
