"""Officials of a region, and documents for them to sign. All of it is made up."""

from datetime import datetime
from uuid import UUID

from livinglab.accounts.models import User
from livinglab.kernel import clock
from livinglab.kernel.identifiers import new_id
from livinglab.organizations.queries import Role
from livinglab.signatures.models import Certificate, IssuedDocument
from livinglab.signatures.operations import certificates, documents
from tests.organizations.people import make_member, organization

REGION = "32.11"
ORIGIN = "https://layanan.example.go.id"
PASSPHRASE = "kata kunci rahasia 71"
BODY = '<h1>Surat Keterangan</h1><p>Nama: Warga Contoh</p><div class="sign"><p>Kepala Desa Contoh</p></div>'


def coordinator() -> User:
    found = User.objects.filter(email="ttd-sekda@uji.example").first()
    return found or make_member("ttd-sekda", Role.COORDINATOR, REGION)


def head(name: str = "ttd-kepala") -> User:
    return make_member(name, Role.VILLAGE_OPERATOR, REGION)


def enrolled(user: User, *, at: datetime | None = None, days: int = 730) -> Certificate:
    return certificates.issue(
        organization=organization(REGION),
        user_id=user.id,
        name="Pejabat Contoh",
        position="Kepala Desa Contoh",
        passphrase=PASSPHRASE,
        days=days,
        by=coordinator(),
        at=at or clock.now(),
    )


def issued(
    number: str = "470/1/2026", *, subject_id: UUID | None = None, language: str = "id"
) -> IssuedDocument:
    return documents.issue(
        organization=organization(REGION),
        kind="casework.paper",
        subject_id=subject_id or new_id(),
        title="Surat Keterangan Tidak Mampu",
        number=number,
        body=BODY,
        language=language,
        origin=ORIGIN,
        is_synthetic=True,
        by=None,
        at=clock.now(),
    )


def sign(
    document: IssuedDocument, by: User, *, passphrase: str = PASSPHRASE, at: datetime | None = None
) -> IssuedDocument:
    return documents.sign(
        organization=organization(REGION),
        document_id=document.id,
        passphrase=passphrase,
        by=by,
        at=at or clock.now(),
    )
