"""Papers set by Typst: PDF by the rules of PDF/UA-1, and pictures. It reads what it is given and nothing else.

What people wrote comes to a template as data (`json("paper.json")`), never as its text, so it is never markup.
"""

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, cast

import typst

from livinglab.documents.adapters.row_heads import with_row_heads

_FONTS: Final = Path(__file__).parent.parent / "fonts"
#: ours first; for a letter it lacks come the fonts that Typst brings, then those of the system
FAMILIES: Final = ("Plus Jakarta Sans", "Libertinus Serif", "New Computer Modern Math", "DejaVu Sans Mono")
#: what Typst says of a letter that none of the fonts has
_NO_LETTER: Final = "could not be displayed"
#: Typst keeps what it worked out until ten papers did without it, some 80 MB for a long one; blank ones push it out
_BLANKS: Final = 11


def set_pdf(templates: Mapping[str, bytes], paper: Mapping[str, object]) -> bytes:
    """Return a paper as PDF; the same paper gives the same bytes.

    It says of itself that it is PDF/UA-1, and Typst refuses what breaks those of its rules that a program can check.
    With letters that no font has it is tagged all the same, and does not say so. Raises typst.TypstError for a
    mistake in a template.
    """
    try:
        return with_row_heads(_compiled(templates, paper, pdf_standards="ua-1"))
    except typst.TypstError as refused:
        if _NO_LETTER not in refused.message:
            raise
    return with_row_heads(_compiled(templates, paper))


def set_png(
    templates: Mapping[str, bytes], paper: Mapping[str, object], *, dots_per_inch: int
) -> list[bytes]:
    """Return each page of a paper as PNG. Raises typst.TypstError for a mistake in a template."""
    drawn = _compiled(templates, paper, format="png", ppi=float(dots_per_inch))
    return [drawn] if isinstance(drawn, bytes) else list(drawn)


def _compiled(templates: Mapping[str, bytes], paper: Mapping[str, object], **wanted: Any) -> Any:
    given = json.dumps({**paper, "fonts": FAMILIES}, ensure_ascii=False).encode()
    files = cast(Any, {**templates, "paper.json": given})  # its types name no files by name, its manual does
    try:
        return typst.compile(files, root=str(_FONTS), font_paths=_fonts(), timestamp=0, **wanted)
    finally:
        for _ in range(_BLANKS):
            typst.compile(b"", font_paths=_fonts())


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    return typst.Fonts(font_paths=[str(_FONTS)])
