"""The names of the bands below a scale: in one line, in two where that is too tight, or not at all."""

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Final

from livinglab.ui.charts.scale import Band, Scale, per_cent
from livinglab.ui.charts.text import text_width

SIZE: Final = 12
_GAP: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class BandName:
    """A band's name: where it stands, and on which line, from 0."""

    text: str
    x: str
    anchor: str
    line: int


# Every portrait of a year has the same bands in the same two widths.
@lru_cache(maxsize=256)
def band_names(bands: tuple[Band, ...], scale: Scale, *, room: int) -> tuple[BandName, ...]:
    """Return the names centred under their bands such that none touches another on a drawing `room` px wide.

    On two lines neighbours take turns, and the first and last may lean on the edge; empty where even that is tight.
    """
    for lines in (1, 2):
        spans = [_span(band, scale, room, may_lean=lines == 2) for band in bands]
        if all(left >= 0 and right <= room for _x, _anchor, left, right in spans) and not any(
            spans[i + lines][2] < spans[i][3] + _GAP for i in range(len(spans) - lines)
        ):
            return tuple(
                BandName(text=band.label, x=per_cent(x), anchor=anchor, line=i % lines)
                for i, (band, (x, anchor, _left, _right)) in enumerate(zip(bands, spans, strict=True))
            )
    return ()


def _span(band: Band, scale: Scale, room: int, *, may_lean: bool) -> tuple[Fraction, str, Fraction, Fraction]:
    """Return place, anchor, left and right of a name; it leans on an edge only where its middle does not fit."""
    middle = (scale.share(band.start) + scale.share(band.end)) / 2
    width = text_width(band.label, SIZE)
    left = middle * room - Fraction(width, 2)
    if may_lean and left < 0:
        return Fraction(0), "start", Fraction(0), Fraction(width)
    if may_lean and left + width > room:
        return Fraction(1), "end", Fraction(room - width), Fraction(room)
    return middle, "middle", left, left + width
