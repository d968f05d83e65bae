"""Writes a paper as a Word document: real headings, header rows, alternative texts, its language."""

import io
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import override
from docx import Document
from docx.document import Document as DocxDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table as DocxTable
from docx.text.paragraph import Paragraph as DocxParagraph

from livinglab.evaluations.adapters.report_blocks import (
    Block,
    Bullets,
    Cover,
    Grid,
    Heading,
    Paper,
    Paragraph,
    Picture,
)
from livinglab.evaluations.domain.workbook import kept
from livinglab.ui.figures import Table, cell_text
from livinglab.ui.formats import NOTHING

_LANGUAGES: Final = {"id": "id-ID", "en": "en-GB"}
_FONT: Final = "Calibri"  # on every office computer; its likes stand in where it is missing
_INK: Final = RGBColor(0x26, 0x26, 0x2E)
_SOGA: Final = RGBColor(0x7A, 0x4B, 0x12)
_WIDTH: Final = 170  # mm of A4 between margins


def write_docx(paper: Paper, pictures: Mapping[str, bytes], *, at: datetime) -> bytes:
    """Return a paper as DOCX. `pictures` are PNG by the key of their figure; a missing one leaves its table."""
    document = Document()
    _prepare(document, paper, at)
    with override(paper.language):
        _write_cover(document, paper.cover)
        for block in paper.blocks:
            _write(document, block, pictures, paper.language)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _prepare(document: DocxDocument, paper: Paper, at: datetime) -> None:
    core = document.core_properties
    core.title, core.language, core.author = paper.title, _LANGUAGES[paper.language], "Living Lab"
    core.comments, core.subject = "", paper.mark
    core.created = core.modified = at.replace(tzinfo=None)
    _set_language(document, _LANGUAGES[paper.language])
    _set_styles(document)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin, section.bottom_margin = Mm(20), Mm(22)
    footer = section.footer.paragraphs[0]
    footer.add_run(kept(paper.mark) + "   ").font.size = Pt(8)
    _add_field(footer, "PAGE")
    footer.add_run(" / ").font.size = Pt(8)
    _add_field(footer, "NUMPAGES")


def _set_language(document: DocxDocument, code: str) -> None:
    """Say to screen readers and spelling checks in which language the whole text is."""
    defaults = document.styles.element.find(qn("w:docDefaults"))
    run = defaults.find(f"{qn('w:rPrDefault')}/{qn('w:rPr')}")
    for old in run.findall(qn("w:lang")):
        run.remove(old)
    lang = OxmlElement("w:lang")
    for name in ("val", "eastAsia", "bidi"):
        lang.set(qn(f"w:{name}"), code)
    run.append(lang)


def _set_styles(document: DocxDocument) -> None:
    sizes = {"Normal": 10, "Title": 26, "Heading 1": 18, "Heading 2": 13, "Heading 3": 11, "Caption": 9}
    for name, size in sizes.items():
        style: Any = document.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = _FONT, Pt(size), _INK
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        fonts.set(qn("w:hAnsi"), _FONT)
    document.styles["Heading 1"].paragraph_format.page_break_before = True
    document.styles["Heading 3"].font.color.rgb = _SOGA


def _add_field(paragraph: DocxParagraph, code: str) -> None:
    """Add a field that Word fills in, such as the number of the page."""
    run = paragraph.add_run()
    run.font.size = Pt(8)
    for kind, text in (("begin", ""), ("instrText", code), ("separate", ""), ("text", "1"), ("end", "")):
        if kind in ("instrText", "text"):
            part = OxmlElement("w:instrText" if kind == "instrText" else "w:t")
            part.text = text
        else:
            part = OxmlElement("w:fldChar")
            part.set(qn("w:fldCharType"), kind)
        run._r.append(part)  # noqa: SLF001  python-docx has no public way to add a field


def _write_cover(document: DocxDocument, cover: Cover) -> None:
    document.add_paragraph(kept(cover.subtitle), style="Title")
    index = document.add_paragraph()
    index.add_run(f"{kept(cover.index_name)}: ")
    figure = index.add_run(cover.index)
    figure.bold, figure.font.size = True, Pt(28)
    index.add_run(f"  {kept(cover.predicate)}")
    status = document.add_paragraph()
    run = status.add_run(kept(" ".join((cover.status, *cover.marks))))
    run.bold, run.font.color.rgb = True, _SOGA
    table = document.add_table(rows=0, cols=2)
    _describe(table, _("About this report"))
    for label, value in cover.facts:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = kept(label), kept(value)
    _set_widths(table, (28, 72))


def _write(document: DocxDocument, block: Block, pictures: Mapping[str, bytes], language: str) -> None:
    match block:
        case Heading():
            document.add_heading(kept(block.text), level=block.level)
        case Paragraph():
            _write_paragraph(document, block)
        case Bullets():
            for item in block.items:
                document.add_paragraph(kept(item), style="List Bullet")
        case Grid():
            _write_grid(document, block)
        case Picture():
            _write_picture(document, block, pictures, language)


def _write_paragraph(document: DocxDocument, block: Paragraph) -> None:
    lines = [line for line in kept(block.text).split("\n") if line.strip()] or [""]
    for number, line in enumerate(lines):
        paragraph = document.add_paragraph()
        if number == 0 and block.label:
            paragraph.add_run(f"{kept(block.label)}. " if line else kept(block.label)).bold = True
            paragraph.paragraph_format.keep_with_next = not line
        run = paragraph.add_run(line)
        if block.kind == "mark":
            run.bold, run.font.color.rgb = True, _SOGA
        elif block.kind == "note":
            run.font.size = Pt(9)


def _write_grid(document: DocxDocument, block: Grid) -> None:
    caption = document.add_paragraph(kept(block.caption), style="Caption")
    caption.paragraph_format.keep_with_next = True
    table = document.add_table(rows=1, cols=len(block.heads), style="Table Grid")
    _describe(table, block.caption)
    _mark_header(table)
    _fill(table, 0, block.heads, block.numbers, bold=True)
    for number, row in enumerate(block.rows, start=1):
        table.add_row()
        _fill(table, number, row, block.numbers, bold=number - 1 in block.strong)
    count = len(block.heads)
    _set_widths(table, block.widths or (100 - 11 * (count - 1), *((11,) * (count - 1))))
    document.add_paragraph()


def _fill(
    table: DocxTable, number: int, texts: tuple[str, ...], numbers: frozenset[int], *, bold: bool = False
) -> None:
    for position, (cell, text) in enumerate(zip(table.rows[number].cells, texts, strict=True)):
        paragraph = cell.paragraphs[0]
        run = paragraph.add_run(kept(text))
        run.font.size, run.bold = Pt(9), bold or None
        if position in numbers:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _mark_header(table: DocxTable) -> None:
    """Say which row heads the columns; it is repeated on each page and read out by screen readers."""
    row = table.rows[0]._tr.get_or_add_trPr()  # noqa: SLF001  python-docx has no public way
    header = OxmlElement("w:tblHeader")
    header.set(qn("w:val"), "true")
    row.append(header)


def _describe(table: DocxTable, text: str) -> None:
    """Give a table the title and description that Word reads out."""
    properties = table._tbl.tblPr  # noqa: SLF001  likewise
    for name in ("w:tblCaption", "w:tblDescription"):
        element = OxmlElement(name)
        element.set(qn("w:val"), kept(text))
        properties.append(element)


def _set_widths(table: DocxTable, shares: tuple[int, ...]) -> None:
    table.autofit = False
    for column, share in zip(table.columns, shares, strict=True):
        width = Mm(_WIDTH * share / 100)
        column.width = width
        for cell in column.cells:
            cell.width = width


def _write_picture(
    document: DocxDocument, block: Picture, pictures: Mapping[str, bytes], language: str
) -> None:
    figure = block.figure
    document.add_heading(kept(figure.heading), level=2)
    drawn = pictures.get(figure.key)
    if drawn is not None and figure.chart is not None:
        shape = document.add_picture(io.BytesIO(drawn), width=Mm(_WIDTH))
        properties = shape._inline.docPr  # noqa: SLF001  python-docx has no public way to give an alternative text
        properties.set("descr", kept(f"{figure.chart.label} {figure.reading}".strip()))
        properties.set("title", kept(figure.heading))
    _write_grid(document, _grid_of(figure.table, language))
    source = "; ".join(one.text for one in figure.sources)
    document.add_paragraph().add_run(kept(_("Source:") + " " + source)).font.size = Pt(8)


def _grid_of(table: Table, language: str) -> Grid:
    return Grid(
        caption=table.caption,
        heads=tuple(column.label for column in table.columns),
        rows=tuple(
            tuple(
                NOTHING if value is None else cell_text(value, column.kind, language=language)
                for value, column in zip(row, table.columns, strict=True)
            )
            for row in table.rows
        ),
        numbers=frozenset(n for n, column in enumerate(table.columns) if column.kind.is_number),
    )
