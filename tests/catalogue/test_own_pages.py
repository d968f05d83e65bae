"""A region's officers speak for its services in a form that works without JavaScript."""

import re
from datetime import UTC, datetime

import pytest
from django.test import Client

from livinglab.accounts.models import User
from livinglab.catalogue import operations, queries
from livinglab.catalogue.models import OwnService
from livinglab.kernel.identifiers import new_id
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.models import Organization
from livinglab.organizations.operations import add_agency, grant_membership
from livinglab.organizations.queries import AgencyKind, Role, find_organization

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
NEW, LIST = "/en/regions/14.08/services/new/", "/en/regions/14.08/services/"
GOOD = {
    "function": "complaints",
    "status": "active",
    "name": "Lapor Siak",
    "agency": "Diskominfo",
    "year": "2025",
}


@pytest.fixture
def siak() -> Organization:
    found = find_organization("14.08")
    assert found is not None
    return found


def signed_in(client: Client, region: Organization, role: Role) -> User:
    user = User.objects.create_user(f"{role}@{region.code}.example", None)
    grant_membership(user=user, organization=region, role=role, by=None, at=AT)
    client.force_login(user)
    return user


def stored(region: Organization) -> list[tuple[str, str, str]]:
    with tenancy(region.id):
        return [(one.function, one.name, one.status) for one in queries.own_services(region.id)]


def test_an_officer_records_a_service_and_sees_it(client: Client, siak: Organization) -> None:
    signed_in(client, siak, Role.DATA_ENTRY)
    assert "Siak has stated no service yet" in client.get(LIST).content.decode()
    assert "Choose a function" in client.get(NEW).content.decode()
    response = client.post(NEW, GOOD)
    assert (response.status_code, response["Location"]) == (302, LIST)
    html = client.get(LIST).content.decode()
    assert "Siak has stated 1 service itself" in html
    assert "Lapor Siak" in html
    assert "within a minute" in html
    assert stored(siak) == [("complaints", "Lapor Siak", "active")]


def test_what_is_recorded_stands_in_the_regions_column_once_the_job_ran(
    client: Client, siak: Organization
) -> None:
    signed_in(client, siak, Role.AGENCY_OFFICER)
    client.post(NEW, GOOD)
    client.post(NEW, {"function": "open-data", "status": "none"})
    with tenancy(siak.id):
        ids = [one.id for one in queries.own_services(siak.id)]
    for entry_id in ids:
        operations.project_own_service(organization_id=siak.id, entry_id=entry_id)
    html = client.get("/en/services/compare/?regions=14.08,32.11").content.decode()
    assert "Lapor Siak" in html
    assert "stated by the region itself" in html
    assert "None, says the region" in html
    assert f'href="{LIST}"' in html


def test_a_wrong_form_comes_back_with_every_problem_and_what_was_typed(
    client: Client, siak: Organization
) -> None:
    signed_in(client, siak, Role.COORDINATOR)
    response = client.post(NEW, {"function": "cooking", "year": "20", "url": "javascript:1", "note": "kept"})
    html = response.content.decode()
    assert response.status_code == 422
    assert re.findall(r'<li><a href="#(\w+)">(.*?)</a>', html) == [
        ("function", "Choose what the service does"),
        ("status", "Choose whether the service is active"),
        ("name", "Enter the name of the service"),
        ("year", "Enter the year in four digits, such as 2024"),
        ("url", "Enter a web address that begins with https://"),
    ]
    for field in ("function", "status", "name", "year", "url"):
        assert f'id="{field}"' in html
        assert f'id="{field}-error"' in html
    assert ">kept</textarea>" in html
    assert stored(siak) == []


def test_the_form_offers_the_agencies_of_its_own_region(client: Client, siak: Organization) -> None:
    signed_in(client, siak, Role.DATA_ENTRY)
    assert "datalist" not in client.get(NEW).content.decode()
    sumedang = find_organization("32.11")
    assert sumedang is not None
    for region, name in ((siak, "Dinas Siak"), (sumedang, "Dinas Sumedang")):
        add_agency(organization_id=region.id, name=name, kind=AgencyKind.DEPARTMENT, by=None, at=AT)
    html = client.get(NEW).content.decode()
    assert '<datalist id="agency-known"><option value="Dinas Siak"></option></datalist>' in html
    assert 'name="agency" type="text" value="" list="agency-known" aria-describedby="agency-hint"' in html


def test_the_audit_trail_names_the_function_and_not_its_code(client: Client, siak: Organization) -> None:
    signed_in(client, siak, Role.COORDINATOR)
    client.post(NEW, GOOD)
    html = client.get("/en/organizations/14.08/audit/").content.decode()
    assert "<small>function: Public complaints</small>" in html
    assert (
        "<small>fungsi: Pengaduan masyarakat</small>"
        in client.get("/organizations/14.08/audit/").content.decode()
    )


def test_the_same_entry_twice_is_refused_in_words(client: Client, siak: Organization) -> None:
    signed_in(client, siak, Role.DATA_ENTRY)
    client.post(NEW, GOOD)
    response = client.post(NEW, GOOD)
    assert response.status_code == 422
    assert "already recorded" in response.content.decode()
    assert len(stored(siak)) == 1


def test_an_entry_is_withdrawn_by_a_post_only(client: Client, siak: Organization) -> None:
    signed_in(client, siak, Role.DATA_ENTRY)
    client.post(NEW, GOOD)
    with tenancy(siak.id):
        (row,) = queries.own_services(siak.id)
    address = f"/en/regions/14.08/services/{row.id}/withdraw/"
    assert client.get(address).status_code == 405
    assert client.post(address)["Location"] == LIST
    assert stored(siak) == []
    with tenancy(siak.id):
        assert OwnService.objects.get(id=row.id).withdrawn_at is not None
    assert client.post(f"/en/regions/14.08/services/{new_id()}/withdraw/").status_code == 404


@pytest.mark.parametrize("role", [Role.HEAD_OF_REGION, Role.CITIZEN, Role.INSPECTORATE, Role.ADMINISTRATOR])
def test_other_roles_and_regions_find_the_door_closed(client: Client, siak: Organization, role: Role) -> None:
    assert client.post(NEW, GOOD).status_code == 302  # to the sign-in page
    signed_in(client, siak, role)
    assert client.get(NEW).status_code == 403
    assert client.post(NEW, GOOD).status_code == 403
    sumedang = find_organization("32.11")
    assert sumedang is not None
    signed_in(client, sumedang, Role.COORDINATOR)
    assert client.get(LIST).status_code == 403
    assert client.post(NEW, GOOD).status_code == 403
    assert stored(siak) == []


def test_nobody_else_is_offered_the_door(client: Client, siak: Organization) -> None:
    address = "/en/services/compare/?regions=14.08,32.11"
    assert "Add a service" not in client.get(address).content.decode()
    signed_in(client, siak, Role.CITIZEN)
    assert "Add a service" not in client.get(address).content.decode()


def test_an_officer_finds_the_own_entries_from_the_register(client: Client, siak: Organization) -> None:
    link = f'<a href="{LIST}">What Kabupaten Siak states about its own services</a>'
    assert link not in client.get("/en/services/").content.decode()
    signed_in(client, siak, Role.CITIZEN)
    assert link not in client.get("/en/services/").content.decode()
    signed_in(client, siak, Role.DATA_ENTRY)
    assert link in client.get("/en/services/").content.decode()
    assert client.get(LIST).status_code == 200


def test_what_a_region_types_is_shown_as_text(client: Client, siak: Organization) -> None:
    signed_in(client, siak, Role.DATA_ENTRY)
    client.post(NEW, {**GOOD, "name": "<script>alert(1)</script>", "agency": "=1+1"})
    with tenancy(siak.id):
        (row,) = queries.own_services(siak.id)
    operations.project_own_service(organization_id=siak.id, entry_id=row.id)
    html = client.get("/services/compare/?regions=14.08").content.decode()
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    text = client.get("/services/compare/services-compared.csv?regions=14.08").content.decode()
    assert ",'=1+1," in text


def test_what_a_demo_person_enters_is_marked_as_invented_everywhere(
    client: Client, siak: Organization
) -> None:
    person = signed_in(client, siak, Role.DATA_ENTRY)
    User.objects.filter(id=person.id).update(is_synthetic=True)
    client.post(NEW, GOOD)
    with tenancy(siak.id):
        (row,) = queries.own_services(siak.id)
    operations.project_own_service(organization_id=siak.id, entry_id=row.id)
    assert "invented for demonstration" in client.get("/en/services/compare/?regions=14.08").content.decode()
    assert "invented for demonstration" in client.get(f"/en/services/own-{row.id}/").content.decode()
    assert client.get(f"/api/v1/services/own-{row.id}").json()["synthetic"] is True
    text = client.get("/services/compare/services-compared.csv?regions=14.08").content.decode()
    assert text.splitlines()[1].endswith(",true")
    text = client.get("/services/compare/services-compared.csv?regions=32.11").content.decode()
    assert text.splitlines()[1].endswith(",false")
