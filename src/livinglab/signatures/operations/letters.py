"""The page of an issued document: what the package wrote, and at its foot the code by which anybody checks it."""

import re
from dataclasses import dataclass
from typing import Final

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from livinglab.documents.queries import modules_of, path_of
from livinglab.signatures.domain.codes import printed

#: where a document wants its code, as `packages` leaves it
_PLACE: Final = re.compile(r'<span class="box small qr">([^<]*)</span>')


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What stands on it. `body` is safe HTML; `origin` is where this installation is reached; `code` is unprinted.

    `code` is "" on a draft, and on what is issued without a signature: nobody can check these.
    """

    organization: str
    title: str
    number: str
    body: str
    language: str
    origin: str
    code: str
    is_draft: bool = False
    is_synthetic: bool


def html_of(letter: Letter) -> str:
    """This function will return the page as HTML, in the language of the document, with its QR code."""
    with translation.override(letter.language):
        address = (
            f"{letter.origin}{reverse('signatures:document', args=[letter.code])}" if letter.code else ""
        )
        modules = modules_of(address) if address else ()
        size, drawn = len(modules), path_of(modules)
        context = {
            "letter": letter,
            "body": letter.body if letter.is_draft else _with_code(letter.body, size, drawn),
            "address": address,
            "size": size,
            "drawn": drawn,
            "code": printed(letter.code),
        }
        return render_to_string("signatures/letter.html", context, using="jinja2")


def _with_code(body: str, size: int, drawn: str) -> str:
    """Return the body with the QR code where it wants one, its words read aloud; without where there is no code."""
    if not drawn:
        return _PLACE.sub("", body)
    svg = (
        rf'<svg class="code" viewBox="0 0 {size} {size}" role="img" aria-label="\1">'
        rf'<path d="{drawn}" fill="#000"/></svg>'
    )
    return _PLACE.sub(svg, body)
