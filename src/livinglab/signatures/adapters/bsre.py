"""The signing service of Balai Sertifikasi Elektronik (BSrE, BSSN), over its REST interface.

`POST /api/sign/pdf` takes a form with the file, the official's national identity number and passphrase, and answers
the signed PDF; an error is JSON with `error` and `status_code`. Passphrase and number pass through: they stand in no
exception, no log and no address.
"""

import base64
import http.client
import json
import secrets
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

from cryptography import x509

from livinglab.signatures.adapters.examining import NotReadable, examine
from livinglab.signatures.adapters.signers import (
    AnswerDistrusted,
    Credential,
    NotRegistered,
    Occasion,
    Secret,
    SigningFailed,
    SigningUnavailable,
    WrongPassphrase,
)
from livinglab.signatures.domain.verdicts import Integrity

_PATH: Final = "/api/sign/pdf"
_OK: Final = 200
_LARGEST: Final = 50 * 1024 * 1024
#: the service's own codes of what went wrong
_FAILURES: Final[Mapping[int, type[SigningFailed]]] = {
    2011: NotRegistered,
    2021: NotRegistered,
    2031: WrongPassphrase,
}


@dataclass(frozen=True, slots=True)
class BsreSigner:
    """Sends documents to the service at an origin, with this installation's own sign-in."""

    url: str
    user: str
    password: str = field(repr=False)
    seconds: float

    def sign(self, pdf: bytes, *, credential: Credential, secret: Secret, occasion: Occasion) -> bytes:
        """This function will return the PDF as the service signed it.

        Errors: `SigningFailed`, also when the answer is not this document with a signature of the named certificate.
        """
        parts = {
            "nik": secret.nik,
            "passphrase": secret.passphrase,
            "tampilan": "invisible",
            "reason": occasion.reason,
            "location": occasion.place,
        }
        status, answer = self._posted(*_form(parts, pdf))
        if status != _OK:
            raise _failure(answer)
        _distrust(answer, pdf, credential, occasion)
        return answer

    def _posted(self, kind: str, body: bytes) -> tuple[int, bytes]:
        connection = self._connection()
        signs_in = base64.b64encode(f"{self.user}:{self.password}".encode()).decode()
        headers = {"Authorization": f"Basic {signs_in}", "Content-Type": kind, "Accept": "*/*"}
        try:
            connection.request("POST", f"{urlsplit(self.url).path.rstrip('/')}{_PATH}", body, headers)
            response = connection.getresponse()
            return response.status, response.read(_LARGEST)
        except (OSError, http.client.HTTPException):
            # what is raised there may quote the request, so it is not chained
            raise SigningUnavailable from None
        finally:
            connection.close()

    def _connection(self) -> http.client.HTTPConnection:
        parts = urlsplit(self.url)
        host = parts.hostname or ""
        if parts.scheme == "https":
            context = ssl.create_default_context()
            return http.client.HTTPSConnection(host, parts.port, timeout=self.seconds, context=context)
        return http.client.HTTPConnection(host, parts.port, timeout=self.seconds)


def _form(parts: Mapping[str, str], pdf: bytes) -> tuple[str, bytes]:
    """Return content type and body of a form with a file (RFC 7578); its border occurs in none of the parts."""
    border = secrets.token_hex(24)
    body = b"".join(
        f'--{border}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'.encode()
        + value.encode()
        + b"\r\n"
        for name, value in parts.items()
    )
    head = (
        f'--{border}\r\nContent-Disposition: form-data; name="file"; filename="document.pdf"\r\n'
        "Content-Type: application/pdf\r\n\r\n"
    )
    return f"multipart/form-data; boundary={border}", b"".join(
        (body, head.encode(), pdf, f"\r\n--{border}--\r\n".encode())
    )


def _failure(answer: bytes) -> SigningFailed:
    try:
        said = json.loads(answer)
        code = int(said["status_code"])
    except (ValueError, KeyError, TypeError):
        return SigningUnavailable()
    return _FAILURES.get(code, SigningUnavailable)()


def _distrust(answer: bytes, pdf: bytes, credential: Credential, occasion: Occasion) -> None:
    """Refuse what is not the document that was sent, with a signature of the certificate that was named."""
    serial = x509.load_pem_x509_certificate(credential.pem.encode()).serial_number
    try:
        found = examine(answer, trusted=[], at=occasion.at).signatures
    except NotReadable:
        raise AnswerDistrusted from None
    if not answer.startswith(pdf) or not any(
        one.serial == f"{serial:x}" and one.integrity is Integrity.INTACT for one in found
    ):
        raise AnswerDistrusted
