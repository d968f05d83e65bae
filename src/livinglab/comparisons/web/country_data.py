"""Everything the country page is made of, read in five queries however many regions there are."""

from dataclasses import dataclass
from functools import cached_property, lru_cache

from livinglab.assessments.queries import Instrument
from livinglab.comparisons import queries
from livinglab.comparisons.domain.country import Move, Moves, Summary
from livinglab.comparisons.queries import EVERYBODY, RankedYear, RegionStanding, ScopeSummary
from livinglab.comparisons.web.country_findings import Names
from livinglab.comparisons.web.labels import ISLANDS, instrument_of, names_of
from livinglab.ui.figures import SourceNote


@dataclass(frozen=True)
class CountryData:
    """One ranked year of the country; ``before`` is None for the first year of an instrument."""

    year: int
    instrument: Instrument
    rows: tuple[RegionStanding, ...]
    scopes: dict[str, ScopeSummary]
    before: ScopeSummary | None

    @property
    def names(self) -> Names:
        """What headings call bands, domains and island groups in the language of the request."""
        return names_of(self.instrument)

    @property
    def all(self) -> ScopeSummary:
        return self.scopes[EVERYBODY]

    @property
    def previous_year(self) -> int | None:
        return self.all.previous_year

    @cached_property
    def ranked(self) -> tuple[RegionStanding, ...]:
        """The regions with a result, highest first; equal ones by code."""
        found = [(row.ranks.everybody, row.code, row) for row in self.rows if row.ranks]
        return tuple(row for _, _, row in sorted(found, key=lambda one: one[:2]))

    @cached_property
    def groups(self) -> dict[str, ScopeSummary]:
        """The island groups that have regions, west to east."""
        return {group: self.scopes[f"group:{group}"] for group in ISLANDS if f"group:{group}" in self.scopes}

    @cached_property
    def group_summaries(self) -> dict[str, Summary]:
        return {group: found.summary for group, found in self.groups.items()}

    @cached_property
    def moves(self) -> Moves:
        """How each region moved since the previous year, highest rise first, ties by code."""
        moved = [move for row in self.rows if (move := _move(row)) is not None]
        return Moves(tuple(sorted(moved, key=lambda move: (-move.change, move.code))))

    @cached_property
    def by_code(self) -> dict[str, RegionStanding]:
        return {row.code: row for row in self.rows}

    @property
    def sources(self) -> tuple[SourceNote, ...]:
        """Where the year's results are from."""
        return tuple(SourceNote(text=decision or title) for title, decision in self.all.sources)

    @property
    def sources_of_both_years(self) -> tuple[SourceNote, ...]:
        earlier = self.before.sources if self.before else ()
        return (*(SourceNote(text=decision or title) for title, decision in earlier), *self.sources)


def _move(row: RegionStanding) -> Move | None:
    if row.index is None or row.previous_index is None or row.band is None or row.previous_band is None:
        return None
    return Move(
        code=row.code,
        start=row.previous_index,
        end=row.index,
        start_band=row.previous_band,
        end_band=row.band,
        is_doubtful=row.change_is_doubtful,
    )


@lru_cache(maxsize=8)
def load_country(year: RankedYear) -> CountryData:
    """Return a ranked year. Three queries: the regions, the year's sums, the previous year's sums.

    Kept for as long as the year's stamp stands, since every reader is shown the same: none of it depends on
    who asks, and a change brings another stamp.
    """
    scopes = queries.summaries(year.year)
    previous = scopes[EVERYBODY].previous_year
    before = queries.summaries(previous, scopes=[EVERYBODY])[EVERYBODY] if previous else None
    return CountryData(
        year=year.year,
        instrument=instrument_of(year.year),
        rows=tuple(queries.region_standings(year.year)),
        scopes=scopes,
        before=before,
    )
