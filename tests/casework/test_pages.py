"""The way of a citizen: find a service, fill its form in page by page, check, send, see where it stands."""

import json
import re
from collections.abc import Mapping

import pytest
from django.test import Client

from livinglab.casework.domain.states import SeatKind, ServiceStep
from livinglab.casework.models import Case, Draft
from livinglab.casework.operations import services
from livinglab.kernel.tenancy import tenancy
from tests.casework.kit import ANSWERS, AT, REGION, coordinator, done, home, running, seated

pytestmark = pytest.mark.django_db
SERVICE = f"/apply/{REGION}/sktm/"
SHOWN = re.compile(r'name="_shown" value="([^"]*)"')
TOKEN = re.compile(r"/applications/32\.11/([A-Za-z0-9_-]{43})/")
#: what a citizen types, as a form posts it
TYPED = {
    **{name: str(value) for name, value in ANSWERS.items()},
    "truth": "yes",
    "referral": "no",
}


def text(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined]


def begun(client: Client) -> str:
    """Begin an application and return its home address."""
    answer = client.post(SERVICE)
    found = TOKEN.search(answer["Location"])
    assert answer.status_code == 302
    assert found is not None
    return found[0]


def answered(client: Client, where: str, typed: Mapping[str, str] = TYPED) -> str:
    """Answer one page of a form as it is asked, and return the address that follows."""
    page = client.get(where)
    for _round in range(5):
        page = client.post(where, on_page(page, typed))
        if page.status_code != 200:
            break  # else an answer brought up another question of this page
    assert page.status_code == 302, text(page)
    return str(page["Location"])


def on_page(page: object, typed: Mapping[str, str]) -> dict[str, str]:
    """Return what is posted of a page that is shown, as its form says."""
    shown = SHOWN.search(text(page))
    assert shown is not None
    return {"_shown": shown[1], **{one: typed[one] for one in shown[1].split() if one in typed}}


def filled(client: Client, home_address: str) -> str:
    """Fill every page in as it is asked, and return the address that follows the last."""
    return to_the_end(client, client.get(f"{home_address}form/")["Location"])


def to_the_end(client: Client, where: str, typed: Mapping[str, str] = TYPED) -> str:
    """Fill the pages in from one of them on, and return the address that follows the last."""
    for _page in range(20):
        where = answered(client, where, typed)
        if where.endswith("/check/"):
            return where
    raise AssertionError("the form does not end")


def sent(client: Client) -> str:
    """Send an application and return its home address."""
    address = begun(client)
    answer = client.post(filled(client, address))
    assert answer["Location"] == f"{address}receipt/"
    return address


def test_a_citizen_finds_a_service_and_sees_what_it_asks_and_promises(client: Client) -> None:
    running()
    found = text(client.get("/apply/?q=surat tidak mampu"))
    assert f'href="{SERVICE}"' in found
    assert "paling lama 3 hari kerja" in found
    page = text(client.get(SERVICE))
    for said in ("Tidak dipungut biaya.", "Yang Anda peroleh", "Ajukan permohonan"):
        assert said in page
    assert "Apply" in text(client.get(f"/en{SERVICE}"))


def test_a_typing_error_is_passed_over_and_what_fits_nothing_says_so(client: Client) -> None:
    running()
    assert f'href="{SERVICE}"' in text(client.get("/apply/?q=keteranagn mampu"))
    assert "Tidak ada layanan yang cocok" in text(client.get("/apply/?q=zzzz"))


def test_a_form_is_filled_in_checked_sent_and_followed(client: Client) -> None:
    running()
    address = begun(client)
    check = filled(client, address)
    shown = text(client.get(check))
    assert "Warga Contoh" in shown
    assert client.post(check)["Location"] == f"{address}receipt/"
    assert "SKTM-2026-000001" in text(client.get(f"{address}receipt/"))
    status = client.get(address)
    assert "SKTM-2026-000001" in text(status)
    assert "Petugas desa" in text(status)
    assert status["X-Robots-Tag"] == "noindex"
    assert "no-store" in status["Cache-Control"]
    # Without any referrer a browser's forms come without an origin, and are refused (403).
    assert status["Referrer-Policy"] == "same-origin"


def test_sending_twice_is_one_case(client: Client) -> None:
    running()
    address = sent(client)
    assert client.post(f"{address}check/")["Location"] == f"{address}receipt/"
    with tenancy(home().id):
        assert Case.objects.count() == 1


def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(client: Client) -> None:
    running()
    address = begun(client)
    first = client.get(f"{address}form/")["Location"]
    shown = SHOWN.search(text(client.get(first)))
    assert shown is not None
    answer = client.post(first, {"_shown": shown[1], **dict.fromkeys(shown[1].split(), "123")})
    assert answer.status_code == 422
    assert 'value="123"' in text(answer)
    with tenancy(home().id):
        assert "123" in str(Draft.objects.get().answers)


def test_documents_and_messages_stand_where_the_application_is(client: Client) -> None:
    running()
    address = sent(client)
    with tenancy(home().id):
        case_id = Case.objects.get().id
    done(case_id, "check", seated("operator", SeatKind.VILLAGE), result="complete")
    done(case_id, "approve", seated("kades", SeatKind.SIGNER), approved=True)
    page = text(client.get(address))
    assert "SKTM/1/2026" in page
    assert "Warga Contoh" in text(client.get(f"{address}papers/1/"))
    assert client.get(f"{address}papers/2/").status_code == 404
    assert 'name="csrf' not in page.split("withdraw")[0][-200:]


def test_an_applicant_withdraws(client: Client) -> None:
    running()
    address = sent(client)
    assert client.post(f"{address}withdraw/")["Location"] == address
    assert "dicabut" in text(client.get(address)).lower() or "ditarik" in text(client.get(address)).lower()


@pytest.mark.parametrize("token", ["A" * 43, "x", "b" * 42 + "-"])
def test_an_address_that_never_was_is_not_found(client: Client, token: str) -> None:
    running()
    for more in ("", "form/", "form/who/", "check/", "receipt/", "papers/1/"):
        assert client.get(f"/applications/{REGION}/{token}/{more}").status_code == 404
    assert client.get(f"/applications/00.00/{token}/").status_code == 404


def test_a_service_that_rests_says_why_and_begins_nothing(client: Client) -> None:
    service = running()
    address = begun(client)
    services.move(
        organization=home(),
        service_id=service.id,
        step=ServiceStep.REST,
        reason="Kantor pindah sampai Jumat.",
        by=coordinator(),
        at=AT,
    )
    page = text(client.get(SERVICE))
    assert "Kantor pindah sampai Jumat." in page
    assert client.post(SERVICE).status_code == 422
    assert client.post(filled(client, address))["Location"] == f"{address}receipt/"


def test_the_picture_of_where_an_application_stands_says_the_same_as_its_list(client: Client) -> None:
    running()
    page = text(client.get(sent(client)))
    assert 'class="now" aria-current="step"' in page
    assert "belum dicapai" in page
    marks = re.search(r"data-marks='([^']+)'", page)
    assert marks is not None
    assert json.loads(marks[1]) == {"check": {"kind": "now", "label": "sampai di sini"}}
    # the drawing program is fetched only by who opens the drawing
    assert "<script" not in re.sub(r"<script [^>]*(ui|packages/on-demand)[^>]*>", "", page)
    assert "bpmn-navigated-viewer" not in page.partition("data-scripts=")[0]


def test_a_sign_that_cannot_be_stored_is_left_out(client: Client) -> None:
    running()
    address = begun(client)
    client.post(f"{address}form/who/", {"full_name": "Warga\x00 Contoh", "_shown": "full_name"})
    with tenancy(home().id):
        assert Draft.objects.get().answers["full_name"] == "Warga Contoh"


@pytest.mark.parametrize(
    "address",
    [
        "/packages/%00/sktm/",
        "/packages/99.71/%00/",
        "/packages/99.71/sktm/%00/",
        "/try/%00/hub/",
        "/try/99.71/sktm/%00/",
    ],
)
def test_an_address_that_cannot_be_stored_is_no_fault_of_ours(client: Client, address: str) -> None:
    assert client.get(address).status_code in (302, 404)
