"""What others may react to."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from livinglab.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundOpened(Event):
    """A round was opened for its participants."""

    name: ClassVar[str] = "evaluations.round_opened"
    round_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationMoved(Event):
    """An organisation's evaluation took a step: approved, signed, sent, opened for a stage, decided, …"""

    name: ClassVar[str] = "evaluations.moved"
    evaluation_id: UUID
    step: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerMoved(Event):
    """An answer went on inside the organisation: handed in, taken back, accepted, returned, validated."""

    name: ClassVar[str] = "evaluations.answer_moved"
    evaluation_id: UUID
    indicator: str
    step: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelScored(Event):
    """An assessor gave an indicator a level at a stage, or another one than before."""

    name: ClassVar[str] = "evaluations.level_scored"
    evaluation_id: UUID
    indicator: str
    stage: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectionRaised(Event):
    """A region objected to a level of its assessors."""

    name: ClassVar[str] = "evaluations.objection_raised"
    evaluation_id: UUID
    objection_id: UUID
    indicator: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectionSettled(Event):
    """An objection found its end: upheld, in part, dismissed, or withdrawn by the region."""

    name: ClassVar[str] = "evaluations.objection_settled"
    evaluation_id: UUID
    objection_id: UUID
    indicator: str
    outcome: str
    at: datetime
