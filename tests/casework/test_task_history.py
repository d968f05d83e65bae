"""What happened to a case before stands folded on the page of its step: by role, masked, with few statements."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from livinglab.accounts.models import User
from livinglab.casework.domain.states import SeatKind
from livinglab.casework.models import Case, Message, Task
from livinglab.casework.operations import assigning
from livinglab.kernel.tenancy import tenancy
from tests.casework.kit import AT, REGION, VILLAGE, arrived, done, home, running, seated
from tests.casework.test_revoking import signed
from tests.casework.test_signing import _own_authority
from tests.organizations.people import signed_in

__all__ = ["_own_authority"]
pytestmark = pytest.mark.django_db
NIK = "9999010101900001"
CONTROL = ("SAVEPOINT", "RELEASE", "SET LOCAL")


def text(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined]


def step_of(case: Case) -> str:
    with tenancy(home().id):
        return f"/regions/{REGION}/desk/{Task.objects.get(case_id=case.id).id}/"


def kept(case: Case) -> Case:
    with tenancy(home().id):
        return Case.objects.get(id=case.id)


def signers_step() -> tuple[Case, User]:
    """Return a case that the village checked and that waits for the head of village."""
    case = arrived(running())
    done(case.id, "check", seated("operator", SeatKind.VILLAGE, VILLAGE), result="complete")
    return kept(case), seated("kades", SeatKind.SIGNER, VILLAGE)


def test_a_step_shows_what_happened_before_and_what_its_applicant_was_told() -> None:
    case, head = signers_step()
    address = step_of(case)
    with tenancy(home().id):
        task = Task.objects.get(case_id=case.id)
        told = Message.objects.filter(case_id=case.id).latest("nth")
        told.texts = {"id": {"subject": f"Kabar {NIK}", "body": f"<p>NIK {NIK} diterima.</p>"}}
        told.save(update_fields=["texts"])
    assigning.assign(organization=home(), task_id=task.id, to=head.id, by=head, at=AT)
    page = text(signed_in(head).get(address))
    past = page.split('id="past"')[1].split("</section>")[0]
    said = ("Kepala desa: seorang petugas mengerjakan", "Petugas desa: mengerjakan", "mengajukan permohonan")
    places = [past.index(one) for one in said]
    assert places == sorted(places)
    assert "<h3>Kabar ••••••••••••0001</h3>" in past
    assert "••••••••••••0001 diterima." in past
    assert NIK not in page
    for name in ("kades@uji.example", "operator@uji.example", head.name):
        assert not name or name not in past


def test_the_history_takes_one_statement_and_without_documents_no_second() -> None:
    case, head = signers_step()
    address, client = step_of(case), signed_in(head)
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    said = [one["sql"] for one in asked if not one["sql"].startswith(CONTROL)]
    assert len([one for one in said if "casework_step" in one or "casework_message" in one]) == 1
    assert not [one for one in said if "signatures_document" in one or "casework_paper" in one]


def test_a_step_shows_the_documents_that_were_issued_before_without_their_text() -> None:
    _address, paper = signed()
    with tenancy(home().id):
        row = Case.objects.get()
        task = Task.objects.create(
            organization_id=home().id,
            case=row,
            service_id=row.service_id,
            token=99,
            node="check",
            lane="village",
            kind=SeatKind.VILLAGE,
            unit_code=VILLAGE,
            since=AT,
            due=AT + timedelta(days=90),
        )
    client = signed_in(seated("petugas", SeatKind.VILLAGE, VILLAGE))
    address = f"/regions/{REGION}/desk/{task.id}/"
    with CaptureQueriesContext(connection) as asked:
        page = text(client.get(address))
    assert len([one for one in asked if "signatures_document" in one["sql"]]) == 1
    past = page.split('id="past"')[1].split("</section>")[0]
    assert f"Surat keterangan tidak mampu {paper.number}" in past
    assert "Ditandatangani secara elektronik." in past
    assert 'href="/verify/' in past
    assert "/revoke/" not in past
    assert '<article class="paper"' not in page
