"""What is offered as a package is found in the catalogue, and gone when it is withdrawn."""

import pytest
from django.test import Client

from livinglab.catalogue.operations import project_package
from livinglab.catalogue.tasks import show_package
from livinglab.kernel.events import subscriptions
from livinglab.releases.domain.states import ReleaseStep
from livinglab.releases.operations import reviews
from tests.organizations.people import organization
from tests.releases import kit

pytestmark = pytest.mark.django_db


def test_a_package_is_found_by_what_it_does_while_it_is_offered(client: Client) -> None:
    release = kit.published()
    for _again in range(2):
        project_package(listing_id=release.listing_id)
    page = client.get("/catalogue/?q=tidak+mampu&kind=package").content.decode()
    assert page.count('href="/packages/32.11/sktm/"') == 1
    reviews.take(
        release_id=release.id, step=ReleaseStep.WITHDRAW, reason="Salah.", by=kit.coordinator(), at=kit.AT
    )
    project_package(listing_id=release.listing_id)
    assert 'href="/packages/32.11/sktm/"' not in client.get("/catalogue/?q=tidak+mampu").content.decode()


def test_the_catalogue_hears_of_every_move() -> None:
    assert show_package in {one.handler for one in subscriptions() if one.name == "catalogue.show_package"}


@pytest.mark.parametrize(
    ("maturity", "status"), [("drafted", "drafted"), ("piloted", "piloted"), ("in_use", "active")]
)
def test_a_package_is_found_by_its_maturity(client: Client, maturity: str, status: str) -> None:
    files = kit.files_of("sktm", organization(kit.PUBLISHER))
    lines = files["package.yaml"].decode().splitlines()
    said = [f"maturity: {maturity}" if one.startswith("maturity: ") else one for one in lines]
    release = kit.published(files={**files, "package.yaml": "\n".join([*said, ""]).encode()})
    project_package(listing_id=release.listing_id)
    for other in ("drafted", "piloted", "active", "inactive", "unknown"):
        page = client.get(f"/catalogue/?kind=package&status={other}").content.decode()
        assert ('href="/packages/32.11/sktm/"' in page) is (other == status)
