"""Before applying people read that there is a national application, where it is, and that it is not replaced."""

import pytest
from django.test import Client

from livinglab.packages.queries.national import address_of
from tests.casework.complaints import taking_complaints
from tests.casework.kit import REGION, home, running
from tests.packages.versions import version_of
from tests.releases.kit import files_of

pytestmark = pytest.mark.django_db


def page(client: Client, package: str, prefix: str = "") -> str:
    answer = client.get(f"{prefix}/apply/{REGION}/{package}/")
    assert answer.status_code == 200
    return answer.content.decode().split("<main")[1].split("</main>")[0]


@pytest.mark.parametrize(
    ("prefix", "said", "linked"),
    [
        (
            "",
            "Layanan ini mendampingi SP4N-LAPOR! dan tidak menggantikannya.",
            "meneruskan ke sana setiap pengaduan yang bukan kewenangan daerah.",
        ),
        (
            "/en",
            "This service stands beside SP4N-LAPOR! and does not replace it.",
            "passes on to it whatever is not the region",
        ),
    ],
)
def test_a_complaint_begins_with_the_national_application_and_its_address(
    client: Client, prefix: str, said: str, linked: str
) -> None:
    taking_complaints()
    shown = page(client, "pengaduan", prefix)
    assert said in shown
    assert linked in shown
    assert '<a href="https://lapor.go.id/">lapor.go.id</a>' in shown


def test_an_application_without_a_known_address_has_no_link_and_most_services_have_none(
    client: Client,
) -> None:
    running()
    assert "Aplikasi nasional" not in page(client, "sktm")
    manifest = files_of("sktm", home())["package.yaml"].decode()
    linked = "national:\n  - {id: oss, application: OSS, link: {id: Diterbitkan OSS., en: Issued by OSS.}}\n"
    running(**{"package.yaml": manifest.replace(f"version: {version_of('sktm')}", "version: 9.0.0") + linked})
    shown = page(client, "sktm")
    assert "Diterbitkan OSS." in shown
    assert 'href="https://' not in shown
    assert [address_of(one) for one in ("OSS", "SPSE", "")] == ["", "", ""]
