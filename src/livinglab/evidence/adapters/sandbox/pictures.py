"""Pictures: decoded once to know that they are whole, made smaller for a preview, marked when exempt."""

from io import BytesIO
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw, ImageFont, ImageOps, UnidentifiedImageError

from livinglab.evidence.adapters.sandbox.findings import Finding, Refused
from livinglab.evidence.domain.formats import Fault, Format

#: larger than any telephone's picture
MOST_PIXELS: Final = 120_000_000
PREVIEW_WIDTH: Final = 1000
PREVIEW_HEIGHT: Final = 1400
#: red with a light edge, seen on dark and on light
_INK: Final = (159, 43, 54, 190)
_HALO: Final = (255, 255, 255, 170)
_PNG_END: Final = b"IEND\xaeB\x60\x82"


def examined(kind: Format, path: Path) -> Finding:
    """This function will refuse a picture that is cut off, too large, or followed by something else."""
    if kind is Format.PNG and not path.read_bytes()[-8:].endswith(_PNG_END):
        raise Refused(Fault.TWO_IN_ONE if _PNG_END in path.read_bytes() else Fault.DAMAGED)
    try:
        with _opened(kind, path) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise Refused(Fault.PICTURE_TOO_LARGE)
            picture.load()
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise Refused(Fault.DAMAGED) from error
    return Finding()


def _opened(kind: Format, path: Path) -> Image.Image:
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    return Image.open(path, formats=[kind.upper()])


def preview(kind: Format, path: Path) -> bytes:
    """This function will return the picture, small, as WebP and without what the camera wrote into it."""
    with _opened(kind, path) as picture:
        picture.draft("RGB", (PREVIEW_WIDTH, PREVIEW_HEIGHT))
        return as_webp(ImageOps.exif_transpose(picture))


def as_webp(picture: Image.Image) -> bytes:
    """This function will return a picture, no larger than a preview, as WebP."""
    small = picture.convert("RGB")
    small.thumbnail((PREVIEW_WIDTH, PREVIEW_HEIGHT))
    out = BytesIO()
    small.save(out, "WEBP", quality=80)
    return out.getvalue()


def marked(kind: Format, path: Path, text: str) -> bytes:
    """This function will return the picture with a text across it, again and again, in the format it came in."""
    with _opened(kind, path) as picture:
        base = ImageOps.exif_transpose(picture).convert("RGBA")
    size = _size_across(base.width * 0.94, text)
    font = ImageFont.load_default(size)
    veil = Image.new("RGBA", base.size, (0, 0, 0, 0))
    pen = ImageDraw.Draw(veil)
    for top in range(size, base.height, size * 5):
        edge = max(1, size // 12)
        pen.text((base.width * 0.03, top), text, font=font, fill=_INK, stroke_width=edge, stroke_fill=_HALO)
    out = BytesIO()
    whole = Image.alpha_composite(base, veil)
    (whole if kind is not Format.JPEG else whole.convert("RGB")).save(out, kind.upper())
    return out.getvalue()


def _size_across(width: float, text: str) -> int:
    """The size at which a text fills a width; small pictures carry small letters."""
    measured = ImageFont.load_default(100).getlength(text)
    return max(8, min(int(100 * width / max(measured, 1)), 120))
