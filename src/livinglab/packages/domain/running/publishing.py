"""A step that publishes: what its form says becomes an entry that everybody can read."""

from dataclasses import replace

from livinglab.packages.domain.process import Node
from livinglab.packages.domain.running.days import Days
from livinglab.packages.domain.running.kit import Kit
from livinglab.packages.domain.running.state import Case, Published


def publish(case: Case, node: Node, *, kit: Kit, days: Days) -> Case:
    """This function will return a case whose step published; the same step done again keeps number and address."""
    others = tuple(one for one in case.published if one.step != node.id)
    known = next((one for one in case.published if one.step == node.id), None)
    if known is not None:
        entry = replace(known, at=case.now, edition=known.edition + 1)
    else:
        number, address = kit.publication(days.local(case.now), len(case.published) + 1)
        kind, form = node.said["publishes"], node.said.get("form", "")
        entry = Published(node.id, kind, form, number, address, case.now)
    return replace(case, published=(*others, entry))
