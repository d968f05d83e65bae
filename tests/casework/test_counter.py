"""At the counter: an officer applies with a citizen; and the answer of an applicant who was asked."""

import re

import pytest
from django.test import Client

from livinglab.audit.models import Entry
from livinglab.casework.domain.states import SeatKind, ServiceStep
from livinglab.casework.models import Case, Task
from livinglab.casework.operations import cases, services
from livinglab.kernel import clock
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.queries import Role
from tests.casework.kit import AT, REGION, VILLAGE, arrived, begun, coordinator, done, home, running, seated
from tests.casework.test_pages import TOKEN, TYPED, filled, text
from tests.organizations.people import make_member, signed_in

pytestmark = pytest.mark.django_db
COUNTER = f"/regions/{REGION}/counter/"


def test_an_officer_applies_for_a_citizen_at_the_own_village() -> None:
    service = running()
    officer = seated("operator", SeatKind.VILLAGE, VILLAGE)
    client = signed_in(officer)
    assert "Surat Keterangan Tidak Mampu" in text(client.get(COUNTER))
    answer = client.post(COUNTER, {"service": str(service.id)})
    found = TOKEN.search(answer["Location"])
    assert found is not None
    assert client.post(filled(client, found[0])).status_code == 302
    with tenancy(home().id):
        case = Case.objects.get()
        assert (case.channel, case.helped_by, case.applicant) == ("counter", officer.id, None)
        assert case.unit_code == VILLAGE
    page = text(client.get(COUNTER))
    assert case.number in page
    assert "masih berjalan" in page


def test_without_a_seat_or_an_open_service_nothing_begins() -> None:
    service = running()
    stranger = signed_in(make_member("tamu", Role.AGENCY_OFFICER, REGION))
    assert "Hanya yang ditugaskan" in text(stranger.get(COUNTER))
    assert stranger.post(COUNTER, {"service": str(service.id)}).status_code == 422
    officer = signed_in(seated("operator", SeatKind.VILLAGE, VILLAGE))
    assert officer.post(COUNTER, {"service": "x"}).status_code == 422
    services.move(
        organization=home(),
        service_id=service.id,
        step=ServiceStep.REST,
        reason="Sistem dirawat.",
        by=coordinator(),
        at=AT,
    )
    answer = officer.post(COUNTER, {"service": str(service.id)})
    assert answer.status_code == 422
    assert "tidak menerima permohonan" in text(answer)


def asked() -> tuple[str, Case]:
    """Return the address of a case whose applicant is asked something."""
    service, now = running(), clock.now()
    token = begun(service, at=now)
    case = cases.submit(organization=home(), token=token, by=None, at=now)
    officer = seated("operator", SeatKind.VILLAGE, VILLAGE)
    done(case.id, "check", officer, at=now, result="incomplete", reason="RT dan RW belum ada.")
    return f"/applications/{REGION}/{token}/", case


def test_an_applicant_answers_what_the_office_asks(client: Client) -> None:
    address, case = asked()
    assert "Jawab kantor" in text(client.get(address))
    page = text(client.get(f"{address}correct/"))
    assert "RT dan RW belum ada." in page
    shown = re.search(r'name="_shown" value="([^"]*)"', page)
    key = re.search(r'name="_key" value="([^"]+)"', page)
    assert shown is not None
    assert key is not None
    typed = {"_shown": "address", "_key": key[1], "address": "Jalan Contoh 1 RT 2 RW 3"}
    again = client.post(f"{address}correct/", typed)
    assert again.status_code == 200  # the other questions were not on what was sent: the page is shown whole
    whole = {**{one: TYPED[one] for one in shown[1].split() if one in TYPED}, **typed, "_shown": shown[1]}
    assert client.post(f"{address}correct/", whole)["Location"] == address
    with tenancy(home().id):
        assert Task.objects.get(case_id=case.id).node == "check"
        assert Case.objects.get().state["answers"]["address"] == "Jalan Contoh 1 RT 2 RW 3"
    assert client.get(f"{address}correct/")["Location"] == address


def test_what_was_asked_reads_as_answered_and_what_cannot_come_any_more_as_not_gone_through(
    client: Client,
) -> None:
    address, case = asked()
    assert "Sudah Anda tanggapi" not in text(client.get(address))
    answers, now = {"address": "Jalan Contoh 1 RT 2 RW 3"}, clock.now()
    cases.answer(
        organization=home(), case_id=case.id, task="complete", answers=answers, key="a", by=None, at=now
    )
    page = text(client.get(address))
    told = re.findall(r'<article class="message"><h3>([^<]*)</h3>(.*?)</article>', page, re.DOTALL)
    settled = {subject.split(" ", 2)[2]: "Sudah Anda tanggapi pada" in rest for subject, rest in told}
    assert settled == {"perlu dilengkapi": True, "kami terima": False}
    assert ("belum dicapai" in page, "tidak dilalui" in page) == (True, False)
    client.post(f"{address}withdraw/")
    page = text(client.get(address))
    assert ("belum dicapai" in page, "tidak dilalui" in page) == (False, True)


def test_a_guessed_address_is_not_found_and_stands_in_the_trail(client: Client) -> None:
    arrived(running())
    assert client.get(f"/applications/{REGION}/{'A' * 43}/").status_code == 404
    with tenancy(home().id):
        assert Entry.objects.filter(organization_id=home().id, action="casework.address_unknown").count() == 1
