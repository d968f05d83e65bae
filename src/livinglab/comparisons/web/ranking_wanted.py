"""What the address of the ranking asks for: which regions, in which order. Anything unknown says what is known."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from livinglab.comparisons.queries import RegionStanding
from livinglab.comparisons.web.country_data import CountryData
from livinglab.comparisons.web.labels import ISLANDS, domain_labels
from livinglab.kernel.unknown import Known, UnknownValue

SORTS: Final = ("rank", "change", "name")  # and each domain's code
MOST_LETTERS: Final = 80

Options = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class RankingWanted:
    """Filters and order; an empty text means: no filter. ``sort`` is "rank", "change", "name" or a domain."""

    year: int
    newest: int
    text: str = ""
    kind: str = ""
    province: str = ""
    island: str = ""
    band: str = ""
    sort: str = "rank"
    is_reversed: bool = False

    @property
    def is_filtered(self) -> bool:
        return any((self.text, self.kind, self.province, self.island, self.band))

    def query(self, **changes: object) -> str:
        """Return the query string of this choice with some parts changed; defaults are left out."""
        return _query(replace(self, **changes))  # type: ignore[arg-type]  # names are checked by dataclasses

    def sorted_by(self, key: str) -> str:
        """Return the query string of the list sorted by ``key``; a second time turns the order round."""
        return self.query(sort=key, is_reversed=self.sort == key and not self.is_reversed)


def _query(wanted: RankingWanted) -> str:
    said = {
        "year": "" if wanted.year == wanted.newest else str(wanted.year),
        "q": wanted.text,
        "kind": wanted.kind,
        "province": wanted.province,
        "island": wanted.island,
        "band": wanted.band,
        "sort": "" if wanted.sort == "rank" else wanted.sort,
        "order": "reversed" if wanted.is_reversed else "",
    }
    kept = {key: value for key, value in said.items() if value}
    return f"?{urlencode(kept)}" if kept else ""


def read_ranking(asked: QueryDict, data: CountryData, newest: int) -> RankingWanted:
    """Return what the address asks for. Raises UnknownValue for a filter or an order that there is not."""
    options = filter_options(data)
    chosen = {name: _one_of(asked, name, options[name]) for name in ("kind", "province", "island", "band")}
    sort = _one_of(asked, "sort", sort_options(data)) or "rank"
    order = _one_of(asked, "order", [("reversed", _("reversed"))])
    return RankingWanted(
        year=data.year,
        newest=newest,
        text=" ".join(asked.get("q", "").split())[:MOST_LETTERS],
        sort=sort,
        is_reversed=order == "reversed",
        **chosen,
    )


def _one_of(asked: QueryDict, name: str, options: Options) -> str:
    value = asked.get(name, "")
    if value and value not in dict(options):
        known = [Known(one, label, f"?{urlencode({name: one})}") for one, label in options if one]
        raise UnknownValue(_words()[name], value, known)
    return value


def _words() -> Mapping[str, str]:
    return {
        "kind": _("kind of region"),
        "province": _("province"),
        "island": _("island group"),
        "band": _("predicate"),
        "sort": _("order"),
        "order": _("direction"),
    }


def filter_options(data: CountryData) -> dict[str, Options]:
    """Return the values each filter can take, as pairs of value and label; the empty one takes all."""
    provinces = {row.province_code: row.province for row in data.rows}
    codes = [band.code for band in data.instrument.bands]
    return {
        "kind": [("", _("All")), ("regency", _("Regencies")), ("city", _("Cities"))],
        "province": [("", _("All")), *sorted(provinces.items(), key=lambda one: one[1])],
        "island": [("", _("All")), *((key, str(ISLANDS[key])) for key in data.groups)],
        "band": [
            ("", _("All")),
            *reversed(list(zip(codes, data.names.bands, strict=True))),
            ("none", _("No result")),
        ],
    }


def sort_options(data: CountryData) -> Options:
    """Return the orders there are, as pairs of value and label."""
    plain = [("rank", _("Index")), ("change", _("Change")), ("name", _("Name"))]
    return plain + list(domain_labels(data.instrument).items())


def chosen_regions(data: CountryData, wanted: RankingWanted) -> list[RegionStanding]:
    """Return the regions asked for in the order asked for; those without the figure come last, by code."""
    return in_order([row for row in data.rows if _is_chosen(row, data, wanted)], wanted)


def _is_chosen(row: RegionStanding, data: CountryData, wanted: RankingWanted) -> bool:
    if wanted.kind and row.kind != wanted.kind:
        return False
    if wanted.province and row.province_code != wanted.province:
        return False
    if wanted.island and row.island_group != wanted.island:
        return False
    if wanted.band and wanted.band != _band_code(row, data):
        return False
    return _matches(row, wanted.text)


def _band_code(row: RegionStanding, data: CountryData) -> str:
    return "none" if row.band is None else data.instrument.bands[row.band].code


def _matches(row: RegionStanding, text: str) -> bool:
    """Say whether every word searched for begins a word of the region's name, province or code."""
    words = f"{row.listed_name} {row.name} {row.province} {row.code}".casefold().split()
    return all(any(word.startswith(part) for word in words) for part in text.casefold().split())


def in_order(rows: Iterable[RegionStanding], wanted: RankingWanted) -> list[RegionStanding]:
    """Return rows in the order asked for. Equal ones stand by code, whichever way the order runs."""
    by_code = sorted(rows, key=lambda row: row.code)
    if wanted.sort == "name":
        return sorted(by_code, key=lambda row: row.short_name.casefold(), reverse=wanted.is_reversed)
    figures = [(sort_figure(row, wanted.sort), row) for row in by_code]
    known = [(figure, row) for figure, row in figures if figure is not None]
    known.sort(key=lambda one: one[0], reverse=not wanted.is_reversed)
    return [row for _, row in known] + [row for figure, row in figures if figure is None]


def sort_figure(row: RegionStanding, sort: str) -> Decimal | None:
    """Return what a row is ordered by; None when it has no such figure."""
    if sort == "rank":
        return row.index
    return row.change if sort == "change" else row.domains.get(sort)


def of_all(rows: Sequence[RegionStanding]) -> tuple[list[RegionStanding], list[RegionStanding]]:
    """Return those with a result and those without one."""
    return [row for row in rows if row.index is not None], [row for row in rows if row.index is None]
