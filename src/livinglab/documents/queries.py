"""Our own pages on paper, for any context that shows them."""

from livinglab.documents.adapters.pictures import draw_pages
from livinglab.documents.adapters.weasyprint import PdfUnavailable, render_pdf

__all__ = ["PdfUnavailable", "page_as_pdf", "pages_as_png"]


def page_as_pdf(html: str) -> bytes:
    """Return a page of ours as PDF: the same bytes for the same page; only our static files are read.

    ``html`` is a page that our templates rendered. Raises PdfUnavailable with the reason where Pango is missing.
    """
    return render_pdf(html)


def pages_as_png(pdf: bytes, *, dots_per_inch: int) -> list[bytes]:
    """Return each page of one of our own PDFs as PNG, cut below what is drawn on it."""
    return draw_pages(pdf, dots_per_inch=dots_per_inch)
