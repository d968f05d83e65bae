"""The documents of a case, for its applicant: as a page, and as the PDF that carries the signature."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from livinglab.casework.operations.papers import UnknownPaper, file_for_applicant
from livinglab.casework.queries.applications import Application
from livinglab.casework.queries.papers import Issued, PaperState, file_name, issued_of
from livinglab.casework.web import words
from livinglab.casework.web.frame import applicant_page, language, not_of_application, show
from livinglab.kernel import clock
from livinglab.kernel.tenancy import tenancy
from livinglab.packages.queries import case_words
from livinglab.signatures.queries.issued import file_of


def lines(found: Application) -> list[dict[str, object]]:
    """This function will return the documents of a case for its page, in their order. At most two queries."""
    if found.case is None:
        return []
    return [_line(found, one) for one in issued_of(found.case, found.package.manifest, language=language())]


@require_safe
@applicant_page
def paper(request: HttpRequest, found: Application, nth: int) -> HttpResponse:
    """This function will show a document that a case issued, and where its PDF is to be had."""
    one = _nth(found, nth)
    if one is None:
        return not_of_application(request, found)
    context = {
        "one": _line(found, one),
        "number": one.paper.number,
        "at": case_words.moment(one.paper.at, language()),
        "paper": mark_safe(one.paper.pages.get(language()) or one.paper.pages["id"]),  # noqa: S308  cut down by packages.markup
        "written_in": language() if language() in one.paper.pages else "id",
    }
    return show(request, "casework/paper.html", found, context, title=one.paper.number)


@require_safe
@applicant_page
def paper_file(request: HttpRequest, found: Application, nth: int, written_in: str) -> HttpResponse:
    """This function will answer a document as PDF: the signed one, or one that needs no signature."""
    one = _nth(found, nth)
    if one is None or found.case is None:
        return not_of_application(request, found)
    try:
        document = file_for_applicant(
            organization=found.organization,
            case_id=found.case.id,
            nth=one.paper.nth,
            written_in=written_in,
            origin=request.build_absolute_uri("/").removesuffix("/"),
            at=clock.now(),
        )
    except UnknownPaper:
        return not_of_application(request, found)
    with tenancy(found.organization.id):
        response = HttpResponse(file_of(found.organization.id, document.id), content_type="application/pdf")
    name = file_name(document.number, written_in)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _nth(found: Application, nth: int) -> Issued | None:
    papers = issued_of(found.case, found.package.manifest, language=language()) if found.case else ()
    return papers[nth - 1] if 1 <= nth <= len(papers) else None


def _line(found: Application, one: Issued) -> dict[str, object]:
    signed = [each for each in one.files if each.signed_at is not None]
    revoked = next((each for each in one.files if each.revoked_at), None)
    place = [found.organization.code, found.token, one.paper.nth + 1]
    manifest = found.package.manifest
    return {
        "name": one.name,
        "number": one.paper.number,
        "href": reverse("casework:paper", args=place),
        "waits_for": case_words.role_name(manifest, one.paper.signer, language())
        if one.state is PaperState.WAITING and one.paper.signer
        else "",
        "is_waiting": one.state is PaperState.WAITING,
        "is_signed": one.state is PaperState.SIGNED,
        "revoked": revoked.reason if revoked else "",
        "files": [
            (
                _("PDF (%(language)s)") % {"language": words.written_in(written_in)},
                reverse("casework:paper_file", args=[*place, written_in]),
            )
            for written_in in one.languages
            if one.is_to_be_had
        ],
        "checks": [reverse("signatures:document", args=[each.code]) for each in signed],
    }
