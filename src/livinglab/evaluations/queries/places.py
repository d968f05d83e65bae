"""Where somebody stands: one organisation's evaluation, and what the person is to it."""

from dataclasses import dataclass

from livinglab.assessments.queries import Instrument
from livinglab.evaluations.domain.actors import Actor
from livinglab.evaluations.domain.stages import RoundKind
from livinglab.evaluations.models import Participation
from livinglab.organizations.queries import Organization


@dataclass(frozen=True, slots=True)
class Place:
    """One organisation's evaluation, and who stands before it.

    `earlier` are its participations of the years before, newest first; None where nobody read them yet.
    """

    organization: Organization
    participation: Participation
    instrument: Instrument
    actor: Actor
    earlier: tuple[Participation, ...] | None = None

    @property
    def kind(self) -> RoundKind:
        """Whether this is monitoring or evaluation."""
        return RoundKind(self.participation.round.kind)

    def rests_on_another_index(self, indicator: str) -> bool:
        """Whether an indicator's value is taken from another agency's index, so that no checklist carries it."""
        found = self.instrument.indicator(int(indicator.split("-")[0]))
        return found is not None and found.external_index is not None
