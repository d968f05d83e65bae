from livinglab.evaluations.models.evaluation import (
    Answer,
    AnswerMove,
    AnswerVersion,
    Evaluation,
    EvidenceUse,
    TeamSeat,
)
from livinglab.evaluations.models.notice import Notice
from livinglab.evaluations.models.paperwork import ReportJob, ReportState, WorkbookDraft
from livinglab.evaluations.models.rating import EvidenceVerdict, RatedDifference
from livinglab.evaluations.models.round import (
    AssessorProfile,
    Assignment,
    DeclaredConflict,
    Participation,
    Round,
    UniversityPartner,
)
from livinglab.evaluations.models.score import AspectFinding, Objection, Recommendation, Score
from livinglab.evaluations.models.score_draft import ScoreDraft, ScoreDraftVersion

__all__ = [
    "Answer",
    "AnswerMove",
    "AnswerVersion",
    "AspectFinding",
    "AssessorProfile",
    "Assignment",
    "DeclaredConflict",
    "Evaluation",
    "EvidenceUse",
    "EvidenceVerdict",
    "Notice",
    "Objection",
    "Participation",
    "RatedDifference",
    "Recommendation",
    "ReportJob",
    "ReportState",
    "Round",
    "Score",
    "ScoreDraft",
    "ScoreDraftVersion",
    "TeamSeat",
    "UniversityPartner",
    "WorkbookDraft",
]
