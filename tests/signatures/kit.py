"""Signed files for the tests: an authority in a folder, an official, a small PDF, and signatures of every kind."""

import io
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from time import time

import weasyprint
from asn1crypto import crl, ocsp
from cryptography.hazmat.primitives.asymmetric import ec
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.validation.dss import DocumentSecurityStore

from livinglab.kernel import clock
from livinglab.signatures.adapters.authority import Holder, LocalAuthority, Subject, open_authority
from livinglab.signatures.adapters.pades import FIELD, as_asn1, sign_pdf, signer_of
from livinglab.signatures.adapters.signers import Occasion
from livinglab.signatures.adapters.timestamps import LocalTimeStamper

#: when the tests sign: yesterday, so that tools that only know the present agree
SIGNED_AT = clock.now().replace(microsecond=0) - timedelta(days=1)
#: how far behind the machine's clock that is: Poppler cannot be told of another one
READERS_CLOCK = max(datetime.fromtimestamp(time(), UTC) - SIGNED_AT, timedelta())
OFFICIAL = Subject(name="Pejabat Uji (sintetis)", position="Kepala Desa", organization="Desa Uji")
OCCASION = Occasion(reason="Surat uji", place="Desa Uji", at=SIGNED_AT)


@cache
def authority() -> LocalAuthority:
    """This function will return the authority of the tests, one for the whole run."""
    return open_authority(Path(mkdtemp()) / "authority", at=SIGNED_AT - timedelta(days=30))


@cache
def other_authority() -> LocalAuthority:
    """This function will return another authority, whom nobody trusts."""
    return open_authority(Path(mkdtemp()) / "authority", at=SIGNED_AT - timedelta(days=30))


@cache
def small_pdf() -> bytes:
    """This function will return a page to sign."""
    html = "<html lang=id><title>Surat uji</title><h1>Surat uji</h1><p>Isi surat uji.</p>"
    pdf: bytes = weasyprint.HTML(string=html).write_pdf(pdf_variant="pdf/a-3u", pdf_tags=True)
    return pdf


def official(
    of: LocalAuthority | None = None,
    *,
    since: timedelta = timedelta(days=-10),
    until: timedelta | None = None,
) -> Holder:
    """This function will return an official with a certificate, valid around the moment of signing."""
    key = ec.generate_private_key(ec.SECP256R1())
    issued = (of or authority()).issue(
        OFFICIAL,
        key.public_key(),
        valid_from=SIGNED_AT + since,
        valid_until=SIGNED_AT + (until or READERS_CLOCK + timedelta(days=700)),
    )
    return Holder(issued, key)


@cache
def signed() -> bytes:
    """This function will return the page with a signature of level B-LTA."""
    return sign_pdf(small_pdf(), holder=official(), authority=authority(), occasion=OCCASION)


def signed_plainly(holder: Holder, *, is_stamped: bool) -> bytes:
    """This function will return the page with a signature of level B-T, or B-B without a timestamp."""
    metadata = PdfSignatureMetadata(field_name=FIELD, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES)
    stamper = LocalTimeStamper(signer_of(authority().stamps, authority()), at=SIGNED_AT)
    signer = PdfSigner(
        metadata,
        signer_of(holder, authority()),
        timestamper=stamper if is_stamped else None,
        new_field_spec=SigFieldSpec(FIELD),
    )
    out: io.BytesIO = signer.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(small_pdf())))
    return out.getvalue()


def with_answer(pdf: bytes, holder: Holder, *, revoked_at: datetime | None) -> bytes:
    """This function will add what the authority answers about a certificate: level B-LT."""
    answer = authority().ocsp_response(holder.certificate, revoked_at=revoked_at, at=SIGNED_AT)
    out = io.BytesIO(pdf)
    DocumentSecurityStore.add_dss(
        out,
        sig_contents=None,
        certs=[as_asn1(authority().issuing.certificate)],
        ocsps=[ocsp.OCSPResponse.load(answer)],
        crls=[crl.CertificateList.load(authority().crl(at=SIGNED_AT))],
    )
    return out.getvalue()


@dataclass(frozen=True)
class Cut:
    """A signature taken out of its file, for tools that know no PDF."""

    cms: bytes
    content: bytes


def cut(pdf: bytes) -> Cut:
    """This function will take the first signature out of a PDF by its byte range."""
    start = pdf.index(b"/ByteRange")
    numbers = pdf[pdf.index(b"[", start) + 1 : pdf.index(b"]", start)].split()
    first, length, second, rest = (int(one) for one in numbers)
    padded = bytes.fromhex(pdf[first + length + 1 : second - 1].decode())
    size = 4 + int.from_bytes(
        padded[2:4], "big"
    )  # a DER sequence of more than 255 bytes names its length in two
    return Cut(padded[:size], pdf[first : first + length] + pdf[second : second + rest])
