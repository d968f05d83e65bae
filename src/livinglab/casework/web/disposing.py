"""Which agency has an office's part of a case, and to which it can be handed over, for the page of a step."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from livinglab.casework.models import Disposition, Task
from livinglab.casework.policies import LONGEST_INSTRUCTION, OF_AN_AGENCY
from livinglab.casework.queries.disposed import agency_names, dispositions, open_agencies
from livinglab.casework.web.frame import language
from livinglab.organizations.queries import Organization
from livinglab.packages.queries import case_words

#: the choice that takes a part back from an agency
LANE: Final = "lane"
#: the fields of the form: no question of a step, which stands on the same page, can be called so
AGENCY: Final = "_agency"
INSTRUCTION: Final = "_instruction"


@dataclass(frozen=True, slots=True)
class Handing:
    """Who had a step's part of a case, the newest first, with what they were asked; `choices` of who can get it."""

    past: list[tuple[str, str]]
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
    past = dispositions(found)
    if not past and not others:
        return None
    names = agency_names(organization.id, (each for one in past for each in (one.agency_id, one.before_id)))
    back = [(LANE, _("No agency: back to the office"))] if found.agency_id else []
    return Handing([(_said(one, names), one.instruction) for one in past], [*back, *others])


def _said(one: Disposition, names: Mapping[str, str]) -> str:
    said = {
        "moment": case_words.moment(one.at, language()),
        "agency": names.get(str(one.agency_id), _("an agency")),
        "before": names.get(str(one.before_id), _("an agency")),
    }
    if one.agency_id is None:
        return _("%(moment)s: back from %(before)s to the office") % said
    if one.before_id in (None, one.agency_id):
        return _("%(moment)s: handed over to %(agency)s") % said
    return _("%(moment)s: handed on from %(before)s to %(agency)s") % said
