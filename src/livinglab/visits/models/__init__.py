from livinglab.visits.models.cohort import Cohort, CohortMember
from livinglab.visits.models.commitment import Commitment, CommitmentStep, Rating
from livinglab.visits.models.figure import CommitmentFigure
from livinglab.visits.models.invitation import Invitation
from livinglab.visits.models.visit import Visit, VisitMove, VisitStep

__all__ = [
    "Cohort",
    "CohortMember",
    "Commitment",
    "CommitmentFigure",
    "CommitmentStep",
    "Invitation",
    "Rating",
    "Visit",
    "VisitMove",
    "VisitStep",
]
