"""The desk of an office: what waits in one's lanes, done on its page, once."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from livinglab.casework.domain.states import SeatKind
from livinglab.casework.models import Step, Task
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.queries import Role
from tests.casework.kit import AT, NEIGHBOUR, REGION, VILLAGE, arrived, done, home, running, seated
from tests.organizations.people import make_member, signed_in

pytestmark = pytest.mark.django_db
_CONTROL = ("SAVEPOINT", "RELEASE", "SET LOCAL")
DESK = f"/regions/{REGION}/desk/"


def text(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined]


def task_address() -> str:
    with tenancy(home().id):
        return f"{DESK}{Task.objects.get().id}/"


def test_an_office_sees_what_waits_in_its_lane_and_no_more() -> None:
    service = running()
    arrived(service)
    arrived(service, village=NEIGHBOUR)
    here = text(signed_in(seated("operator", SeatKind.VILLAGE, VILLAGE)).get(DESK))
    assert ("SKTM-2026-000001" in here, "SKTM-2026-000002" in here) == (True, False)
    assert "1 langkah menunggu" in here
    assert '<td role="cell" data-column="Layanan">Surat Keterangan Tidak Mampu</td>' in here
    in_both = text(signed_in(seated("rekan", SeatKind.VILLAGE, VILLAGE, NEIGHBOUR)).get(DESK))
    assert "SKTM-2026-000002" in in_both
    none = text(signed_in(make_member("tamu", Role.AGENCY_OFFICER, REGION)).get(DESK))
    assert "Tidak ada yang menunggu Anda." in none
    assert "Anda belum ditugaskan" in none


def test_who_signs_is_led_to_signing_several_only_while_something_waits() -> None:
    case = arrived(running())
    head = signed_in(seated("kades", SeatKind.SIGNER, VILLAGE))
    assert f"{DESK}sign/" not in text(head.get(DESK))
    done(case.id, "check", seated("operator", SeatKind.VILLAGE, VILLAGE), result="complete")
    assert f"{DESK}sign/" in text(head.get(DESK))


def test_the_menu_marks_portraits_on_a_portrait_and_not_at_a_desk() -> None:
    operator = signed_in(seated("operator", SeatKind.VILLAGE, VILLAGE))
    marked = 'aria-current="page">Potret daerah</a>'
    assert marked in text(operator.get(f"/regions/{REGION}/"))
    assert marked not in text(operator.get(DESK))


def test_what_is_late_is_told_and_shown_apart() -> None:
    arrived(running(), at=AT - timedelta(days=14))
    operator = signed_in(seated("operator", SeatKind.VILLAGE))
    assert "1 di antaranya terlambat." in text(operator.get(DESK))
    assert "SKTM-2026-000001" in text(operator.get(f"{DESK}?show=late"))
    assert "SKTM-2026-000001" not in text(operator.get(f"{DESK}?show=mine"))


def test_a_step_is_done_on_its_page_and_only_once() -> None:
    case = arrived(running())
    operator = signed_in(seated("operator", SeatKind.VILLAGE, VILLAGE))
    address = task_address()
    page = text(operator.get(address))
    assert "Warga Contoh" in page
    assert "9999010101900001" not in page
    assert "empat angka terakhir; cocokkan dengan KTP" in page
    assert 'class="now" aria-current="step"' in page
    key = re.search(r'name="_key" value="([^"]+)"', page)
    assert key is not None
    typed = {"_key": key[1], "_shown": "result", "result": "complete"}
    assert operator.post(address, typed)["Location"] == DESK
    assert operator.post(address, typed).status_code == 404
    with tenancy(home().id):
        assert Step.objects.filter(case_id=case.id, what="completed").count() == 1


def test_a_mistake_is_said_at_its_field_and_nothing_happens() -> None:
    arrived(running())
    operator = signed_in(seated("operator", SeatKind.VILLAGE))
    address = task_address()
    answer = operator.post(address, {"_shown": "result reason", "result": "perhaps", "reason": "KTP"})
    assert answer.status_code == 422
    assert "KTP" in text(answer)
    assert operator.get(address).status_code == 200


def test_who_has_no_seat_there_is_refused_and_another_region_finds_nothing() -> None:
    arrived(running())
    address = task_address()
    assert signed_in(seated("tetangga", SeatKind.VILLAGE, NEIGHBOUR)).get(address).status_code == 403
    stranger = signed_in(make_member("siak", Role.AGENCY_OFFICER, "14.08"))
    assert stranger.get(address).status_code == 403
    assert stranger.get(address.replace(REGION, "14.08")).status_code == 404


def test_the_desk_takes_as_many_statements_for_fifty_as_for_one() -> None:
    service = running()
    client = signed_in(seated("operator", SeatKind.VILLAGE))
    arrived(service)
    client.get(DESK)
    with CaptureQueriesContext(connection) as one:
        client.get(DESK)
    for _nth in range(6):
        arrived(service)
    with CaptureQueriesContext(connection) as many:
        client.get(DESK)
    assert len(many) == len(one)
    asked = [each["sql"] for each in many if not each["sql"].startswith(_CONTROL)]
    assert len(asked) <= 10, "\n".join(asked)
