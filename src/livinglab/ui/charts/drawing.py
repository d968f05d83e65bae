"""From a chart to its geometry: the one place that knows every kind."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final, TypeAlias

from livinglab.ui.charts import Chart
from livinglab.ui.charts.bars import Contribution, RankBars, RanksDrawing, draw_contribution, draw_rank_bars
from livinglab.ui.charts.curve import Curve, CurveDrawing, draw_curve
from livinglab.ui.charts.dots import DotRows, Rises, draw_dot_rows, draw_rises
from livinglab.ui.charts.histogram import Histogram, HistogramDrawing, draw_histogram
from livinglab.ui.charts.history import History, HistoryDrawing, draw_history
from livinglab.ui.charts.rows import RowsDrawing
from livinglab.ui.charts.ruler import Ruler, RulerDrawing, draw_ruler
from livinglab.ui.charts.sparkline import Sparkline, SparklineDrawing, draw_sparkline
from livinglab.ui.charts.tilemap import TileMap, TileMapDrawing, draw_tile_map

Drawing: TypeAlias = (
    RulerDrawing
    | HistoryDrawing
    | RowsDrawing
    | RanksDrawing
    | HistogramDrawing
    | TileMapDrawing
    | SparklineDrawing
    | CurveDrawing
)


_DRAWN_BY: Final[Mapping[type, Callable[..., Drawing]]] = MappingProxyType(
    {
        Ruler: draw_ruler,
        History: draw_history,
        DotRows: draw_dot_rows,
        Rises: draw_rises,
        Histogram: draw_histogram,
        RankBars: draw_rank_bars,
        Contribution: draw_contribution,
        TileMap: draw_tile_map,
        Sparkline: draw_sparkline,
        Curve: draw_curve,
    }
)


def draw(chart: Chart, *, language: str) -> Drawing:
    """Return the geometry of any chart, its numbers written in `language`; the same input gives the same bytes."""
    return _DRAWN_BY[type(chart)](chart, language=language)
