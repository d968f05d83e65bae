"""What the signatures of a PDF prove, for the command line, the public page and whoever receives a signed file."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from cryptography import x509
from django.conf import settings

from livinglab.signatures.adapters.examining import NotReadable, examine
from livinglab.signatures.domain.verdicts import Examination

__all__ = ["NotReadable", "RootsUnreadable", "examined", "read_roots", "trusted_roots"]


class RootsUnreadable(ValueError):
    """A file of roots holds no certificate in PEM; the message names the file."""


def examined(pdf: bytes, *, trusted: Sequence[x509.Certificate], at: datetime) -> Examination:
    """This function will return what a PDF's signatures prove then; nothing is fetched. Errors: `NotReadable`."""
    return examine(pdf, trusted=trusted, at=at)


def trusted_roots() -> list[x509.Certificate]:
    """This function will return whom this installation trusts: its own authority, and the roots that it was given.

    Errors: `RootsUnreadable`.
    """
    own = Path(settings.AUTHORITY_DIR) / "root.pem"
    given = settings.SIGNATURE_ROOTS
    return [
        *(read_roots(own) if own.exists() else ()),
        *(read_roots(Path(given)) if given else ()),
    ]


def read_roots(path: Path) -> list[x509.Certificate]:
    """This function will return the certificates of a PEM file. Errors: `RootsUnreadable`."""
    try:
        return x509.load_pem_x509_certificates(path.read_bytes())
    except (OSError, ValueError) as wrong:
        raise RootsUnreadable(str(path)) from wrong
