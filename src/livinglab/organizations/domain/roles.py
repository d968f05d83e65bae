"""Who somebody is in an organisation, and who may give that role."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from livinglab.organizations.domain.kinds import Kind


class Role(StrEnum):
    """Roles of membership. Names after PermenPANRB 59/2020 (pasal 1, 4-7) where it has one."""

    HEAD_OF_REGION = "head_of_region"
    COORDINATOR = "coordinator"  # sekretaris daerah as Koordinator SPBE/Pemdi
    RESPONSIBLE_OFFICER = "responsible_officer"  # penanggung jawab
    DATA_ENTRY = "data_entry"  # pelaksana entri data
    INTERNAL_ASSESSOR = "internal_assessor"
    AGENCY_OFFICER = "agency_officer"
    LEGAL_BUREAU = "legal_bureau"
    INSPECTORATE = "inspectorate"
    PLANNING_AGENCY = "planning_agency"
    VILLAGE_OPERATOR = "village_operator"  # desa, kelurahan or kecamatan
    EXTERNAL_ASSESSOR = "external_assessor"
    MENTOR = "mentor"
    PROVINCE = "province"  # officer of the province that supervises
    MINISTRY = "ministry"
    CITIZEN = "citizen"
    ADMINISTRATOR = "administrator"  # of the organisation's account on this platform


#: who may grant and end memberships in an organisation
MEMBERSHIP_KEEPERS = frozenset({Role.COORDINATOR, Role.ADMINISTRATOR})
#: who keeps the organisation's agencies
AGENCY_KEEPERS = frozenset({Role.COORDINATOR, Role.RESPONSIBLE_OFFICER, Role.ADMINISTRATOR})
#: everybody who works for the organisation reads its agencies; a citizen does not
AGENCY_READERS = frozenset(Role) - {Role.CITIZEN}
#: who reads the organisation's audit trail
AUDIT_READERS = frozenset({Role.HEAD_OF_REGION, Role.COORDINATOR, Role.INSPECTORATE, Role.ADMINISTRATOR})

_REGIONAL: Final = frozenset({Kind.REGENCY, Kind.CITY})
_LOCAL: Final = _REGIONAL | {Kind.PROVINCE}
_GOVERNMENT: Final = _LOCAL | {Kind.CENTRAL}
_NATIONAL: Final = frozenset({Kind.CENTRAL, Kind.PLATFORM})

#: in which kinds of organisation a role can be held
HELD_IN: Final[Mapping[Role, frozenset[Kind]]] = MappingProxyType(
    {
        Role.HEAD_OF_REGION: _LOCAL,
        Role.COORDINATOR: _GOVERNMENT,
        Role.RESPONSIBLE_OFFICER: _GOVERNMENT,
        Role.DATA_ENTRY: _GOVERNMENT,
        Role.INTERNAL_ASSESSOR: _GOVERNMENT,
        Role.AGENCY_OFFICER: _GOVERNMENT,
        Role.LEGAL_BUREAU: _GOVERNMENT,
        Role.INSPECTORATE: _GOVERNMENT,
        Role.PLANNING_AGENCY: _GOVERNMENT,
        Role.VILLAGE_OPERATOR: _REGIONAL,
        Role.EXTERNAL_ASSESSOR: _NATIONAL,  # assigned by the ministry, never by the assessed region
        Role.MENTOR: _NATIONAL,
        Role.PROVINCE: frozenset({Kind.PROVINCE}),
        Role.MINISTRY: frozenset({Kind.CENTRAL}),
        Role.CITIZEN: _REGIONAL,
        Role.ADMINISTRATOR: frozenset(Kind),
    }
)


def roles_of(kind: Kind) -> tuple[Role, ...]:
    """This function will return the roles that an organisation of this kind can give, in the order of the table."""
    return tuple(role for role, kinds in HELD_IN.items() if kind in kinds)
