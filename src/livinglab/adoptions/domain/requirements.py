"""What must be done or waived before a service goes live: each dated, or waived by name with a reason."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Requirement(StrEnum):
    """One thing that going live needs."""

    ARCHITECTURE = "architecture"  # its code in the SPBE architecture (SIA-SPBE)
    REGISTRATION = "registration"  # electronic system operator (PSE), public scope
    SECURITY_TEST = "security_test"
    DATA_PROTECTION = "data_protection"  # assessment of the effect on personal data
    HOSTING = "hosting"
    LICENCE = "licence"  # licence and hand-over (BAST)
    HELPDESK = "helpdesk"
    STAFFED = "staffed"  # each role of the process has people
    CERTIFICATES = "certificates"  # signers have certificates in force
    LEGAL_BASIS = "legal_basis"  # the own regulation in place of each local one of the origin
    OUTREACH = "outreach"  # a plan to tell the people (sosialisasi)


@dataclass(frozen=True, slots=True)
class Ground:
    """Where a requirement comes from, as this project reads it; the page says that the text decides.

    An empty `law` is this project's own demand, and the page says that too.
    """

    requirement: Requirement
    law: str


GROUNDS: Final = (
    Ground(Requirement.ARCHITECTURE, "Perpres 95/2018 pasal 6; Perpres 132/2022"),
    Ground(Requirement.REGISTRATION, "PP 71/2019 pasal 6"),
    Ground(Requirement.SECURITY_TEST, "Perpres 95/2018 pasal 40"),
    Ground(Requirement.DATA_PROTECTION, "UU 27/2022 pasal 34"),
    Ground(Requirement.HOSTING, "Perpres 95/2018 pasal 27"),
    Ground(Requirement.LICENCE, ""),
    Ground(Requirement.HELPDESK, "UU 25/2009 pasal 36"),
    Ground(Requirement.STAFFED, "UU 25/2009 pasal 21"),
    Ground(Requirement.CERTIFICATES, "PP 71/2019 pasal 60"),
    Ground(Requirement.LEGAL_BASIS, "UU 25/2009 pasal 21"),
    Ground(Requirement.OUTREACH, ""),
)
