"""What the API says of rounds to those who open and follow them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from ninja import Schema
from pydantic import Field

from livinglab.evaluations.api.schemas import RoundItem, ShortText, StateName
from livinglab.ui.api.lists import DecimalText

WhoName = Literal["everybody", "regions", "regencies", "cities", "provinces", "province", "codes"]


class DaysBody(Schema):
    """The last days of a round's stages, one after the other."""

    self_until: date = Field(description="Last day of the self-assessment.")
    document_until: date = Field(description="Last day of the document assessment.")
    interview_until: date | None = Field(None, description="Last day of the interviews; null in monitoring.")
    ends_on: date = Field(description="With this day the round is over.")


class TakersBody(Schema):
    """Who takes part: everybody, one kind, one province, or those whose codes are written down."""

    who: WhoName = Field(description="Who takes part; `province` and `codes` need their field.")
    province: ShortText = Field("", examples=["32"], description="Code of the province, for `province`.")
    codes: list[ShortText] = Field(
        default_factory=list, max_length=600, examples=[["14.08"]], description="Codes, for `codes`."
    )


class OwnRoundBody(DaysBody):
    """A round that a region opens for itself."""

    instrument: ShortText = Field(examples=["spbe-2020"])
    year: int = Field(ge=2018, le=2100)
    kind: Literal["monitoring", "evaluation"]
    title: ShortText = Field(examples=["Evaluasi SPBE 2025"])


class RoundBody(OwnRoundBody):
    """A round with its participants, all of them in one action."""

    participants: TakersBody


class OpenedRound(Schema):
    """A round, how many were taken into it now, and the codes of those in another round of that year."""

    round: RoundItem
    added: int
    elsewhere: list[str] = Field(description="They stay in the round they are in.")


class RoundProgressItem(RoundItem):
    """A round with how far its participants are; of a province's officer only the own regions count."""

    sent: int
    decided: int
    validated: int = Field(description="Validated answers.")
    indicators: int = Field(description="Answers asked for.")
    mean_index: DecimalText | None


class ParticipantItem(Schema):
    """A participant of a round and how far it is."""

    code: str = Field(examples=["14.08"])
    name: str
    state: StateName
    indicators: int = Field(description="Answers asked for.")
    answered: int
    handed_in: int
    validated: int = Field(description="Validated answers.")
    scored: int
    objections: int = Field(description="Open ones.")
    index: DecimalText | None = Field(description="At the newest stage that the reader sees.")
    changed_at: datetime | None
    sent_at: datetime | None
