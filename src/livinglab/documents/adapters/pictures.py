"""Pages of our own PDFs as pictures. For what strangers upload, the context `evidence` has a process of its own."""

import io

import pypdfium2


def draw_pages(pdf: bytes, *, dots_per_inch: int) -> list[bytes]:
    """Return each page of a PDF as PNG, without the white around what is drawn on it."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [_png(page, dots_per_inch) for page in document]
    finally:
        document.close()


def _png(page: pypdfium2.PdfPage, dots_per_inch: int) -> bytes:
    picture = page.render(scale=dots_per_inch / 72).to_pil().convert("RGB")
    drawn = picture.convert("L").point(lambda shade: 255 if shade < 250 else 0).getbbox()
    if drawn is not None:
        picture = picture.crop((0, 0, picture.width, min(picture.height, drawn[3] + dots_per_inch // 12)))
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=True, dpi=(dots_per_inch, dots_per_inch))
    return out.getvalue()
