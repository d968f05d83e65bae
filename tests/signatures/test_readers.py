"""Other programs agree: OpenSSL on the signature taken out of the file, Poppler's pdfsig on the file itself."""

import shutil
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding

from livinglab.signatures.adapters.authority import LocalAuthority
from livinglab.signatures.adapters.examining import examine
from livinglab.signatures.domain.verdicts import Integrity, Verdict

from .kit import (
    READERS_CLOCK,
    SIGNED_AT,
    authority,
    cut,
    official,
    other_authority,
    signed,
    signed_plainly,
    with_answer,
)

_MISSING = "{} is missing: apt-get install openssl poppler-utils libnss3-tools"


def _run(name: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    program = shutil.which(name)
    assert program, _MISSING.format(name)
    return subprocess.run([program, *arguments], capture_output=True, text=True, check=False, timeout=60)


def _verdict(pdf: bytes, trusted: LocalAuthority | None = None) -> tuple[Verdict, Integrity]:
    roots = [(trusted or authority()).root.certificate]
    found = examine(pdf, trusted=roots, at=SIGNED_AT + timedelta(hours=1))
    return found.verdict, found.signatures[0].integrity


def _openssl(pdf: bytes, folder: Path, *, trusted: LocalAuthority | None = None, revoked: int = 0) -> bool:
    """Return whether OpenSSL verifies the signature at its moment; with `revoked` it reads a list of that serial."""
    taken = cut(pdf)
    (folder / "signature.der").write_bytes(taken.cms)
    (folder / "content").write_bytes(taken.content)
    roots = (trusted or authority()).root_pem()
    (folder / "roots.pem").write_bytes(roots + (_list_of(revoked) if revoked else b""))
    done = _run(
        "openssl",
        *("cms", "-verify", "-binary", "-cades", "-inform", "DER", "-in", str(folder / "signature.der")),
        *("-content", str(folder / "content"), "-CAfile", str(folder / "roots.pem"), "-purpose", "any"),
        *("-attime", str(int(SIGNED_AT.timestamp())), "-out", str(folder / "out")),
        *(("-crl_check",) if revoked else ()),
    )
    return done.returncode == 0


def _list_of(serial: int) -> bytes:
    """Return the issuing authority's list of revoked certificates, with one on it."""
    issuing = authority().issuing
    one = (
        x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(SIGNED_AT - timedelta(days=1))
    )
    made = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(issuing.certificate.subject)
        .last_update(SIGNED_AT - timedelta(hours=1))
        .next_update(SIGNED_AT + timedelta(days=7))
        .add_revoked_certificate(one.build())
        .sign(issuing.key, hashes.SHA256())
    )
    return made.public_bytes(Encoding.PEM)


def _pdfsig(pdf: bytes, folder: Path, *, trusted: LocalAuthority | None = None) -> tuple[str, str]:
    """Return what pdfsig says of the first signature and of its certificate."""
    store = folder / "nss"
    store.mkdir()
    (folder / "root.pem").write_bytes((trusted or authority()).root_pem())
    (folder / "file.pdf").write_bytes(pdf)
    database = f"sql:{store}"
    assert _run("certutil", "-N", "-d", database, "--empty-password").returncode == 0
    added = _run(
        "certutil", "-A", "-d", database, "-n", "root", "-t", "CT,CT,CT", "-i", str(folder / "root.pem")
    )
    assert added.returncode == 0, added.stderr
    said = _run("pdfsig", "-no-ocsp", "-nssdir", database, str(folder / "file.pdf")).stdout
    first = said.split("Signature #2")[0]
    return _after("Signature Validation", first), _after("Certificate Validation", first)


def _after(label: str, said: str) -> str:
    return next((line.split(": ", 1)[1] for line in said.splitlines() if f"- {label}:" in line), "")


def test_an_untouched_file_is_good_for_all_three(tmp_path: Path) -> None:
    assert _verdict(signed()) == (Verdict.VALID, Integrity.INTACT)
    assert _openssl(signed(), tmp_path)
    assert _pdfsig(signed(), tmp_path) == ("Signature is Valid.", "Certificate is Trusted.")


def test_one_changed_byte_is_seen_by_all_three(tmp_path: Path) -> None:
    changed = bytearray(signed())
    changed[changed.index(b"stream", 900) + 20] ^= 1
    pdf = bytes(changed)

    assert _verdict(pdf) == (Verdict.CHANGED, Integrity.CHANGED)
    assert not _openssl(pdf, tmp_path)
    assert _pdfsig(pdf, tmp_path)[0] == "Digest Mismatch."


def test_another_root_is_trusted_by_none(tmp_path: Path) -> None:
    assert _verdict(signed(), other_authority()) == (Verdict.UNTRUSTED, Integrity.INTACT)
    assert not _openssl(signed(), tmp_path, trusted=other_authority())
    signature, certificate = _pdfsig(signed(), tmp_path, trusted=other_authority())
    assert signature == "Signature is Valid."
    assert certificate == "Certificate issuer is unknown."


def test_a_revoked_certificate_is_refused_by_both_that_can_know(tmp_path: Path) -> None:
    """Poppler looks for no list in the file, and is not to ask anybody: it says nothing about revocation."""
    holder = official()
    plain = signed_plainly(holder, is_stamped=True)
    serial = holder.certificate.serial_number

    assert (
        _verdict(with_answer(plain, holder, revoked_at=SIGNED_AT - timedelta(days=1)))[0] is Verdict.REVOKED
    )
    assert _verdict(with_answer(plain, holder, revoked_at=None))[0] is Verdict.VALID
    assert not _openssl(plain, tmp_path, revoked=serial)
    assert _openssl(plain, tmp_path, revoked=serial + 1)


@pytest.mark.parametrize(
    ("until", "is_good"), [(timedelta(days=-2), False), (READERS_CLOCK + timedelta(days=2), True)]
)
def test_a_certificate_that_had_expired_is_refused_by_all_three(
    until: timedelta, *, is_good: bool, tmp_path: Path
) -> None:
    pdf = signed_plainly(official(until=until), is_stamped=True)

    assert (_verdict(pdf)[0] is Verdict.VALID) is is_good
    assert _openssl(pdf, tmp_path) is is_good
    assert (_pdfsig(pdf, tmp_path)[1] == "Certificate is Trusted.") is is_good
