"""Everybody reads the districts and villages of a region, with the notice of whose data they are."""

import io

import pytest
from django.test import Client

from livinglab.organizations import operations
from tests.organizations.people import AT

pytestmark = pytest.mark.django_db


def _load(villages: int) -> None:
    rows = "".join(f"32.11.01.{2001 + number},Desa {number}\n" for number in range(villages))
    stream = io.BytesIO(f"code,name\n32.11.01,Wado\n{rows}".encode())
    operations.import_areas(stream=stream, by=None, at=AT)


def test_a_region_shows_its_areas_page_by_page_with_the_licence_of_the_data(client: Client) -> None:
    _load(250)
    first = client.get("/regions/32.11/areas/").content.decode()
    assert "1 kecamatan, 250 kelurahan dan desa." in first
    assert "Open Database License (ODbL) 1.0" in first
    assert "Desa 198" in first
    assert "Desa 199" not in first
    second = client.get("/regions/32.11/areas/?page=2").content.decode()
    assert "Desa 249" in second


def test_a_region_without_areas_says_what_to_do(client: Client) -> None:
    assert "./livinglab areas import" in client.get("/regions/32.11/areas/").content.decode()


@pytest.mark.parametrize(
    ("address", "status"),
    [("99.98/areas/", 404), ("32/areas/", 404), ("32.11/areas/?page=9", 422), ("32.11/areas/?page=x", 422)],
)
def test_what_is_not_there_is_answered_with_what_is(client: Client, address: str, status: int) -> None:
    assert client.get(f"/regions/{address}").status_code == status


def test_a_second_look_costs_nothing_until_areas_change(client: Client) -> None:
    _load(1)
    tag = client.get("/regions/32.11/areas/")["ETag"]
    assert client.get("/regions/32.11/areas/", headers={"If-None-Match": tag}).status_code == 304
    _load(2)
    assert client.get("/regions/32.11/areas/", headers={"If-None-Match": tag}).status_code == 200
