from livinglab.evaluations.models.evaluation import (
    Answer,
    AnswerMove,
    AnswerVersion,
    Evaluation,
    EvidenceUse,
    TeamSeat,
)
from livinglab.evaluations.models.round import (
    AssessorProfile,
    Assignment,
    DeclaredConflict,
    Participation,
    Round,
    UniversityPartner,
)
from livinglab.evaluations.models.score import AspectFinding, Objection, Recommendation, Score

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
    "Objection",
    "Participation",
    "Recommendation",
    "Round",
    "Score",
    "TeamSeat",
    "UniversityPartner",
]
