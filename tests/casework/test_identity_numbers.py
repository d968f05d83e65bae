"""The number of a citizen: refused where it cannot be one, masked where it is read, whole for its owner on demand."""

import re

import pytest
from django.test import Client

from livinglab.casework.domain.states import SeatKind
from livinglab.casework.models import Task
from livinglab.kernel.tenancy import tenancy
from tests.casework.kit import ANSWERS, REGION, VILLAGE, home, running, seated
from tests.casework.test_pages import TYPED, begun, filled, sent, text
from tests.organizations.people import signed_in

pytestmark = pytest.mark.django_db
NIK = str(ANSWERS["nik"])
MASKED = "••••••••••••0001"


@pytest.mark.parametrize(
    ("prefix", "said"), [("", "Ini tidak mungkin NIK"), ("/en", "This cannot be a NIK")], ids=["id", "en"]
)
def test_a_number_that_cannot_be_one_is_refused_at_its_question(
    client: Client, prefix: str, said: str
) -> None:
    running()
    address = begun(client)
    where = prefix + client.get(f"{address}form/")["Location"]
    shown = re.search(r'name="_shown" value="([^"]*)"', text(client.get(where)))
    assert shown is not None
    assert "nik" in shown[1].split()
    typed = {**TYPED, "_shown": shown[1], "nik": "3211013201900001"}
    answer = client.post(where, typed)
    assert (answer.status_code, said in text(answer)) == (422, True)
    assert 'value="3211013201900001"' in text(answer)  # it stays to be put right
    assert client.post(where, {**typed, "nik": "3211013101900001"}).status_code == 302


def test_it_is_masked_and_its_owner_alone_may_see_it_whole(client: Client) -> None:
    running()
    check = text(client.get(filled(client, begun(client))))
    data = text(client.get(f"{sent(client)}data/"))
    for page in (check, data):
        assert MASKED in page
        assert page.count(NIK) == 1
        assert re.search(rf"<summary>[^/]*</span></summary>{NIK}</details>", page)
    office = signed_in(seated("operator", SeatKind.VILLAGE, VILLAGE))
    with tenancy(home().id):
        task = Task.objects.get()
    page = text(office.get(f"/regions/{REGION}/desk/{task.id}/"))
    assert (MASKED in page, NIK in page) == (True, False)
