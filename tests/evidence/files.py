"""Files as strangers send them: whole ones, and ones that mean harm. Everything here is invented."""

import zipfile
import zlib
from io import BytesIO

from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject

#: the test file of antivirus makers, harmless by agreement; split so that no scanner stops this repository
EICAR = (r"X5O!P%@AP[4\PZX54(P^)7CC)7}" + "$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*").encode()


def pdf(pages: int = 1, *, text: str = "") -> bytes:
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(595, 842)
    if text:
        writer.add_metadata({"/Title": text})
    return _written(writer)


def pdf_with_script() -> bytes:
    """The script waits in the list of names, where a reader runs it when the file opens."""
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    action = {"/S": NameObject("/JavaScript"), "/JS": TextStringObject("app.alert('hello')")}
    script = writer._add_object(DictionaryObject({NameObject(key): value for key, value in action.items()}))
    names = DictionaryObject({NameObject("/Names"): ArrayObject([TextStringObject("a"), script])})
    writer._root_object[NameObject("/Names")] = DictionaryObject({NameObject("/JavaScript"): names})
    return _written(writer)


def pdf_that_starts_a_program() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    action = DictionaryObject(
        {NameObject("/S"): NameObject("/Launch"), NameObject("/F"): TextStringObject("calc")}
    )
    writer._root_object[NameObject("/OpenAction")] = action
    return _written(writer)


def pdf_with_attachment() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    writer.add_attachment("inside.exe", b"MZ")
    return _written(writer)


def pdf_with_password() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    writer.encrypt("secret", algorithm="AES-256")
    return _written(writer)


def _written(writer: PdfWriter) -> bytes:
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def picture(kind: str = "PNG", size: tuple[int, int] = (400, 300), colour: str = "navy") -> bytes:
    out = BytesIO()
    Image.new("RGB", size, colour).save(out, kind)
    return out.getvalue()


_MAIN = {
    "docx": ("word/document.xml", "wordprocessingml.document.main+xml"),
    "xlsx": ("xl/workbook.xml", "spreadsheetml.sheet.main+xml"),
    "pptx": ("ppt/presentation.xml", "presentationml.presentation.main+xml"),
}


def office(kind: str = "docx", more: dict[str, bytes] | None = None, *, macros: bool = False) -> bytes:
    name, content_type = _MAIN[kind]
    if macros:
        content_type = content_type.replace("wordprocessingml.document", "ms-word.document.macroEnabled")
    types = (
        f'<?xml version="1.0"?><Types><Override PartName="/{name}" ContentType="application/vnd.'
        f'openxmlformats-officedocument.{content_type}"/></Types>'
    )
    return packed({"[Content_Types].xml": types.encode(), name: b"<document/>", **(more or {})})


def open_document(kind: str = "text") -> bytes:
    return packed({"mimetype": f"application/vnd.oasis.opendocument.{kind}".encode(), "content.xml": b"<x/>"})


def packed(parts: dict[str, bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def bomb() -> bytes:
    """A document of some kilobytes with a part that unpacks to 64 MB of nothing."""
    return office(more={"word/media/image1.bmp": b"\0" * (64 * 1024 * 1024)})


def film() -> bytes:
    return _box(b"ftyp", b"isom\0\0\2\0isomiso2mp41") + _box(b"moov", b"\0" * 32) + _box(b"mdat", b"\0" * 64)


def _box(kind: bytes, content: bytes) -> bytes:
    return (len(content) + 8).to_bytes(4, "big") + kind + content


def png_chunk(kind: bytes, data: bytes) -> bytes:
    return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")


def huge_picture() -> bytes:
    """A picture that says it is 60,000 pixels wide and high, in some bytes."""
    head = png_chunk(b"IHDR", (60000).to_bytes(4, "big") * 2 + b"\x08\x02\0\0\0")
    return (
        b"\x89PNG\r\n\x1a\n"
        + head
        + png_chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + png_chunk(b"IEND", b"")
    )
