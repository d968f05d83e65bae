"""Who looks at or works on one organisation's evaluation, as far as the rules ask."""

from dataclasses import dataclass
from uuid import UUID

from livinglab.evaluations.domain.answers import Duty
from livinglab.evaluations.domain.process import Party


@dataclass(frozen=True, slots=True)
class Actor:
    """A person before one organisation's evaluation.

    `roles` are held in that organisation (values of the roles of membership), `agency_ids` are the agencies for which
    they are held; `is_assigned` says that the person assesses this organisation in this round.
    """

    user_id: UUID
    roles: frozenset[str] = frozenset()
    agency_ids: frozenset[UUID] = frozenset()
    is_assigned: bool = False
    is_ministry: bool = False

    @property
    def parties(self) -> frozenset[Party]:
        """As whom this person may move the organisation on."""
        found = {
            party for party in (Party.RESPONSIBLE_OFFICER, Party.COORDINATOR) if party.value in self.roles
        }
        if self.is_assigned:
            found.add(Party.EXTERNAL_ASSESSOR)
        if self.is_ministry:
            found.add(Party.MINISTRY)
        return frozenset(found)

    @property
    def is_external(self) -> bool:
        """Whether this person looks from outside: an assigned assessor or the ministry."""
        return self.is_assigned or self.is_ministry

    def duties(self, *, agency_id: UUID | None, assignee_id: UUID | None) -> frozenset[Duty]:
        """What this person is to an answer that was given to an agency or a person.

        The internal assessor of the agency that answers is none for its answers.
        """
        is_own = assignee_id == self.user_id or (agency_id is not None and agency_id in self.agency_ids)
        found = set()
        if self.roles & WRITES_EVERY_ANSWER or (is_own and self.roles & WRITES_OWN_ANSWERS):
            found.add(Duty.WRITER)
        if "internal_assessor" in self.roles and not is_own:
            found.add(Duty.INTERNAL_ASSESSOR)
        if "responsible_officer" in self.roles:
            found.add(Duty.RESPONSIBLE_OFFICER)
        return frozenset(found)


#: who may write any answer: the coordinator's own office (PermenPANRB 59/2020, Bab III)
WRITES_EVERY_ANSWER = frozenset({"coordinator", "responsible_officer", "data_entry"})
#: who may write what was given to their agency or to them
WRITES_OWN_ANSWERS = frozenset(
    {"agency_officer", "internal_assessor", "legal_bureau", "inspectorate", "planning_agency"}
)
#: who gives indicators to agencies and people
ASSIGNS = frozenset({"coordinator", "responsible_officer"})
#: who keeps the decree and the members of the assessor team
KEEPS_TEAM = frozenset({"coordinator", "responsible_officer", "data_entry"})
