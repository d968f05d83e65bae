"""What others may react to."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from livinglab.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyAnswered(Event):
    """An applicant answered about a case. What they answered is not said: nobody who handled the case sees it."""

    name: ClassVar[str] = "surveys.answered"
    service_id: UUID
    case_id: UUID
    version: str
    step: str
