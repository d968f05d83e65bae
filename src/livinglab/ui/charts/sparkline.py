"""A sparkline: the run of a value in the height of a line of text; a missing year breaks it."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar, Final

from livinglab.ui.charts.scale import ONE_TO_FIVE, Scale, attribute

WIDTH: Final = 96
HEIGHT: Final = 24
_EDGE: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Sparkline:
    """One value a year, None where there is none; `label` says it in words."""

    label: str
    values: tuple[Decimal | None, ...]
    scale: Scale = ONE_TO_FIVE
    kind: ClassVar[str] = "sparkline"


@dataclass(frozen=True, slots=True, kw_only=True)
class SparklineDrawing:
    label: str
    width: int
    height: int
    path: str
    end: tuple[str, str] | None


def draw_sparkline(chart: Sparkline, *, language: str) -> SparklineDrawing:
    """Return one path, lifted at gaps, and where the last value stands; `language` changes nothing."""
    del language
    last = max(len(chart.values) - 1, 1)
    points = [
        None
        if value is None
        else (
            attribute(_EDGE + Fraction(i * (WIDTH - 2 * _EDGE), last)),
            attribute(_EDGE + (HEIGHT - 2 * _EDGE) * (1 - chart.scale.share(value))),
        )
        for i, value in enumerate(chart.values)
    ]
    # "h0" gives a year between two gaps a dot: the round end of a line without length
    steps = [
        ("L" if i and points[i - 1] else "M")
        + f"{point[0]} {point[1]}"
        + ("" if any(points[max(i - 1, 0) : i]) or any(points[i + 1 : i + 2]) else "h0")
        for i, point in enumerate(points)
        if point
    ]
    known = [point for point in points if point]
    return SparklineDrawing(
        label=chart.label, width=WIDTH, height=HEIGHT, path="".join(steps), end=known[-1] if known else None
    )
