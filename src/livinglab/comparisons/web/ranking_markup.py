"""The rows of a long ranking: 514 times the same loop, too slow in a template. Everything from outside is escaped."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _
from markupsafe import Markup, escape

from livinglab.comparisons.queries import RegionStanding
from livinglab.comparisons.web import written
from livinglab.comparisons.web.labels import band_css
from livinglab.ui.charts import Scale
from livinglab.ui.charts.scale import per_cent
from livinglab.ui.jinja import no_result

_SCALE: Final = Scale()


def ranking_rows(
    rows: Iterable[RegionStanding],
    *,
    base: str,
    domain: str = "",
    mean: Decimal | None = None,
    ranks: Mapping[str, int] | None = None,
) -> Markup:
    """Return the table rows of a ranking.

    Each bar begins at 1, the lowest value, and has the colour of the predicate; a notch marks the index of
    the year before, a hairline through all bars the ``mean``. With ``domain`` bars show that domain. ``ranks``
    replaces the rank among all, for a ranking inside a province; the rank among all then stands as a note.
    """
    mean_x = "" if mean is None else per_cent(_SCALE.share(mean))
    absent = no_result()
    words = {"absent": absent, "mean_x": mean_x, "base": escape(base), "domain": domain}
    return Markup("\n".join(_row(row, words, ranks or {}) for row in rows))  # noqa: S704 -- parts are escaped


def _row(row: RegionStanding, words: Mapping[str, str], ranks: Mapping[str, int]) -> str:
    rank = ranks.get(row.code, row.ranks.everybody if row.ranks else None)
    note = _national_rank(row) if row.code in ranks else row.province
    value = row.domains.get(words["domain"]) if words["domain"] else row.index
    previous = None if words["domain"] else row.previous_index
    absent = words["absent"]
    return (
        f'<tr><td class="aside">{absent if rank is None else rank}</td>'
        f'<th scope="row"><a href="{words["base"]}{row.code}/">{escape(row.listed_name)}</a>'
        f"<small>{escape(note)}</small></th>"
        f'<td class="picture">{_bar(value, previous, band_css(row.band), words["mean_x"])}</td>'
        f'<td class="num strong">{absent if value is None else written.two(value)}</td>'
        f'<td class="num aside">{absent if row.change is None else _change(row)}</td>'
        f'<td class="num aside">{_range(row) or absent}</td></tr>'
    )


def _national_rank(row: RegionStanding) -> str:
    if row.ranks is None:
        return ""
    return _("%(rank)s in Indonesia") % {"rank": written.ordinal(row.ranks.everybody)}


def _bar(value: Decimal | None, previous: Decimal | None, css: str, mean_x: str) -> str:
    parts = ['<rect class="track" x="0" y="6.5" width="100%" height="3"/>']
    if value is not None:
        width = per_cent(_SCALE.share(max(value, _SCALE.start)))
        parts.append(f'<rect class="{css}" x="0" y="3" width="{width}" height="10"/>')
    if mean_x:
        place = f'x1="{mean_x}" x2="{mean_x}" y1="0" y2="16"'
        parts.append(f'<line class="mean-cut" {place}/><line class="mean-line" {place}/>')
    if previous is not None:
        x = per_cent(_SCALE.share(max(previous, _SCALE.start)))
        parts.append(f'<line class="cut" x1="{x}" x2="{x}" y1="1" y2="15"/>')
        parts.append(f'<line class="span" x1="{x}" x2="{x}" y1="0" y2="16"/>')
    return f'<svg class="chart" width="100%" height="16" aria-hidden="true">{"".join(parts)}</svg>'


def _range(row: RegionStanding) -> str:
    if row.best_rank is None or row.worst_rank is None:
        return ""
    if row.best_rank == row.worst_rank:
        return str(row.best_rank)
    return f"{row.best_rank}–{row.worst_rank}"


def _change(row: RegionStanding) -> str:
    text = written.signed(row.change or Decimal(0))
    if not row.change_is_doubtful:
        return text
    return f'{text}<abbr title="{escape(_("a published value is not possible"))}">*</abbr>'
