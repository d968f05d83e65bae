"""Who may change an organisation's members and agencies. Each policy returns None or a Refusal.

Nobody changes their own roles, except giving one up: whoever receives power receives it from a second person.
The last keeper of the members cannot be removed, else nobody could ever grant a role there again.
"""

from django.utils.translation import gettext_lazy as _

from livinglab.kernel.refusals import Refusal
from livinglab.organizations.domain.kinds import Kind
from livinglab.organizations.domain.roles import AGENCY_KEEPERS, HELD_IN, MEMBERSHIP_KEEPERS, Role
from livinglab.organizations.domain.universities import LONGEST_NAME


def may_hold(role: Role, *, kind: Kind) -> Refusal | None:
    """This function will return why a role cannot be held in an organisation of this kind."""
    if kind in HELD_IN[role]:
        return None
    return Refusal("role_of_others", _("This role does not exist in an organisation of this kind."))


def may_keep_members(roles: frozenset[Role]) -> Refusal | None:
    """This function will return why somebody with these roles may not grant and end memberships."""
    if roles & MEMBERSHIP_KEEPERS:
        return None
    return Refusal("not_a_keeper", _("Only the coordinator and the administrator keep the members."))


def may_grant(
    role: Role, *, kind: Kind, by_roles: frozenset[Role], to_self: bool, is_address_verified: bool
) -> Refusal | None:
    """This function will return why somebody may not give this role to this person."""
    refusal = may_keep_members(by_roles) or may_hold(role, kind=kind)
    if refusal is not None:
        return refusal
    if to_self:
        return Refusal(
            "own_role", _("Nobody gives a role to themselves; ask another coordinator or administrator.")
        )
    if not is_address_verified:
        return Refusal(
            "address_not_verified",
            _(
                "This person has not confirmed their e-mail address yet, so it is not sure whose account it is."
            ),
        )
    return None


def may_end(role: Role, *, by_roles: frozenset[Role], is_own: bool, other_keepers: int) -> Refusal | None:
    """This function will return why somebody may not end this membership.

    `other_keepers` counts the other people here who keep the members.
    """
    if not is_own and (refusal := may_keep_members(by_roles)) is not None:
        return refusal
    if role in MEMBERSHIP_KEEPERS and other_keepers == 0:
        return Refusal(
            "last_keeper",
            _("This is the last person who keeps the members. Give the role to somebody else first."),
        )
    return None


def may_keep_agencies(roles: frozenset[Role]) -> Refusal | None:
    """This function will return why somebody with these roles may not add and close agencies."""
    if roles & AGENCY_KEEPERS:
        return None
    return Refusal("not_an_agency_keeper", _("Your role does not keep this organisation's agencies."))


def may_close_agency(*, roles: frozenset[Role], is_closed: bool, open_units: int) -> Refusal | None:
    """This function will return why an agency cannot be closed; `open_units` counts the open agencies below it."""
    if (refusal := may_keep_agencies(roles)) is not None:
        return refusal
    if is_closed:
        return Refusal("already_closed", _("This agency is closed already."))
    if open_units:
        return Refusal("has_units", _("Other agencies stand below this one. Close them first."))
    return None


def may_list_universities(*, is_ministry: bool) -> Refusal | None:
    """This function will return why somebody may not add a university to the list: a ministry does."""
    if is_ministry:
        return None
    return Refusal("not_the_ministry", _("Only a ministry adds universities to the list."))


def already_listed(name: str) -> Refusal:
    """This function will return the refusal of a university that is in the list."""
    words = _("%(university)s is in the list already. Choose it there.")
    return Refusal("university_listed", words % {"university": name})


def may_be_listed(*, name: str, code: str, same: str | None, alike: str | None) -> Refusal | None:
    """This function will return why a university cannot be added to the list.

    `same` is the listed university of that name in another spelling; `alike` one with nearly the same name that
    nobody said is another.
    """
    if not code:
        return Refusal("university_missing", _("Write the full name of the university."))
    if len(name) > LONGEST_NAME:
        return Refusal(
            "university_too_long", _("The name of the university is too long: at most 160 characters.")
        )
    if same is not None:
        return already_listed(same)
    if alike is not None:
        words = _("The list has %(university)s. Choose it, or say that you mean another university.")
        return Refusal("university_alike", words % {"university": alike})
    return None
