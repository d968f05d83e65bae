"""The fictitious city of demo mode runs every package of the project; another start changes nothing."""

import json
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client

from livinglab.casework.models import OfferedService, Seat, ServiceVersion
from livinglab.config import demo, demo_services
from livinglab.kernel import clock
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.queries import Organization, areas, find_organization

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _demo() -> None:
    demo.add_people(at=clock.now())
    demo_services.run_services(at=clock.now())


def city() -> Organization:
    found = find_organization(demo_services.CITY)
    assert found is not None
    return found


def kept() -> tuple[int, int, int]:
    with tenancy(city().id):
        versions, seats = ServiceVersion.objects.count(), Seat.objects.count()
    return versions, seats, areas(demo_services.CITY).count()


def test_every_package_is_run_and_marked_as_invented() -> None:
    rows = OfferedService.objects.filter(organization=city())
    assert {one.package for one in rows} == {one.name for one in (settings.ROOT / "packages").iterdir()}
    assert all(one.is_synthetic and one.state == "open" for one in rows)


def test_documents_are_headed_by_the_city_and_name_who_signs_there() -> None:
    with tenancy(city().id):
        versions = ServiceVersion.objects.select_related("service")
        given = {one.service.package: json.dumps(one.parameters) for one in versions}
    for package, values in given.items():
        elsewhere = [
            one for one in ("Pejabat Contoh", "Kabupaten Contoh", "Provinsi Contoh") if one in values
        ]
        assert "Words(" not in values, package
        assert elsewhere == [], package
    assert "Kepala desa Teladan (demo)" in given["sktm"]
    assert "Kantor Desa Contoh Satu" in given["sktm"]
    assert "Wali Kota Teladan (demo)" in given["reklame"]
    assert '"Dinas Penanaman Modal dan PTSP"' in given["reklame"]


def test_another_start_changes_nothing() -> None:
    before = kept()
    assert before[1:] == (len(demo_services.SEATS), 5)
    demo_services.run_services(at=clock.now() + timedelta(days=1))
    assert kept() == before


def test_anybody_can_begin_each_of_them(client: Client) -> None:
    for one in OfferedService.objects.filter(organization=city()):
        address = f"/apply/{demo_services.CITY}/{one.package}/"
        assert client.get(address).status_code == 200
        begun = client.post(address)
        assert begun.status_code == 302
        assert client.get(begun["Location"], follow=True).status_code == 200
