"""Who helps with an action beside the agency and person that lead it."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from livinglab.actions import policies
from livinglab.actions.domain.actors import ASSIGNABLE
from livinglab.actions.models import Action
from livinglab.actions.operations.actions import touch
from livinglab.actions.operations.records import lock_action, record
from livinglab.actions.queries.places import Place
from livinglab.kernel.refusals import Refusal, Refused, ensure
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations import queries as organizations


def add(
    *, place: Place, action_id: UUID, agency_id: UUID | None, person_id: UUID | None, at: datetime
) -> Action:
    """This function will let an agency, a person, or both help with an action; who leads or helps already stays.

    Errors: `Refused` by the policy, without anybody, and for who is not of this region; `UnknownAction`.
    """
    if agency_id is None and person_id is None:
        raise Refused(Refusal("nobody_helps", _("Choose an agency or a person to help.")))
    with tenancy(place.organization.id):
        action, plan = lock_action(place.organization.id, action_id)
        ensure(policies.may_change_plan(place.actor, plan))
        _ensure_here(place, agency_id, person_id)
        agencies, people = list(action.helping_agencies), list(action.helping_people)
        if agency_id is not None and agency_id not in action.agencies:
            agencies.append(str(agency_id))
        if person_id is not None and person_id not in action.people:
            people.append(str(person_id))
        _store(place, action, agencies, people, at=at)
    return action


def remove(*, place: Place, action_id: UUID, helper_id: UUID, at: datetime) -> Action:
    """This function will no longer let an agency or a person help; one that does not help changes nothing.

    Errors: `Refused` by the policy, `UnknownAction`.
    """
    with tenancy(place.organization.id):
        action, plan = lock_action(place.organization.id, action_id)
        ensure(policies.may_change_plan(place.actor, plan))
        gone = str(helper_id)
        agencies = [one for one in action.helping_agencies if one != gone]
        people = [one for one in action.helping_people if one != gone]
        _store(place, action, agencies, people, at=at)
    return action


def _store(place: Place, action: Action, agencies: list[str], people: list[str], *, at: datetime) -> None:
    before = (action.helping_agencies, action.helping_people)
    if (agencies, people) == before:
        return
    facts = {"agencies_before": before[0], "people_before": before[1]}
    action.helping_agencies, action.helping_people = agencies, people
    touch(action, ["helping_agencies", "helping_people"], by=place.actor.user_id, at=at)
    record(place, "helpers_changed", action, at=at, agencies=agencies, people=people, **facts)


def _ensure_here(place: Place, agency_id: UUID | None, person_id: UUID | None) -> None:
    here = place.organization.id
    if agency_id is not None and not organizations.agencies(here).filter(id=agency_id).exists():
        raise Refused(Refusal("helper_unknown", _("This organisation has no such agency.")))
    if person_id is not None and not organizations.roles_held(person_id, here) & ASSIGNABLE:
        words = _("This person holds no role here that works on actions.")
        raise Refused(Refusal("helper_person_unknown", words))
