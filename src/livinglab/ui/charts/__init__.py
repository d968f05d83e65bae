"""Charts drawn on the server: frozen inputs here, pure geometry beside them, SVG in templates/ui/charts/.

A page puts one of these values into a Figure; the macro `chart` draws it in the reader's language.
Names in inputs are already in that language; numbers are written by the chart.
"""

from typing import TypeAlias

from livinglab.ui.charts.bars import Contribution, Part, RankBars, RankRow
from livinglab.ui.charts.curve import Chosen, Curve
from livinglab.ui.charts.dots import Dot, DotRow, DotRows, Rise, Rises
from livinglab.ui.charts.histogram import Bin, Highlight, Histogram
from livinglab.ui.charts.history import Era, History, Point, Series
from livinglab.ui.charts.ruler import Pin, Ruler
from livinglab.ui.charts.scale import Band, Role, Scale
from livinglab.ui.charts.sparkline import Sparkline
from livinglab.ui.charts.tilemap import CallOut, Group, LegendEntry, Tile, TileMap

Chart: TypeAlias = (
    Ruler | History | DotRows | Rises | Histogram | RankBars | Contribution | TileMap | Sparkline | Curve
)

__all__ = [
    "Band",
    "Bin",
    "CallOut",
    "Chart",
    "Chosen",
    "Contribution",
    "Curve",
    "Dot",
    "DotRow",
    "DotRows",
    "Era",
    "Group",
    "Highlight",
    "Histogram",
    "History",
    "LegendEntry",
    "Part",
    "Pin",
    "Point",
    "RankBars",
    "RankRow",
    "Rise",
    "Rises",
    "Role",
    "Ruler",
    "Scale",
    "Series",
    "Sparkline",
    "Tile",
    "TileMap",
]
