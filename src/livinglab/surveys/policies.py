"""Who may do what with surveys; each policy returns None or a Refusal, for the button and for the write."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from livinglab.kernel.refusals import Refusal
from livinglab.organizations.queries import Role
from livinglab.surveys.domain.invitations import LONGEST_COMMENT, LinkState

#: who reads what applicants wrote: those who answer for services, work in them, or look after them
COMMENT_READERS: Final = frozenset(
    {
        Role.HEAD_OF_REGION,
        Role.COORDINATOR,
        Role.RESPONSIBLE_OFFICER,
        Role.AGENCY_OFFICER,
        Role.INSPECTORATE,
    }
)


def may_invite(state: LinkState) -> Refusal | None:
    """This function will return why an applicant may not be asked again; `state` is that of the earlier link."""
    if state is LinkState.ANSWERED:
        return Refusal("answered", _("This was answered already. Thank you."))
    return None


def may_answer(state: LinkState) -> Refusal | None:
    """This function will return why a link takes no answer."""
    if state is LinkState.EXPIRED:
        return Refusal("expired", _("The days of this link are over."))
    return may_invite(state)


def may_comment(text: str) -> Refusal | None:
    """This function will return why a comment is not taken."""
    if len(text) > LONGEST_COMMENT:
        said = _("The comment has %(given)s characters; shorten it to %(most)s.")
        return Refusal("comment_too_long", said % {"given": len(text), "most": LONGEST_COMMENT})
    return None
