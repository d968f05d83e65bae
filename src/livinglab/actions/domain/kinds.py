"""What moves an indicator, and who pays for it."""

from enum import StrEnum


class Lever(StrEnum):
    """What an action pulls at: a way to sort a plan's actions, so that one that leans on a single lever is seen.

    The three are this platform's own. Nothing published names them together, or shows that a balance helps; of the
    founders' approach one article attests "leadership dan learning" (reformasibangsa.co.id, November 2022).
    """

    LEADERSHIP = "leadership"
    CAPACITY = "capacity"  # of the agencies
    CONTROL = "control"  # by the people


class Payer(StrEnum):
    """Who gives: *gotong royong*, many hands."""

    APBD = "apbd"  # the region's own budget
    PROVINCE = "province"
    MINISTRY = "ministry"
    PRIVATE = "private"
    UNIVERSITY = "university"
    VILLAGE = "village"
    OTHER = "other"


class GiftKind(StrEnum):
    """What is given."""

    MONEY = "money"
    IN_KIND = "in_kind"  # people, goods, hosting, training; its value in rupiah is the giver's own figure


class PaperKind(StrEnum):
    """The paper that makes a contribution count."""

    BUDGET = "budget"  # DPA, the budget document of an agency
    GRANT = "grant"  # NPHD
    HANDOVER = "handover"  # BAST
    AGREEMENT = "agreement"  # PKS, MoU
