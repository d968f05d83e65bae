"""A reviewer answers the four points and lists or returns a version; it may be withdrawn later."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from livinglab.accounts.queries import User
from livinglab.audit import operations as audit
from livinglab.kernel.events import publish
from livinglab.kernel.freshness import changed
from livinglab.kernel.refusals import Refusal, Refused, ensure
from livinglab.kernel.tenancy import tenancy
from livinglab.releases import policies
from livinglab.releases.domain.states import Point, ReleaseState, ReleaseStep, next_state
from livinglab.releases.events import ReleaseMoved
from livinglab.releases.models import PointAnswer, Release
from livinglab.releases.operations.keys import TOPIC
from livinglab.releases.queries.parties import actor_of
from livinglab.releases.queries.releases import met_points

LONGEST_NOTE = 1000


class UnknownRelease(Exception):
    """There is no such release."""


def answer(
    *, release_id: UUID, point: Point, is_met: bool, note: str = "", by: User, at: datetime
) -> PointAnswer:
    """This function will keep what a reviewer found on one point; the newest answer counts.

    Errors: `UnknownRelease`; `Refused` by the policy, and for a point that is not met without saying what is missing.
    """
    note = note.strip()
    with tenancy(None):
        release = lock_release(release_id)
        publisher_id = release.listing.publisher_id
        state = ReleaseState(release.state)
        ensure(policies.may_answer(actor_of(by), publisher_id=publisher_id, state=state))
        if (not is_met and not note) or len(note) > LONGEST_NOTE:
            raise Refused(Refusal("note_missing", _("Say in up to 1,000 characters what is missing.")))
        row = PointAnswer.objects.create(
            release=release, point=point, is_met=is_met, note=note, answered_by=by.id, answered_at=at
        )
        record(release, "releases.point_answered", by=by.id, at=at, facts={"point": point, "is_met": is_met})
    return row


def take(*, release_id: UUID, step: ReleaseStep, reason: str = "", by: User, at: datetime) -> Release:
    """This function will list, return or withdraw a release; a listed one becomes the newest of its listing.

    Errors: `UnknownRelease`; `Refused` by the policy, and without a reason where one is owed.
    """
    reason = reason.strip()
    with tenancy(None):
        release = lock_release(release_id)
        ensure(
            policies.may_take(
                actor_of(by),
                publisher_id=release.listing.publisher_id,
                state=ReleaseState(release.state),
                step=step,
                met=met_points(release.id),
            )
        )
        if step is not ReleaseStep.LIST and (not reason or len(reason) > LONGEST_NOTE):
            raise Refused(Refusal("reason_missing", _("Say in up to 1,000 characters why.")))
        move(release, step, reason=reason, by=by.id, at=at)
    return release


def move(release: Release, step: ReleaseStep, *, reason: str, by: UUID | None, at: datetime) -> None:
    """This function will move a locked release by a step that was allowed, and tell the others."""
    after = next_state(ReleaseState(release.state), step)
    assert after is not None, "the policy asked before"
    release.state, release.reason, release.decided_by, release.decided_at = after, reason, by, at
    release.save(update_fields=["state", "reason", "decided_by", "decided_at"])
    _show_newest(release, at=at)
    record(release, "releases.moved", by=by, at=at, facts={"step": step})
    publish(
        ReleaseMoved(
            organization_id=release.listing.publisher_id,
            listing_id=release.listing_id,
            release_id=release.id,
            state=after,
        )
    )


def lock_release(release_id: UUID) -> Release:
    """This function will return a release with its listing, locked to the end. Errors: `UnknownRelease`."""
    found = (
        Release.objects.select_for_update(of=("self",))
        .select_related("listing__publisher", "key")
        .filter(id=release_id)
        .first()
    )
    if found is None:
        raise UnknownRelease(release_id)
    return found


def record(
    release: Release, action: str, *, by: UUID | None, at: datetime, facts: Mapping[str, object] | None = None
) -> None:
    """This function will append an entry to the publisher's trail and make the pages about releases stale."""
    audit.record(
        organization_id=release.listing.publisher_id,
        by=by,
        at=at,
        action=action,
        subject=f"{release.listing.package_id} {release.version}",
        facts=facts,
    )
    changed(TOPIC)


def _show_newest(release: Release, *, at: datetime) -> None:
    """Let the listing speak with the words of its newest listed release; none is left: it is not offered any more."""
    listing = release.listing
    newest = listing.releases.filter(state=ReleaseState.LISTED).order_by("-version_parts").first()
    listing.newest, listing.changed_at = newest, at
    if newest is not None:
        for name, value in newest.words["listing"].items():
            setattr(listing, name, value)
    listing.save()
