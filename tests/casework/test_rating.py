"""Whoever's case has ended is asked how satisfied they are: once, from the page of the case."""

import pytest
from django.test import Client

from livinglab.casework.domain.states import SeatKind
from livinglab.casework.models import Case, Draft
from livinglab.casework.operations import cases
from livinglab.casework.operations.asking import ENDED
from livinglab.kernel import clock
from livinglab.kernel.tenancy import tenancy
from livinglab.surveys.queries.links import case_state
from tests.casework.complaints import taking_complaints
from tests.casework.kit import REGION, VILLAGE, begun, done, home, running, seated
from tests.casework.test_pages import text

pytestmark = pytest.mark.django_db
GIVEN = {f"U{nth}": "4" for nth in range(1, 10)}


def ended(**answers: object) -> tuple[str, object]:
    """Return the address of a case that was refused, and its id."""
    now = clock.now()
    token = begun(running(), at=now)
    case = cases.submit(organization=home(), token=token, by=None, at=now)
    officer = seated("operator", SeatKind.VILLAGE, VILLAGE)
    done(case.id, "check", officer, at=now, **(answers or {"result": "wrong"}))
    return f"/applications/{REGION}/{token}/", case.id


def test_an_applicant_rates_the_service_once(client: Client) -> None:
    address, case_id = ended()
    with tenancy(home().id):
        assert case_state(case_id, ENDED, at=clock.now()) == "open"  # type: ignore[arg-type]
    assert "Nilai layanan ini" in text(client.get(address))
    survey = client.post(f"{address}rate/")["Location"]
    assert survey.startswith(f"/surveys/{REGION}/")
    assert client.post(survey, GIVEN).status_code == 302
    with tenancy(home().id):
        assert case_state(case_id, ENDED, at=clock.now()) == "answered"  # type: ignore[arg-type]
    assert "Nilai layanan ini" not in text(client.get(address))
    assert client.post(f"{address}rate/")["Location"] == address  # once is enough


def test_who_is_still_waiting_or_withdrew_is_not_asked(client: Client) -> None:
    address, case_id = ended(result="complete")
    assert client.post(f"{address}rate/")["Location"] == address
    client.post(f"{address}withdraw/")
    assert "Nilai layanan ini" not in text(client.get(address))
    with tenancy(home().id):
        assert case_state(case_id, ENDED, at=clock.now()) is None  # type: ignore[arg-type]


def test_an_applicant_complains_with_the_number_filled_in(client: Client) -> None:
    address, case_id = ended()
    with tenancy(home().id):
        number = Case.objects.get(id=case_id).number
    assert "Adukan layanan ini" not in text(client.get(address))
    assert client.post(f"{address}complain/")["Location"] == address  # nobody would read it
    service = taking_complaints(at=clock.now())
    assert "Adukan layanan ini" in text(client.get(address))
    form = client.post(f"{address}complain/")["Location"]
    with tenancy(home().id):
        draft = Draft.objects.get(service=service)
    assert draft.answers == {"topic": "service", "application_number": number}
    page = client.get(f"{form}what/").content.decode()
    assert f'value="{number}"' in page
    complaint = form.removesuffix("form/")
    assert client.post(f"{complaint}complain/")["Location"].startswith(complaint)  # not sent yet
