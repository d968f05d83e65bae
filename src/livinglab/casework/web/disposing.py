"""Which agency has an office's part of a case, and to which it can be handed over, for the page of a step."""

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from livinglab.casework.models import Task
from livinglab.casework.policies import LONGEST_INSTRUCTION, OF_AN_AGENCY
from livinglab.casework.queries.disposed import agency_names, newest_disposition, open_agencies
from livinglab.casework.web.frame import language
from livinglab.organizations.queries import Organization
from livinglab.packages.queries import case_words

#: the choice that takes a part back from an agency
LANE: Final = "lane"


@dataclass(frozen=True, slots=True)
class Handing:
    """Which agency has a step, "" for none, what it was asked and when; `choices` of whom it can be handed to."""

    agency: str
    instruction: str
    at: str
    choices: list[tuple[str, str]]
    chosen: str = ""
    typed: str = ""
    problem: str = ""
    longest: int = LONGEST_INSTRUCTION


def handing(organization: Organization, found: Task) -> Handing | None:
    """This function will return who has a step and may get it, None where none can. At most three queries."""
    if found.kind not in OF_AN_AGENCY:
        return None
    others = [(str(one), name) for one, name in open_agencies(organization.id) if one != found.agency_id]
    newest = newest_disposition(found)
    if newest is None:
        return Handing("", "", "", others) if others else None
    names = agency_names(organization.id, [newest.agency_id])
    return Handing(
        names.get(str(newest.agency_id), _("an agency")),
        newest.instruction,
        case_words.moment(newest.at, language()),
        [(LANE, _("No agency: back to the office")), *others],
    )
