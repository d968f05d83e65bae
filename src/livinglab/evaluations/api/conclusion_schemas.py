"""What the API says of what assessors conclude, and of the review of their scores."""

from __future__ import annotations

from typing import Literal

from ninja import Schema
from pydantic import Field

from livinglab.evaluations.api.schemas import LongText, StageName
from livinglab.ui.api.lists import DecimalText


class FindingItem(Schema):
    """An aspect with its figures, and what assessors wrote of it; null before they wrote."""

    aspect: str = Field(examples=["A1"])
    index: DecimalText
    strengths_by_level: list[str] = Field(description="Indicators at level 4 and above, the highest first.")
    weaknesses_by_level: list[str] = Field(description="Indicators at level 2 and below, the lowest first.")
    fulfilment: str | None
    strengths: str | None
    weaknesses: str | None


class FindingBody(Schema):
    """What assessors found of an aspect; it replaces what stood there."""

    fulfilment: LongText = ""
    strengths: LongText = ""
    weaknesses: LongText = ""


class RecommendationItem(Schema):
    """The assessors' closing words; null before they wrote any."""

    summary: str | None
    excellence: str | None = Field(description="On the aspect with the highest index.")
    weakness: str | None = Field(description="On the aspect with the lowest index.")
    advice: str | None


class RecommendationBody(Schema):
    """The assessors' closing words; they replace what stood there."""

    summary: LongText = ""
    excellence: LongText = ""
    weakness: LongText = ""
    advice: LongText = ""


class ValidityBody(Schema):
    """The review team's word on a score."""

    stage: Literal["document", "interview", "visit", "consolidated"]
    is_valid: bool
    note: LongText = Field("", description="Needed for a score that is not valid.")


class ValidityItem(Schema):
    """A score as the review team marked it."""

    indicator: str
    stage: StageName
    is_valid: bool | None
    note: str


class VerdictBody(Schema):
    """Whether a piece proves the indicator under which it stands."""

    is_accepted: bool
    note: LongText = Field("", description="Needed for a refusal.")


class VerdictItem(Schema):
    """What assessors say of a piece under an indicator."""

    indicator: str
    letter: str = Field(examples=["c"])
    is_accepted: bool
    note: str


class ShownItem(Schema):
    """The stage whose scores the region sees before it is over."""

    stage: StageName
