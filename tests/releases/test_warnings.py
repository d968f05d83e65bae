"""Whoever looks at a package finds its warnings, its national application and where it comes from."""

import pytest
from django.test import Client

from livinglab.organizations.queries import Role
from livinglab.releases.models import Advisory, Release
from livinglab.releases.operations import keys
from tests.organizations.people import make_member, organization, signed_in
from tests.releases import kit

pytestmark = pytest.mark.django_db
PACKAGE = "/en/packages/32.11/sktm/"
WARNINGS = f"{PACKAGE}warnings/"
FORM = {"version": "1.0.0", "kind": "faulty", "severity": "high", "text": "Batas penghasilan salah."}


def test_the_publisher_warns_on_a_page_and_everybody_reads_it(client: Client) -> None:
    kit.published()
    browser = signed_in(kit.coordinator())
    assert "Nobody warns of a version of" in client.get(WARNINGS).content.decode()
    assert "Warn of versions" not in client.get(WARNINGS).content.decode()
    answer = browser.post(WARNINGS, {**FORM, "version": [], "kind": ""})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert '<a href="#version">Choose the versions that you warn of.</a>' in page
    assert '<a href="#kind">Choose what is wrong.</a>' in page
    assert "Batas penghasilan salah." in page
    assert browser.post(WARNINGS, {**FORM, "text": " "}).status_code == 422
    assert not Advisory.objects.exists()
    assert browser.post(WARNINGS, FORM).headers["Location"] == WARNINGS
    read = client.get(WARNINGS).content.decode()
    assert "1 warning about Letter of financial hardship is in force." in read
    assert "Lift this warning" not in read
    assert "Batas penghasilan salah." in client.get(PACKAGE).content.decode()
    lift = {"lift": str(Advisory.objects.get().id)}
    assert browser.post(WARNINGS, lift).status_code == 302
    assert "Batas penghasilan salah." not in client.get(PACKAGE).content.decode()
    assert "lifted" in client.get(WARNINGS).content.decode()
    assert browser.post(WARNINGS, lift).status_code == 422


def test_a_ministry_warns_in_its_own_name_and_another_region_does_not(client: Client) -> None:
    kit.published()
    assert client.post(WARNINGS, FORM).headers["Location"].startswith("/en/accounts/login/")
    assert signed_in(kit.coordinator("14.08")).post(WARNINGS, FORM).status_code == 403
    assert signed_in(make_member("entri.uji", Role.DATA_ENTRY)).post(WARNINGS, FORM).status_code == 403
    assert not Advisory.objects.exists()
    assert signed_in(kit.reviewer()).post(WARNINGS, FORM).status_code == 302
    assert Advisory.objects.get().issued_for == organization(kit.MINISTRY)
    publisher = signed_in(kit.coordinator())
    assert "Lift this warning" not in publisher.get(WARNINGS).content.decode()
    assert publisher.post(WARNINGS, {"lift": str(Advisory.objects.get().id)}).status_code == 422


def test_a_package_in_a_field_of_national_applications_names_the_national_one(client: Client) -> None:
    home = organization("32.11")
    files = kit.files_of("sktm", home)
    manifest = files["package.yaml"].decode()
    before = next(line for line in manifest.splitlines() if line.startswith("functions: "))
    files["package.yaml"] = manifest.replace(before, "functions: [archives, planning]").encode()
    release = kit.published(files=files)
    page = client.get(PACKAGE).content.decode()
    assert "National common application: SRIKANDI. Before you copy it" in page
    assert "Field of a national common application (Planning). Before you copy it" in page
    review = signed_in(kit.reviewer()).get(f"{PACKAGE}{release.version}/review/").content.decode()
    assert "National common application: SRIKANDI." in review
    adopt = signed_in(kit.coordinator("14.08")).get(f"{PACKAGE}{release.version}/adopt/").content.decode()
    assert "National common application: SRIKANDI." in adopt


def test_another_package_carries_no_such_warning(client: Client) -> None:
    kit.published()
    assert "national common application" not in client.get(PACKAGE).content.decode().lower()


def test_the_page_says_who_signed_with_which_key_and_that_it_was_revoked(client: Client) -> None:
    release = kit.published()
    page = client.get(PACKAGE).content.decode()
    assert release.digest in page
    assert release.key.public_key.replace("+", "&#43;") in page or release.key.public_key in page
    assert f"{release.key.key_id}: in use" in page
    assert "4 of 4 points met" in page
    keys.revoke(
        organization=organization("32.11"),
        key_id=release.key.key_id,
        reason="Laptop hilang.",
        by=kit.coordinator(),
        at=kit.AT,
    )
    page = client.get(PACKAGE).content.decode()
    assert "The key of this version was revoked later." in page
    assert "(Laptop hilang.)" in page
    assert Release.objects.get().state == "listed"
