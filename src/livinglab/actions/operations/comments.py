"""What people say about an action."""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from livinglab.actions import policies
from livinglab.actions.models import ActionComment
from livinglab.actions.operations.records import lock_action, record
from livinglab.actions.queries.places import Place
from livinglab.kernel.refusals import Refusal, Refused, ensure
from livinglab.kernel.tenancy import tenancy
from livinglab.kernel.texts import storable

LONGEST: Final = 4_000


def say(*, place: Place, action_id: UUID, text: str, at: datetime) -> ActionComment:
    """This function will add a comment to an action; it stays as it was written.

    Errors: `Refused` by the policy, for an empty text and one of more than 4,000 characters; `UnknownAction`.
    """
    text = storable(text).replace("\r\n", "\n")
    with tenancy(place.organization.id):
        action, plan = lock_action(place.organization.id, action_id)
        ensure(policies.may_comment(place.actor, action, plan))
        if not text:
            raise Refused(Refusal("comment_empty", _("Write what you want to say.")))
        if len(text) > LONGEST:
            raise Refused(Refusal("comment_too_long", _("The text is too long: at most 4,000 characters.")))
        row = ActionComment.objects.create(
            organization_id=place.organization.id, action=action, text=text, at=at, by=place.actor.user_id
        )
        record(place, "commented", action, at=at)
    return row
