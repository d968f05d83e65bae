"""How long a document takes from its HTML to a file with a signature of level B-LTA, all in this process."""

from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from benchmarks.rows import Row, Target, timings
from livinglab.documents.queries import page_as_archive
from livinglab.kernel import clock
from livinglab.signatures.adapters.authority import Subject, open_authority
from livinglab.signatures.adapters.local_signer import LocalSigner
from livinglab.signatures.adapters.signers import Occasion, Secret
from livinglab.signatures.operations.letters import Letter, html_of

_PROMISED: Final = Target(p50_ms=400, p95_ms=700)
_PASSPHRASE: Final = "kata kunci contoh"
_BODY: Final = "<h1>Surat Keterangan</h1>" + "<p>Isi surat yang panjangnya sebaris dua baris.</p>" * 20


def sign_document(*, runs: int) -> Row:
    """This function will issue and sign a page; the limits are 400 ms (median) and 700 ms (95th percentile)."""
    at = clock.now()
    with TemporaryDirectory() as folder:
        signer = LocalSigner(open_authority(Path(folder) / "authority", at=at), ["a secret of the benchmark"])
        until = at + timedelta(days=730)
        subject = Subject("Pejabat Contoh", "Kepala Desa", "Desa Contoh")
        credential = signer.enrol(subject, passphrase=_PASSPHRASE, valid_from=at, valid_until=until)
        sizes: list[int] = []

        def issue_and_sign() -> None:
            pdf = page_as_archive(html_of(_letter()))
            occasion = Occasion("Surat", "Desa Contoh", at)
            sizes.append(
                len(signer.sign(pdf, credential=credential, secret=Secret(_PASSPHRASE), occasion=occasion))
            )

        p50, p95 = timings(issue_and_sign, runs=max(10, runs))
    return Row(
        name="sign-document",
        size=f"a page, {max(sizes) // 1024} KB signed",
        p50_ms=p50,
        p95_ms=p95,
        target=_PROMISED,
    )


def _letter() -> Letter:
    return Letter(
        organization="Desa Contoh",
        title="Surat Keterangan",
        number="470/1/2026",
        body=_BODY,
        language="id",
        origin="https://layanan.example.go.id",
        code="7K2M9QXD4HTW",
        is_synthetic=True,
    )


BENCHMARKS = {"sign-document": lambda runs: sign_document(runs=runs)}
