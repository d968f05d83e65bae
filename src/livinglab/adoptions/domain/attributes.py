"""What happens to each attribute when a package goes from one region to the next; a test fails on one without a policy.

**Copied**: comes from the release, byte for byte. **Parameter**: the adopter's own, set anew by each; of the origin
only the hints in the package are seen. **Dropped**: people, reasons, contacts and dates of one region; never leaves it,
neither with an offer nor with a derived package. Keys of the package itself: `x-policy` in `package.schema.json`.
"""

from collections.abc import Mapping
from typing import Final

from livinglab.packages.domain.manifest import Policy

_COPIED, _OWN, _DROPPED = Policy.COPIED, Policy.PARAMETER, Policy.DROPPED

#: table of an adopter -> attribute -> policy; one policy for a whole table where all its attributes share it
POLICIES: Final[Mapping[str, Mapping[str, Policy] | Policy]] = {
    "Adoption": {
        "listing": _COPIED,
        "base": _COPIED,
        "agreement_id": _DROPPED,
        "state": _OWN,
        "edition_id": _OWN,
        "live_at": _DROPPED,
        "started_at": _DROPPED,
        "started_by": _DROPPED,
        "changed_at": _DROPPED,
        "reason": _DROPPED,
        "is_synthetic": _COPIED,
    },
    "Value": {
        "adoption": _OWN,
        "unit_code": _OWN,
        "parameter": _COPIED,
        "value": _OWN,
        "set_at": _DROPPED,
        "set_by": _DROPPED,
    },
    "Edition": {
        "adoption": _OWN,
        "number": _OWN,
        "base": _COPIED,
        "digest": _COPIED,
        "content": _COPIED,
        "changed": _OWN,
        "elements": _COPIED,
        "note": _DROPPED,
        "made_at": _DROPPED,
        "made_by": _DROPPED,
    },
    "DraftFile": {
        "adoption": _OWN,
        "path": _OWN,
        "text": _OWN,
        "is_removed": _OWN,
        "saved_at": _DROPPED,
        "saved_by": _DROPPED,
    },
    "HandedDown": _DROPPED,
    "Answered": _DROPPED,
    "Channel": _DROPPED,
    "Outreach": _DROPPED,
}


def policy_of(table: str, attribute: str) -> Policy | None:
    """This function will return what happens to an attribute of an adopter's table, None where nobody declared it."""
    declared = POLICIES.get(table)
    return declared if declared is None or isinstance(declared, Policy) else declared.get(attribute)
