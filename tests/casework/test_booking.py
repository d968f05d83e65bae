"""Places in an hour: counted for each field of service, one for each case, given back, never more than there are."""

import re
from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from livinglab.casework.domain.states import SeatKind
from livinglab.casework.models import Booking, Case, Paper, ServiceVersion
from livinglab.casework.operations import cases, forgetting, moving, reopening, services
from livinglab.kernel import clock
from livinglab.kernel.identifiers import new_id
from livinglab.kernel.tenancy import tenancy
from livinglab.packages.queries.moves import Hindrance, HindranceKind
from tests.casework.booking import ANSWERS, DAY, PARAMETERS, form, mall, places, said, visit
from tests.casework.kit import AT, done, home, seated
from tests.organizations.people import organization
from tests.releases.kit import files_of, raised, zipped

pytestmark = pytest.mark.django_db

NINE = ("population", DAY, 540)


def waits(case_id: object) -> list[str]:
    with tenancy(home().id):
        return [one["node"] for one in Case.objects.get(id=case_id).state["tokens"]]


def test_an_hour_has_as_many_places_as_the_region_sets() -> None:
    service = mall()
    found = [visit(service) for _ in range(3)]
    assert [said(one.id)["free"] for one in found] == [True, True, False]
    assert [waits(one.id) for one in found] == [["confirm"], ["confirm"], ["choose"]]
    assert places() == [(*NINE, 1), (*NINE, 2)]
    assert said(found[2].id) == {
        "free": False,
        "why": "full",
        "day": DAY,
        "hour": "09.00",
        "other_hours": "08.00, 10.00, 11.00",
        "next_day": "2026-11-06",
        "next_hours": "08.00, 09.00, 10.00, 11.00",
    }


def test_each_field_of_service_and_each_region_has_places_of_its_own() -> None:
    service = mall(places_per_hour=1)
    other = organization("32.12")
    assert said(visit(service).id)["free"] is True
    assert said(visit(service, agency="tax").id)["free"] is True
    assert visit(mall(other, places_per_hour=1), other).state["bookings"]["place"]["free"] is True
    assert places() == [(*NINE, 1), ("tax", DAY, 540, 1)]
    assert places(other) == [(*NINE, 1)]


@pytest.mark.parametrize(
    ("answers", "why"),
    [
        ({"visit_on": "2026-11-07"}, "closed"),  # a Saturday
        ({"slot": "s1300"}, "closed"),  # after the region's hours
        ({"slot": "s0700"}, "closed"),
        ({"visit_on": "2026-11-02", "slot": "s0900"}, "past"),  # it is ten o'clock
        ({"visit_on": "2026-11-02", "slot": "s1000"}, ""),
    ],
)
def test_only_hours_that_are_open_can_be_booked(answers: dict[str, object], why: str) -> None:
    found = said(visit(mall(), **answers).id)
    assert (found["free"], found["why"]) == (not why, why)
    assert len(places()) == (not why)


def test_who_finds_an_hour_full_chooses_another() -> None:
    service = mall(places_per_hour=1)
    first, second = visit(service), visit(service)
    cases.answer(
        organization=home(),
        case_id=second.id,
        task="choose",
        answers={"slot": "s1000"},
        key="a",
        by=None,
        at=AT,
    )
    assert (waits(second.id), said(second.id)["hour"]) == (["confirm"], "10.00")
    cases.answer(
        organization=home(),
        case_id=second.id,
        task="choose",
        answers={"slot": "s1000"},
        key="a",
        by=None,
        at=AT,
    )
    assert places() == [(*NINE, 1), ("population", DAY, 600, 1)]
    assert waits(first.id) == ["confirm"]


def test_a_form_sent_twice_holds_one_place() -> None:
    token = form(mall())
    for _ in range(2):
        cases.submit(organization=home(), token=token, by=None, at=AT)
    assert places() == [(*NINE, 1)]


def test_the_place_of_who_withdraws_is_free_again() -> None:
    service = mall(places_per_hour=1)
    case = visit(service)
    cases.withdraw(organization=home(), case_id=case.id, key="w", by=None, at=AT)
    assert places() == []
    assert said(visit(service).id)["free"] is True


@pytest.mark.parametrize(
    ("answers", "after"),
    [
        ({"result": "refused", "reason": "Bukan layanan publik."}, ["objection"]),
        ({"result": "full", "reason": "Loket tutup hari itu."}, ["choose"]),
        ({"result": "elsewhere", "reason": "Di kantor instansi."}, []),
    ],
)
def test_the_place_of_who_is_not_served_is_free_again(answers: dict[str, object], after: list[str]) -> None:
    case = visit(mall())
    done(case.id, "confirm", seated("meja", SeatKind.AGENCY), **answers)
    assert (places(), said(case.id), waits(case.id)) == ([], {}, after)


def test_who_objects_after_the_day_of_the_visit_need_not_name_another_day(client: Client) -> None:
    token = form(mall())
    case = cases.submit(organization=home(), token=token, by=None, at=AT)
    done(
        case.id, "confirm", seated("meja", SeatKind.AGENCY), result="refused", reason="Bukan layanan publik."
    )
    names = "agency need visit_on slot full_name phone assistance remarks"
    posted = {name: str(ANSWERS[name]) for name in ANSWERS} | {"_shown": names, "_key": "k"}
    where = f"/applications/{home().code}/{token}/correct/"
    yesterday = client.post(where, {**posted, "visit_on": "2026-11-04"})
    assert (yesterday.status_code, waits(case.id)) == (422, ["objection"])
    answer = client.post(where, {**posted, "remarks": "Ini layanan publik."})
    assert (answer.status_code, waits(case.id)) == (302, ["review"])


def test_a_place_goes_when_the_visit_is_over_and_when_time_ends_the_case() -> None:
    service, desk = mall(), seated("meja", SeatKind.AGENCY)
    served, missed = visit(service), visit(service)
    for one in (served, missed):
        done(one.id, "confirm", desk, key=f"c{one.id}", result="free", counter="A3")
    assert len(places()) == 2
    done(served.id, "serve", desk, result="served", at=AT + timedelta(days=3))
    assert places() == [(*NINE, 2)]
    cases.ring(organization=home(), case_id=missed.id, at=AT + timedelta(days=40))
    assert places() == []


def opened_again(case: Case, *, days: int) -> datetime:
    """Let time end a case, have it opened again, and return when that was."""
    later = AT + timedelta(days=days)
    cases.ring(organization=home(), case_id=case.id, at=later)
    reopening.reopen(organization=home(), case_id=case.id, reason="Saya datang.", key="r", by=None, at=later)
    assert (waits(case.id), places()) == (["confirm"], [])
    return later


def numbers(case: Case) -> int:
    with tenancy(home().id):
        return Paper.objects.filter(case_id=case.id).count()


def test_a_case_that_was_opened_again_gets_its_place_before_its_number() -> None:
    case, desk = visit(mall(), visit_on="2026-11-16"), seated("meja", SeatKind.AGENCY)
    done(case.id, "confirm", desk, result="full", reason="Loket tutup hari itu.")
    later = opened_again(case, days=8)
    done(case.id, "confirm", desk, key="2", at=later, result="free", counter="A3")
    assert (waits(case.id), numbers(case)) == (["confirm"], 0)
    assert places() == [("population", "2026-11-16", 540, 1)]
    done(case.id, "confirm", desk, key="3", at=later, result="free", counter="A3")
    assert (waits(case.id), numbers(case)) == (["serve"], 1)


def test_a_case_that_was_opened_again_after_its_day_gets_no_number_for_it() -> None:
    case, desk = visit(mall()), seated("meja", SeatKind.AGENCY)
    done(case.id, "confirm", desk, result="free", counter="A3")
    later = opened_again(case, days=23)
    done(case.id, "confirm", desk, key="2", at=later, result="free", counter="A3")
    assert (waits(case.id), said(case.id)["why"], places()) == (["choose"], "past", [])
    assert numbers(case) == 1  # that of the visit that was missed


def test_who_comes_again_holds_the_new_place_alone() -> None:
    desk, case = seated("meja", SeatKind.AGENCY), visit(mall())
    done(case.id, "confirm", desk, result="free", counter="A3")
    done(case.id, "serve", desk, result="again", note="Surat belum dibawa.")
    cases.answer(
        organization=home(),
        case_id=case.id,
        task="choose",
        answers={"visit_on": "2026-11-10"},
        key="a",
        by=None,
        at=AT,
    )
    assert places() == [("population", "2026-11-10", 540, 1)]


@pytest.mark.parametrize("answers", [{"visit_on": "2026-11-07"}, {"slot": "s1300"}])
def test_who_comes_again_and_chooses_what_cannot_be_booked_holds_nothing(answers: dict[str, object]) -> None:
    desk, case = seated("meja", SeatKind.AGENCY), visit(mall())
    done(case.id, "confirm", desk, result="free", counter="A3")
    done(case.id, "serve", desk, result="again", note="Surat belum dibawa.")
    cases.answer(
        organization=home(), case_id=case.id, task="choose", answers=answers, key="a", by=None, at=AT
    )
    assert (waits(case.id), said(case.id)["why"], places()) == (["choose"], "closed", [])


def test_fewer_places_than_before_give_none_until_enough_are_free() -> None:
    service = mall()
    first, second = visit(service), visit(service)
    service = mall(places_per_hour=1)
    cases.withdraw(organization=home(), case_id=first.id, key="w", by=None, at=AT)
    assert said(visit(service).id)["why"] == "full"
    cases.withdraw(organization=home(), case_id=second.id, key="w", by=None, at=AT)
    assert said(visit(service).id)["free"] is True


def test_a_case_that_holds_a_place_stays_where_the_new_version_books_by_another_step() -> None:
    case = visit(mall())
    files = raised(files_of("mpp-janji-temu", home()), "2.1.0")
    for path, content in files.items():
        renamed = content.replace(b"booking.place.", b"booking.hold.").replace(b">place<", b">hold<")
        files[path] = re.sub(rb'(id|sourceRef|targetRef)="place"', rb'\1="hold"', renamed)
    services.put_to_work(
        organization=home(), content=zipped(files), parameters=PARAMETERS, places={}, by=None, at=AT
    )
    with tenancy(home().id):
        before, after = ServiceVersion.objects.order_by("number").values_list("id", flat=True)
    tally = moving.move_open(organization_id=home().id, before_id=before, after_id=after, by=None, at=AT)
    (left,) = tally.left
    assert (left.case_id, left.hindrances) == (case.id, (Hindrance(HindranceKind.PLACE_GONE, "place"),))
    assert places() == [(*NINE, 1)]


def test_nothing_of_a_place_is_left_when_the_data_is_deleted() -> None:
    case = visit(mall())
    cases.withdraw(organization=home(), case_id=case.id, key="w", by=None, at=AT)
    forgetting.forget_due(organization_id=home().id, at=AT + timedelta(days=400))
    with tenancy(home().id):
        assert Case.objects.get(id=case.id).state["bookings"] == {}
        assert not Booking.objects.exists()


def test_the_database_holds_no_place_twice_and_none_without_its_case() -> None:
    case = visit(mall())
    with tenancy(home().id):
        one = Booking.objects.get(case_id=case.id)
        one.id, one.step = new_id(), "other"
        with pytest.raises(IntegrityError, match="a_place_is_held_once"), transaction.atomic():
            one.save(force_insert=True)
        one.nth, one.case_id = 2, new_id()
        one.save(force_insert=True)
        with pytest.raises(IntegrityError, match="same_organization"), connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        transaction.set_rollback(True)


def test_another_region_sees_no_place() -> None:
    visit(mall())
    with tenancy(organization("32.12").id):
        assert not Booking.objects.exists()


def test_the_history_names_the_hour_that_is_held_and_no_other(client: Client) -> None:
    token = form(mall())
    case = cases.submit(organization=home(), token=token, by=None, at=AT)
    where, held = f"/en/applications/{home().code}/{token}/", "A place is held: "
    thursday = f"{held}5 November 2026, 09.00"
    assert thursday in client.get(where).content.decode()
    desk = seated("meja", SeatKind.AGENCY)
    done(case.id, "confirm", desk, result="free", counter="A3")
    done(case.id, "serve", desk, result="again", note="Surat belum dibawa.")
    for nth, day in enumerate(("2026-11-07", "2026-11-10")):
        cases.answer(
            organization=home(),
            case_id=case.id,
            task="choose",
            answers={"visit_on": day},
            key=str(nth),
            by=None,
            at=AT + timedelta(hours=nth + 1),
        )
        page = client.get(where).content.decode()
        assert (f"{held}7 November" in page, thursday in page) == (False, False)
    assert page.count(held) == 2
    assert f"{held}10 November 2026, 09.00" in page


# on the pages: the clock stands on Sunday the 22nd of November 2026


MONDAY = "2026-11-23"


def page(client: Client, service: str) -> str:
    """Begin the form, and return the address of its page for the hour of the Monday that follows."""
    home_address = client.post(f"/apply/{home().code}/mpp-janji-temu/")["Location"]
    address = home_address.split("form/")[0]
    answers = {"agency": service, "need": "Mencetak ulang KTP.", "visit_on": MONDAY}
    for one in ("service", "day"):
        names = {"service": "agency need", "day": "visit_on"}[one]
        client.post(
            f"{address}form/{one}/", {"_shown": names, **{name: answers[name] for name in names.split()}}
        )
    return f"{address}form/hour/"


def test_the_form_offers_the_hours_that_have_a_place(client: Client) -> None:
    service, now = mall(places_per_hour=1), clock.now()
    visit(service, at=now, visit_on=MONDAY, slot="s0900")
    where = page(client, "population")
    found = client.get(where).content.decode()
    assert re.findall(r'type="radio"[^>]*value="(s\d+)"', found) == ["s0800", "s1000", "s1100"]
    assert "Ada tempat pada Senin, 23 November 2026: 08.00, 10.00, 11.00." in found
    assert "08.00–09.00 (tersisa 1)" in found
    other = client.get(page(client, "tax")).content.decode()
    assert 'value="s0900"' in other


def test_who_chooses_a_full_hour_reads_which_are_free(client: Client) -> None:
    service, now = mall(places_per_hour=1), clock.now()
    where = page(client, "population")
    visit(service, at=now, visit_on=MONDAY, slot="s0900")
    answer = client.post(where, {"_shown": "slot", "slot": "s0900"})
    assert answer.status_code == 422
    found = answer.content.decode()
    assert "Jam itu sudah penuh." in found
    assert "Berikutnya: Selasa, 24 November 2026, 08.00, 09.00, 10.00, 11.00." in found
    assert client.post(where, {"_shown": "slot", "slot": "s1000"}).status_code == 302


def test_a_day_without_places_leads_to_the_next_that_has_some(client: Client) -> None:
    service, now = mall(places_per_hour=1, closes=9), clock.now()
    visit(service, at=now, visit_on=MONDAY, slot="s0800")
    found = client.get(page(client, "population")).content.decode()
    assert "Tidak ada jam yang masih ada tempatnya pada Senin, 23 November 2026. Pilih hari lain." in found
    assert "Berikutnya: Selasa, 24 November 2026, 08.00." in found


def test_who_was_asked_for_another_time_reads_what_is_free_and_cannot_choose_what_is_full(
    client: Client,
) -> None:
    service, now = mall(places_per_hour=1), clock.now()
    visit(service, at=now, visit_on=MONDAY)
    token = form(service, at=now, visit_on=MONDAY)
    case = cases.submit(organization=home(), token=token, by=None, at=now)
    where = f"/applications/{home().code}/{token}/correct/"
    found = client.get(where).content.decode()
    assert "Berikutnya: Selasa, 24 November 2026, 08.00, 09.00, 10.00, 11.00." in found
    names = "agency need visit_on slot full_name phone assistance remarks"
    posted = {"_shown": names, **{name: str(ANSWERS[name]) for name in ANSWERS}, "visit_on": MONDAY}
    answer = client.post(where, posted)
    assert (answer.status_code, "Jam itu sudah penuh." in answer.content.decode()) == (422, True)
    assert client.post(where, {**posted, "slot": "s1000"}).status_code == 302
    assert said(case.id)["hour"] == "10.00"


def test_who_comes_again_may_keep_the_hour_that_they_hold(client: Client) -> None:
    service, now, desk = mall(places_per_hour=1), clock.now(), seated("meja", SeatKind.AGENCY)
    token = form(service, at=now, visit_on=MONDAY)
    case = cases.submit(organization=home(), token=token, by=None, at=now)
    done(case.id, "confirm", desk, at=now, result="free", counter="A3")
    done(case.id, "serve", desk, at=now, result="again", note="Datang terlalu awal.")
    names = "agency need visit_on slot full_name phone assistance remarks"
    posted = {"_shown": names, **{name: str(ANSWERS[name]) for name in ANSWERS}, "visit_on": MONDAY}
    answer = client.post(f"/applications/{home().code}/{token}/correct/", posted)
    assert (answer.status_code, waits(case.id)) == (302, ["confirm"])
    assert places() == [("population", MONDAY, 540, 1)]
