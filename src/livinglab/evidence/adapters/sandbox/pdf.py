"""PDF: searched for what acts or hides, drawn for a preview, marked when exempt."""

import zipfile
from io import BytesIO
from pathlib import Path
from typing import Final

import pypdfium2
from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    StreamObject,
)

from livinglab.evidence.adapters.sandbox.findings import Finding, Refused
from livinglab.evidence.adapters.sandbox.pictures import PREVIEW_HEIGHT, PREVIEW_WIDTH, as_webp
from livinglab.evidence.domain.formats import Fault

MOST_OBJECTS: Final = 300_000
MOST_PAGES: Final = 3_000
#: actions that do something when the file opens or is clicked; GoTo, URI and Named only lead somewhere
_ACTS: Final = frozenset(
    {
        "/JavaScript",
        "/Launch",
        "/ImportData",
        "/SubmitForm",
        "/Rendition",
        "/RichMediaExecute",
        "/GoToE",
    }
)
_ACTIVE_KEYS: Final = frozenset({"/JS", "/JavaScript", "/XFA", "/RichMediaContent"})
_CARRIED: Final = frozenset({"/EmbeddedFiles", "/EF"})
#: of the size of its font: the mean width of a letter of Helvetica Bold, with some room
_WIDTH_OF_LETTER: Final = 0.6
#: how far a slanted line climbs, of its length
_RISE: Final = 0.268
_BROKEN: Final = (
    PyPdfError,
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    IndexError,
    AssertionError,
    OSError,
)


def examined(path: Path) -> Finding:
    """This function will count a PDF's pages, and refuse one that is broken, locked, active, or carries files."""
    if zipfile.is_zipfile(path):
        raise Refused(Fault.TWO_IN_ONE)
    try:
        reader = _opened(path)
        _search(reader)
        pages = len(reader.pages)
    except _BROKEN as error:
        raise Refused(Fault.DAMAGED) from error
    if not 0 < pages <= MOST_PAGES:
        raise Refused(Fault.DAMAGED if not pages else Fault.BOMB)
    _draws(path)
    return Finding(pages=pages)


def _opened(path: Path) -> PdfReader:
    reader = PdfReader(path, strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        raise Refused(Fault.LOCKED)
    return reader


def _draws(path: Path) -> None:
    """What the reader of previews cannot open at all is not whole."""
    try:
        with pypdfium2.PdfDocument(path) as document:
            document[0].get_size()
    except pypdfium2.PdfiumError as error:
        raise Refused(Fault.DAMAGED) from error


def _search(reader: PdfReader) -> None:
    """Every object that can be reached from the trailer is looked at once."""
    waiting: list[object] = [reader.trailer]
    seen: set[tuple[int, int]] = set()
    looked = 0
    while waiting:
        one = waiting.pop()
        looked += 1
        if looked > MOST_OBJECTS * 10 or len(seen) > MOST_OBJECTS:
            raise Refused(Fault.BOMB)
        if isinstance(one, IndirectObject):
            if (place := (one.idnum, one.generation)) in seen:
                continue
            seen.add(place)
            one = one.get_object()
        if isinstance(one, DictionaryObject):
            _judge(one)
            waiting.extend(one.raw_get(key) for key in one)
        elif isinstance(one, ArrayObject):
            waiting.extend(list.__iter__(one))


def _judge(one: DictionaryObject) -> None:
    keys = set(one)
    if keys & _ACTIVE_KEYS or str(one.get("/S", "")) in _ACTS:
        raise Refused(Fault.PDF_ACTS)
    if keys & _CARRIED or str(one.get("/Subtype", "")) in {"/FileAttachment", "/RichMedia"}:
        raise Refused(Fault.PDF_CARRIES)


def preview(path: Path, number: int) -> bytes:
    """This function will return a page, counted from one, as a picture in WebP."""
    with pypdfium2.PdfDocument(path) as document:
        page = document[number - 1]
        width, height = page.get_size()
        scale = min(PREVIEW_WIDTH / max(width, 1), PREVIEW_HEIGHT / max(height, 1), 4)
        return as_webp(page.render(scale=scale).to_pil())


def marked(path: Path, text: str) -> bytes:
    """This function will return the PDF with a text across each page, again and again."""
    writer = PdfWriter(clone_from=_opened(path))
    for page in writer.pages:
        page.merge_page(_veil(page, text))
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def _veil(page: PageObject, text: str) -> PageObject:
    """A page of the same size with the text in slanted rows, each whole, in Helvetica, which every PDF reader has."""
    box = page.mediabox
    left, bottom, width, height = float(box.left), float(box.bottom), float(box.width), float(box.height)
    size = min(max(width / (_WIDTH_OF_LETTER * max(len(text), 1)), 5.0), 20.0)
    said = (
        text.encode("cp1252", "replace").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    )
    drawn = [b"q /Veil gs 0.62 0.17 0.21 rg BT /Mark %.1f Tf" % size]
    for row in range(-int(width * _RISE / (size * 6)) - 1, int(height / (size * 6)) + 1):
        place = (left + size, bottom + row * size * 6)
        drawn.append(b"0.966 0.259 -0.259 0.966 %.1f %.1f Tm (%b) Tj" % (*place, said))
    drawn.append(b"ET Q")
    stream = DecodedStreamObject()
    stream.set_data(b"\n".join(drawn))
    veil = PageObject.create_blank_page(width=left + width, height=bottom + height)
    veil.mediabox.lower_left = (left, bottom)
    veil[NameObject("/Resources")] = _resources()
    veil[NameObject("/Contents")] = _packed(stream)
    return veil


def _packed(stream: DecodedStreamObject) -> StreamObject:
    return stream.flate_encode()


def _resources() -> DictionaryObject:
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica-Bold"),
            NameObject("/Encoding"): NameObject("/WinAnsiEncoding"),
        }
    )
    veil = DictionaryObject(
        {NameObject("/ca"): FloatObject(0.3), NameObject("/Type"): NameObject("/ExtGState")}
    )
    return DictionaryObject(
        {
            NameObject("/Font"): DictionaryObject({NameObject("/Mark"): font}),
            NameObject("/ExtGState"): DictionaryObject({NameObject("/Veil"): veil}),
        }
    )
