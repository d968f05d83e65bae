"""The documents of a case for programs of its applicant: the signed PDF by the secret alone, and nothing before it."""

from typing import Any

import pytest
from django.test import Client

from livinglab.audit.models import Entry
from livinglab.casework.models import Case
from livinglab.kernel import clock
from livinglab.kernel.tenancy import tenancy
from livinglab.portal.api.v1 import api
from livinglab.signatures.domain.verdicts import Verdict
from livinglab.signatures.models import IssuedDocument
from livinglab.signatures.queries.examination import examined, trusted_roots
from tests.casework.kit import REGION, begun, coordinator, done, home, running
from tests.casework.test_pages import sent
from tests.casework.test_revoking import CONFIRMED, PAPERS, signed
from tests.casework.test_signing import YEAR, _own_authority, checked, head
from tests.organizations.people import signed_in

__all__ = ["_own_authority"]
pytestmark = pytest.mark.django_db
HERE = f"/api/v1/regions/{REGION}/application"


def asked(address: str, path: str = "/papers/1/id.pdf") -> Any:
    """Ask as a program that has the secret of an applicant's page."""
    return Client().get(f"{HERE}{path}", headers={"Authorization": f"Bearer {address.split('/')[3]}"})


def files() -> int:
    with tenancy(home().id):
        return IssuedDocument.objects.count()


def guesses() -> int:
    with tenancy(home().id):
        return Entry.objects.filter(action="casework.address_unknown").count()


def test_the_signed_letter_comes_as_its_page_hands_it_out(client: Client) -> None:
    address, paper = signed()
    answer = asked(address)
    assert answer.status_code == 200
    assert answer["Content-Disposition"] == f'attachment; filename="SKTM-1-{YEAR}-id.pdf"'
    assert (answer["X-Content-Type-Options"], "no-store" in answer["Cache-Control"]) == ("nosniff", True)
    content = b"".join(answer.streaming_content)
    assert content == client.get(f"{address}papers/1/id.pdf").content
    found = examined(content, trusted=trusted_roots(), at=clock.now())
    assert (found.verdict, found.signatures[0].signer) == (Verdict.VALID, "Pejabat Contoh")
    described = api.get_openapi_schema()["paths"][
        "/api/v1/regions/{code}/application/papers/{nth}/{language}.pdf"
    ]["get"]["responses"]
    assert {answer["Content-Type"]} == set(described[200]["content"])
    (one,) = asked(address, "/papers").json()
    assert (one["number"], one["state"], one["languages"]) == (paper.number, "signed", ["id"])


def test_until_it_is_signed_there_is_no_file_and_none_is_made(client: Client) -> None:
    running()
    address = sent(client)
    with tenancy(home().id):
        case = Case.objects.get()
    signs = head()
    checked(case.id)
    done(case.id, "approve", signs, approved=True, at=clock.now())
    answer = asked(address)
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "not_signed_yet")
    assert asked(address, "").json()["case"]["papers"][0]["state"] == "waiting"
    assert (files(), guesses()) == (0, 0)


def test_a_revoked_letter_is_handed_out_and_said_to_be_revoked() -> None:
    address, paper = signed()
    assert signed_in(coordinator()).post(f"{PAPERS}{paper.id}/revoke/", CONFIRMED).status_code == 302
    assert asked(address).status_code == 200
    assert asked(address, "/papers/1").json()["state"] == "revoked"


@pytest.mark.parametrize("path", ["/papers/2/id.pdf", "/papers/1/en.pdf", "/papers/2"])
def test_a_document_that_the_case_does_not_have_is_404_and_stands_in_the_trail(path: str) -> None:
    address, _paper = signed()
    answer = asked(address, path)
    assert (answer.status_code, bool(answer.json()["error"]["known"])) == (404, True)
    assert (files(), guesses()) == (1, 1)


def test_a_form_has_no_document_and_without_its_secret_nothing_is_to_be_had() -> None:
    address, _paper = signed()
    assert asked(f"/applications/{REGION}/{begun(running())}/").status_code == 404
    assert asked(f"/applications/{REGION}/{'x' * 43}/").status_code == 404
    assert guesses() == 2
    assert Client().get(f"{HERE}/papers/1/id.pdf").status_code == 401
    assert asked(address, "/papers/1/IDN.pdf").status_code == 422
    assert guesses() == 2
