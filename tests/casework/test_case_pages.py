"""A case that ended or waits elsewhere is found by its number and read, by who has a seat on its service there."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from livinglab.audit.models import Entry
from livinglab.casework.domain.states import SeatKind
from livinglab.casework.models import Case, Task
from livinglab.casework.operations import assigning, forgetting, services
from livinglab.kernel import clock
from livinglab.kernel.identifiers import new_id
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.queries import Role
from tests.casework import billing
from tests.casework.kit import (
    AT,
    NEIGHBOUR,
    REGION,
    VILLAGE,
    arrived,
    coordinator,
    done,
    home,
    running,
    seated,
)
from tests.casework.test_revoking import CONFIRMED, PAPERS, signed
from tests.casework.test_signing import YEAR, _own_authority
from tests.casework.test_task_history import CONTROL, kept, signers_step, step_of, text
from tests.organizations.people import make_member, organization, signed_in

__all__ = ["_own_authority"]
pytestmark = pytest.mark.django_db
FIND = f"/regions/{REGION}/desk/cases/"
NOT_FOUND = "Tidak ada permohonan dengan nomor ini pada penugasan Anda"


def main(answer: object) -> str:
    """Return the words of a page without what stands around it and without tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", text(answer).split("<main")[1].split("</main>")[0]).split())


def page_of(case: Case) -> str:
    return f"{FIND}{case.id}/"


def guessed(code: str = REGION) -> list[object]:
    found = organization(code)
    with tenancy(found.id):
        rows = Entry.objects.filter(organization_id=found.id, action="casework.desk_address_unknown")
        return [one.by for one in rows]


def refused() -> Case:
    """Return a case that the village refused, which told its applicant why."""
    case = arrived(running())
    operator = seated("operator", SeatKind.VILLAGE, VILLAGE)
    done(case.id, "check", operator, result="wrong", reason="Alamat di daerah lain.")
    return kept(case)


def test_a_case_that_ended_is_found_by_its_number_and_read() -> None:
    case = refused()
    officer = signed_in(seated("petugas", SeatKind.VILLAGE, VILLAGE))
    assert "Cari permohonan" in main(officer.get(FIND))
    for typed in (case.number, f" {case.number.lower()} ", "1"):
        assert f'href="{page_of(case)}"' in text(officer.get(FIND, {"number": typed}))
    page = main(officer.get(page_of(case)))
    assert f"Permohonan {case.number} selesai: ditolak." in page
    assert page.index("Permohonan selesai: ditolak") < page.index("mengajukan permohonan")
    # what was applied for and what the office wrote is not read here
    for word in ("Warga Contoh", "01900001", "••••", "Alamat di daerah lain"):
        assert word not in page
    assert "<form" not in text(officer.get(page_of(case))).split("<main")[1].split("</main>")[0]
    assert f"{REGION}/desk/cases/" in text(officer.get(f"/regions/{REGION}/desk/"))
    assert guessed() == []


def test_a_case_that_waits_elsewhere_says_where_and_one_that_waits_here_leads_to_its_step() -> None:
    case, head = signers_step()
    operator = signed_in(seated("petugas", SeatKind.VILLAGE, VILLAGE))
    page = text(operator.get(page_of(case)))
    assert "Kepala desa" in page
    assert step_of(case) not in page
    assert f'href="{step_of(case)}"' in text(signed_in(head).get(page_of(case)))


@pytest.mark.parametrize("typed", ["SKTM-2026-000001", "SKTM-2026-999999", "1", "\0' OR 1=1 --", "x" * 500])
def test_without_a_seat_there_a_number_reads_as_one_that_nobody_has(typed: str) -> None:
    arrived(running())
    answers = []
    for who in (
        seated("sebelah", SeatKind.VILLAGE, NEIGHBOUR),
        seated("dinas-pajak", SeatKind.SUPERIOR),
        make_member("tamu", Role.AGENCY_OFFICER, REGION),
    ):
        answer = signed_in(who).get(FIND, {"number": typed})
        assert answer.status_code == 200
        answers.append(main(answer))
    stranger = signed_in(make_member("siak", Role.VILLAGE_OPERATOR, "14.08"))
    assert stranger.get(FIND, {"number": typed}).status_code == 403
    answers.append(main(stranger.get(FIND.replace(REGION, "14.08"), {"number": typed})))
    assert all(NOT_FOUND in one for one in answers)
    assert len({one.split(NOT_FOUND)[1] for one in answers}) == 1


def test_a_guessed_case_is_404_and_stands_in_the_trail_with_who_asked() -> None:
    case = refused()
    neighbour = seated("sebelah", SeatKind.VILLAGE, NEIGHBOUR)
    superior = seated("camat", SeatKind.SUPERIOR)
    pages = [signed_in(one).get(page_of(case)) for one in (neighbour, superior)]
    pages.append(signed_in(neighbour).get(f"{FIND}{new_id()}/"))
    assert [one.status_code for one in pages] == [404] * 3
    assert len({main(one) for one in pages}) == 1
    assert guessed() == [neighbour.id, superior.id, neighbour.id]
    stranger = make_member("siak", Role.VILLAGE_OPERATOR, "14.08")
    services.give_seat(
        organization=organization("14.08"),
        user_id=stranger.id,
        kind=SeatKind.VILLAGE,
        unit_code="",
        by=make_member("sekda-siak", Role.COORDINATOR, "14.08"),
        at=AT,
    )
    assert signed_in(stranger).get(page_of(case).replace(REGION, "14.08")).status_code == 404
    assert guessed("14.08") == [stranger.id]


def test_a_seat_of_another_service_or_one_that_ended_finds_nothing() -> None:
    case = refused()
    other = billing.permits()
    for name, service_id in (("iklan", other.id), ("pensiun", None)):
        user = make_member(name, Role.VILLAGE_OPERATOR, REGION)
        seat = services.give_seat(
            organization=home(),
            user_id=user.id,
            kind=SeatKind.VILLAGE,
            service_id=service_id,
            unit_code=VILLAGE,
            by=coordinator(),
            at=AT,
        )
        if service_id is None:
            assert signed_in(user).get(page_of(case)).status_code == 200
            services.end_seat(organization=home(), seat_id=seat.id, by=coordinator(), at=AT)
        assert signed_in(user).get(page_of(case)).status_code == 404


def test_the_page_has_the_documents_with_check_and_revocation_and_who_keeps_certificates_revokes(
    client: Client,
) -> None:
    _address, paper = signed()
    with tenancy(home().id):
        case = Case.objects.get()
    officer = signed_in(seated("petugas", SeatKind.VILLAGE, VILLAGE))
    keeper = coordinator()
    services.give_seat(
        organization=home(),
        user_id=keeper.id,
        kind=SeatKind.VILLAGE,
        unit_code=VILLAGE,
        by=keeper,
        at=clock.now(),
    )
    revoke = f"{PAPERS}{paper.id}/revoke/"
    seen = text(officer.get(page_of(case)))
    assert f"SKTM/1/{YEAR}" in seen
    assert revoke not in seen
    code = re.search(r'href="(/verify/[^"]+/)"', seen)
    assert code is not None
    assert client.get(code[1]).status_code == 200
    assert f'href="{revoke}"' in text(signed_in(keeper).get(page_of(case)))
    assert signed_in(keeper).post(revoke, CONFIRMED).status_code == 302
    for who in (officer, signed_in(keeper)):
        seen = text(who.get(page_of(case)))
        assert "Dicabut pada" in seen
        assert CONFIRMED["reason"] in seen
        assert f'href="{revoke}"' not in seen


def test_a_document_that_waits_for_its_signature_says_so() -> None:
    case, head = signers_step()
    done(case.id, "approve", head, approved=True)
    page = main(signed_in(seated("petugas", SeatKind.VILLAGE, VILLAGE)).get(page_of(case)))
    assert "Menunggu tanda tangan: Kepala desa." in page
    # which rule was applied, not why: that tells of the applicant's income
    assert "Aturan diterapkan: Apakah keluarga tergolong tidak mampu" in page
    assert "Penghasilan per orang" not in page


def test_of_a_case_whose_data_was_deleted_the_page_says_what_is_left() -> None:
    _address, paper = signed()
    with tenancy(home().id):
        case = Case.objects.get()
        forgetting.forget_case(organization=home(), row=case, by=None, at=clock.now())
    page = signed_in(seated("petugas", SeatKind.VILLAGE, VILLAGE)).get(page_of(case))
    assert "Data pemohon dihapus pada" in main(page)
    assert paper.number in main(page)
    assert 'href="/verify/' in text(page)


def test_the_page_takes_as_many_statements_for_a_long_history_as_for_a_short_one() -> None:
    case, head = signers_step()
    client = signed_in(seated("petugas", SeatKind.VILLAGE, VILLAGE))

    def statements() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(page_of(case)).status_code == 200
        return len([one for one in asked if not one["sql"].startswith(CONTROL)])

    statements()
    short = statements()
    with tenancy(home().id):
        task = Task.objects.get(case_id=case.id)
    for to in (head.id, None, head.id, None):
        assigning.assign(organization=home(), task_id=task.id, to=to, by=head, at=AT)
    assert statements() == short <= 12
