"""Everybody is told once of what is due, on their page and by mail."""

from datetime import UTC, date, datetime, timedelta
from smtplib import SMTPException
from typing import Any

import pytest
from django.core import mail as outbox
from django.core.mail.backends.base import BaseEmailBackend
from django.test import override_settings

from livinglab.accounts.models import User
from livinglab.actions.domain.due import Occasion, occasion_on
from livinglab.actions.domain.states import ActionState
from livinglab.actions.models import Action, Milestone, Reminder
from livinglab.actions.operations.reminders import mail, regions_at_work, remind
from livinglab.actions.queries.due import due_on_day, reminders_of
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations import operations as organizations
from livinglab.organizations.models import Membership
from tests.actions.kit import Region, accepted_region, bring
from tests.organizations.people import make_person, signed_in

pytestmark = pytest.mark.django_db
DUE = date(2027, 3, 1)


@pytest.fixture
def siak() -> Region:
    """A region whose first action is due on 1 March 2027 and every other far away."""
    region = accepted_region()
    with tenancy(region.organization.id):
        rows = Action.objects.filter(organization_id=region.organization.id)
        rows.update(starts_on=None, due_on=date(2029, 1, 1))
        rows.filter(number=1).update(due_on=DUE)
    return region


def at(day: date) -> datetime:
    """This function will return five in the morning of a day in the west."""
    return datetime(day.year, day.month, day.day, 22, tzinfo=UTC) - timedelta(days=1)


def tell(region: Region, day: date) -> int:
    return remind(organization_id=region.organization.id, at=at(day))


def post(region: Region, day: date) -> int:
    return mail(organization_id=region.organization.id, at=at(day))


def told(region: Region) -> set[tuple[Any, ...]]:
    with tenancy(region.organization.id):
        rows = Reminder.objects.filter(organization_id=region.organization.id)
        return set(rows.values_list("person_id", "occasion", "due_on"))


@pytest.mark.parametrize(
    ("left", "occasion"),
    [
        (15, None),
        (14, Occasion.TWO_WEEKS),
        (4, Occasion.TWO_WEEKS),
        (3, Occasion.THREE_DAYS),
        (0, Occasion.THREE_DAYS),
        (-1, Occasion.OVERDUE),
        (-400, Occasion.OVERDUE),
    ],
)
def test_each_occasion_has_its_days(left: int, occasion: Occasion | None) -> None:
    assert occasion_on(DUE - timedelta(days=left), DUE) is occasion


def test_the_agency_s_officer_and_the_coordinator_are_told_once_for_each_occasion(siak: Region) -> None:
    people = {siak.officer.id, siak.coordinator.id}
    assert tell(siak, DUE - timedelta(days=15)) == 0
    assert [tell(siak, DUE - timedelta(days=left)) for left in (14, 13, 3, 2, -1, -2)] == [2, 0, 2, 0, 2, 0]
    assert told(siak) == {(person, one.value, DUE) for person in people for one in Occasion}


def test_whoever_it_was_given_to_is_told_instead_of_the_agency(siak: Region) -> None:
    with tenancy(siak.organization.id):
        Action.objects.filter(number=1, organization_id=siak.organization.id).update(
            assignee_id=siak.planner.id
        )
    tell(siak, DUE)
    assert {person for person, *_rest in told(siak)} == {siak.planner.id, siak.coordinator.id}


def test_a_new_day_is_told_anew_and_an_action_that_ended_is_not_told(siak: Region) -> None:
    tell(siak, DUE)
    with tenancy(siak.organization.id):
        Action.objects.filter(number=1, organization_id=siak.organization.id).update(
            due_on=DUE + timedelta(days=2)
        )
    assert tell(siak, DUE) == 2
    bring(siak, 1, ActionState.DONE)
    assert tell(siak, DUE + timedelta(days=30)) == 0


def test_a_milestone_is_told_by_itself(siak: Region) -> None:
    action = siak.action(1)
    with tenancy(siak.organization.id):
        point = Milestone.objects.create(
            organization_id=siak.organization.id,
            action=action,
            title="Draf uji",
            due_on=DUE - timedelta(days=20),
        )
        found = due_on_day(siak.organization.id, DUE - timedelta(days=19))
    assert [(one.subject_id, one.occasion) for one in found] == [(point.id, Occasion.OVERDUE)]
    assert tell(siak, DUE - timedelta(days=19)) == 2


def test_one_mail_for_each_person_in_their_language_without_names_of_people(siak: Region) -> None:
    User.objects.filter(id=siak.officer.id).update(language="en")
    tell(siak, DUE - timedelta(days=14))
    tell(siak, DUE - timedelta(days=3))
    assert post(siak, DUE) == 2
    assert post(siak, DUE) == 0
    by_person = {one.to[0]: one for one in outbox.outbox}
    assert set(by_person) == {siak.officer.email, siak.coordinator.email}
    english, indonesian = by_person[siak.officer.email], by_person[siak.coordinator.email]
    assert english.subject == "Kabupaten Siak: 2 matters of the action plan need you"
    assert "1 March 2027: action 1, indicator" in english.body
    assert "(Dinas Kominfo (uji))" in english.body
    assert indonesian.subject == "Kabupaten Siak: 2 urusan rencana aksi menunggu Anda"
    assert "1 Maret 2027: aksi 1, indikator" in indonesian.body
    people = (siak.officer, siak.coordinator, siak.planner, siak.head)
    assert not [one.name for one in people for text in (english.body, indonesian.body) if one.name in text]


class Refusing(BaseEmailBackend):
    """A mail server that takes nothing."""

    def send_messages(self, email_messages: object) -> int:
        raise SMTPException("no")


def test_a_mail_that_was_refused_is_sent_with_the_next_run(siak: Region) -> None:
    tell(siak, DUE)
    with override_settings(EMAIL_BACKEND=f"{__name__}.Refusing"):
        assert post(siak, DUE) == 0
    assert outbox.outbox == []
    assert post(siak, DUE) == 2


def test_who_left_the_region_gets_no_mail(siak: Region) -> None:
    tell(siak, DUE)
    held = Membership.objects.get(user=siak.officer, ended_at__isnull=True)
    organizations.end_membership(membership=held, by=siak.coordinator.id, at=at(DUE))
    assert post(siak, DUE) == 1
    assert [one.to for one in outbox.outbox] == [[siak.coordinator.email]]


def test_what_was_told_is_open_until_it_is_done(siak: Region) -> None:
    tell(siak, DUE - timedelta(days=14))
    tell(siak, DUE)

    def shown() -> list[tuple[str, bool]]:
        with tenancy(siak.organization.id):
            found = reminders_of(siak.organization.id, siak.officer.id)
            return [(one.occasion, is_open) for one, is_open in found]

    assert shown() == [("three_days", True), ("two_weeks", False)]
    bring(siak, 1, ActionState.DONE)
    assert shown() == [("three_days", False), ("two_weeks", False)]


def test_only_regions_with_unfinished_actions_are_looked_at(siak: Region) -> None:
    assert regions_at_work() == [siak.organization.id]
    for action in siak.actions():
        bring(siak, action.number, ActionState.DROPPED)
    assert regions_at_work() == []


def test_another_region_s_people_are_told_nothing(siak: Region) -> None:
    make_person("orang.lain")
    other = accepted_region("32.11")
    tell(siak, DUE)
    assert told(other) == set()


def test_the_page_shows_what_waits_for_the_reader_alone(siak: Region) -> None:
    tell(siak, DUE)
    page = signed_in(siak.officer).get("/regions/14.08/actions/reminders/").content.decode()
    assert "1 urusan menunggu Anda" in page
    assert "jatuh tempo dalam tiga hari" in page
    assert (
        "Tidak ada yang menunggu Anda"
        in signed_in(siak.assessor).get("/regions/14.08/actions/reminders/").content.decode()
    )
