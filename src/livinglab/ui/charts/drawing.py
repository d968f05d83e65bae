"""From a chart to its geometry: the one place that knows every kind."""

from typing import TypeAlias

from livinglab.ui.charts import Chart
from livinglab.ui.charts.bars import Contribution, RankBars, RanksDrawing, draw_contribution, draw_rank_bars
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
)


def draw(chart: Chart, *, language: str) -> Drawing:
    """Return the geometry of any chart, its numbers written in `language`; the same input gives the same bytes."""
    match chart:
        case Ruler():
            return draw_ruler(chart, language=language)
        case History():
            return draw_history(chart, language=language)
        case DotRows():
            return draw_dot_rows(chart, language=language)
        case Rises():
            return draw_rises(chart, language=language)
        case Histogram():
            return draw_histogram(chart, language=language)
        case RankBars():
            return draw_rank_bars(chart, language=language)
        case Contribution():
            return draw_contribution(chart, language=language)
        case TileMap():
            return draw_tile_map(chart, language=language)
        case Sparkline():
            return draw_sparkline(chart, language=language)
