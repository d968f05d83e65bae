"""One page that both sides sign: the publisher finds what waits for it, signs, and nobody else reads it."""

import pytest

from livinglab.adoptions.models import Agreement
from livinglab.adoptions.operations import agreements
from livinglab.organizations.queries import Role
from tests.adoptions import kit
from tests.organizations.people import make_member, organization, signed_in
from tests.releases import kit as releases

pytestmark = pytest.mark.django_db


def proposed() -> Agreement:
    row = kit.started()
    return agreements.propose(
        organization=kit.home(), adoption_id=row.id, terms=kit.TERMS, by=kit.officer(), at=kit.AT
    )


def test_the_publisher_finds_what_waits_and_signs_it() -> None:
    agreement = proposed()
    browser, path = signed_in(releases.coordinator()), f"/en/regions/32.11/agreements/{agreement.id}/"
    waiting = browser.get("/en/me/").content.decode()
    assert "Agreement about Letter of financial hardship with" in waiting
    assert f'href="{path}"' in waiting
    listed = browser.get("/en/regions/32.11/agreements/").content.decode()
    assert "You stand in 1 agreement about a package. 1 waits for your signature." in listed
    page = browser.get(path).content.decode()
    assert "Nobody signed yet." in page
    assert kit.TERMS.support in page
    assert browser.post(path).headers["Location"] == path
    page = browser.get(path).content.decode()
    assert "You signed; Kabupaten Siak has not yet." in page
    assert "Your side signed already." in page
    assert "Agreement about" not in browser.get("/en/me/").content.decode()
    again = browser.post(path)
    assert again.status_code == 422
    assert "Your side signed already." in again.content.decode()


def test_who_only_prepares_reads_the_agreement_and_cannot_sign_it() -> None:
    agreement = proposed()
    clerk = signed_in(make_member("entri.penerbit", Role.DATA_ENTRY, releases.PUBLISHER))
    path = f"/en/regions/32.11/agreements/{agreement.id}/"
    assert "This is decided by the head of region" in clerk.get(path).content.decode()
    assert clerk.post(path).status_code == 422
    agreement.refresh_from_db()
    assert agreement.publisher_signed_at is None
    assert "Agreement about" not in clerk.get("/en/me/").content.decode()


def test_a_stranger_to_an_agreement_does_not_find_it() -> None:
    agreement = proposed()
    stranger = signed_in(releases.coordinator("33.22"))
    assert stranger.get(f"/regions/33.22/agreements/{agreement.id}/").status_code == 404
    assert stranger.post(f"/regions/33.22/agreements/{agreement.id}/").status_code == 404
    assert stranger.get(f"/regions/32.11/agreements/{agreement.id}/").status_code == 403
    assert organization("33.22").name not in Agreement.objects.get().adopter.name


def test_the_adopter_reads_who_signed_and_finds_the_service() -> None:
    row = kit.started()
    kit.agreed(row)
    agreement = Agreement.objects.get()
    browser = signed_in(kit.officer())
    page = browser.get(f"/en/regions/14.08/agreements/{agreement.id}/").content.decode()
    assert "Both sides signed." in page
    assert f'href="/en/regions/14.08/adoptions/{row.id}/#agreement"' in page
    assert str(releases.coordinator()) in page


def test_services_packages_and_reviews_are_one_step_from_signing_in() -> None:
    kit.started()
    officer = signed_in(kit.officer()).get("/en/me/").content.decode()
    assert 'href="/en/regions/14.08/adoptions/"' in officer
    assert 'href="/en/regions/14.08/packages/"' in officer
    assert "/en/packages/review/" not in officer
    assert 'href="/en/packages/review/"' in signed_in(releases.reviewer()).get("/en/me/").content.decode()
    inspector = make_member("inspektorat.uji", Role.INSPECTORATE, "14.08")
    assert "/adoptions/" not in signed_in(inspector).get("/en/me/").content.decode()
