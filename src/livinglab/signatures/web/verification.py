"""The public check of a signed document: by the address of its QR code, by number and code, or by its file."""

from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from livinglab.accounts.operations import is_try_within_limit
from livinglab.kernel import clock
from livinglab.signatures.domain.verdicts import Examination, Verdict
from livinglab.signatures.labels import HEADINGS, INTEGRITIES, LEVELS, VERDICTS
from livinglab.signatures.queries.examination import NotReadable, examined, trusted_roots
from livinglab.signatures.queries.public import (
    Shown,
    codes_of_number,
    find_by_code,
    find_by_file,
    printed,
    read,
    read_beginning,
)

#: numbers with the first group of a code, from one address in so many seconds: a village office checks fewer
MOST_TRIES: Final = 60
SECONDS: Final = 3600
_MEGABYTE = 1024 * 1024
_UNPROCESSABLE = 422


@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """This function will ask for a code or a file, and tell what the signatures of a file prove."""
    if request.method == "POST":
        return _checked_file(request)
    typed, number = request.GET.get("code", "").strip(), request.GET.get("number", "").strip()
    if not typed and not number:
        return _form(request)
    if not typed:
        # of a number alone nothing is said: it is guessed, each village has the same ones, and a forger writes one that
        # exists, so that an answer would make a forgery look genuine
        alone = _("A number alone proves nothing: a forged letter can carry one that exists.")
        return _form(request, [("code", f"{alone} {_how()}")])
    is_beginning = bool(number) and read_beginning(typed) is not None
    if read(typed) is None and not is_beginning:
        return _form(request, [("code", _how())])
    if is_beginning:
        return _by_number(request, number, typed)
    found = find_by_code(typed)
    if found is None or (number and number != found.number):
        return _form(request, [("code", _none())])
    return redirect("signatures:document", found.code)


@require_safe
def document(request: HttpRequest, code: str) -> HttpResponse:
    """This function will tell what is known of the document with this code; 404 when there is none."""
    found = find_by_code(code)
    if found is None:
        wrong = _(
            "No document with the code %(code)s was signed here. It may be misread, or the paper is a forgery."
        )
        return _form(request, [("code", wrong % {"code": code[:40]})], status=404)
    heading = _("This document was revoked") if found.revoked_at else _("This document was issued and signed")
    return render(request, "signatures/document.html", {**_ways(heading), **_said(found)})


def _by_number(request: HttpRequest, number: str, typed: str) -> HttpResponse:
    """Answer a number with the first group of a code. So many are looked up for an address: else they are tried out."""
    if not is_try_within_limit(
        request=request, what="signatures.number", most=MOST_TRIES, seconds=SECONDS, at=clock.now()
    ):
        much = _("Too many were looked up from this address. Type the whole code, or try again in an hour.")
        return _form(request, [("code", much)], status=429)
    codes = codes_of_number(number, typed)
    if len(codes) > 1:
        several = _("Several documents have this number and these four characters. Type the whole code.")
        return _form(request, [("code", several)])
    return redirect("signatures:document", codes[0]) if codes else _form(request, [("code", _none())])


def _none() -> str:
    return _("No signed document has this code and number. Compare both with the paper, sign by sign.")


def _how() -> str:
    return _(
        "Type the code as it stands beside the QR code: twelve letters and digits, "
        "or with the number of the document the first four."
    )


def _checked_file(request: HttpRequest) -> HttpResponse:
    file = request.FILES.get("file")
    if file is None or not file.size:
        return _form(request, [("file", _("Choose the PDF that you received."))])
    if file.size > settings.VERIFY_MAX_BYTES:
        most = settings.VERIFY_MAX_BYTES // _MEGABYTE
        return _form(request, [("file", _("The file is larger than %(most)s MB.") % {"most": most})])
    try:
        found = examined(file.read(), trusted=trusted_roots(), at=clock.now())
    except NotReadable:
        return _form(
            request,
            [("file", _("This file is no PDF that can be read. Choose the PDF itself, not a photo."))],
        )
    known = find_by_file(found)
    return render(
        request, "signatures/examined.html", {**_ways(_heading(found, known)), **_found(found, known)}
    )


def _heading(found: Examination, known: Shown | None) -> str:
    if known is not None and known.revoked_at is not None:
        return _("This document was revoked")
    return str(HEADINGS[found.verdict])


def _found(found: Examination, known: Shown | None) -> dict[str, object]:
    return {
        "verdict": VERDICTS[found.verdict],
        "is_good": found.verdict is Verdict.VALID and not (known and known.revoked_at),
        "sha256": found.sha256,
        "signatures": [
            (one, INTEGRITIES[one.integrity], LEVELS[one.level], HEADINGS[one.verdict])
            for one in found.signatures
        ],
        **(_said(known) if known else {"document": None, "code": ""}),
    }


def _said(found: Shown) -> dict[str, object]:
    return {"document": found, "code": printed(found.code)}


def _form(
    request: HttpRequest, problems: list[tuple[str, str]] | None = None, *, status: int = _UNPROCESSABLE
) -> HttpResponse:
    heading = _("Check a signed document")
    context = {
        **_ways(heading),
        "problems": problems or [],
        "errors": dict(problems or []),
        "code": request.GET.get("code", "")[:60],
        "number": request.GET.get("number", "")[:120],
        "most": settings.VERIFY_MAX_BYTES // _MEGABYTE,
    }
    return render(request, "signatures/verify.html", context, status=status if problems else None)


def _ways(heading: str) -> dict[str, object]:
    return {"heading": heading, "breadcrumbs": [(_("Check a signed document"), None)]}
