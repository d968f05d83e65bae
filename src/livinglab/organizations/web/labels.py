"""What roles, kinds of organisations and kinds of agencies are called on pages. A test proves the tables total."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from livinglab.organizations.domain.kinds import AgencyKind, AreaKind, Kind
from livinglab.organizations.domain.roles import Role

ROLES: Final[Mapping[Role, Promise]] = MappingProxyType(
    {
        Role.HEAD_OF_REGION: _("Head of region"),
        Role.COORDINATOR: _("Coordinator (regional secretary)"),
        Role.RESPONSIBLE_OFFICER: _("Responsible officer"),
        Role.DATA_ENTRY: _("Data entry officer"),
        Role.INTERNAL_ASSESSOR: _("Internal assessor"),
        Role.AGENCY_OFFICER: _("Agency officer"),
        Role.LEGAL_BUREAU: _("Legal bureau"),
        Role.INSPECTORATE: _("Inspectorate"),
        Role.PLANNING_AGENCY: _("Planning agency"),
        Role.VILLAGE_OPERATOR: _("Village or sub-district operator"),
        Role.EXTERNAL_ASSESSOR: _("External assessor"),
        Role.MENTOR: _("Mentor"),
        Role.PROVINCE: _("Provincial supervisor"),
        Role.MINISTRY: _("Ministry officer"),
        Role.CITIZEN: _("Citizen"),
        Role.ADMINISTRATOR: _("Administrator"),
    }
)
KINDS: Final[Mapping[Kind, Promise]] = MappingProxyType(
    {
        Kind.PROVINCE: pgettext_lazy("kind of organisation", "Province"),
        Kind.REGENCY: pgettext_lazy("kind of organisation", "Regency"),
        Kind.CITY: pgettext_lazy("kind of organisation", "City"),
        Kind.CENTRAL: pgettext_lazy("kind of organisation", "Central institution"),
        Kind.PLATFORM: pgettext_lazy("kind of organisation", "Platform"),
    }
)
AGENCY_KINDS: Final[Mapping[AgencyKind, Promise]] = MappingProxyType(
    {
        AgencyKind.SECRETARIAT: _("Regional secretariat"),
        AgencyKind.COUNCIL_SECRETARIAT: _("Council secretariat"),
        AgencyKind.INSPECTORATE: pgettext_lazy("kind of agency", "Inspectorate"),
        AgencyKind.DEPARTMENT: _("Department (dinas)"),
        AgencyKind.BOARD: _("Board (badan)"),
        AgencyKind.DISTRICT_OFFICE: _("District office (kecamatan)"),
        AgencyKind.OTHER: pgettext_lazy("kind of agency", "Other"),
    }
)
AREA_KINDS: Final[Mapping[AreaKind, Promise]] = MappingProxyType(
    {
        AreaKind.DISTRICT: _("District (kecamatan)"),
        AreaKind.URBAN_VILLAGE: _("Urban village (kelurahan)"),
        AreaKind.VILLAGE: _("Village (desa)"),
        AreaKind.CUSTOMARY_VILLAGE: _("Customary village (desa adat)"),
    }
)


def role_names(roles: frozenset[Role]) -> list[str]:
    """This function will return what roles are called, in the order of the table."""
    return [str(name) for role, name in ROLES.items() if role in roles]
