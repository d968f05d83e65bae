"""What others may react to."""

from dataclasses import dataclass
from typing import ClassVar

from livinglab.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultsPublished(Event):
    """The published results of a year were added or changed."""

    name: ClassVar[str] = "assessments.results_published"
    year: int
