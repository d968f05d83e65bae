"""The functions that a team of internal assessors is drawn from."""

from enum import StrEnum


class TeamFunction(StrEnum):
    """Source: PermenPANRB 59/2020, annex chapter III: the members come from fifteen functions."""

    ORGANISATION = "organisation"  # organisasi dan tata laksana
    DATA = "data"
    ICT = "ict"
    INFORMATION_SECURITY = "information_security"
    LEGAL = "legal"
    PLANNING = "planning"
    BUDGETING = "budgeting"
    PERFORMANCE = "performance"  # akuntabilitas kinerja
    FINANCE = "finance"
    PROCUREMENT = "procurement"
    PROPERTY = "property"  # barang milik negara/daerah
    PERSONNEL = "personnel"
    RECORDS = "records"  # kearsipan
    OVERSIGHT = "oversight"  # pengawasan
    PUBLIC_SERVICE = "public_service"
