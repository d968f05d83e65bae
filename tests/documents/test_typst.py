"""Papers that Typst sets: with the font of the pages, from what they are given alone, and no mistake passes."""

from pathlib import Path

import pytest
import typst
from fontTools.ttLib import TTFont

import livinglab.documents
import livinglab.ui
from livinglab.documents.queries import paper_as_pdf, paper_as_png

_NAME = "plus-jakarta-sans-latin-wght-normal"
_MAIN = b"""#let paper = json("paper.json")
#set document(title: "Uji", date: none)
#set text(font: paper.fonts, lang: "id")
= Uji
"""


def _set(template: bytes, **paper: object) -> bytes:
    return paper_as_pdf({"main.typ": _MAIN + template}, paper)


def test_paper_has_the_font_of_the_pages() -> None:
    page = TTFont(Path(livinglab.ui.__file__).parent / f"static/ui/fonts/{_NAME}.woff2")
    paper = TTFont(Path(livinglab.documents.__file__).parent / f"fonts/{_NAME}.ttf")
    assert paper.flavor is None
    assert page.keys() == paper.keys()
    for table in set(page.keys()) - {"GlyphOrder", "head", "glyf", "loca"}:
        assert page.getTableData(table) == paper.getTableData(table)
    assert all(page["glyf"][name] == paper["glyf"][name] for name in page.getGlyphOrder())
    assert b"PlusJakartaSans" in _set(b"#paper.words", words="Indeks 3,54")


@pytest.mark.parametrize(
    ("template", "said"),
    [
        (b'#read("/pyproject.toml")', "not found"),
        (b'#read("../../etc/hostname")', "project root"),
        (b"#paper.nothing", "nothing"),
        (b"#image(bytes(paper.svg))", "alt text"),
        (b"=== Three below one", "skipped"),
    ],
)
def test_files_nobody_gave_and_mistakes_of_a_template_are_refused(template: bytes, said: str) -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
    with pytest.raises(typst.TypstError) as refused:
        _set(template, svg=svg)
    assert said in refused.value.message


def test_each_page_is_a_picture_of_its_own() -> None:
    one = paper_as_png({"main.typ": _MAIN}, {}, dots_per_inch=72)
    two = paper_as_png(
        {"main.typ": _MAIN + b"#pagebreak()\n#paper.words"}, {"words": "Dua"}, dots_per_inch=72
    )
    assert [len(one), len(two)] == [1, 2]
    assert {picture[:8] for picture in (*one, *two)} == {b"\x89PNG\r\n\x1a\n"}


def test_what_a_paper_took_is_given_back() -> None:
    template = b"#for line in paper.lines { par(line) }"
    before = 0
    for turn in range(4):
        words = [f"{turn} {number} " + "penilaian mandiri " * 30 for number in range(700)]
        _set(template, lines=words)
        before = before or _megabytes()
    assert _megabytes() - before < 40


def _megabytes() -> int:
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) // 1024
