"""Who is signed in finds their cases and documents again, and nobody else does."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from livinglab.accounts.models import User
from livinglab.casework.domain.states import Channel, SeatKind
from livinglab.casework.models import Case, OwnCase
from livinglab.casework.operations import cases, drafts
from tests.casework.kit import ANSWERS, AT, REGION, done, home, running, seated
from tests.casework.test_pages import begun, filled, text
from tests.organizations.people import make_person, signed_in

pytestmark = pytest.mark.django_db
OWN = "/me/applications/"


def applied(person: User) -> Case:
    draft = {"organization": home(), "service_id": running().id, "channel": Channel.SELF, "at": AT}
    _draft, token = drafts.begin(**draft, applicant=person.id, helped_by=None)  # type: ignore[arg-type]
    drafts.save(organization=home(), token=token, answers=ANSWERS, at=AT)
    return cases.submit(organization=home(), token=token, by=person.id, at=AT)


def test_who_applies_signed_in_finds_the_case_and_its_documents_in_their_account() -> None:
    running()
    person = make_person("warga")
    client = signed_in(person)
    client.post(filled(client, begun(client)))
    case_id = OwnCase.objects.get(applicant=person.id).case_id
    address = f"/applications/{REGION}/{case_id}/"
    assert f'href="{address}"' in text(client.get(OWN))
    done(case_id, "check", seated("operator", SeatKind.VILLAGE), result="complete")
    done(case_id, "approve", seated("kades", SeatKind.SIGNER), approved=True)
    page = text(client.get(OWN))
    assert "SKTM/1/2026" in page
    assert f'href="{address}papers/1/"' in page
    assert "Warga Contoh" in text(client.get(f"{address}papers/1/"))
    assert "SKTM-2026-000001" in text(client.get(address))
    assert client.get(f"{address}receipt/")["Location"] == address
    assert f'href="{OWN}"' in text(client.get("/me/"))


def test_a_signed_in_applicant_withdraws_from_there() -> None:
    person = make_person("warga")
    case = applied(person)
    client = signed_in(person)
    client.post(f"/applications/{REGION}/{case.id}/withdraw/")
    assert OwnCase.objects.get(case_id=case.id).outcome == "withdrawn"
    assert "ditarik" in text(client.get(OWN)).lower() or "dicabut" in text(client.get(OWN)).lower()


def test_the_number_of_a_row_opens_nothing_for_anybody_else() -> None:
    case = applied(make_person("warga"))
    address = f"/applications/{REGION}/{case.id}/"
    stranger = signed_in(make_person("tetangga"))
    for more in ("", "papers/1/", "contact/", "correct/"):
        assert stranger.get(f"{address}{more}").status_code == 404
    assert stranger.post(f"{address}withdraw/").status_code == 404
    assert "SKTM" not in text(stranger.get(OWN))
    answer = Client().get(address)
    assert (answer.status_code, answer["Location"].startswith("/accounts/login/")) == (302, True)
    assert signed_in(make_person("lain")).get(address.replace(REGION, "14.08")).status_code == 404


def test_who_applies_without_an_account_stands_in_no_list(client: Client) -> None:
    running()
    client.post(filled(client, begun(client)))
    assert not OwnCase.objects.exists()


def test_the_list_takes_as_many_statements_for_many_as_for_one() -> None:
    person = make_person("warga")
    client = signed_in(person)
    applied(person)
    client.get(OWN)
    with CaptureQueriesContext(connection) as one:
        client.get(OWN)
    for _nth in range(4):
        applied(person)
    with CaptureQueriesContext(connection) as many:
        client.get(OWN)
    assert len(many) == len(one)
    # five of them for the forms under way: each region's stand behind a transaction of their own
    assert len(many) <= 13, "\n".join(each["sql"] for each in many)
