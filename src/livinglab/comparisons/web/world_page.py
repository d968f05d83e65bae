"""The wider world: EGDI of four countries and Indonesia, on its own scale and with how sure each figure is."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from livinglab.comparisons.adapters.reference_files import egdi, reference_folder
from livinglab.comparisons.domain.world import (
    Component,
    Group,
    Reliability,
    Standing,
    difference_by_component,
)
from livinglab.ui.charts import Dot, DotRow, DotRows, Role, Scale
from livinglab.ui.figures import Cell, Column, ColumnKind, Figure, SourceNote, Table
from livinglab.ui.languages import language

INDONESIA = "ID"
_SCALE = Scale(
    start=Decimal(0),
    end=Decimal(1),
    ticks=tuple(Decimal(text) for text in ("0", "0.2", "0.4", "0.6", "0.8", "1")),
)
_COUNTRIES = {
    "DK": gettext_lazy("Denmark"),
    "FI": gettext_lazy("Finland"),
    "KR": gettext_lazy("Republic of Korea"),
    "SG": gettext_lazy("Singapore"),
    "ID": gettext_lazy("Indonesia"),
    "WORLD": gettext_lazy("World mean"),
}
_COMPONENTS = {
    Component.SERVICES: gettext_lazy("Online services"),
    Component.PEOPLE: gettext_lazy("Human capital"),
    Component.INFRASTRUCTURE: gettext_lazy("Telecommunication infrastructure"),
}
_RELIABILITIES = {
    Reliability.OFFICIAL: gettext_lazy("official"),
    Reliability.SECONDARY: gettext_lazy("one source, secondary"),
    Reliability.UNVERIFIED: gettext_lazy("unverified"),
}
_GROUPS = {
    Group.VERY_HIGH: gettext_lazy("very high"),
    Group.HIGH: gettext_lazy("high"),
    Group.MIDDLE: gettext_lazy("middle"),
    Group.LOW: gettext_lazy("low"),
}


@dataclass(frozen=True, slots=True)
class WorldPage:
    heading: str
    standfirst: str
    figures: tuple[Figure, ...]


def world_figures() -> dict[str, Figure]:
    """Return the page's figures by key: one for each year, newest first, and what the difference is made of."""
    rows = egdi(reference_folder())
    years = sorted({row.year for row in rows}, reverse=True)
    figures = [_year_figure(year, [row for row in rows if row.year == year]) for year in years]
    figures += [
        figure
        for year in years
        if (figure := _components_figure([r for r in rows if r.year == year])) is not None
    ]
    return {figure.key: figure for figure in figures}


def world_page() -> WorldPage:
    """Return the whole page."""
    rows = egdi(reference_folder())
    own = sorted((row for row in rows if row.country_code == INDONESIA), key=lambda row: row.year)
    return WorldPage(
        heading=world_heading(own),
        standfirst=_(
            "The United Nations' E-Government Development Index runs from 0 to 1 and describes countries: their "
            "online services, their networks and their people. The SPBE index runs from 1 to 5 and describes how "
            "mature an institution is. The two measure different things, so they are never shown on one axis."
        ),
        figures=tuple(world_figures().values()),
    )


def world_heading(own: Sequence[Standing]) -> str:
    """Return how Indonesia's rank moved between the first and the last year; ``own`` is ordered by year."""
    ranked = [(row.year, row.rank) for row in own if row.rank is not None]
    if not ranked:
        return _("Indonesia's place in the world is not known")
    (first, before), (last, now) = ranked[0], ranked[-1]
    values = {"before": before, "now": now, "first": first, "last": last}
    if first == last:
        return _("Indonesia is %(now)s in the world in %(last)s") % values
    if now < before:
        return _("Indonesia rose from rank %(before)s in %(first)s to %(now)s in %(last)s") % values
    if now > before:
        return _("Indonesia fell from rank %(before)s in %(first)s to %(now)s in %(last)s") % values
    return _("Indonesia kept rank %(now)s from %(first)s to %(last)s") % values


def _year_figure(year: int, rows: Sequence[Standing]) -> Figure:
    listed = sorted(rows, key=lambda row: (-row.egdi, row.country_code))
    return Figure(
        key=f"egdi-{year}",
        heading=year_heading(year, rows),
        reading=_("EGDI, from 0 to 1. A hollow mark is a figure without a source that we could read."),
        chart=DotRows(
            label=_("EGDI %(year)s") % {"year": year},
            rows=tuple(_dot_row(row) for row in listed),
            key=_key(rows),
            scale=_SCALE,
        ),
        table=_year_table(year, listed),
        sources=_sources(rows),
        notes=tuple(f"{_COUNTRIES[row.country_code]}: {_notes()[row.note]}" for row in listed if row.note),
    )


def year_heading(year: int, rows: Sequence[Standing]) -> str:
    """Return Indonesia's distance to the best of the verified figures, and its group."""
    own = next((row for row in rows if row.country_code == INDONESIA), None)
    others = [
        row
        for row in rows
        if row.country_code != INDONESIA
        and not row.is_world_mean
        and row.reliability is not Reliability.UNVERIFIED
    ]
    if own is None:
        return _("Indonesia has no figure for %(year)s") % {"year": year}
    values = {"year": year, "group": _GROUPS[own.group], "own": _four(own.egdi)}
    if not others:
        return _("%(year)s: Indonesia has %(own)s and is in the %(group)s group") % values
    best = max(others, key=lambda row: row.egdi)
    values |= {"gap": _four(best.egdi - own.egdi), "best": _COUNTRIES[best.country_code]}
    return _("%(year)s: Indonesia is in the %(group)s group, %(gap)s behind %(best)s") % values


def _dot_row(row: Standing) -> DotRow:
    group = _("%(group)s group") % {"group": _GROUPS[row.group]}
    rank = _("rank %(rank)s") % {"rank": row.rank} if row.rank is not None else ""
    is_sure = row.reliability is Reliability.OFFICIAL
    parts = [
        rank,
        "" if row.is_world_mean else group,
        "" if is_sure else str(_RELIABILITIES[row.reliability]),
    ]
    return DotRow(
        name=str(_COUNTRIES[row.country_code]),
        note=" · ".join(part for part in parts if part),
        dots=(Dot(role=_role(row), value=row.egdi),),
        aside=_four(row.egdi),
    )


def _role(row: Standing) -> Role:
    if row.country_code == INDONESIA:
        return Role.FOCUS
    if row.is_world_mean:
        return Role.MEAN
    return Role.OTHERS if row.reliability is Reliability.UNVERIFIED else Role.OTHER


def _key(rows: Sequence[Standing]) -> tuple[tuple[Role, str], ...]:
    names = {
        Role.FOCUS: _("Indonesia"),
        Role.OTHER: _("other country"),
        Role.OTHERS: _("other country, unverified"),
        Role.MEAN: _("mean of the world"),
    }
    used = {_role(row) for row in rows}
    return tuple((role, name) for role, name in names.items() if role in used)


def _notes() -> dict[str, str]:
    """Return the remarks of the reference file in the reader's language; a new remark stands as it is."""
    known = {
        "rank between 8 and 10": _("its rank lies between 8 and 10."),
        "one source": _("one source only."),
        "first time in the very high group": _("for the first time in the very high group."),
        "one source; another page prints 0.9992 which is a component and not the EGDI": _(
            "one source; another page prints 0.9992, which is a component and not the index."
        ),
        "the rank is printed by several sources; the value by none that we could read": _(
            "several sources print the rank, none that we could read prints the value."
        ),
    }
    rows = egdi(reference_folder())
    return {row.note: known.get(row.note, row.note) for row in rows}


def _year_table(year: int, rows: Sequence[Standing]) -> Table:
    def cells(row: Standing) -> tuple[Cell, ...]:
        values = [_four_or_none(row.components.get(component)) for component in Component]
        return (
            str(_COUNTRIES[row.country_code]),
            row.rank,
            _four(row.egdi),
            *values,
            _four_or_none(row.participation),
            str(_RELIABILITIES[row.reliability]),
            row.source,
        )

    return Table(
        caption=_("EGDI %(year)s") % {"year": year},
        columns=(
            Column(key="country", label=_("Country")),
            Column(key="rank", label=_("Rank"), kind=ColumnKind.RANK),
            Column(key="egdi", label="EGDI"),
            *(Column(key=str(component), label=str(_COMPONENTS[component])) for component in Component),
            Column(key="epi", label=_("E-participation")),
            Column(key="reliability", label=_("Reliability")),
            Column(key="printed_by", label=_("Printed by")),
        ),
        rows=tuple(cells(row) for row in rows),
    )


def _components_figure(rows: Sequence[Standing]) -> Figure | None:
    """Return what the difference to the best country is made of; None for a year without components."""
    own = next((row for row in rows if row.country_code == INDONESIA and row.components), None)
    others = [row for row in rows if row.country_code != INDONESIA and row.components]
    if own is None or not others:
        return None
    best = max(others, key=lambda row: row.egdi)
    parts = difference_by_component(best, own)
    largest = max(parts, key=lambda component: parts[component])
    values = {
        "part": str(_COMPONENTS[largest]).lower(),
        "country": _COUNTRIES[best.country_code],
        "year": own.year,
    }
    labels = {component: str(name) for component, name in _COMPONENTS.items()}
    return Figure(
        key=f"egdi-components-{own.year}",
        heading=_("%(year)s: most of the distance to %(country)s lies in %(part)s") % values,
        reading=_("Each component is a third of EGDI and runs from 0 to 1."),
        chart=DotRows(
            label=_("Components of EGDI, %(year)s") % {"year": own.year},
            rows=tuple(
                DotRow(
                    name=labels[component],
                    dots=(
                        Dot(role=Role.FOCUS, value=own.components[component]),
                        Dot(role=Role.OTHER, value=best.components[component]),
                    ),
                    aside=f"{_four(own.components[component])} – {_four(best.components[component])}",
                )
                for component in Component
            ),
            key=((Role.FOCUS, _("Indonesia")), (Role.OTHER, str(_COUNTRIES[best.country_code]))),
            scale=_SCALE,
        ),
        table=Table(
            caption=_("Components of EGDI, %(year)s") % {"year": own.year},
            columns=(
                Column(key="component", label=_("Component")),
                Column(key="indonesia", label=_("Indonesia")),
                Column(key="best", label=str(_COUNTRIES[best.country_code])),
                Column(key="adds", label=_("Part of the difference")),
            ),
            rows=tuple(
                (
                    labels[component],
                    _four(own.components[component]),
                    _four(best.components[component]),
                    _four(Decimal(part.numerator) / Decimal(part.denominator)),
                )
                for component, part in parts.items()
            ),
        ),
        sources=_sources([own, best]),
    )


def _sources(rows: Sequence[Standing]) -> tuple[SourceNote, ...]:
    return tuple(SourceNote(text=text) for text in dict.fromkeys(row.source for row in rows))


def _four_or_none(value: Decimal | None) -> str | None:
    return None if value is None else _four(value)


def _four(value: Decimal) -> str:
    """Return a value with the places it is published with, at most four: "0,7160", "0,638"."""
    places = min(4, max(3, -int(value.as_tuple().exponent)))
    text = f"{value:.{places}f}"
    return text.replace(".", ",") if language() == "id" else text
