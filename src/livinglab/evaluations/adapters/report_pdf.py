"""Writes a paper as a tagged PDF, and its pictures as PNG, with the same drawings as the pages of the platform."""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import override

from livinglab.documents.queries import paper_as_pdf, paper_as_png
from livinglab.evaluations.adapters.report_blocks import (
    Block,
    Bullets,
    Grid,
    Heading,
    Paper,
    Paragraph,
    Picture,
)
from livinglab.evaluations.domain.workbook import kept
from livinglab.ui.charts.drawing import draw
from livinglab.ui.charts.history import HistoryDrawing
from livinglab.ui.charts.rows import RowsDrawing
from livinglab.ui.figures import Figure
from livinglab.ui.loose_pictures import history_file, mark_file, row_files, ticks_file

#: px of the text's width on A4, and of a row's picture between its name and its value
_WIDTH: Final = 665
_ROW_WIDTH: Final = 394
#: parts that begin on a page of their own
_OPENING: Final = frozenset({"result", "indicators", "evidence"})


def write_pdf(paper: Paper) -> bytes:
    """Return a paper as PDF: tagged, with its language, outline and numbered pages."""
    with override(paper.language):
        cover = paper.cover
        given = {
            "language": paper.language,
            "title": kept(paper.title),
            "mark": kept(paper.mark),
            "contents": _("Contents"),
            "cover": {
                "subtitle": kept(cover.subtitle),
                "index_name": cover.index_name,
                "index": cover.index,
                "predicate": cover.predicate,
                "status": kept(cover.status),
                "marks": cover.marks,
                "facts": [[label, kept(value)] for label, value in cover.facts],
            },
            "blocks": [_block(one, paper.language) for one in paper.blocks],
        }
    return paper_as_pdf(_templates("report.typ"), given)


def draw_pictures(paper: Paper) -> dict[str, bytes]:
    """Return each picture of a paper as PNG by the key of its figure."""
    figures = [block.figure for block in paper.blocks if isinstance(block, Picture)]
    if not figures:
        return {}
    given = {
        "language": paper.language,
        "pictures": [_chart(figure, paper.language) for figure in figures],
    }
    drawn = paper_as_png(_templates("report_pictures.typ"), given, dots_per_inch=220)
    return dict(zip((figure.key for figure in figures), drawn, strict=True))


@lru_cache(maxsize=2)
def _templates(main: str) -> dict[str, bytes]:
    folder = Path(__file__).parent
    return {"main.typ": (folder / main).read_bytes(), "charts.typ": (folder / "charts.typ").read_bytes()}


def _block(block: Block, language: str) -> dict[str, object]:
    match block:
        case Heading():
            opens = block.key in _OPENING
            return {"is": "heading", "level": block.level + 1, "text": kept(block.text), "opens": opens}
        case Paragraph():
            lines = [line for line in kept(block.text).splitlines() if line.strip()]
            return {"is": "paragraph", "label": block.label, "kind": block.kind, "lines": lines}
        case Bullets():
            return {"is": "bullets", "items": [kept(item) for item in block.items]}
        case Grid():
            return _grid(block)
        case Picture():
            return _picture(block.figure, language)


def _grid(grid: Grid) -> dict[str, object]:
    return {
        "is": "grid",
        "caption": grid.caption,
        "heads": grid.heads,
        "rows": [[kept(cell) for cell in row] for row in grid.rows],
        "numbers": sorted(grid.numbers),
        "strong": sorted(grid.strong),
        "widths": grid.widths,
    }


def _picture(figure: Figure, language: str) -> dict[str, object]:
    return {
        "is": "picture",
        "heading": kept(figure.heading),
        "reading": figure.reading,
        "source": _("Source:"),
        "sources": [{"text": kept(one.text), "url": one.url} for one in figure.sources],
        "chart": _chart(figure, language),
    }


def _chart(figure: Figure, language: str) -> dict[str, object]:
    """A chart as its words and the pictures between them. Raises TypeError for a kind that no report has."""
    assert figure.chart is not None
    drawn = draw(figure.chart, language=language)
    match drawn:
        case HistoryDrawing():
            return {
                "is": "history",
                "label": kept(drawn.label),
                "svg": kept(history_file(drawn, width=_WIDTH)),
                "key": [
                    {"mark": mark_file(one.role, is_hollow=one.hollow), "name": kept(one.name)}
                    for one in drawn.key
                ],
            }
        case RowsDrawing():
            return {
                "is": "rows",
                "label": kept(drawn.label),
                "key": [{"mark": mark_file(role), "name": kept(name)} for role, name in drawn.key],
                "rows": list(_rows(drawn)),
                "ticks": ticks_file(drawn, width=_ROW_WIDTH),
            }
        case _:
            raise TypeError(f"a report has no chart of the kind {figure.chart.kind!r}")


def _rows(drawn: RowsDrawing) -> Iterator[dict[str, str]]:
    for row, svg in zip(drawn.rows, row_files(drawn, width=_ROW_WIDTH), strict=True):
        yield {"name": kept(row.name), "value": row.value, "svg": svg}
