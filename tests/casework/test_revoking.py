"""A signed document is revoked: whoever checks it reads that, its applicant is told, and nobody else can do it."""

import pytest
from django.core import mail
from django.test import Client

from livinglab.audit.models import Entry
from livinglab.casework.domain.contacts import Contact
from livinglab.casework.domain.states import SeatKind
from livinglab.casework.models import Case, Delivery, Message, Paper
from livinglab.casework.operations import cases, papers, telling
from livinglab.casework.operations.papers import Signature
from livinglab.kernel import clock
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.queries import Role
from livinglab.signatures.models import IssuedDocument
from tests.casework.kit import REGION, begun, coordinator, done, home, running, seated
from tests.casework.test_signing import PASSPHRASE, YEAR, _own_authority, checked, head
from tests.organizations.people import make_member, signed_in

__all__ = ["_own_authority"]
pytestmark = pytest.mark.django_db
PAPERS = f"/regions/{REGION}/papers/"
REASON = "Tanggal lahir salah."
CONFIRMED = {"reason": REASON, "confirm": "yes"}


def text(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined]


def signed() -> tuple[str, Paper]:
    """Return the address of an applicant who agreed to mail, and the letter that was signed for them."""
    token = begun(running(), at=clock.now())
    contact = Contact("warga@uji.example", "", None, "id")
    case = cases.submit(organization=home(), token=token, contact=contact, by=None, at=clock.now())
    signer = head()
    checked(case.id)
    done(case.id, "approve", signer, approved=True, at=clock.now())
    with tenancy(home().id):
        paper = Paper.objects.get()
    signature = Signature(origin="https://layanan.example.go.id", passphrase=PASSPHRASE)
    papers.sign_paper(organization=home(), paper_id=paper.id, signature=signature, by=signer, at=clock.now())
    return f"/applications/{REGION}/{token}/", paper


def stands() -> tuple[int, int, int]:
    """Return how many files are revoked, how often that stands in the trail, and how often it was told."""
    with tenancy(home().id):
        return (
            IssuedDocument.objects.filter(revoked_at__isnull=False).count(),
            Entry.objects.filter(action="signatures.document_revoked").count(),
            Message.objects.filter(message="paper_revoked").count(),
        )


def test_it_is_found_by_its_number_revoked_once_and_everybody_reads_it(client: Client) -> None:
    address, paper = signed()
    keeper = signed_in(coordinator())
    for number in (f"SKTM/1/{YEAR}", f" sktm/1/{YEAR} ", f"SKTM-{YEAR}-000001"):
        assert f'href="{PAPERS}{paper.id}/revoke/"' in text(keeper.get(PAPERS, {"number": number}))
    here = f"{PAPERS}{paper.id}/revoke/"
    page = text(keeper.get(here))
    assert "Pejabat Contoh, Kepala Desa Contoh" in page
    for _click in range(2):
        answer = keeper.post(here, CONFIRMED)
        assert (answer.status_code, answer["Location"]) == (302, here)
        assert stands() == (1, 1, 1)
    assert "Dicabut pada" in text(keeper.get(here))
    assert "<form class" not in text(keeper.get(here)).split("<main")[1]

    assert f"Dokumen ini sudah dicabut: {REASON}" in text(client.get(address))
    assert f"Surat keterangan tidak mampu SKTM/1/{YEAR} sudah dicabut." in text(client.get(address))
    with tenancy(home().id):
        codes = list(IssuedDocument.objects.values_list("code", flat=True))
        sent = Delivery.objects.get(message__message="paper_revoked")
    for code in codes:
        said = text(client.get(f"/verify/{code}/"))
        assert "Dokumen ini sudah dicabut" in said
        assert REASON in said
    assert telling.tell(organization_id=home().id, delivery_id=sent.id, at=clock.now())
    assert REASON in mail.outbox[-1].body
    assert mail.outbox[-1].subject == f"Permohonan SKTM-{YEAR}-000001: sebuah dokumen dicabut"


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"reason": "  ", "confirm": "yes"}, "reason"),
        ({"reason": REASON}, "confirm-yes"),
        ({"reason": "a" * 301, "confirm": "yes"}, "reason"),
    ],
)
def test_without_a_reason_and_a_tick_nothing_is_revoked_and_what_was_typed_stays(
    typed: dict[str, str], field: str
) -> None:
    _address, paper = signed()
    answer = signed_in(coordinator()).post(f"{PAPERS}{paper.id}/revoke/", typed)
    assert answer.status_code == 422
    assert f'href="#{field}"' in text(answer)
    assert typed["reason"].strip() in text(answer)
    assert stands() == (0, 0, 0)


def test_who_signs_or_works_elsewhere_revokes_nothing_and_what_is_unsigned_is_not_there() -> None:
    _address, paper = signed()
    here = f"{PAPERS}{paper.id}/revoke/"
    officer = signed_in(seated("petugas", SeatKind.VILLAGE))
    assert officer.post(here, CONFIRMED).status_code == 403
    assert officer.get(PAPERS).status_code == 403
    stranger = signed_in(make_member("siak", Role.COORDINATOR, "14.08"))
    elsewhere = f"/regions/14.08/papers/{paper.id}/revoke/"
    assert stranger.post(elsewhere, CONFIRMED).status_code == 404
    assert str(paper.id) not in text(stranger.get("/regions/14.08/papers/", {"number": f"SKTM/1/{YEAR}"}))
    assert stands() == (0, 0, 0)
    with tenancy(home().id):
        Paper.objects.update(signed_at=None, signed_by=None)
    keeper = signed_in(coordinator())
    assert keeper.post(here, CONFIRMED).status_code == 404
    assert "Tidak ada dokumen bertanda tangan" in text(keeper.get(PAPERS, {"number": f"SKTM/1/{YEAR}"}))
    assert stands() == (0, 0, 0)


def test_whose_data_was_deleted_is_told_nothing_and_the_check_still_says_it() -> None:
    _address, paper = signed()
    with tenancy(home().id):
        Case.objects.update(forgotten_at=clock.now(), email="")
    keeper = signed_in(coordinator())
    assert keeper.post(f"{PAPERS}{paper.id}/revoke/", CONFIRMED).status_code == 302
    assert stands() == (1, 1, 0)
