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
