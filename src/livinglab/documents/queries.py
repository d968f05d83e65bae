"""Our own pages on paper, for any context that shows them."""

from collections.abc import Mapping

from livinglab.documents.adapters.qr_codes import QUIET, Modules, modules_of, path_of
from livinglab.documents.adapters.typst import set_pdf, set_png
from livinglab.documents.adapters.weasyprint import PdfUnavailable, render_pdf

__all__ = [
    "QUIET",
    "Modules",
    "PdfUnavailable",
    "modules_of",
    "page_as_archive",
    "page_as_pdf",
    "paper_as_pdf",
    "paper_as_png",
    "path_of",
]


def page_as_pdf(html: str) -> bytes:
    """Return a page of ours as PDF: the same bytes for the same page; only our static files are read.

    ``html`` is a page that our templates rendered. Raises PdfUnavailable with the reason where Pango is missing.
    """
    return render_pdf(html)


def page_as_archive(html: str) -> bytes:
    """Return a page of ours as tagged PDF/A-3u: fonts, colours and metadata are in the file, for decades.

    The language and the title of the page become the file's. Raises PdfUnavailable where Pango is missing.
    """
    return render_pdf(html, variant="pdf/a-3u")


def paper_as_pdf(templates: Mapping[str, bytes], paper: Mapping[str, object]) -> bytes:
    """Return a paper of many pages as PDF, set by Typst: tagged, and by the rules of PDF/UA-1 where it says so.

    ``templates`` are Typst's files by name, the one to begin with as ``main.typ``; they read ``paper`` as
    ``json("paper.json")``, with the families of our fonts as ``fonts``. Text in it is never markup.
    """
    return set_pdf(templates, paper)


def paper_as_png(
    templates: Mapping[str, bytes], paper: Mapping[str, object], *, dots_per_inch: int
) -> list[bytes]:
    """Return each page of a paper as PNG; ``templates`` and ``paper`` as above."""
    return set_png(templates, paper, dots_per_inch=dots_per_inch)
