"""Who may do what with keys, releases and advisories; each policy returns None or a Refusal."""

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from livinglab.kernel.refusals import Refusal
from livinglab.releases.domain.parties import Actor, sides_of
from livinglab.releases.domain.states import TAKEN_BY, Point, ReleaseState, ReleaseStep, Side, next_state

_SIDE_WORDS: Final[Mapping[frozenset[Side], Promise]] = {
    frozenset({Side.REVIEWER}): _(
        "Only a ministry's officer who does not work for the publisher takes this step."
    ),
    frozenset({Side.PUBLISHER, Side.REVIEWER}): _(
        "Only the publisher's head of region, coordinator or responsible officer, or a ministry's officer, "
        "takes this step."
    ),
}


def may_publish(actor: Actor, *, publisher_id: UUID) -> Refusal | None:
    """This function will return why somebody may not send a package to be published, or change keys."""
    if publisher_id in actor.publishes_for:
        return None
    return Refusal(
        "not_for_the_publisher",
        _("Packages are published by the head of region, the coordinator or the responsible officer."),
    )


def may_answer(actor: Actor, *, publisher_id: UUID, state: ReleaseState) -> Refusal | None:
    """This function will return why somebody may not answer a point of the review."""
    if Side.REVIEWER not in sides_of(actor, publisher_id=publisher_id):
        return Refusal("not_a_reviewer", _SIDE_WORDS[frozenset({Side.REVIEWER})])
    if state is not ReleaseState.IN_REVIEW:
        return Refusal("review_is_over", _("The review of this version is over."))
    return None


def may_take(
    actor: Actor,
    *,
    publisher_id: UUID,
    state: ReleaseState,
    step: ReleaseStep,
    met: Mapping[Point, bool],
) -> Refusal | None:
    """This function will return why somebody may not move a release. `met`: the newest answer to each point."""
    if not sides_of(actor, publisher_id=publisher_id) & TAKEN_BY[step]:
        return Refusal("not_this_side", _SIDE_WORDS[TAKEN_BY[step]])
    if next_state(state, step) is None:
        return Refusal("not_in_this_state", _("This version has already been decided."))
    if step is ReleaseStep.LIST and not all(met.get(point) for point in Point):
        return Refusal(
            "points_are_open",
            _(
                "Law, privacy, security and accessibility must each be answered as met before a version is listed."
            ),
        )
    return None


def may_warn(actor: Actor, *, publisher_id: UUID, issuer_id: UUID) -> Refusal | None:
    """This function will return why somebody may not warn of versions in the name of an organisation."""
    is_publisher = issuer_id == publisher_id and publisher_id in actor.publishes_for
    if is_publisher or issuer_id in actor.ministries:
        return None
    return Refusal("may_not_warn", _("Only the publisher and ministries warn of versions of a package."))


def may_fetch(actor: Actor) -> Refusal | None:
    """This function will return why somebody may not fetch packages from other instances."""
    if actor.ministries or actor.publishes_for:
        return None
    return Refusal(
        "may_not_fetch",
        _(
            "Packages are fetched from other instances by officers of ministries, and by a region's head, coordinator "
            "or responsible officer."
        ),
    )


def may_trust(actor: Actor) -> Refusal | None:
    """This function will return why somebody may not trust a key of another instance: that holds for everybody here."""
    if actor.ministries:
        return None
    return Refusal("may_not_trust", _("Only an officer of a ministry trusts keys of other instances."))
