"""What the API says of the work inside a region: who answers what, the assessor team, what earlier answers offer."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from livinglab.evaluations.api.schemas import ShortText, Standing, StateName


class AssignmentItem(Schema):
    """Who answers an indicator until when."""

    indicator: str = Field(examples=["21"])
    agency_id: UUID | None
    agency: str | None
    person_id: UUID | None
    person: str | None
    due_on: date | None


class AssignmentBody(Schema):
    """Indicators given to an agency, a person or both; null takes away what they had."""

    indicators: list[ShortText] = Field(min_length=1, max_length=100, examples=[["20", "21"]])
    agency_id: UUID | None = None
    person_id: UUID | None = None
    due_on: date | None = None


class SeatItem(Schema):
    """A seat of the internal assessor team, and who holds it."""

    id: UUID
    function: str
    holder: str


class TeamItem(Schema):
    """The internal assessor team: its decree, its members, and the functions nobody holds."""

    decree_number: str | None
    decree_date: date | None
    decree_piece: UUID | None = Field(description="Id of the piece in the organisation's library.")
    seats: list[SeatItem]
    empty: list[str] = Field(description="Functions without a member, in the order of the decree.")


class DecreeBody(Schema):
    """The decree that sets up the assessor team."""

    number: ShortText = Field(examples=["SK 100/2025"])
    day: date | None = Field(None, description="Of the decree.")
    piece: UUID | None = Field(None, description="Id of the piece in the organisation's library.")


class SeatBody(Schema):
    """A member of the team with the function that the decree names."""

    function: ShortText = Field(examples=["coordinator"])
    holder: ShortText = Field(description="Name as it stands in the decree.")


class MinutesItem(Standing):
    """The minutes (Berita Acara) with the consent to publish, and what was done with the evaluation."""

    state: StateName
    approved_at: datetime | None
    number: str | None = Field(description="Of the minutes.")
    day: date | None = Field(description="Of the minutes.")
    has_consent: bool = Field(description="Consent to publish, signed together with the minutes.")
    signed_at: datetime | None
    sent_at: datetime | None
    pdf: str = Field(description="Address of the minutes as PDF, to print; it opens with the same session.")


class ProposalItem(Schema):
    """What earlier answers offer to an indicator. Unofficial: a starting point, never a level."""

    indicator: str
    carry: Literal["reuse", "update", "new"]
    origins: list[str] = Field(description="Indicators of the older instrument.")
    facts: str
    analysis: str
    pieces: list[UUID] = Field(description="Ids of pieces in the organisation's library.")
    is_empty: bool = Field(description="Whether there is nothing to take over.")


class OfferItem(Schema):
    """What the answers of an older instrument offer to this one; null where there are none."""

    instrument: str | None = Field(description="Code of the older instrument.")
    year: int | None
    source: str | None = Field(description="Who says how the indicators correspond.")
    proposals: list[ProposalItem]


class TakingBody(Schema):
    """The indicators for which the offer is taken over."""

    indicators: list[ShortText] = Field(min_length=1, max_length=100, examples=[["20", "21"]])


class TakenItem(Schema):
    """What was taken over; what was written already stays, twice gives the same."""

    texts: int = Field(description="Answers that got a starting text.")
    pieces: int = Field(description="Pieces of evidence that are shown now.")
    left: list[str] = Field(description="Indicators that are not this person's to write.")
    cut: list[str] = Field(description="Indicators whose text was longer than a text may be.")
