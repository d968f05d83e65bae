"""The pages of who keeps the officials' certificates: issued, entered, revoked; nobody else comes in."""

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries, Settings

from livinglab.accounts.models import User
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.queries import Role
from livinglab.signatures.models import Certificate
from tests.organizations.people import make_member, organization, signed_in

from .kit import official
from .people import PASSPHRASE, REGION, coordinator, enrolled, head

pytestmark = pytest.mark.django_db
HOME = f"/regions/{REGION}/certificates/"


def text(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined]


def kept() -> list[tuple[str, str, str]]:
    with tenancy(organization(REGION).id):
        return [(one.service, one.position, one.reason) for one in Certificate.objects.order_by("issued_at")]


def typed(user: User, **others: str) -> dict[str, str]:
    return {
        "person": str(user.id),
        "name": "Pejabat Contoh",
        "position": "Kepala Desa Contoh",
        "passphrase": PASSPHRASE,
        **others,
    }


def test_a_coordinator_issues_a_certificate_and_it_is_listed() -> None:
    client, user = signed_in(coordinator()), head()
    assert "Belum ada yang dapat menandatangani dokumen" in text(client.get(HOME))
    assert client.post(f"{HOME}issue/", typed(user))["Location"] == HOME
    page = text(client.get(HOME))
    assert "1 pejabat dapat menandatangani dokumen" in page
    assert "Pejabat Contoh, Kepala Desa Contoh" in page
    assert kept() == [("local", "Kepala Desa Contoh", "")]
    again = client.post(f"{HOME}issue/", typed(user))
    assert (again.status_code, len(kept())) == (422, 1)
    assert "sudah memiliki sertifikat" in text(again)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"person": "00000000-0000-0000-0000-000000000000"}, "Pilih salah satu dari daftar."),
        ({"name": " "}, "Isilah bagian ini."),
        ({"position": "x" * 121}, "paling banyak 120 karakter"),
        ({"passphrase": "pendek"}, "paling sedikit delapan karakter"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_issued(wrong: dict[str, str], said: str) -> None:
    answer = signed_in(coordinator()).post(f"{HOME}issue/", typed(head(), **wrong))
    assert (answer.status_code, kept()) == (422, [])
    assert said in text(answer)
    assert PASSPHRASE not in text(answer)


def test_without_an_authority_of_its_own_an_installation_issues_none(settings: Settings) -> None:
    settings.LOCAL_AUTHORITY = False
    client = signed_in(coordinator())
    assert client.get(f"{HOME}issue/").status_code == 404
    assert "Terbitkan sertifikat" not in text(client.get(HOME))


def test_a_certificate_of_bsre_is_entered_in_pem() -> None:
    client, user = signed_in(coordinator()), head()
    pem = official().certificate.public_bytes(Encoding.PEM).decode()
    for wrong in ("", "-----BEGIN CERTIFICATE-----\nkosong\n-----END CERTIFICATE-----"):
        assert client.post(f"{HOME}enter/", typed(user, pem=wrong)).status_code == 422
    assert kept() == []
    assert client.post(f"{HOME}enter/", typed(user, pem=pem))["Location"] == HOME
    assert kept() == [("bsre", "Kepala Desa Contoh", "")]


def test_a_certificate_is_revoked_once_and_with_its_reason() -> None:
    certificate = enrolled(head())
    client, place = signed_in(coordinator()), f"{HOME}{certificate.id}/revoke/"
    assert "Pejabat Contoh" in text(client.get(place))
    assert client.post(place, {"reason": " "}).status_code == 422
    assert kept() == [("local", "Kepala Desa Contoh", "")]
    assert client.post(place, {"reason": "Pindah tugas"})["Location"] == HOME
    assert kept() == [("local", "Kepala Desa Contoh", "Pindah tugas")]
    assert "dicabut: Pindah tugas" in text(client.get(HOME))
    assert client.post(place, {"reason": "Lagi"}).status_code == 422


def test_only_who_keeps_certificates_comes_in() -> None:
    assert signed_in(make_member("ttd-opd", Role.AGENCY_OFFICER, REGION)).get(HOME).status_code == 403
    assert signed_in(make_member("ttd-siak", Role.COORDINATOR, "14.08")).get(HOME).status_code == 403


def test_the_list_takes_as_many_statements_for_five_as_for_one(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    client = signed_in(coordinator())
    enrolled(head())
    client.get(HOME)
    with CaptureQueriesContext(connection) as one:
        client.get(HOME)
    for nth in range(4):
        enrolled(head(f"ttd-kepala-{nth}"))
    with django_assert_num_queries(len(one)):
        client.get(HOME)


def test_the_region_s_own_page_leads_there_and_to_nobody_else() -> None:
    for role, leads in ((Role.ADMINISTRATOR, True), (Role.AGENCY_OFFICER, False)):
        page = text(signed_in(make_member(f"ttd-{role}", role, REGION)).get(f"/organizations/{REGION}/"))
        assert (f'href="{HOME}"' in page) is leads


def test_another_regions_certificate_is_not_there() -> None:
    certificate = enrolled(head())
    stranger = signed_in(make_member("sekda-jauh", Role.COORDINATOR, "14.08"))
    answer = stranger.post(
        f"/regions/14.08/certificates/{certificate.id}/revoke/", {"reason": "Pindah tugas."}
    )
    assert answer.status_code == 404
    with tenancy(organization(REGION).id):
        assert Certificate.objects.get(id=certificate.id).revoked_at is None
