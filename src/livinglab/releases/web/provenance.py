"""Where a version comes from: who signed it with which key, who reviewed it, and what it came of."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from livinglab.releases.domain.states import Point
from livinglab.releases.models import Release
from livinglab.releases.queries import releases
from livinglab.ui.formats import moment
from livinglab.ui.languages import language


@dataclass(frozen=True, slots=True)
class Origin:
    """What everybody may check: `facts` are pairs (label, value); `warning` is empty while the key is believed."""

    facts: tuple[tuple[str, str], ...]
    warning: str


def origin_of(release: Release) -> Origin:
    """This function will return where a version comes from, in words. One query."""
    key = release.key
    facts = [
        (_("Published by"), f"{release.listing.publisher.name} ({release.listing.publisher.code})"),
        (_("Signed"), moment(release.signed_at, language=language())),
        (_("Key"), f"{key.key_id}: {_state_of(release)}"),
        (_("Public half"), key.public_key),
        (_("Content"), release.digest),
        (_("Review"), _reviewed(release)),
        (_("Licence"), release.words["licence"]),
    ]
    if release.fetched_from:
        facts.append((_("Fetched from"), release.fetched_from))
    return Origin(tuple(facts), _warning(release))


def _state_of(release: Release) -> str:
    key = release.key
    if key.revoked_at is not None:
        return _("revoked %(day)s (%(reason)s)") % {
            "day": moment(key.revoked_at, language=language()),
            "reason": key.reason,
        }
    if key.retired_at is not None:
        return _("replaced by a newer one; what it signed stays good")
    return _("in use")


def _warning(release: Release) -> str:
    """Return what a reader must know of a key that was revoked after it signed."""
    if release.key.revoked_at is None:
        return ""
    return _(
        "The key of this version was revoked later. This platform recorded the version before that, so it still "
        "holds here; elsewhere it is refused."
    )


def _reviewed(release: Release) -> str:
    answers = releases.answers_of(release.id)
    if not answers:
        return _("not yet looked at by a person")
    met = sum(1 for one in answers.values() if one.is_met)
    last = max(one.answered_at for one in answers.values())
    return _("%(met)s of %(all)s points met, last looked at %(day)s, by a ministry's officer") % {
        "met": met,
        "all": len(Point),
        "day": moment(last, language=language()),
    }
