"""What the API says of rounds and evaluations."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Schema
from pydantic import AfterValidator, Field

from livinglab.ui.api.lists import DecimalText

StageName = Literal["self", "document", "interview", "visit", "consolidated"]
StateName = Literal["self", "approved", "signed", "document", "interview", "visit", "consolidated", "decided"]


def _storable(text: str) -> str:
    if "\x00" in text:
        raise ValueError("must not contain the character U+0000")
    return text


#: a text that is stored: the operation says how long it may be, this bound only keeps nonsense out
LongText = Annotated[str, Field(max_length=100_000), AfterValidator(_storable)]
ShortText = Annotated[str, Field(max_length=2_500), AfterValidator(_storable)]
LevelText = Annotated[str, Field(pattern=r"^[0-9](\.[0-9]{1,2})?$", examples=["3"])]


class RoundItem(Schema):
    """A round of evaluation that a ministry opened."""

    id: str
    title: str = Field(examples=["Evaluasi SPBE 2025"])
    instrument: str = Field(examples=["spbe-2020"])
    year: int
    kind: Literal["monitoring", "evaluation"]
    opened_by: str = Field(examples=["kementerian-panrb"])
    self_until: date = Field(description="Last day of the self-assessment.")
    document_until: date = Field(description="Last day of the document assessment.")
    interview_until: date | None = Field(description="Last day of the interviews; null in monitoring.")
    ends_on: date
    participants: int = Field(description="How many organisations take part.")
    is_synthetic: bool = Field(description="True for a demonstration: invented.")


class Standing(Schema):
    """What figures of a round are: official once a decision is entered, a pre-assessment before."""

    is_official: bool
    status: str = Field(examples=["Pre-assessment, not an official result."])
    decision_number: str | None
    decision_date: date | None


class PublishedItem(Standing):
    """One year's levels of an organisation, as it consented to publish them or as they were decided."""

    year: int
    instrument: str
    index: DecimalText | None
    levels: dict[str, DecimalText] = Field(examples=[{"1": "3"}])
    is_synthetic: bool = Field(description="True for a demonstration: invented.")


class StageItem(Schema):
    """A stage that the reader may see: its exact index, and each level, inherited where the stage has none."""

    stage: StageName
    index: DecimalText
    levels: dict[str, DecimalText]


class NextStepItem(Schema):
    """A step, and why the reader may not take it now; null: it may be taken."""

    step: str = Field(examples=["approve"])
    refusal: str | None


class AnswerHead(Schema):
    """An answer in the list of all."""

    indicator: str = Field(examples=["21"])
    state: Literal["open", "answered", "returned", "accepted", "validated"]
    level: DecimalText | None
    version: int = Field(description="Counts what was typed; 0: nobody touched it.")


class EvaluationItem(Standing):
    """One organisation's evaluation of a year, as the reader may see it."""

    code: str = Field(examples=["14.08"])
    year: int
    instrument: str
    kind: Literal["monitoring", "evaluation"]
    state: StateName
    index: DecimalText | None = Field(description="At the newest stage that the reader sees.")
    stages: list[StageItem]
    answers: list[AnswerHead]
    steps: list[NextStepItem]


class AnswerItem(AnswerHead):
    """One answer with what was typed, and the steps from here."""

    met: list[int] = Field(description="Levels whose criterion is met.")
    facts: str
    analysis: str
    external_source: str
    agency: str | None
    due_on: date | None
    returned_reason: str
    changed_at: datetime | None
    steps: list[NextStepItem]


class AnswerVersionItem(Schema):
    """A save of an answer: who, when, and what it changed."""

    number: int
    at: datetime
    by: str = Field(description="Name of the person; empty where it is not known any more.")
    level: str | None
    changed: list[Literal["level", "met", "facts", "analysis", "external_source"]]


class VersionText(AnswerVersionItem):
    """An answer as a save left it."""

    met: list[int] = Field(description="Levels whose criterion is met.")
    facts: str
    analysis: str
    external_source: str


class AnswerBody(Schema):
    """An answer to store on top of the version that the writer read."""

    level: LevelText | None = Field(description="Null: not answered yet.")
    met: list[Annotated[int, Field(ge=0, le=9)]] = Field(max_length=10)
    facts: LongText = Field(examples=["…"])
    analysis: LongText = Field(examples=["…"])
    external_source: ShortText = ""
    base_version: int = Field(ge=0, le=1_000_000, description="The version that the writer read.")


class SavedAnswer(Standing):
    """The answer as it is stored now, and the index with it."""

    answer: AnswerItem
    index: DecimalText
    merged: bool = Field(description="Whether somebody else's part was merged in.")


class AnswerStepBody(Schema):
    """A step with one answer; `reason` is needed to return it."""

    step: Literal["hand_in", "take_back", "accept", "return", "validate"]
    reason: ShortText = ""


class StepBody(Schema):
    """A step of the whole evaluation; the numbers and days that it needs."""

    step: Literal["approve", "reopen", "sign", "send", "interview", "visit", "consolidate", "decide"]
    number: ShortText = Field("", description="Of the minutes (sign) or of the decision (decide).")
    day: date | None = Field(None, description="Of the minutes or of the decision.")
    has_consent: bool = Field(False, description="Consent to publish, signed together with the minutes.")


class RemarkItem(Schema):
    """What a quality check says."""

    id: str = Field(examples=["A012"])
    severity: Literal["error", "warning", "info"]
    indicator: str | None
    level: int | None
    message: str


class ScoreItem(Schema):
    """What an assessor found of one indicator at the present stage; everything null where the stage has no entry."""

    indicator: str
    stage: StageName | None
    level: DecimalText | None
    met: list[int] | None = Field(description="Levels whose criterion the assessor found met.")
    facts: str | None
    analysis: str | None
    justification: str | None
    mark: str = Field(description="Names the entry as it stands; empty for none.")


class ScoreBody(Schema):
    """A level with its reasons, on top of the entry that the assessor read."""

    level: LevelText
    met: list[Annotated[int, Field(ge=0, le=9)]] | None = Field(
        None, max_length=10, description="The checklist that carries the level; null: every level up to it."
    )
    facts: LongText = ""
    analysis: LongText = ""
    justification: LongText = Field(examples=["…"])
    mark: ShortText = ""


class SavedScore(Standing):
    """The score as it is stored now, and the index with it."""

    score: ScoreItem
    index: DecimalText


class EvidenceItem(Schema):
    """A piece of evidence where it stands for an indicator and level."""

    indicator: str
    letter: str = Field(examples=["c"])
    level: int
    piece: str = Field(description="Id of the piece in the organisation's library.")
    title: str
    reference: str = Field(description="Article or page to look at.")
    document_number: str
    issued_on: date | None
    expires_on: date | None
    is_link: bool
    is_exempt: bool
    is_accepted: bool | None = Field(description="Null: nobody reviewed it.")


class UseBody(Schema):
    """A piece of the organisation's library, shown for one level of an indicator."""

    piece: UUID = Field(description="Id of the piece in the organisation's library.")
    level: int = Field(ge=0, le=9, description="The level that the piece proves.")
    reference: ShortText = Field("", description="Article or page to look at.")


class ObjectionItem(Schema):
    """The region's objection to an assessors' level, and what became of it."""

    id: UUID
    indicator: str
    stage: StageName = Field(description="Whose level it is about.")
    requested_level: DecimalText
    reason: str
    raised_at: datetime
    outcome: Literal["upheld", "partly", "dismissed", "withdrawn"] | None = Field(
        description="Null: still open."
    )
    outcome_reason: str
    settled_at: datetime | None


class ObjectionBody(Schema):
    """An objection: the level asked for lies between the assessors' and the region's own."""

    indicator: ShortText = Field(examples=["21"])
    requested_level: LevelText
    reason: LongText = Field(examples=["…"])


class SettlementBody(Schema):
    """What becomes of an objection; `level` only where it is upheld in part."""

    outcome: Literal["upheld", "partly", "dismissed"]
    reason: LongText = Field(examples=["…"])
    level: LevelText | None = None


class WithdrawalBody(Schema):
    """Why the region takes its objection back."""

    reason: LongText = Field(examples=["…"])


class SettledObjection(Standing):
    """The objection with its outcome, and the index with it."""

    objection: ObjectionItem
    index: DecimalText
