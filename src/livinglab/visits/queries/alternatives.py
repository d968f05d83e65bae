"""Other hosts for the steps of a visit that did not come about."""

from dataclasses import dataclass

from livinglab.assessments.queries import get_instrument
from livinglab.organizations.queries import REGIONAL, Organization, organizations_by_code
from livinglab.planning.queries.teachers import first_teachers
from livinglab.visits.domain.promises import StepKey
from livinglab.visits.models import Visit

#: how many are named
MOST = 3


@dataclass(frozen=True, slots=True)
class OtherHost:
    """Somebody else who took steps of the visit, the best fit first."""

    organization: Organization
    steps: tuple[StepKey, ...]


def other_hosts(visit: Visit) -> tuple[OtherHost, ...]:
    """This function will return the best hosts but the present one that took the steps of a visit.

    Who took more of them comes first, then who fits better (`planning.queries.teachers`). None for a visitor
    without own results: likeness is measured from those. `visit` comes with its steps and parties.
    """
    visitor, steps = visit.visitor, list(visit.steps.all())
    if visitor is None or visitor.kind not in REGIONAL or not steps:
        return ()
    keys = [(one.indicator, one.to_level) for one in steps]
    instrument = get_instrument(steps[0].instrument)
    taught: dict[str, list[StepKey]] = {}
    best: dict[str, int] = {}
    for (indicator, level), teachers in first_teachers(
        visitor.code, instrument, keys, count=MOST + 1
    ).items():
        for one in teachers:
            taught.setdefault(one.code, []).append(StepKey(indicator, level))
            best[one.code] = max(best.get(one.code, 0), one.fit)
    taught.pop(visit.host.code, None)
    order = sorted(taught, key=lambda code: (-len(taught[code]), -best[code], code))[:MOST]
    found = organizations_by_code(order)
    return tuple(OtherHost(found[code], tuple(taught[code])) for code in order)
