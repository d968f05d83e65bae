"""Who may see a piece: open, limited or exempt (UU 14/2008 tentang Keterbukaan Informasi Publik)."""

from enum import StrEnum


class Classification(StrEnum):
    """How far a piece may travel. `limited` is the everyday word of offices; the law itself knows only the others."""

    OPEN = "open"  # anybody may be shown it (UU 14/2008 pasal 2 ayat (1))
    LIMITED = "limited"  # members of the organisation and assessors
    EXEMPT = "exempt"  # informasi yang dikecualikan (pasal 17)


class Exemption(StrEnum):
    """The letter of UU 14/2008 pasal 17 on which an exemption rests."""

    LAW_ENFORCEMENT = "a"
    BUSINESS = "b"
    DEFENCE = "c"
    NATURAL_WEALTH = "d"
    ECONOMY = "e"
    FOREIGN_RELATIONS = "f"
    PERSONAL_DEED = "g"
    PERSONAL_SECRET = "h"  # noqa: S105  a letter of the law
    CONFIDENTIAL_LETTER = "i"
    OTHER_LAW = "j"
