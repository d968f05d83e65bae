"""What adoption does with each kind of file; keys of `package.yaml` say it in its schema (`x-policy`)."""

from collections.abc import Mapping
from typing import Final

from livinglab.packages.domain.manifest import Policy

POLICIES: Final[Mapping[str, Policy]] = {
    "manifest": Policy.COPIED,
    "form": Policy.COPIED,
    "process": Policy.COPIED,
    "task": Policy.COPIED,
    "rule": Policy.COPIED,
    "document": Policy.COPIED,
    "message": Policy.COPIED,
    "scenario": Policy.COPIED,
    "changelog": Policy.COPIED,
    "readme": Policy.COPIED,
    "publiccode": Policy.DROPPED,  # written anew by build
    "signature": Policy.DROPPED,  # of one exact content
}
