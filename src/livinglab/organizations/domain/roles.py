"""Who somebody is in an organisation, and who may give that role."""

from enum import StrEnum


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
#: who reads the organisation's audit trail
AUDIT_READERS = frozenset(
    {Role.HEAD_OF_REGION, Role.COORDINATOR, Role.INSPECTORATE, Role.ADMINISTRATOR}
)
