"""What the public API says of regions: places, standings and sourced claims."""

from __future__ import annotations

from typing import Any

from ninja import Schema
from pydantic import Field

from livinglab.assessments.queries import Result
from livinglab.comparisons.queries import Ranks, RegionStanding
from livinglab.ui.api.lists import DecimalText, decimal_text


class RankItem(Schema):
    """A rank, how many are ranked, and how many of them have a lower index. Equal indices share a rank."""

    rank: int = Field(examples=[6])
    of: int = Field(examples=[485])
    below: int = Field(examples=[479])


class SensitivityItem(Schema):
    """Between which ranks a region stands when the weight of a domain shifts by a tenth."""

    best_rank: int
    worst_rank: int
    flips: int = Field(description="Regions ahead of it in one weighting and behind it in another.")


class StandingItem(Schema):
    """A region in one ranked year. Null means: no result; never zero."""

    year: int = Field(examples=[2024])
    index: DecimalText | None
    predicate: str | None = Field(examples=["Memuaskan"])
    domains: dict[str, DecimalText] = Field(examples=[{"D1": "5.00"}])
    change: DecimalText | None = Field(description="Since the year before, with the same instrument.")
    doubts: list[str] = Field(description="Parts of the row that no set of levels gives.")
    decision: str | None = Field(examples=["KepmenPANRB 663/2024"])
    source: str | None
    everybody: RankItem | None
    kind: RankItem | None = Field(description="Among regencies, or among cities.")
    province: RankItem | None
    sensitivity: SensitivityItem | None


class PlaceItem(Schema):
    """A regency or city; its code is Kemendagri's."""

    code: str = Field(examples=["32.11"])
    name: str = Field(examples=["Kabupaten Sumedang"])
    kind: str = Field(examples=["regency"])
    province_code: str = Field(examples=["32"])
    province: str = Field(examples=["Jawa Barat"])
    island_group: str = Field(examples=["java"])
    is_autonomous: bool = Field(description="False for Jakarta's six, which are not assessed apart.")
    population: int | None
    area_km2: DecimalText | None
    latitude: DecimalText | None
    longitude: DecimalText | None


class RegionItem(PlaceItem):
    """A region with its standing in the year asked for."""

    standing: StandingItem


class ClaimItem(Schema):
    """What one source printed about the region and year. Where sources disagree, the official one leads."""

    year: int
    instrument: str
    index: DecimalText | None
    predicate: str | None
    domains: dict[str, DecimalText]
    source: str
    decision: str | None
    reliability: str = Field(examples=["official"])
    note: str | None
    leads: bool = Field(description="Whether this claim stands for the result of the year.")


class RegionAnswer(PlaceItem):
    """A region with its standings of all ranked years and every published claim about it."""

    standings: list[StandingItem]
    results: list[ClaimItem]


def region_item(row: RegionStanding) -> RegionItem:
    """Return a region as the API shows it in a list."""
    return RegionItem(**_place(row), standing=standing_item(row))


def region_answer(rows: list[RegionStanding], claims: list[Result]) -> RegionAnswer:
    """Return one region; ``rows`` are its standings, newest first and at least one."""
    return RegionAnswer(
        **_place(rows[0]),
        standings=[standing_item(row) for row in rows],
        results=[_claim(one) for one in claims],
    )


def _place(row: RegionStanding) -> dict[str, Any]:
    return {
        "code": row.code,
        "name": row.name,
        "kind": row.kind,
        "province_code": row.province_code,
        "province": row.province,
        "island_group": row.island_group,
        "is_autonomous": row.is_autonomous,
        "population": row.population,
        "area_km2": decimal_text(row.area_km2),
        "latitude": decimal_text(row.latitude),
        "longitude": decimal_text(row.longitude),
    }


def standing_item(row: RegionStanding) -> StandingItem:
    """Return a standing as the API shows it."""
    ranks = _ranks(row.ranks)
    return StandingItem(
        year=row.year,
        index=decimal_text(row.index),
        predicate=row.predicate or None,
        domains=dict(row.domain_texts),
        change=decimal_text(row.change),
        doubts=list(row.doubts),
        decision=row.decision or None,
        source=row.source or None,
        everybody=ranks[0],
        kind=ranks[1],
        province=ranks[2],
        sensitivity=_sensitivity(row),
    )


def _ranks(ranks: Ranks | None) -> tuple[RankItem | None, RankItem | None, RankItem | None]:
    if ranks is None:
        return None, None, None
    return (
        RankItem(rank=ranks.everybody, of=ranks.of_everybody, below=ranks.below_everybody),
        RankItem(rank=ranks.kind, of=ranks.of_kind, below=ranks.below_kind),
        RankItem(rank=ranks.province, of=ranks.of_province, below=ranks.below_province),
    )


def _sensitivity(row: RegionStanding) -> SensitivityItem | None:
    if row.best_rank is None or row.worst_rank is None:
        return None
    return SensitivityItem(best_rank=row.best_rank, worst_rank=row.worst_rank, flips=row.flips or 0)


def _claim(one: Result) -> ClaimItem:
    return ClaimItem(
        year=one.year,
        instrument=one.instrument,
        index=decimal_text(one.index),
        predicate=one.predicate or None,
        domains={code: str(value) for code, value in one.domains.items()},
        source=one.source,
        decision=one.decision or None,
        reliability=str(one.reliability),
        note=one.note or None,
        leads=one.is_leading,
    )
