"""The map of one round: each regency and city one hexagon, coloured by state, progress or present index."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from livinglab.evaluations.domain.process import State
from livinglab.evaluations.queries.round_map import (
    INDEX_BOUNDS,
    PROGRESS_BOUNDS,
    STATE_STEPS,
    Colour,
    Tint,
    places,
)
from livinglab.evaluations.web import round_words, words
from livinglab.ui.charts import Group, LegendEntry, Tile, TileMap
from livinglab.ui.figures import Column, ColumnKind, Table

#: island groups from west to east, and which of them stand in the eastern half on a phone
ISLANDS: Final = {
    "sumatra": gettext_lazy("Sumatra"),
    "java": gettext_lazy("Java"),
    "kalimantan": gettext_lazy("Kalimantan"),
    "bali-nusa-tenggara": gettext_lazy("Bali and Nusa Tenggara"),
    "sulawesi": gettext_lazy("Sulawesi"),
    "maluku": gettext_lazy("Maluku"),
    "papua": gettext_lazy("Papua"),
}
EAST: Final = frozenset({"bali-nusa-tenggara", "sulawesi", "maluku", "papua"})


@dataclass(frozen=True, slots=True)
class RoundMap:
    """The picture and the counts behind it."""

    chart: TileMap
    table: Table


def round_map(found: list[Tint], colour: Colour, *, link: str) -> RoundMap:
    """This function will return the map of a round; in `link`, a region's address, "00.00" stands for its code."""
    labels = _LABELS[colour]()
    where = places()
    before, _code, after = link.partition("00.00")
    cities: dict[str, int] = {}
    tiles: list[Tile] = []
    for tint in found:
        css, spoken = f"s{tint.step}" if tint.step else "b0", labels[tint.step]
        for code, name, is_city in zip(tint.codes, tint.names, tint.are_cities, strict=True):
            place = where.get(code)
            if place is None:
                continue
            cities[place.group] = cities.get(place.group, 0) + 1
            tiles.append(
                Tile(
                    code=code,
                    name=name,
                    href=f"{before}{code}{after}" if link else "",
                    css=css,
                    spoken=spoken,
                    column=place.column,
                    row=place.row,
                    group=place.group,
                    is_city=is_city,
                )
            )
    counts = {tint.step: len(tint.codes) for tint in found}
    return RoundMap(
        chart=TileMap(
            label=_("Map of the regencies and cities that take part, one hexagon for each"),
            description=" ".join(f"{labels[step]}: {round_words.count(n)}." for step, n in counts.items()),
            tiles=tuple(tiles),
            groups=tuple(
                Group(key=key, name=str(name), value=round_words.count(cities[key]), is_east=key in EAST)
                for key, name in ISLANDS.items()
                if key in cities
            ),
            legend=tuple(
                LegendEntry(
                    css=f"s{step}" if step else "b0",
                    label=label,
                    note=round_words.count(counts.get(step, 0)),
                )
                for step, label in labels.items()
            ),
        ),
        table=Table(
            caption=_("Regencies and cities by %(what)s")
            % {"what": str(round_words.COLOURS[colour]).lower()},
            columns=(
                Column(key="class", label=str(round_words.COLOURS[colour])),
                Column(key="regions", label=_("Regions"), kind=ColumnKind.COUNT),
            ),
            rows=tuple((label, counts.get(step, 0)) for step, label in labels.items()),
        ),
    )


def _states() -> dict[int, str]:
    labels: dict[int, list[str]] = {}
    for state in State:
        labels.setdefault(STATE_STEPS[state], []).append(str(words.STATES[state]))
    return {step: " / ".join(names) for step, names in labels.items()}


def _progress() -> dict[int, str]:
    steps = {1: _("nothing answered")}
    bounds = (*PROGRESS_BOUNDS, None)
    for step, (low, high) in enumerate(pairwise(bounds), start=2):
        if high is None:
            steps[step] = _("every indicator answered")
        elif low == 1:
            steps[step] = _("answered, below %(high)s%%") % {"high": high}
        else:
            steps[step] = _("%(low)s–%(high)s%% answered") % {"low": low, "high": (high or 0) - 1}
    return steps


def _indices() -> dict[int, str]:
    steps = {0: _("no index yet"), 1: _("below %(bound)s") % {"bound": words.index(INDEX_BOUNDS[0])}}
    for step, low in enumerate(INDEX_BOUNDS, start=2):
        steps[step] = _("%(bound)s and more") % {"bound": words.index(low)}
    return steps


_LABELS: Final = {Colour.STATE: _states, Colour.PROGRESS: _progress, Colour.INDEX: _indices}
