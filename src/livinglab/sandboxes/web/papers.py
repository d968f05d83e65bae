"""What came out: the messages to the applicant, and the documents, on screen and on paper."""

import re
from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from livinglab.documents.queries import PdfUnavailable, modules_of, page_as_pdf, path_of
from livinglab.kernel.unknown import Known, UnknownValue
from livinglab.packages.queries import case_words
from livinglab.sandboxes.queries.sandboxes import Trial
from livinglab.sandboxes.web.frame import in_sandbox, language, open_trial, show
from livinglab.ui.web.errors import error_page

#: where a document wants its code; no package can write this class
_CODE: Final = re.compile(r'<span class="box small qr">([^<]*)</span>')


@dataclass(frozen=True, slots=True)
class Paper:
    """A document that was issued, in the reader's language as far as it stands in it."""

    name: str
    number: str
    at: str
    signer: str
    written_in: str
    body: SafeString


@require_safe
@in_sandbox
def messages(request: HttpRequest, address: str) -> HttpResponse:
    """This function will show what the applicant was told, the newest first."""
    found = open_trial(address)
    sent = [
        (case_words.moment(one.at, language()), text.subject, mark_safe(text.body))  # noqa: S308  CommonMark without HTML
        for one in reversed(found.case.sent if found.case else ())
        if (text := one.texts.get(language()) or one.texts.get("id"))
    ]
    return show(
        request, "sandboxes/messages.html", found, {"sent": sent}, title=_("Messages to the applicant")
    )


@require_safe
@in_sandbox
def document(request: HttpRequest, address: str, nth: int) -> HttpResponse:
    """This function will show a document that was issued."""
    found = open_trial(address)
    paper = _paper(request, found, nth)
    pdf = reverse("sandboxes:document-pdf", args=[address, nth])
    return show(request, "sandboxes/document.html", found, {"paper": paper, "pdf": pdf}, title=paper.name)


@require_safe
@in_sandbox
def document_as_pdf(request: HttpRequest, address: str, nth: int) -> HttpResponse:
    """This function will answer a document that was issued as a PDF; 503 with the reason where PDFs are off."""
    paper = _paper(request, open_trial(address), nth)
    html = render_to_string("sandboxes/paper.html", {"paper": paper}, request)
    try:
        pdf = page_as_pdf(html)
    except PdfUnavailable as unavailable:
        return error_page(request, 503, _("PDFs are switched off here"), str(unavailable.explanation))
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{paper.number.replace("/", "-")}.pdf"'
    return response


def _paper(request: HttpRequest, found: Trial, nth: int) -> Paper:
    issued = found.case.issued if found.case else ()
    if not 1 <= nth <= len(issued):
        raise UnknownValue(
            _("document"), nth, [Known(str(one + 1)) for one in range(len(issued))], status=404
        )
    one, manifest = issued[nth - 1], found.package.manifest
    names = {each.id: each.name.in_language(language()) for each in manifest.documents}
    checked_at = request.build_absolute_uri(reverse("sandboxes:document", args=[found.sandbox.address, nth]))
    return Paper(
        name=names.get(one.document, ""),
        number=one.number,
        at=case_words.moment(one.at, language()),
        signer=case_words.role_name(manifest, one.signed_by, language()) if one.signed_by else "",
        written_in=language() if language() in one.pages else "id",
        body=_with_code(one.pages.get(language()) or one.pages["id"], checked_at),
    )


def _with_code(page: str, address: str) -> SafeString:
    """Draw the code that leads to the document's own page of this trial where the document wants it."""
    modules = modules_of(address)
    size, drawn = len(modules), path_of(modules)
    svg = (
        rf'<svg class="code" viewBox="0 0 {size} {size}" role="img" aria-label="\1">'
        rf'<path class="ground" d="M0 0h{size}v{size}H0z"/><path class="dark" d="{drawn}"/></svg>'
    )
    return mark_safe(_CODE.sub(svg, page))  # noqa: S308  cut down by packages.markup
