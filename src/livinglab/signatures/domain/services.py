"""Who makes signatures."""

from enum import StrEnum


class Service(StrEnum):
    """The authority of this installation, for demonstrations, or the national signing service."""

    LOCAL = "local"
    BSRE = "bsre"
