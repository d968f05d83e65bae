"""What others may react to."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from livinglab.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundOpened(Event):
    """A round was opened for its participants."""

    name: ClassVar[str] = "evaluations.round_opened"
    round_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundChanged(Event):
    """Days or participants of a round were changed: `days`, `participants_added` or `participant_withdrawn`."""

    name: ClassVar[str] = "evaluations.round_changed"
    round_id: UUID
    change: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationMoved(Event):
    """An organisation's evaluation took a step: approved, signed, sent, opened for a stage, decided, …"""

    name: ClassVar[str] = "evaluations.moved"
    evaluation_id: UUID
    step: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamChanged(Event):
    """The internal assessor team changed: its `decree`, somebody `seated` or `unseated`."""

    name: ClassVar[str] = "evaluations.team_changed"
    evaluation_id: UUID
    change: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorAssigned(Event):
    """An indicator was given to an agency, a person, both or nobody any more."""

    name: ClassVar[str] = "evaluations.indicator_assigned"
    evaluation_id: UUID
    indicator: str
    agency_id: UUID | None
    assignee_id: UUID | None
    due_on: date | None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerSaved(Event):
    """What somebody typed into an answer was stored; `version` counts up."""

    name: ClassVar[str] = "evaluations.answer_saved"
    evaluation_id: UUID
    indicator: str
    version: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceUseChanged(Event):
    """A piece of evidence was `attached` to an indicator, `detached`, or took an older one's place: `revised`."""

    name: ClassVar[str] = "evaluations.evidence_use_changed"
    evaluation_id: UUID
    indicator: str
    piece_id: UUID
    change: str
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
class ScoreCleared(Event):
    """An assessor took the score of a stage back: the level before stands again."""

    name: ClassVar[str] = "evaluations.score_cleared"
    evaluation_id: UUID
    indicator: str
    stage: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreReviewed(Event):
    """The ministry's review team marked a score valid or not."""

    name: ClassVar[str] = "evaluations.score_reviewed"
    evaluation_id: UUID
    indicator: str
    stage: str
    is_valid: bool
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoresShown(Event):
    """Assessors showed the region the scores of the stage under way."""

    name: ClassVar[str] = "evaluations.scores_shown"
    evaluation_id: UUID
    stage: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceJudged(Event):
    """An assessor accepted or refused a piece of evidence where it stands for an indicator."""

    name: ClassVar[str] = "evaluations.evidence_judged"
    evaluation_id: UUID
    indicator: str
    piece_id: UUID
    is_accepted: bool
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ConclusionWritten(Event):
    """Assessors wrote a finding on an aspect, or (`aspect` empty) the closing recommendation."""

    name: ClassVar[str] = "evaluations.conclusion_written"
    evaluation_id: UUID
    aspect: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessorAssigned(Event):
    """An external assessor was assigned to a region."""

    name: ClassVar[str] = "evaluations.assessor_assigned"
    evaluation_id: UUID
    assessor_id: UUID
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessorUnassigned(Event):
    """An assignment ended: taken back, or forbidden by a conflict of interest that came to be known."""

    name: ClassVar[str] = "evaluations.assessor_unassigned"
    evaluation_id: UUID
    assessor_id: UUID
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessorProfileChanged(Event):
    """Where an external assessor is at home or teaches was entered or corrected."""

    name: ClassVar[str] = "evaluations.assessor_profile_changed"
    assessor_id: UUID
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictDeclared(Event):
    """A conflict of interest between an assessor and a region was declared."""

    name: ClassVar[str] = "evaluations.conflict_declared"
    assessor_id: UUID
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnershipChanged(Event):
    """That a university works for a region was `declared`, or `ended`."""

    name: ClassVar[str] = "evaluations.partnership_changed"
    university_id: UUID
    change: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportMade(Event):
    """A report that somebody asked for is there; `audience` is region or external, who may fetch it."""

    name: ClassVar[str] = "evaluations.report_made"
    evaluation_id: UUID
    report_id: UUID
    audience: str
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
