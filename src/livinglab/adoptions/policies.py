"""Who may do what with adoptions; each policy returns None or a Refusal, for the button and for the write."""

from collections.abc import Collection
from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from livinglab.adoptions.domain.notices import ALWAYS, NoticeKind
from livinglab.adoptions.domain.states import ADOPTION_STEPS, AdoptionState, AdoptionStep, OfferState
from livinglab.kernel.refusals import Refusal
from livinglab.organizations.queries import Role

#: who works on a service: parameters, drafts, requirements
PREPARES: Final = frozenset(
    {Role.HEAD_OF_REGION, Role.COORDINATOR, Role.RESPONSIBLE_OFFICER, Role.AGENCY_OFFICER, Role.DATA_ENTRY}
)
#: who answers for it: agreements, going live, offers
DECIDES: Final = frozenset({Role.HEAD_OF_REGION, Role.COORDINATOR, Role.RESPONSIBLE_OFFICER})


def may_prepare(roles: Collection[Role]) -> Refusal | None:
    """This function will return why somebody may not work on the organisation's services."""
    if PREPARES.intersection(roles):
        return None
    return Refusal(
        "may_not_prepare", _("Services are prepared by agency officers and those who answer for them.")
    )


def may_decide(roles: Collection[Role]) -> Refusal | None:
    """This function will return why somebody may not decide on the organisation's services."""
    if DECIDES.intersection(roles):
        return None
    return Refusal(
        "may_not_decide",
        _("This is decided by the head of region, the coordinator or the responsible officer."),
    )


def may_silence(kind: NoticeKind) -> Refusal | None:
    """This function will return why a kind of notice may not be switched off, by nobody."""
    if kind not in ALWAYS:
        return None
    return Refusal(
        "always_told",
        _("Warnings and withdrawn versions are always told: a service that runs may be unsafe."),
    )


def may_start(
    roles: Collection[Role], *, organization_id: UUID, publisher_id: UUID, is_listed: bool
) -> Refusal | None:
    """This function will return why a package may not be taken over."""
    if not is_listed:
        return Refusal("not_listed", _("This version is not offered. Choose a listed one."))
    if organization_id == publisher_id:
        return Refusal(
            "own_package", _("This is your own package. To run it, put it live from your own packages.")
        )
    return may_prepare(roles)


def may_take(
    roles: Collection[Role], *, state: AdoptionState, step: AdoptionStep, is_agreed: bool, missing: int
) -> Refusal | None:
    """This function will return why an adoption may not be moved. `missing`: what going live still needs."""
    refusal = may_decide(roles)
    if refusal is not None:
        return refusal
    if (state, step) not in ADOPTION_STEPS:
        return Refusal("not_in_this_state", _("This is not possible where the service stands now."))
    if step is AdoptionStep.GO_LIVE and not is_agreed:
        return Refusal("not_agreed", _("Both sides sign the agreement before the service goes live."))
    if step is AdoptionStep.GO_LIVE and missing:
        return Refusal(
            "not_ready", _("What going live needs is not complete. The list says what is missing.")
        )
    return None


def may_sign(roles: Collection[Role], *, is_signed: bool) -> Refusal | None:
    """This function will return why somebody may not sign an agreement for a side. `is_signed`: that side signed."""
    if is_signed:
        return Refusal("signed_already", _("Your side signed already."))
    return may_decide(roles)


def may_edit(roles: Collection[Role], *, state: AdoptionState) -> Refusal | None:
    """This function will return why an adoption's parameters or files may not be changed."""
    if state is AdoptionState.ENDED:
        return Refusal("ended", _("This service has ended. Start it again to change it."))
    return may_prepare(roles)


def may_set_values(roles: Collection[Role], *, state: AdoptionState, is_seated: bool) -> Refusal | None:
    """This function will return why the values of a unit may not be set. `is_seated`: they work there for it."""
    if state is AdoptionState.ENDED or not is_seated:
        return may_edit(roles, state=state)
    return None


def may_hand_down(roles: Collection[Role], *, state: AdoptionState) -> Refusal | None:
    """This function will return why a service may not be handed down to units, or taken out of them."""
    return may_decide(roles) or may_edit(roles, state=state)


def may_offer(roles: Collection[Role], *, state: AdoptionState) -> Refusal | None:
    """This function will return why changes of an adoption may not be offered back, or made a package of their own."""
    return may_decide(roles) or may_edit(roles, state=state)


def may_answer_offer(roles: Collection[Role], *, state: OfferState) -> Refusal | None:
    """This function will return why a change offered back may not be answered, or taken back."""
    if state is not OfferState.OFFERED:
        return Refusal("answered_already", _("This offer was answered already."))
    return may_decide(roles)
