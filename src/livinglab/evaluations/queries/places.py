"""Where somebody stands: one organisation's evaluation, and what the person is to it."""

from dataclasses import dataclass

from livinglab.assessments.queries import Instrument
from livinglab.evaluations.domain.actors import Actor
from livinglab.evaluations.domain.stages import RoundKind
from livinglab.evaluations.models import Participation
from livinglab.organizations.queries import Organization


@dataclass(frozen=True, slots=True)
class Place:
    """One organisation's evaluation, and who stands before it."""

    organization: Organization
    participation: Participation
    instrument: Instrument
    actor: Actor

    @property
    def kind(self) -> RoundKind:
        """Whether this is monitoring or evaluation."""
        return RoundKind(self.participation.round.kind)
