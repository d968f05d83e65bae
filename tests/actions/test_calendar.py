"""Due days in people's own calendars, read back by another programme than the one that wrote them."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
import vobject
from django.test import Client

from livinglab.accounts.models import User
from livinglab.actions.adapters.calendar_file import write_calendar
from livinglab.actions.domain.calendar import CalendarDay
from livinglab.actions.domain.states import ActionState
from livinglab.actions.models import Action, CalendarFeed, Milestone
from livinglab.actions.operations.calendar import make_address, revoke_address
from livinglab.actions.queries.calendar import token_hash
from livinglab.kernel.identifiers import new_id
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations import operations as organizations
from livinglab.organizations.models import Membership
from tests.actions.kit import AT, Region, accepted_region, bring
from tests.organizations.people import signed_in, trail

HERE = "/regions/14.08/actions/calendar"
FULL = CalendarDay(
    id=new_id(),
    version=3,
    changed_at=datetime(2026, 11, 22, 3, tzinfo=UTC),
    day=date(2027, 3, 1),
    number=4,
    instrument="spbe-2020",
    indicator="21",
    to_level=3,
    title="Judul; dengan, koma\ndan baris\\baru " + "panjang " * 20,
    agency="Dinas Kominfo (uji)",
    milestone="",
    path="/regions/14.08/",
    is_synthetic=True,
)


def test_another_reader_finds_the_whole_day_the_alarms_and_every_character() -> None:
    content = write_calendar([FULL], region="Kabupaten Siak", origin="https://uji.example", language="id")
    event = vobject.readOne(content.decode()).vevent
    assert event.dtstart.value == date(2027, 3, 1)
    assert event.dtend.value == date(2027, 3, 2)
    assert event.summary.value == f"4. {FULL.title}"
    assert event.uid.value == f"{FULL.id}@livinglab"
    assert event.sequence.value == "3"
    assert event.url.value == "https://uji.example/regions/14.08/"
    assert [one.trigger.value for one in event.valarm_list] == [
        timedelta(days=-14, hours=8),
        timedelta(days=-3, hours=8),
    ]
    assert "Indikator 21" in event.description.value
    assert "Data rekaan: hanya untuk peragaan." in event.description.value
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))


def test_the_same_days_give_the_same_bytes() -> None:
    first, second = (
        write_calendar([FULL], region="Siak", origin="https://uji.example", language="en") for _ in range(2)
    )
    assert first == second


@pytest.fixture
def siak(db: None) -> Region:
    return accepted_region()


def numbers(content: bytes) -> list[str]:
    """This function will return the numbers of the actions in a calendar, sorted."""
    found = vobject.readOne(content.decode())
    events = found.contents.get("vevent", [])
    return sorted(one.summary.value.partition(".")[0] for one in events)


def test_keepers_download_everything_and_officers_their_agency_s(siak: Region) -> None:
    with tenancy(siak.organization.id):
        Milestone.objects.create(
            organization_id=siak.organization.id,
            action=siak.action(1),
            title="Draf uji",
            due_on=date(2027, 1, 15),
        )
    everything = sorted([str(one.number) for one in siak.actions()] + ["1"])
    for person in (siak.coordinator, siak.head, siak.planner):
        answer = signed_in(person).get(f"{HERE}.ics")
        assert answer["Content-Type"] == "text/calendar; charset=utf-8"
        assert numbers(answer.content) == everything
    assert numbers(signed_in(siak.officer).get(f"{HERE}.ics").content) == ["1", "1"]
    assert numbers(signed_in(siak.assessor).get(f"{HERE}.ics").content) == []


def test_what_is_ended_leaves_the_calendar(siak: Region) -> None:
    bring(siak, 1, ActionState.DONE)
    assert "1" not in numbers(signed_in(siak.coordinator).get(f"{HERE}.ics").content)


def test_an_address_is_shown_once_read_without_signing_in_and_ends_when_revoked(siak: Region) -> None:
    client = signed_in(siak.officer)
    made = client.post(f"{HERE}/", {"intent": "make"}).content.decode()
    found = re.search(r'value="http://testserver(/regions/14\.08/actions/calendar/[\w-]+\.ics)"', made)
    assert found is not None
    address = found[1]
    secret = address.rpartition("/")[2].removesuffix(".ics")
    assert len(secret) == 43
    assert secret not in client.get(f"{HERE}/").content.decode()
    answer = Client().get(address)
    assert numbers(answer.content) == ["1"]
    assert "no-store" in answer["Cache-Control"]
    with tenancy(siak.organization.id):
        assert list(CalendarFeed.objects.values_list("token_hash", flat=True)) == [token_hash(secret)]
    assert not [one for one in trail("14.08") if secret in str(one.facts) + one.subject]
    client.post(f"{HERE}/", {"intent": "revoke"})
    assert Client().get(address).status_code == 404


def test_a_new_address_ends_the_old_one(siak: Region) -> None:
    place = siak.as_(siak.officer)
    old = make_address(place=place, language="id", at=AT)
    new = make_address(place=place, language="en", at=AT)
    assert Client().get(f"{HERE}/{old}.ics").status_code == 404
    answer = Client().get(f"{HERE}/{new}.ics")
    assert b"Action plan of Kabupaten Siak" in answer.content
    assert revoke_address(place=place, at=AT)
    assert not revoke_address(place=place, at=AT)


@pytest.mark.parametrize(
    "address", ["/regions/14.08/actions/calendar/%s.ics", "/regions/99.98/actions/calendar/%s.ics"]
)
def test_a_wrong_secret_and_an_unknown_region_answer_alike(siak: Region, address: str) -> None:
    assert Client().get(address % ("x" * 43)).status_code == 404


def test_another_region_s_address_does_not_open_this_one(siak: Region) -> None:
    other = accepted_region("32.11")
    token = make_address(place=other.as_(other.coordinator), language="id", at=AT)
    assert Client().get(f"{HERE}/{token}.ics").status_code == 404
    assert Client().get(f"/regions/32.11/actions/calendar/{token}.ics").status_code == 200


def test_who_lost_the_role_or_the_account_loses_the_calendar(siak: Region) -> None:
    officer, planner = (
        make_address(place=siak.as_(one), language="id", at=AT) for one in (siak.officer, siak.planner)
    )
    held = Membership.objects.get(user=siak.officer, ended_at__isnull=True)
    organizations.end_membership(membership=held, by=siak.coordinator.id, at=AT)
    User.objects.filter(id=siak.planner.id).update(is_active=False)
    for token in (officer, planner):
        assert Client().get(f"{HERE}/{token}.ics").status_code == 404


def test_uids_stay_and_the_sequence_grows_when_a_day_moves(siak: Region) -> None:
    def event() -> tuple[str, int, date]:
        found = vobject.readOne(signed_in(siak.officer).get(f"{HERE}.ics").content.decode()).vevent
        return found.uid.value, int(found.sequence.value), found.dtstart.value

    uid, sequence, _day = event()
    with tenancy(siak.organization.id):
        Action.objects.filter(organization_id=siak.organization.id, number=1).update(
            starts_on=None, due_on=date(2027, 5, 5), version=sequence + 1
        )
    assert event() == (uid, sequence + 1, date(2027, 5, 5))
