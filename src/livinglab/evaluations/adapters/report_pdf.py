"""Writes a paper as a tagged PDF, and its pictures as PNG, with the same drawings as the pages of the platform."""

from collections.abc import Mapping

from django.template.loader import render_to_string
from django.utils.translation import override

from livinglab.documents.queries import page_as_pdf, pages_as_png
from livinglab.evaluations.adapters.report_blocks import Bullets, Grid, Heading, Paper, Paragraph, Picture

#: what the template asks of a block
_KINDS: Mapping[type, str] = {
    Heading: "heading",
    Paragraph: "paragraph",
    Bullets: "bullets",
    Grid: "grid",
    Picture: "picture",
}


def write_pdf(paper: Paper) -> bytes:
    """Return a paper as PDF: tagged, with its language and outline. Errors: `PdfUnavailable` without Pango."""
    with override(paper.language):
        blocks = [(_KINDS[type(block)], block) for block in paper.blocks]
        html = render_to_string("evaluations/report_paper.html", {"paper": paper, "blocks": blocks})
    return page_as_pdf(html)


def draw_pictures(paper: Paper) -> dict[str, bytes]:
    """Return each picture of a paper as PNG by the key of its figure. Errors: `PdfUnavailable` without Pango."""
    figures = [block.figure for block in paper.blocks if isinstance(block, Picture)]
    if not figures:
        return {}
    with override(paper.language):
        html = render_to_string("evaluations/report_pictures.html", {"figures": figures, "paper": paper})
    drawn = pages_as_png(page_as_pdf(html), dots_per_inch=220)
    return dict(zip((figure.key for figure in figures), drawn, strict=True))
