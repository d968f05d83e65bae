"""The Jinja environment of every page: strict, translated, and with the formats of the reader's language."""

from collections.abc import Callable
from datetime import datetime
from functools import lru_cache, wraps
from typing import Any, Final

from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from livinglab.kernel import clock
from livinglab.ui import formats
from livinglab.ui.charts import Chart
from livinglab.ui.charts.bars import RanksDrawing
from livinglab.ui.charts.drawing import Drawing, draw
from livinglab.ui.figures import Cell, ColumnKind, Table, cell_text
from livinglab.ui.languages import LANGUAGES, language, other_language, other_language_url
from livinglab.ui.markup import table_head, table_rows, tile_links
from livinglab.ui.pictures import PICTURES, rank_rows


def url(name: str, /, *args: object, **kwargs: object) -> str:
    """Return the path of a named route; raise NoReverseMatch for a name that does not exist."""
    return reverse(name, args=args or None, kwargs=kwargs or None)


def url_if_any(name: str, /, *args: object) -> str | None:
    """Return the path of a named route, or None where this installation does not have it."""
    try:
        return reverse(name, args=args or None)
    except NoReverseMatch:
        return None


def drawing(chart: Chart) -> Drawing:
    """Return the geometry of a chart with its numbers in the language of the request."""
    return draw(chart, language=language())


def cell(value: Cell, kind: ColumnKind) -> str:
    """Return a table cell as the reader writes it; None as the dash that is spoken."""
    return no_result() if value is None else cell_text(value, kind, language=language())


def text(message: str, /, **values: object) -> Markup:
    """Return a text in the language of the request, as `_` writes it: what is put into it is escaped.

    The extension's own `_` answers the same in three times the time, since it looks each text's function up twice.
    """
    return Markup(translation.gettext(message)) % values  # noqa: S704 -- our own catalogue


def moment(value: datetime, *, language: str, zone: str = "") -> str:
    """Return a moment on the clock of a zone (IANA name), or of whose page it stands on."""
    return formats.moment(value, language=language, zone=zone or clock.told_in())


def _in_language(function: Callable[..., str]) -> Callable[..., str]:
    """Return a format as a filter: it writes in the language of the request, and None as a dash that is spoken."""

    @wraps(function)
    def filter_(value: object, *args: object, **kwargs: object) -> str:
        if value is None:
            return no_result()
        return function(value, *args, language=language(), **kwargs)

    return filter_


def no_result() -> Markup:
    """Return the dash that stands where there is no figure, with words for those who listen."""
    return _no_result(language())


@lru_cache(maxsize=4)
def _no_result(_written_in: str) -> Markup:
    spoken = translation.gettext("no result")
    return Markup('<span aria-hidden="true">–</span><span class="spoken">{}</span>').format(spoken)


def rows_of(table: Table, *, cards: bool = False) -> Markup:
    """Return the body rows of a table in the language of the request; `cards` as in `table_rows`."""
    written_in = language()
    return table_rows(table, language=written_in, no_result=_no_result(written_in), cards=cards)


def rank_rows_of(drawn: RanksDrawing) -> Markup:
    """Return the rows of a ranking in the language of the request."""
    return rank_rows(drawn, no_result=no_result())


FILTERS: Final[dict[str, Callable[..., str]]] = {
    function.__name__: _in_language(function)
    for function in (
        formats.decimal1,
        formats.decimal2,
        formats.change,
        formats.count,
        formats.signed_count,
        formats.percent,
        formats.ordinal,
        formats.day,
        formats.short_day,
        moment,
        formats.square_kilometres,
        formats.listing,
    )
}


def environment(**options: Any) -> Environment:
    """Return the environment that Django's Jinja2 backend uses for every page.

    `options` are Django's: loader, autoescape, auto_reload. An undefined name is an error; `_` and
    `ngettext` look the text up at render time, in the language of the request.
    """
    options = {**options, "undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    env = Environment(**options, extensions=["jinja2.ext.i18n", "jinja2.ext.do"])  # noqa: S701 -- Django sets autoescape
    env.policies["ext.i18n.trimmed"] = True
    install = env.install_gettext_callables  # type: ignore[attr-defined]  # added by the i18n extension
    install(
        translation.gettext,
        translation.ngettext,
        newstyle=True,
        pgettext=translation.pgettext,
        npgettext=translation.npgettext,
    )
    env.filters.update(FILTERS)
    env.globals.update(
        _=text,
        static=lru_cache(static),  # six names a page, each a search in the manifest
        url=url,
        url_if_any=url_if_any,
        language=language,
        languages=LANGUAGES,
        other_language=other_language,
        other_language_url=other_language_url,
        drawing=drawing,
        cell=cell,
        no_result=no_result,
        rows_of=rows_of,
        table_head=table_head,
        rank_rows_of=rank_rows_of,
        tile_links=tile_links,
        **PICTURES,
    )
    return env
