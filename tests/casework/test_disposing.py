"""Disposition: an office hands its part of a case over to an agency of the region, which alone sees it then."""

import re
from uuid import UUID

import pytest
from django.test import Client

from livinglab.accounts.models import User
from livinglab.casework.domain.states import SeatKind
from livinglab.casework.models import Case, Disposition, Seat, Task
from livinglab.casework.operations import services
from livinglab.casework.operations.disposing import dispose
from livinglab.kernel import clock
from livinglab.kernel.identifiers import new_id
from livinglab.kernel.refusals import Refused
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.operations import add_agency, close_agency
from livinglab.organizations.queries import AgencyKind, Role, agencies
from tests.casework.billing import applied, permits
from tests.casework.booking import mall, visit
from tests.casework.complaints import REPORT, taking_complaints
from tests.casework.kit import AT, REGION, VILLAGE, arrived, coordinator, done, home, running, seated
from tests.organizations.people import make_member, organization, signed_in, trail

pytestmark = pytest.mark.django_db
DESK = f"/regions/{REGION}/desk/"
API = f"/api/v1/regions/{REGION}/desk"


def agency(name: str) -> UUID:
    return add_agency(organization_id=home().id, name=name, kind=AgencyKind.OTHER, by=None, at=AT).id


def of_agency(name: str, agency_id: UUID, kind: SeatKind = SeatKind.AGENCY) -> User:
    """Return somebody who sees only what was handed over to an agency."""
    user = make_member(name, Role.AGENCY_OFFICER, REGION)
    services.give_seat(
        organization=home(), user_id=user.id, kind=kind, agency_id=agency_id, by=coordinator(), at=AT
    )
    return user


def waits() -> Task:
    with tenancy(home().id):
        return Task.objects.get(node="check")


def page(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_what_is_handed_over_is_seen_by_that_agency_and_the_office_and_by_no_other() -> None:
    case, token = applied(permits())
    first, second = agency("Dinas Contoh Pertama"), agency("Dinas Contoh Kedua")
    office = seated("perizinan", SeatKind.AGENCY)
    theirs, others = of_agency("pertama", first), of_agency("kedua", second)
    assert [case.number in page(signed_in(one), DESK) for one in (office, theirs, others)] == [
        True,
        False,
        False,
    ]
    client = signed_in(office)
    address = f"{DESK}{waits().id}/"
    assert "Serahkan ke perangkat daerah" in page(client, address)
    typed = {"_agency": str(first), "_instruction": "Periksa ukuran rangkanya."}
    for _click in range(2):
        assert client.post(f"{address}dispose/", typed).status_code == 302
    assert [case.number in page(signed_in(one), DESK) for one in (office, theirs, others)] == [
        True,
        True,
        False,
    ]
    shown = page(signed_in(theirs), address)
    assert "Dinas Contoh Pertama" in shown
    assert "Periksa ukuran rangkanya." in shown
    assert signed_in(others).get(address).status_code == 403
    status = page(Client(), f"/applications/{REGION}/{token}/")
    assert "Dinas Contoh Pertama" in status
    assert "Periksa ukuran" not in status
    with tenancy(home().id):
        assert Disposition.objects.count() == 1
    done(case.id, "check", theirs, result="complete")


def test_what_comes_to_the_office_later_waits_for_the_same_agency_until_it_is_taken_back() -> None:
    case, _token = applied(permits())
    first = agency("Dinas Contoh Pertama")
    office, theirs = seated("perizinan", SeatKind.AGENCY), of_agency("pertama", first)
    dispose(
        organization=home(), task_id=waits().id, agency_id=first, instruction="", by=office, at=clock.now()
    )
    lane = waits().lane
    done(case.id, "check", theirs, result="complete")
    with tenancy(home().id):
        later = {one.lane: one.agency_id for one in Task.objects.filter(case=case)}
        assert Case.objects.get(id=case.id).agencies == {lane: str(first)}
    assert {one for one, held in later.items() if held == first} <= {lane}
    assert [one.facts["step"] for one in trail() if one.action == "casework.disposed"] == ["check"]


def test_it_is_taken_back_and_nobody_works_on_it_any_more() -> None:
    applied(permits())
    first = agency("Dinas Contoh Pertama")
    office, theirs = seated("perizinan", SeatKind.AGENCY), of_agency("pertama", first)
    address = f"{DESK}{waits().id}/"
    signed_in(office).post(f"{address}dispose/", {"_agency": str(first)})
    signed_in(theirs).post(f"{address}assign/", {"act": "me"})
    assert waits().assignee == theirs.id
    signed_in(theirs).post(f"{address}dispose/", {"_agency": "lane", "_instruction": "Bukan tugas kami."})
    assert (waits().agency_id, waits().assignee) == (None, None)
    assert signed_in(theirs).get(address).status_code == 403
    shown = page(signed_in(office), address)
    assert "dari Dinas Contoh Pertama kembali ke kantor semula" in shown
    assert "Bukan tugas kami." in shown


def test_what_is_wrong_is_said_at_the_form_and_what_was_typed_stays() -> None:
    applied(permits())
    first = agency("Dinas Contoh Pertama")
    client, address = signed_in(seated("perizinan", SeatKind.AGENCY)), f"{DESK}{waits().id}/dispose/"
    for typed, said in (
        ({"_agency": "", "_instruction": "Periksa rangka"}, "Pilih perangkat daerah yang menerimanya"),
        ({"_agency": str(new_id()), "_instruction": "Periksa rangka"}, "tidak ada lagi di daerah ini"),
        (
            {"_agency": str(first), "_instruction": "Periksa rangka" + "x" * 1000},
            "paling banyak 1000 karakter",
        ),
    ):
        answer = client.post(address, typed)
        assert answer.status_code == 422
        assert said in answer.content.decode()
        assert "Periksa rangka" in answer.content.decode()
    with tenancy(home().id):
        close_agency(agency=agencies(home().id).get(), by=None, at=AT)
    assert client.post(address, {"_agency": str(first)}).status_code == 422
    assert waits().agency_id is None


def test_who_has_no_seat_there_hands_nothing_over_and_a_villages_step_is_not_handed_over() -> None:
    first = agency("Dinas Contoh Pertama")
    arrived(running())
    operator = seated("operator", SeatKind.VILLAGE, VILLAGE)
    assert "Serahkan ke perangkat daerah" not in page(signed_in(operator), f"{DESK}{waits().id}/")
    stranger = make_member("tamu", Role.AGENCY_OFFICER, REGION)
    for by in (operator, stranger):
        with pytest.raises(Refused):
            dispose(
                organization=home(),
                task_id=waits().id,
                agency_id=first,
                instruction="",
                by=by,
                at=clock.now(),
            )


def test_a_program_hands_over_and_reads_to_whom() -> None:
    applied(permits())
    first = agency("Dinas Contoh Pertama")
    client = signed_in(seated("perizinan", SeatKind.AGENCY))
    address = f"{API}/{waits().id}/agency"
    told = client.put(address, {"agency": str(first)}, content_type="application/json")
    assert (told.status_code, told.json()["agency"]) == (200, str(first))
    assert client.get(API).json()["items"][0]["agency"] == str(first)
    assert client.put(address, {"agency": None}, content_type="application/json").json()["agency"] is None
    assert client.put(address, {"agency": str(new_id())}, content_type="application/json").status_code in (
        409,
        422,
    )


def test_a_seat_of_one_agency_is_given_on_its_page_and_only_to_agencies() -> None:
    running()
    first = agency("Dinas Contoh Pertama")
    person, client = make_member("dinas", Role.AGENCY_OFFICER, REGION), signed_in(coordinator())
    typed = {"person": str(person.id), "work": "agency//", "place": "", "agency": str(first)}
    assert client.post(f"/regions/{REGION}/seats/", typed).status_code == 302
    with tenancy(home().id):
        assert list(Seat.objects.values_list("kind", "agency_id")) == [("agency", first)]
    assert "Dinas Contoh Pertama" in page(client, f"/regions/{REGION}/seats/")
    wrong = client.post(f"/regions/{REGION}/seats/", {**typed, "work": "signer//"})
    assert wrong.status_code == 422
    assert "Hanya penugasan perangkat daerah dan pemeriksa" in wrong.content.decode()


def handed(by: User, agency_id: UUID | None, instruction: str = "") -> None:
    dispose(
        organization=home(),
        task_id=waits().id,
        agency_id=agency_id,
        instruction=instruction,
        by=by,
        at=clock.now(),
    )


def test_each_agency_on_the_way_reads_what_the_ones_before_were_asked() -> None:
    applied(permits())
    first, second = agency("Dinas Contoh Pertama"), agency("Dinas Contoh Kedua")
    office, last = seated("perizinan", SeatKind.AGENCY), of_agency("kedua", second)
    handed(office, first, "Periksa ukuran rangkanya.")
    handed(office, second, "Periksa letaknya saja.")
    shown = page(signed_in(last), f"{DESK}{waits().id}/")
    assert "diteruskan dari Dinas Contoh Pertama ke Dinas Contoh Kedua" in shown
    assert shown.index("Periksa letaknya saja.") < shown.index("Periksa ukuran rangkanya.")


def test_another_instruction_to_the_same_agency_is_kept_and_who_works_on_it_goes_on() -> None:
    applied(permits())
    first = agency("Dinas Contoh Pertama")
    office, theirs = seated("perizinan", SeatKind.AGENCY), of_agency("pertama", first)
    handed(office, first, "Periksa ukuran rangkanya.")
    signed_in(theirs).post(f"{DESK}{waits().id}/assign/", {"act": "me"})
    for said in ("Periksa ukuran rangkanya.", "", "Periksa juga letaknya."):
        handed(office, first, said)
    assert waits().assignee == theirs.id
    with tenancy(home().id):
        kept = list(Disposition.objects.order_by("id").values_list("instruction", flat=True))
    assert kept == ["Periksa ukuran rangkanya.", "Periksa juga letaknya."]


def test_who_hands_over_to_an_agency_without_a_seat_is_told_so() -> None:
    applied(permits())
    first, second = agency("Dinas Contoh Pertama"), agency("Dinas Contoh Kedua")
    of_agency("pertama", first)
    client, said = signed_in(seated("perizinan", SeatKind.AGENCY)), "Belum ada yang ditugaskan"
    address = f"{DESK}{waits().id}/dispose/"
    told = [
        said in client.post(address, {"_agency": str(one)}, follow=True).content.decode()
        for one in (first, second)
    ]
    assert told == [False, True]


def test_no_question_of_a_step_is_called_as_the_form_beside_it() -> None:
    """A complaint's disposition asks for an agency and an instruction of its own."""
    taking_complaints()
    assert Client().post("/open311/v2/requests.json", REPORT).status_code == 200
    agency("Dinas Contoh Pertama")
    with tenancy(home().id):
        task = Task.objects.get()
    shown = page(signed_in(seated("koordinator", SeatKind.AGENCY)), f"{DESK}{task.id}/")
    ids = re.findall(r' id="([^"]+)"', shown)
    assert "_agency" in ids
    assert sorted({one for one in ids if ids.count(one) > 1}) == []


def test_a_program_that_names_no_agency_takes_nothing_back() -> None:
    applied(permits())
    first = agency("Dinas Contoh Pertama")
    office = seated("perizinan", SeatKind.AGENCY)
    handed(office, first)
    address = f"{API}/{waits().id}/agency"
    told = signed_in(office).put(address, {"instruction": "Salah tulis."}, content_type="application/json")
    assert (told.status_code, waits().agency_id) == (422, first)


def test_an_agency_of_another_region_gets_neither_a_part_nor_a_seat() -> None:
    applied(permits())
    next_door = add_agency(
        organization_id=organization("32.12").id, name="Dinas Tetangga", kind=AgencyKind.OTHER, by=None, at=AT
    ).id
    office = seated("perizinan", SeatKind.AGENCY)
    with pytest.raises(Refused):
        handed(office, next_door)
    with pytest.raises(Refused):
        of_agency("tetangga", next_door)
    with tenancy(home().id):
        assert Seat.objects.exclude(agency_id=None).count() == 0
    assert waits().agency_id is None


def test_what_somebody_else_handed_on_meanwhile_is_not_shown_any_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    case, _token = applied(permits())
    first, second = agency("Dinas Contoh Pertama"), agency("Dinas Contoh Kedua")
    office, theirs = seated("perizinan", SeatKind.AGENCY), of_agency("pertama", first)
    handed(office, first)

    def faster(**given: object) -> None:
        handed(office, second)
        dispose(**given)  # type: ignore[arg-type]

    monkeypatch.setattr("livinglab.casework.web.handing_over.hand_over", faster)
    answer = signed_in(theirs).post(f"{DESK}{waits().id}/dispose/", {"_agency": "lane"}, follow=True)
    assert answer.redirect_chain == [(DESK, 302)]
    assert "Anda tidak bertugas di kantor" in answer.content.decode()
    assert case.number not in answer.content.decode()
    assert waits().agency_id == second


def test_the_list_of_a_day_shows_an_agencys_seat_what_was_handed_over_to_it_alone() -> None:
    day, now = f"{DESK}day/?day=2026-11-23", clock.now()
    service = mall()
    here, there = (visit(service, at=now, visit_on="2026-11-23", slot=one) for one in ("s0800", "s0900"))
    first, second = agency("Dinas Contoh Pertama"), agency("Dinas Contoh Kedua")
    office, theirs, others = (
        seated("meja", SeatKind.AGENCY),
        of_agency("pertama", first),
        of_agency("kedua", second),
    )
    with tenancy(home().id):
        task = Task.objects.get(case=there)
    dispose(organization=home(), task_id=task.id, agency_id=first, instruction="", by=office, at=now)
    shown = {one.email: page(signed_in(one), day) for one in (office, theirs, others)}
    found = [[one.number in text for one in (here, there)] for text in shown.values()]
    assert found == [[True, True], [False, True], [False, False]]


def test_by_number_an_agencys_seat_finds_what_was_handed_over_to_it_alone() -> None:
    case, _token = applied(permits())
    first, second = agency("Dinas Contoh Pertama"), agency("Dinas Contoh Kedua")
    office, theirs, others = (
        seated("perizinan", SeatKind.AGENCY),
        of_agency("pertama", first),
        of_agency("kedua", second),
    )
    handed(office, first)
    task, ended = waits(), f"{DESK}cases/{case.id}/"
    opened = [signed_in(one).get(ended).status_code for one in (office, theirs, others)]
    assert opened[-1] == 404
    assert opened[:2] == [200, 200]
    assert "Dinas Contoh Pertama" in page(signed_in(office), ended)
    reads = [signed_in(one).get(f"{API}/{task.id}").status_code for one in (office, theirs, others)]
    assert reads == [200, 200, 403]
    assert signed_in(others).get(API).json()["items"] == []
    for act in (
        lambda one: one.post(f"{DESK}{task.id}/dispose/", {"_agency": str(second)}),
        lambda one: one.post(f"{DESK}{task.id}/assign/", {"act": "me"}),
        lambda one: one.put(f"{API}/{task.id}/agency", {"agency": None}, content_type="application/json"),
        lambda one: one.put(f"{API}/{task.id}/assignee", {}, content_type="application/json"),
    ):
        assert act(signed_in(others)).status_code in (403, 422)
    assert (waits().agency_id, waits().assignee) == (first, None)
