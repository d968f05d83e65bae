"""The working sheet and the list of rounds: what they say, to whom, and with how few queries."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.utils import translation

from livinglab.organizations.queries import Role
from tests.evaluations.kit import Region, answer, open_round
from tests.organizations.people import make_member, signed_in

pytestmark = pytest.mark.django_db

LIST = "/en/regions/14.08/evaluations/"
SHEET = f"{LIST}2025/"


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def siak() -> Region:
    return open_round()


def html(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status, response.content.decode()[:2000]
    return response.content.decode()


@pytest.mark.parametrize(
    "path",
    ["", "2025/", "2025/21/", "2025/21/evidence/", "2025/assign/", "2025/team/", "2025/minutes/"],
)
def test_every_page_of_the_regions_own_work_opens_and_is_never_kept_by_a_proxy(
    siak: Region, path: str
) -> None:
    answer(siak, "21", 3)
    response = signed_in(siak.coordinator).get(LIST + path)
    assert response.status_code == 200
    assert {"private", "no-store"} <= set(response["Cache-Control"].split(", "))


def test_a_member_of_another_region_is_refused(siak: Region) -> None:
    stranger = make_member("sekda.lain", Role.COORDINATOR, "32.11")
    assert html(signed_in(stranger), SHEET, 403)
