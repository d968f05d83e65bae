"""Writes of this context: the projections that pages read, rebuilt from the published results."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar
from uuid import UUID

from django.db import connection, transaction

from livinglab.assessments import queries as assessments
from livinglab.audit import operations as audit
from livinglab.comparisons.adapters.reference_files import reference_folder, tile_map
from livinglab.comparisons.domain.geography import island_group
from livinglab.comparisons.domain.standings import Scope
from livinglab.comparisons.domain.year import (
    EVERYBODY,
    Place,
    Published,
    Scale,
    Standing,
    Sums,
    is_ranked,
    standings_of_year,
    sums_of_year,
)
from livinglab.comparisons.events import StandingsRebuilt
from livinglab.comparisons.models import Standing as StandingRow
from livinglab.comparisons.models import YearSummary
from livinglab.kernel.events import publish
from livinglab.kernel.freshness import changed
from livinglab.organizations.queries import REGIONAL, organizations

_LOCK = 0x5354414E44494E47  # one rebuild at a time; the number is only a name


def load_reference(*, by: UUID | None, at: datetime) -> int:
    """Rebuild the standings of every year that has results, and return how many years changed. Idempotent."""
    years = sorted(assessments.result_years())
    return sum(rebuild_standings(year=year, by=by, at=at) for year in years)


@transaction.atomic
def rebuild_standings(*, year: int, by: UUID | None, at: datetime) -> bool:
    """Compute the ranks and summaries of ``year`` from the official results, and say whether any differ.

    A year in which fewer than half of the autonomous regions have an official result has no ranking: rows
    of an earlier rebuild go. Idempotent: without news nothing is written.
    """
    _one_at_a_time()
    standings, summaries = _computed(year)
    differs = _store(StandingRow, year, standings, key="organization_id")
    stale = {EVERYBODY} if differs else set()
    differs = _store(YearSummary, year, summaries, key="scope", stale=stale) or differs
    if differs:
        facts = {"year": year, "ranked": sum(row["rank_all"] is not None for row in standings.values())}
        audit.record(by=by, at=at, action="comparisons.standings_rebuilt", subject=str(year), facts=facts)
        changed("standings")
        publish(StandingsRebuilt(year=year))
    return differs


def _one_at_a_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


Fields = dict[str, object]
M = TypeVar("M", StandingRow, YearSummary)


def _computed(year: int) -> tuple[dict[object, Fields], dict[object, Fields]]:
    """Return the fields of the year's rows by their key: nothing where the year has no ranking."""
    instrument = assessments.instrument_for_year(year)
    if instrument is None:
        return {}, {}
    places, ids = _places()
    now, sources = _official(year, instrument)
    if not is_ranked(places, now):
        return {}, {}
    same_instrument = assessments.instrument_for_year(year - 1) is instrument
    before = _official(year - 1, instrument)[0] if same_instrument else {}
    if not is_ranked(places, before):
        before = {}
    scale = _scale(instrument)
    rows = standings_of_year(places, now, before, scale.weights)
    predicates = [band.name.id for band in instrument.bands]
    standings: dict[object, Fields] = {
        ids[row.place.code]: _standing_fields(row, predicates, sources) for row in rows
    }
    previous_year = year - 1 if before else None
    summaries: dict[object, Fields] = {}
    for scope, sums in sums_of_year(rows, scale).items():
        inside = {sources[row.place.code] for row in rows if row.now and scope in row.place.scopes}
        summaries[scope] = {**_summary_fields(sums, inside), "previous_year": previous_year}
    return standings, summaries


def _places() -> tuple[list[Place], dict[str, UUID]]:
    regions = (
        organizations()
        .filter(kind__in=REGIONAL, is_synthetic=False)
        .select_related("province")
        .order_by("code")
    )
    places, ids = [], {}
    for region in regions:
        province_code = region.province.code if region.province else ""
        group = island_group(region.code)
        places.append(Place(region.code, region.kind, province_code, group, region.is_autonomous))
        ids[region.code] = region.id
    return places, ids


def _official(
    year: int, instrument: assessments.Instrument
) -> tuple[dict[str, Published], dict[str, tuple[str, str]]]:
    """Return the official results of a year, and the source and decision of each, by organisation code."""
    doubts: dict[str, list[str]] = {}
    for one in assessments.check_findings(year):
        if one.result.is_leading:
            doubts.setdefault(one.result.organization_code, []).append(one.finding.part)
    results: dict[str, Published] = {}
    sources: dict[str, tuple[str, str]] = {}
    for result in assessments.leading_results([year]):
        if result.index is None or result.reliability is not assessments.Reliability.OFFICIAL:
            continue
        code = result.organization_code
        band = _band(instrument, result.predicate, result.index)
        results[code] = Published(result.index, band, result.domains, tuple(doubts.get(code, ())))
        sources[code] = (result.source, result.decision)
    return results, sources


def _band(instrument: assessments.Instrument, predicate: str, index: Decimal) -> int:
    """Return the position of the printed predicate; where none was printed, that of the printed index."""
    for position, band in enumerate(instrument.bands):
        if predicate == band.name.id:
            return position
    return instrument.bands.index(assessments.band_of(instrument, Fraction(index)))


def _scale(instrument: assessments.Instrument) -> Scale:
    parts = instrument.domains or instrument.aspects
    return Scale(
        start=Decimal(instrument.scale.minimum),
        end=Decimal(instrument.scale.maximum),
        bands=len(instrument.bands),
        weights={part.code: part.weight for part in parts},
    )


def _standing_fields(row: Standing, predicates: list[str], sources: Mapping[str, tuple[str, str]]) -> Fields:
    tile = tile_map(reference_folder()).get(row.place.code)
    source, decision = sources.get(row.place.code, ("", "")) if row.now else ("", "")
    fields: Fields = {
        "island_group": row.place.group,
        "tile_column": tile.cell.column if tile else None,
        "tile_row": tile.cell.row if tile else None,
        "index": row.now.index if row.now else None,
        "predicate": predicates[row.now.band] if row.now else "",
        "band": row.now.band if row.now else None,
        "domains": {code: str(value) for code, value in row.now.domains.items()} if row.now else {},
        "doubts": list(row.now.doubts) if row.now else [],
        "source": source,
        "decision": decision,
        "best_rank": row.sensitivity.best_rank if row.sensitivity else None,
        "worst_rank": row.sensitivity.worst_rank if row.sensitivity else None,
        "flips": row.sensitivity.flips if row.sensitivity else None,
        "previous_index": row.before.index if row.before else None,
        "previous_band": row.before.band if row.before else None,
        "previous_doubts": list(row.before.doubts) if row.before else [],
        "change": row.change,
    }
    for scope in Scope:
        position, previous = row.positions.get(scope), row.previous_positions.get(scope)
        fields[f"rank_{scope}"] = position.rank if position else None
        fields[f"of_{scope}"] = position.of if position else None
        fields[f"below_{scope}"] = position.below if position else None
        fields[f"previous_rank_{scope}"] = previous.rank if previous else None
        fields[f"previous_of_{scope}"] = previous.of if previous else None
    return fields


def _summary_fields(sums: Sums, sources: Iterable[tuple[str, str]]) -> Fields:
    return {
        "regions": sums.regions,
        "autonomous": sums.autonomous,
        "assessed": sums.assessed,
        "index_sum": sums.index_sum,
        "index_median": _three_places(sums.index_median),
        "domain_sums": {code: [str(total), number] for code, (total, number) in sums.domain_sums.items()},
        "band_counts": list(sums.band_counts),
        "bins": {str(one.start): list(one.band_counts) for one in sums.bins if one.count},
        "compared": sums.moves.count,
        "risen": sums.moves.risen,
        "unchanged": sums.moves.unchanged,
        "fallen": sums.moves.fallen,
        "change_sum": sum((move.change for move in sums.moves.ranked), Decimal(0)),
        "change_median": _three_places(sums.moves.median),
        "sources": [list(source) for source in sorted(sources)],
    }


def _three_places(value: Fraction | None) -> Decimal | None:
    """Return a median exactly: of values with two places it has at most three."""
    return None if value is None else Decimal(int(value * 1000)).scaleb(-3)


def _store(
    model: type[M], year: int, rows: Mapping[object, Fields], *, key: str, stale: Collection[object] = ()
) -> bool:
    """Make the year's stored rows those of ``rows``, and say whether anything had to be written.

    Rows named in ``stale`` are written anew even if they are equal: the identifier of the year's first
    summary stamps the state of the whole year, and pages keep what they read for as long as it stands.
    """
    stored = {getattr(one, key): one for one in model.objects.filter(year=year)}
    gone = [one.pk for known, one in stored.items() if known not in rows]
    written = [
        model(year=year, **{key: name}, **fields)
        for name, fields in rows.items()
        if name not in stored or name in stale or _differ(stored[name], fields)
    ]
    if gone:
        model.objects.filter(pk__in=gone).delete()
    if written:
        # a swap of two tiles would meet the constraint halfway, so changed rows are replaced
        model.objects.filter(year=year, **{f"{key}__in": [getattr(one, key) for one in written]}).delete()
        model.objects.bulk_create(written, batch_size=200)
    return bool(gone or written)


def _differ(stored: StandingRow | YearSummary, fields: Fields) -> bool:
    return any(getattr(stored, field) != value for field, value in fields.items())
