"""The measured bias between own and assessors' levels in the API, for ministries."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from livinglab.evaluations.api.doors import ministry
from livinglab.evaluations.domain.stages import level_text
from livinglab.evaluations.queries.bias import Chosen, Measured, bias

router = Router(tags=["assessors"])


class MeasuredItem(Schema):
    """Own level minus assessors' level of one group: counts, mean, interval."""

    key: str = Field(description="Instrument and indicator, code of a region, or id of an assessor.")
    name: str
    answers: int = Field(description="How many levels were compared.")
    units: int = Field(
        description="What the interval counts: answers, or regions where answers are not independent."
    )
    mean: float = Field(description="Above zero: the region answered higher than its assessors found.")
    low: float | None = Field(description="Of the interval of the mean, 95 %; null below five values.")
    high: float | None = Field(description="Of the interval of the mean, 95 %; null below five values.")
    lower: int = Field(description="Answers where the region answered lower.")
    same: int
    higher: int = Field(description="Answers where the region answered higher.")


class SpreadItem(Schema):
    """How often a difference occurs."""

    difference: str
    count: int


class BiasItem(Schema):
    """The measured bias: overall, and by indicator, region and assessor."""

    regions: int = Field(description="How many regions have consolidated scores.")
    untouched: int = Field(description="Levels that no assessor scored; they are in no mean.")
    overall: MeasuredItem | None
    by_indicator: list[MeasuredItem]
    by_region: list[MeasuredItem]
    by_assessor: list[MeasuredItem]
    spread: list[SpreadItem]


@router.get("/bias", response=BiasItem, auth=ministry, summary="Measured bias of self-assessments")
def get_bias(
    request: HttpRequest,
    round_id: Annotated[UUID | None, Query(description="Of one round; without it of all.")] = None,
    with_synthetic: Annotated[bool, Query(description="Whether demonstrations count too.")] = False,
) -> Any:
    """Own minus consolidated level, as the page of the ministry shows it."""
    found = bias(Chosen(round_id, with_synthetic))
    return BiasItem(
        regions=found.regions,
        untouched=found.untouched,
        overall=_item(found.overall) if found.overall else None,
        by_indicator=_items(found.by_indicator),
        by_region=_items(found.by_region),
        by_assessor=_items(found.by_assessor),
        spread=[
            SpreadItem(difference=level_text(difference), count=count) for difference, count in found.spread
        ],
    )


def _items(found: Iterable[Measured]) -> list[MeasuredItem]:
    return [_item(one) for one in found]


def _item(one: Measured) -> MeasuredItem:
    return MeasuredItem(
        key=one.key,
        name=one.name,
        answers=one.pairs,
        units=one.units,
        mean=round(one.mean, 4),
        low=round(one.interval.low, 4) if one.interval else None,
        high=round(one.interval.high, 4) if one.interval else None,
        lower=one.lower,
        same=one.same,
        higher=one.higher,
    )
