"""Our own pages on paper, for any context that shows them."""

from livinglab.documents.adapters.weasyprint import PdfUnavailable, render_pdf

__all__ = ["PdfUnavailable", "page_as_pdf"]


def page_as_pdf(html: str) -> bytes:
    """Return a page of ours as PDF: the same bytes for the same page; only our static files are read.

    ``html`` is a page that our templates rendered. Raises PdfUnavailable with the reason where Pango is missing.
    """
    return render_pdf(html)
