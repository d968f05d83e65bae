"""The list of a day for a front desk: who comes in which hour, for who has a seat there, and nobody else."""

import re
from datetime import timedelta
from typing import Final
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from livinglab.accounts.models import User
from livinglab.casework.domain.states import Channel, SeatKind
from livinglab.casework.models import Booking, Case, Service, Task
from livinglab.casework.operations import cases, drafts, forgetting, services
from livinglab.kernel import clock
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.queries import Role
from tests.casework.booking import ANSWERS, PARAMETERS, mall, visit
from tests.casework.complaints import in_lane
from tests.casework.kit import AT, REGION, VILLAGE, done, home, running, seated
from tests.organizations.people import make_member, organization, signed_in
from tests.releases.kit import files_of, zipped

pytestmark = pytest.mark.django_db
DESK: Final = f"/regions/{REGION}/desk/"
DAY: Final = f"{DESK}day/"
#: the clock stands on Sunday the 22nd of November 2026
MONDAY: Final = "2026-11-23"
KELURAHAN: Final = "32.11.01.1001"
_CONTROL = ("SAVEPOINT", "RELEASE", "SET LOCAL")
_ROW: Final = re.compile(r'<tr role="row"><th scope="row".*?</tr>', re.DOTALL)
_TAG: Final = re.compile(r"<[^>]+>")


def comes(service: Service, slot: str = "s0900", **answers: object) -> Case:
    """Return the case of somebody who comes on the Monday."""
    return visit(service, at=clock.now(), visit_on=MONDAY, slot=slot, **answers)


def read(client: Client, day: str = MONDAY, *, prefix: str = "") -> str:
    answer = client.get(f"{prefix}{DAY}?day={day}")
    assert answer.status_code == 200
    return answer.content.decode()


def lines(page: str) -> list[str]:
    """Return the lines of the list as their reader sees them, in order, each cell behind a bar."""
    return [
        "|".join(_TAG.sub("", cell).strip() for cell in re.split(r"</t[hd]>", row)[:-1])
        for row in _ROW.findall(page)
    ]


def address_of(case: Case) -> str:
    with tenancy(home().id):
        return f"{DESK}{Task.objects.get(case_id=case.id).id}/"


@pytest.fixture
def desk() -> User:
    return seated("meja", SeatKind.AGENCY)


def test_who_comes_stands_by_hour_with_number_field_and_step(desk: User) -> None:
    service = mall()
    late, early = comes(service, "s1000"), comes(service, "s0800", agency="tax")
    done(late.id, "confirm", desk, result="free", counter="A3", at=clock.now())
    page = read(signed_in(desk))
    assert "Janji temu pada Senin, 23 November 2026" in page
    assert "2 janji temu." in page
    assert lines(page) == [
        f"{early.number}|belum ada|Pajak daerah dan pajak pusat|menunggu: Tetapkan loket",
        f"{late.number}|ANTREAN/1/2026|Kependudukan dan catatan sipil|menunggu: Layani di loket",
    ]
    assert re.findall(r'<h2 id="hour-\d+">([\d.]+)</h2>', page) == ["08.00", "09.00", "10.00", "11.00"]
    assert re.findall(r'<p class="hint">([^<]+)</p>', page) == [
        "Pajak daerah dan pajak pusat: 1 dari 2 terisi",
        "Tidak ada tempat yang terisi.",
        "Kependudukan dan catatan sipil: 1 dari 2 terisi",
        "Tidak ada tempat yang terisi.",
    ]
    assert f'href="{address_of(early)}"' in page


def test_the_list_says_no_more_of_who_comes_than_the_inbox(desk: User) -> None:
    comes(mall(), full_name="Nama Rahasia", need="Keperluan rahasia", assistance="disabled")
    page = read(signed_in(desk))
    assert [one for one in ("Nama Rahasia", "Keperluan rahasia", "disabilitas") if one in page] == []


def test_it_is_said_in_english_too(desk: User) -> None:
    case = comes(mall())
    page = read(signed_in(desk), prefix="/en")
    assert "Appointments on Monday, 23 November 2026" in page
    assert lines(page) == [
        f"{case.number}|none yet|Population and civil registration|waits: Name the counter"
    ]
    assert "Population and civil registration: 1 of 2 taken" in page


def test_what_became_of_each_is_said_and_whose_place_is_free_again(desk: User) -> None:
    service, now = mall(places_per_hour=3), clock.now()
    served, withdrawn, missed = (comes(service) for _ in range(3))
    for one in (served, missed):
        done(one.id, "confirm", desk, key=f"c{one.id}", result="free", counter="A3", at=now)
    done(served.id, "serve", desk, result="served", at=now)
    cases.withdraw(organization=home(), case_id=withdrawn.id, key="w", by=None, at=now)
    cases.ring(organization=home(), case_id=missed.id, at=now + timedelta(days=40))
    came = comes(service)  # takes one of the places that are free again
    page = read(signed_in(desk))
    found = {one.split("|")[0]: one.split("|")[-1] for one in lines(page)}
    assert found == {
        served.number: "sudah dilayani",
        withdrawn.number: "ditarik oleh pemohon",
        missed.number: "gugur: tidak datang atau tidak menjawab",
        came.number: "menunggu: Tetapkan loket",
    }
    assert "4 janji temu, 3 di antaranya sudah selesai." in page
    assert "Kependudukan dan catatan sipil: 1 dari 3 terisi" in page


def test_who_is_asked_for_another_day_still_stands_there(desk: User) -> None:
    case, now = comes(mall()), clock.now()
    done(case.id, "confirm", desk, result="free", counter="A3", at=now)
    done(case.id, "serve", desk, result="again", note="Surat belum dibawa.", at=now)
    assert [one.split("|")[-1] for one in lines(read(signed_in(desk)))] == ["pemohon sedang ditanya"]


def test_whose_hour_was_taken_back_by_the_office_is_not_on_the_list(desk: User) -> None:
    case = comes(mall())
    done(case.id, "confirm", desk, result="full", reason="Loket tutup hari itu.", at=clock.now())
    page = read(signed_in(desk))
    assert lines(page) == []
    assert "Tidak ada janji temu pada hari tersebut" in page


def test_another_office_of_the_service_reads_it_and_opens_what_waits_for_it_alone(desk: User) -> None:
    service, now = mall(), clock.now()
    here, there = comes(service), comes(service)
    done(there.id, "confirm", desk, result="free", counter="A3", at=now)
    page = read(signed_in(in_lane("loket", SeatKind.AGENCY, "counter", service)))
    assert len(lines(page)) == 2
    assert (f'href="{address_of(there)}"' in page, f'href="{address_of(here)}"' in page) == (True, False)


def test_who_has_no_seat_where_hours_are_given_reads_nothing() -> None:
    comes(mall())
    none = read(signed_in(make_member("tamu", Role.AGENCY_OFFICER, REGION)))
    assert (lines(none), "Anda belum ditugaskan" in none) == ([], True)
    other = read(signed_in(in_lane("camat", SeatKind.DISTRICT, "", running())))
    assert (lines(other), "Tidak ada layanan di tempat Anda bertugas" in other) == ([], True)
    superior = read(signed_in(seated("atasan", SeatKind.SUPERIOR)))
    assert lines(superior) == []


def test_another_regions_officer_finds_nothing_and_is_kept_out(desk: User) -> None:
    comes(mall())
    next_door = organization("32.12")
    mall(next_door)
    assert signed_in(make_member("siak", Role.AGENCY_OFFICER, "32.12")).get(DAY).status_code == 403
    stranger = make_member("ada", Role.AGENCY_OFFICER, "32.12")
    head = make_member("sekda-3212", Role.COORDINATOR, "32.12")
    services.give_seat(organization=next_door, user_id=stranger.id, kind=SeatKind.AGENCY, by=head, at=AT)
    page = signed_in(stranger).get(f"/regions/32.12/desk/day/?day={MONDAY}").content.decode()
    assert (lines(page), "Tidak ada janji temu pada hari tersebut" in page) == ([], True)
    assert Client().get(DAY).status_code == 302


def in_a_village(service: Service, unit_code: str) -> Case:
    """Return the case of somebody who comes to a village's office on the Monday."""
    now = clock.now()
    _draft, token = drafts.begin(
        organization=home(),
        service_id=service.id,
        unit_code=unit_code,
        channel=Channel.SELF,
        applicant=None,
        helped_by=None,
        at=now,
    )
    drafts.save(organization=home(), token=token, answers={**ANSWERS, "visit_on": MONDAY}, at=now)
    return cases.submit(organization=home(), token=token, by=None, at=now)


@pytest.mark.parametrize(  # without a place it is a seat of every kelurahan, and of no desa
    ("unit_code", "seen"), [(VILLAGE, [0]), (KELURAHAN, [1]), ("32.11.02.2001", []), ("", [1])]
)
def test_a_villages_officer_sees_those_of_their_village_alone(unit_code: str, seen: list[int]) -> None:
    files = files_of("mpp-janji-temu", home())
    manifest = files["package.yaml"].decode().replace("{id: desk, kind: agency", "{id: desk, kind: village")
    service = services.put_to_work(
        organization=home(),
        content=zipped({**files, "package.yaml": manifest.encode()}),
        parameters=PARAMETERS,
        places={VILLAGE: {}, KELURAHAN: {}},
        by=None,
        at=AT,
    )
    both = [in_a_village(service, one) for one in (VILLAGE, KELURAHAN)]
    page = read(signed_in(seated("operator", SeatKind.VILLAGE, unit_code)))
    assert [one.split("|")[0] for one in lines(page)] == [both[nth].number for nth in seen]
    assert ("2 dari 2 terisi" in page) is bool(seen)  # places are the service's, whoever reads


@pytest.mark.parametrize(
    "day", ["besok", "2026-02-30", "2026-11", "0001-01-01", "9999-12-31", "\x00besok", "1" * 500]
)
def test_a_day_that_is_none_is_said_at_its_field(desk: User, day: str) -> None:
    comes(mall())
    answer = signed_in(desk).get(DAY, {"day": day})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert (lines(page), 'href="#day"' in page, 'aria-invalid="true"' in page) == ([], True, True)


def test_the_day_is_today_until_another_is_chosen(desk: User) -> None:
    mall()
    page = signed_in(desk).get(DAY).content.decode()
    assert "Janji temu pada Minggu, 22 November 2026" in page
    assert "kantor tutup" in page
    for one in ("2026-11-20", "2026-11-22", MONDAY):
        assert f'href="?day={one}"' in page
    assert "Janji temu pada Senin, 23 November 2026" in read(signed_in(desk), "23-11-2026")


def test_a_longer_list_goes_on_on_the_next_page(desk: User, monkeypatch: pytest.MonkeyPatch) -> None:
    service = mall(places_per_hour=5)
    numbers = [comes(service).number for _ in range(3)]
    monkeypatch.setattr("livinglab.casework.web.appointments.ON_A_PAGE", 2)
    client = signed_in(desk)
    pages = [
        client.get(DAY, {"day": MONDAY, "page": page}).content.decode()
        for page in ("1", "2", "99999999", "x")
    ]
    shown = [[one.split("|")[0] for one in lines(page)] for page in pages]
    assert shown == [numbers[:2], numbers[2:], numbers[:2], numbers[:2]]
    assert "Daftar ini berlanjut: 2 janji temu di setiap halaman." in pages[0]
    assert f"?day={MONDAY}&amp;page=2" in pages[0]


def test_the_list_takes_as_many_statements_for_many_as_for_one(desk: User) -> None:
    service, client = mall(places_per_hour=20), signed_in(desk)
    comes(service)
    read(client)
    with CaptureQueriesContext(connection) as one:
        read(client)
    for nth in range(6):
        case = comes(service, agency=("tax", "land")[nth % 2])
        done(case.id, "confirm", desk, key=f"c{nth}", result="free", counter="A3", at=clock.now())
    with CaptureQueriesContext(connection) as many:
        read(client)
    assert len(many) == len(one)
    asked = [each["sql"] for each in many if not each["sql"].startswith(_CONTROL)]
    assert len(asked) <= 10, "\n".join(asked)


def test_the_desk_leads_there_where_a_service_of_ones_offices_books(desk: User) -> None:
    client, link = signed_in(desk), f'href="{DAY}"'
    running()
    without = client.get(DESK).content.decode()
    service = mall()
    assert (link in without, link in client.get(DESK).content.decode()) == (False, True)
    elsewhere = signed_in(in_lane("camat", SeatKind.DISTRICT, "", service))
    assert link not in elsewhere.get(DESK).content.decode()


def test_the_day_of_a_case_goes_with_its_data() -> None:
    case = comes(mall())
    cases.withdraw(organization=home(), case_id=case.id, key="w", by=None, at=clock.now())

    def kept(case_id: UUID) -> int:
        with tenancy(home().id):
            return Booking.objects.filter(case_id=case_id).count()

    before = kept(case.id)
    forgetting.forget_due(organization_id=home().id, at=clock.now() + timedelta(days=400))
    assert (before, kept(case.id)) == (1, 0)
