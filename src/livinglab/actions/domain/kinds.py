"""What moves an indicator, and who pays for it."""

from enum import StrEnum


class Lever(StrEnum):
    """What an action pulls at. A plan that leans on one of the three alone seldom holds.

    Source: the three levers in the founders' account of Sumedang (leadership, capacity of agencies, control by the
    people); see docs/actions.md.
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
