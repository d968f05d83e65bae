"""Several agencies and people on one action: one leads, the others help."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from livinglab.accounts.models import User
from livinglab.actions.domain.states import ActionStep
from livinglab.actions.models import Action, Reminder
from livinglab.actions.operations import helpers, moves
from livinglab.actions.operations.reminders import remind
from livinglab.actions.queries.calendar import calendar_days
from livinglab.kernel.identifiers import new_id
from livinglab.kernel.refusals import Refused
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.domain.kinds import AgencyKind
from livinglab.organizations.operations import add_agency, grant_membership
from livinglab.organizations.queries import Agency, Role
from tests.actions.kit import AT, SIAK, Region, accept, accepted_region, start
from tests.organizations.people import make_member, make_person, signed_in, trail

pytestmark = pytest.mark.django_db
HERE = f"/en/regions/{SIAK}/actions/"


@pytest.fixture
def region() -> Region:
    return accepted_region()


def second_agency(region: Region) -> tuple[Agency, User]:
    """This function will add an agency with an officer, who works on nothing yet."""
    here = region.organization
    agency = add_agency(
        organization_id=here.id, name="Bappeda (uji)", kind=AgencyKind.DEPARTMENT, by=None, at=AT
    )
    officer = make_person("opd.kedua")
    grant_membership(
        user=officer, organization=here, role=Role.AGENCY_OFFICER, agency_id=agency.id, by=None, at=AT
    )
    return agency, officer


def help_with(
    region: Region, *, agency: UUID | None = None, person: UUID | None = None, number: int = 1
) -> Action:
    return helpers.add(
        place=region.as_(region.coordinator),
        action_id=region.action(number).id,
        agency_id=agency,
        person_id=person,
        at=AT,
    )


def test_who_helps_works_on_the_action_and_who_does_not_does_not(region: Region) -> None:
    agency, officer = second_agency(region)
    first = region.action()
    with pytest.raises(Refused) as refused:
        moves.take(place=region.as_(officer), action_id=first.id, step=ActionStep.START, reason="", at=AT)
    assert refused.value.refusal.code == "not_your_action"
    help_with(region, agency=agency.id)
    moves.take(place=region.as_(officer), action_id=first.id, step=ActionStep.START, reason="", at=AT)
    helpers.remove(place=region.as_(region.coordinator), action_id=first.id, helper_id=agency.id, at=AT)
    with pytest.raises(Refused):
        moves.take(place=region.as_(officer), action_id=first.id, step=ActionStep.FINISH, reason="", at=AT)
    assert region.action().helping_agencies == []


def test_who_leads_or_helps_already_is_named_once_and_the_trail_says_what_was_before(region: Region) -> None:
    agency, officer = second_agency(region)
    assert help_with(region, agency=region.agency.id).helping_agencies == []
    help_with(region, agency=agency.id, person=officer.id)
    version = region.action().version
    again = help_with(region, agency=agency.id, person=officer.id)
    assert (again.helping_agencies, again.helping_people, again.version) == (
        [str(agency.id)],
        [str(officer.id)],
        version,
    )
    said = [one for one in trail(SIAK) if one.action == "actions.helpers_changed"]
    assert [(one.facts["agencies_before"], one.facts["agencies"]) for one in said] == [([], [str(agency.id)])]


def test_strangers_nobody_and_people_who_keep_no_plan_are_refused(region: Region) -> None:
    stranger = make_member("tetangga", Role.COORDINATOR, "32.11")
    for wanted, code in (
        ({}, "nobody_helps"),
        ({"agency": new_id()}, "helper_unknown"),
        ({"person": stranger.id}, "helper_person_unknown"),
    ):
        with pytest.raises(Refused) as refused:
            help_with(region, **wanted)
        assert refused.value.refusal.code == code
    with pytest.raises(Refused) as refused:
        helpers.add(
            place=region.as_(region.officer),
            action_id=region.action().id,
            agency_id=region.agency.id,
            person_id=None,
            at=AT,
        )
    assert refused.value.refusal.code == "not_a_keeper"
    assert region.action().people == frozenset()


def test_who_helps_is_reminded_and_has_it_in_the_calendar(region: Region) -> None:
    agency, officer = second_agency(region)
    here = region.organization.id
    with tenancy(here):
        rows = Action.objects.filter(organization_id=here)
        rows.update(starts_on=None, due_on=date(2029, 1, 1))
        rows.filter(number=1).update(due_on=date(2027, 3, 1))
        assert calendar_days(here, region.as_(officer).actor, lambda _one: "") == []
    help_with(region, agency=agency.id)
    remind(organization_id=here, at=datetime(2027, 2, 25, 22, tzinfo=UTC))
    with tenancy(here):
        people = set(Reminder.objects.filter(organization_id=here).values_list("person_id", flat=True))
        days = calendar_days(here, region.as_(officer).actor, lambda _one: "")
    assert people == {region.coordinator.id, region.officer.id, officer.id}
    assert [one.day for one in days] == [date(2027, 3, 1)]


def test_a_newer_plan_keeps_who_helps(region: Region) -> None:
    agency, officer = second_agency(region)
    first = help_with(region, agency=agency.id, person=officer.id)
    newer = accept(region.as_(region.coordinator), start(), target="2.30")
    with tenancy(region.organization.id):
        kept = Action.objects.get(
            organization_id=region.organization.id,
            plan=newer,
            indicator=first.indicator,
            to_level=first.to_level,
        )
    assert (kept.helping_agencies, kept.helping_people) == ([str(agency.id)], [str(officer.id)])


def test_the_page_names_who_leads_and_who_helps(region: Region) -> None:
    agency, officer = second_agency(region)
    client, first = signed_in(region.coordinator), region.action()
    path = f"{HERE}{region.plan.id}/{first.id}/"
    empty = client.post(f"{path}act/", {"intent": "helper-add"})
    assert (empty.status_code, "Choose an agency or a person to help." in empty.content.decode()) == (
        422,
        True,
    )
    given = {"intent": "helper-add", "helping_agency": str(agency.id), "helping_person": str(officer.id)}
    assert client.post(f"{path}act/", given).status_code == 302
    page = client.get(path).content.decode()
    assert "Bappeda (uji) · " in page
    assert "2 help" in client.get(f"{HERE}{region.plan.id}/").content.decode()
    assert client.post(f"{path}act/", {"intent": "helper-remove", "row": str(officer.id)}).status_code == 302
    assert "1 helps" in client.get(f"{HERE}{region.plan.id}/").content.decode()
