"""A figure as a download: the page's own figure in a format that other programs read."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from django.http import HttpResponse
from django.utils.translation import gettext as _

from livinglab.kernel.unknown import UnknownValue
from livinglab.ui.exports import chart_as_svg, table_as_csv, table_as_json, table_as_xlsx
from livinglab.ui.figures import Figure

_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WRITERS: Final[Mapping[str, tuple[str, Callable[[Figure], bytes]]]] = MappingProxyType(
    {
        "csv": ("text/csv; charset=utf-8", table_as_csv),
        "xlsx": (_XLSX, table_as_xlsx),
        "json": ("application/json", table_as_json),
        "svg": ("image/svg+xml", chart_as_svg),
    }
)


def formats_of(figure: Figure) -> tuple[str, ...]:
    """Return the formats in which a figure can be had; SVG only where there is a picture."""
    return tuple(one for one in _WRITERS if one != "svg" or figure.chart is not None)


def figure_file(figures: Mapping[str, Figure], key: str, file_format: str, *, name: str) -> HttpResponse:
    """Return the figure `key` as a file called `name`.

    Raises UnknownValue (404) for a figure or a format that is not there, naming those that are.
    """
    if key not in figures:
        raise UnknownValue(_("figure"), key, figures, status=404)
    if file_format not in formats_of(figures[key]):
        raise UnknownValue(_("file format"), file_format, formats_of(figures[key]), status=404)
    content_type, write = _WRITERS[file_format]
    response = HttpResponse(write(figures[key]), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}.{file_format}"'
    return response
