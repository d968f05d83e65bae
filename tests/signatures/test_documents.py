"""Documents from issue to signature, the certificates behind them, and what is never kept."""

import io
import logging
import stat
from datetime import timedelta
from pathlib import Path

import pypdf
import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from django.conf import settings
from django.db import connection
from pytest_django import Settings

from livinglab.accounts.models import User
from livinglab.audit.queries import latest_entries
from livinglab.config.signing_places import SigningService
from livinglab.kernel import clock
from livinglab.kernel.identifiers import new_id
from livinglab.kernel.refusals import Refused
from livinglab.kernel.tenancy import tenancy
from livinglab.signatures.domain.verdicts import Level, Verdict
from livinglab.signatures.models import Certificate, IssuedDocument, IssuedFile, PublicDocument
from livinglab.signatures.operations import certificates, documents
from livinglab.signatures.queries.examination import examined, trusted_roots
from livinglab.signatures.queries.issued import documents_of, file_of
from tests.organizations.people import organization

from . import bsre_server
from .kit import official
from .people import ORIGIN, PASSPHRASE, REGION, coordinator, enrolled, head, issued, sign

pytestmark = pytest.mark.django_db


def _file(document: IssuedDocument) -> bytes:
    with tenancy(organization(REGION).id):
        return file_of(organization(REGION).id, document.id)


def _refusal(refused: pytest.ExceptionInfo[Refused]) -> str:
    return refused.value.refusal.code


def test_an_issued_document_is_an_archivable_tagged_pdf_with_its_code() -> None:
    document = issued()
    pdf = _file(document)

    reader = pypdf.PdfReader(io.BytesIO(pdf))
    root = reader.trailer["/Root"]
    metadata = root["/Metadata"].get_object().get_data()  # type: ignore[index]
    assert b'pdfaid:part="3" pdfaid:conformance="U"' in metadata
    assert root["/MarkInfo"]["/Marked"]  # type: ignore[index]
    assert root["/Lang"] == "id"  # type: ignore[index]
    assert root["/OutputIntents"]  # type: ignore[index]
    text = reader.pages[0].extract_text()
    code = "-".join(document.code[start : start + 4] for start in (0, 4, 8))
    assert "Warga Contoh" in text
    assert code in text
    assert f"{ORIGIN}/verify/{document.code}/" in text.replace("\n", "")
    fonts = [
        one.get_object()
        for page in reader.pages
        for one in page["/Resources"]["/Font"].values()  # type: ignore[index]
    ]
    for font in fonts:  # every font is in the file
        assert "/FontFile2" in font["/DescendantFonts"][0].get_object()["/FontDescriptor"] or (
            "/FontFile3" in font["/DescendantFonts"][0].get_object()["/FontDescriptor"]
        )


def test_what_was_issued_is_not_issued_again_until_it_is_revoked() -> None:
    subject = new_id()
    first = issued(subject_id=subject)
    assert issued(subject_id=subject).id == first.id

    documents.revoke(
        organization=organization(REGION),
        document_id=first.id,
        reason="Salah nama",
        by=coordinator(),
        at=clock.now(),
    )

    second = issued(subject_id=subject)
    assert second.id != first.id
    with tenancy(organization(REGION).id):
        found = documents_of(organization(REGION).id, kind="casework.paper", subject_ids=[subject])
    assert [one.id for one in found] == [first.id, second.id]


def test_a_signed_document_proves_its_signer_for_decades() -> None:
    by = head()
    enrolled(by)
    document = sign(issued(), by)

    found = examined(_file(document), trusted=trusted_roots(), at=clock.now() + timedelta(days=3000))

    assert (found.verdict, found.signatures[0].level) == (Verdict.VALID, Level.B_LTA)
    assert (found.signatures[0].signer, found.signatures[0].position) == (
        "Pejabat Contoh",
        "Kepala Desa Contoh",
    )
    assert found.signatures[0].organization == organization(REGION).name
    assert found.sha256 == document.sha256
    shown = PublicDocument.objects.get(code=document.code)
    assert (shown.sha256, shown.number, shown.signer) == (document.sha256, document.number, "Pejabat Contoh")
    with tenancy(organization(REGION).id):
        newest = latest_entries(organization(REGION).id, limit=1)
    assert [one.action for one in newest] == ["signatures.document_signed"]


def test_who_has_no_good_certificate_reads_what_to_do_and_nothing_changes() -> None:
    by, document = head(), issued()
    before = _file(document)

    with pytest.raises(Refused) as none:
        sign(document, by)
    certificate = enrolled(by, at=clock.now() - timedelta(days=10), days=5)
    with pytest.raises(Refused) as expired:
        sign(document, by)
    with pytest.raises(Refused) as early:
        sign(document, by, at=clock.now() - timedelta(days=11))
    certificates.revoke(
        organization=organization(REGION),
        certificate_id=certificate.id,
        reason="Pindah tugas",
        by=coordinator(),
        at=clock.now(),
    )
    with pytest.raises(Refused) as revoked:
        sign(document, by, at=clock.now() - timedelta(days=8))

    codes = [_refusal(one) for one in (none, expired, early, revoked)]
    assert codes == [
        "no_certificate",
        "certificate_expired",
        "certificate_not_yet_valid",
        "certificate_revoked",
    ]
    assert "Mintalah sertifikat baru kepada koordinator" in str(expired.value.refusal.reason)
    assert _file(document) == before
    assert not PublicDocument.objects.filter(code=document.code).exists()
    with tenancy(organization(REGION).id):
        assert Certificate.objects.get(id=certificate.id).sealed == ""  # its key is gone


def test_a_document_is_signed_once_and_never_after_it_was_revoked() -> None:
    by = head()
    enrolled(by)
    document = sign(issued(), by)
    with pytest.raises(Refused) as twice:
        sign(document, by)
    assert _refusal(twice) == "signed_already"

    other = issued("470/2/2026")
    documents.revoke(
        organization=organization(REGION),
        document_id=other.id,
        reason="Batal",
        by=coordinator(),
        at=clock.now(),
    )
    with pytest.raises(Refused) as revoked:
        sign(other, by)
    assert _refusal(revoked) == "document_revoked"


@pytest.mark.parametrize(("reason", "code"), [("", "reason_missing"), ("x" * 301, "reason_missing")])
def test_revoking_needs_a_reason_and_the_right_person(reason: str, code: str) -> None:
    document = issued()
    with pytest.raises(Refused) as no_reason:
        documents.revoke(
            organization=organization(REGION),
            document_id=document.id,
            reason=reason,
            by=coordinator(),
            at=clock.now(),
        )
    with pytest.raises(Refused) as no_right:
        documents.revoke(
            organization=organization(REGION),
            document_id=document.id,
            reason="Batal",
            by=head(),
            at=clock.now(),
        )
    assert (_refusal(no_reason), _refusal(no_right)) == (code, "may_not_keep")


def test_an_official_has_one_certificate_and_a_passphrase_of_some_length() -> None:
    by = head()
    enrolled(by)
    with pytest.raises(Refused) as second:
        enrolled(by)
    with pytest.raises(Refused) as short:
        certificates.issue(
            organization=organization(REGION),
            user_id=new_id(),
            name="Pejabat",
            position="Camat",
            passphrase="pendek",
            by=coordinator(),
            at=clock.now(),
        )
    assert (_refusal(second), _refusal(short)) == ("has_one", "too_short")


def test_production_has_no_authority_of_its_own(settings: Settings) -> None:
    settings.LOCAL_AUTHORITY = False
    with pytest.raises(Refused) as refused:
        enrolled(head())
    assert _refusal(refused) == "issued_elsewhere"
    assert not Path(settings.AUTHORITY_DIR).exists()


def test_the_keys_of_the_authority_are_for_the_servers_own_user_only() -> None:
    enrolled(head())
    folder = Path(settings.AUTHORITY_DIR)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}
    assert set(modes.values()) == {0o600}
    assert {name for name in modes if name.endswith(".key")} == {
        "root.key",
        "issuing.key",
        "ocsp.key",
        "timestamps.key",
    }


def test_many_are_signed_in_one_go_each_with_its_own_result() -> None:
    by = head()
    enrolled(by)
    good, done, bad = issued("470/3/2026"), sign(issued("470/4/2026"), by), new_id()
    last = issued("470/5/2026")

    outcomes = documents.sign_many(
        organization=organization(REGION),
        document_ids=[good.id, done.id, bad, last.id, good.id],
        passphrase=PASSPHRASE,
        by=by,
        at=clock.now(),
    )

    assert [(one.id, one.refusal and one.refusal.code) for one in outcomes] == [
        (good.id, None),
        (done.id, "signed_already"),
        (bad, "unknown_document"),
        (last.id, None),
    ]


def test_a_wrong_passphrase_is_tried_once_not_for_each_document() -> None:
    by = head()
    enrolled(by)
    waiting = [issued(f"470/{nth}/2026") for nth in (6, 7)]

    outcomes = documents.sign_many(
        organization=organization(REGION),
        document_ids=[one.id for one in waiting],
        passphrase="bukan kata kuncinya",
        by=by,
        at=clock.now(),
    )

    assert [one.refusal and one.refusal.code for one in outcomes] == ["wrong_passphrase"] * 2
    assert not PublicDocument.objects.filter(code__in=[one.code for one in waiting]).exists()


def _everything_stored() -> str:
    """Return all rows of all tables as text, as far as this transaction's organisation sees them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
        tables = [row[0] for row in cursor.fetchall()]
        found = []
        for table in tables:
            if table.startswith(("signatures_", "audit_", "procrastinate_", "accounts_", "django_")):
                cursor.execute(f'SELECT t::text FROM "{table}" t')
                found += [str(row[0]) for row in cursor.fetchall()]
    return "\n".join(found)


def _entered(by: User, holder_pem: str) -> None:
    certificates.enter(
        organization=organization(REGION),
        user_id=by.id,
        position="Kepala Desa Contoh",
        pem=holder_pem,
        by=coordinator(),
        at=clock.now(),
    )


def test_what_an_official_types_is_kept_nowhere(settings: Settings, caplog: pytest.LogCaptureFixture) -> None:
    by, local = head(), head("ttd-lokal")
    enrolled(local)
    with bsre_server.serving(official()) as service, caplog.at_level(logging.DEBUG):
        settings.BSRE = SigningService(
            url=service.url, user=bsre_server.USER, password=bsre_server.PASSWORD, seconds=10
        )
        _entered(by, service.holder.certificate.public_bytes(Encoding.PEM).decode())
        signed = documents.sign(
            organization=organization(REGION),
            document_id=issued("470/8/2026").id,
            passphrase=bsre_server.PASSPHRASE,
            nik=bsre_server.NIK,
            by=by,
            at=clock.now(),
        )
        sign(issued("470/9/2026"), local)
        with pytest.raises(Refused) as wrong:
            documents.sign(
                organization=organization(REGION),
                document_id=issued("470/10/2026").id,
                passphrase="salah tetapi rahasia",
                nik=bsre_server.NIK,
                by=by,
                at=clock.now(),
            )

    assert service.asked[0]["passphrase"] == bsre_server.PASSPHRASE.encode()
    assert _refusal(wrong) == "wrong_passphrase"
    assert signed.signed_at is not None
    with tenancy(organization(REGION).id):
        kept = _everything_stored() + caplog.text
    assert signed.number in kept  # the search finds what is there
    for secret in (
        bsre_server.PASSPHRASE,
        bsre_server.NIK,
        PASSPHRASE,
        "salah tetapi rahasia",
        bsre_server.PASSWORD,
    ):
        assert secret not in kept
        assert secret.encode().hex() not in kept  # bytes are shown in hexadecimal digits


def test_each_failure_of_the_service_is_told_in_words(settings: Settings) -> None:
    by = head()
    with bsre_server.serving(official()) as service:
        settings.BSRE = SigningService(
            url=service.url, user=bsre_server.USER, password=bsre_server.PASSWORD, seconds=1
        )
        _entered(by, service.holder.certificate.public_bytes(Encoding.PEM).decode())
        document = issued("470/11/2026")
        told = []
        for mood, passphrase, nik in (
            ("", "salah", bsre_server.NIK),
            ("", bsre_server.PASSPHRASE, "9999010101900009"),
            ("down", bsre_server.PASSPHRASE, bsre_server.NIK),
            ("unsigned", bsre_server.PASSPHRASE, bsre_server.NIK),
        ):
            service.mood = mood
            with pytest.raises(Refused) as refused:
                documents.sign(
                    organization=organization(REGION),
                    document_id=document.id,
                    passphrase=passphrase,
                    nik=nik,
                    by=by,
                    at=clock.now(),
                )
            told.append(_refusal(refused))
    settings.BSRE = None
    with pytest.raises(Refused) as gone:
        sign(document, by)

    assert told == ["wrong_passphrase", "not_registered", "unavailable", "distrusted"]
    assert _refusal(gone) == "not_set_up"
    with tenancy(organization(REGION).id):
        assert IssuedDocument.objects.get(id=document.id).signed_at is None
        assert bytes(IssuedFile.objects.get(document_id=document.id).content).count(b"/ByteRange") == 0


@pytest.mark.parametrize("pem", ["", "-----BEGIN CERTIFICATE-----\nnot one\n-----END CERTIFICATE-----"])
def test_what_is_no_certificate_is_not_entered(pem: str) -> None:
    with pytest.raises(Refused) as refused:
        _entered(head(), pem)
    assert _refusal(refused) == "no_certificate_in_pem"
