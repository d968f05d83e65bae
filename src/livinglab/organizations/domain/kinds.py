"""Kinds of organisations and areas."""

from enum import StrEnum


class Kind(StrEnum):
    """What an organisation is. Regions carry Kemendagri codes (Kepmendagri 300.2.2-2138/2025)."""

    PROVINCE = "province"
    REGENCY = "regency"  # kabupaten
    CITY = "city"  # kota
    CENTRAL = "central"  # kementerian, lembaga, instansi pusat
    PLATFORM = "platform"  # Living Lab itself: keeper of what belongs to no region


REGIONAL = (Kind.REGENCY, Kind.CITY)


class AreaKind(StrEnum):
    """Units below a regency or city (UU 23/2014 pasal 221; UU 6/2014)."""

    DISTRICT = "district"  # kecamatan
    URBAN_VILLAGE = "urban_village"  # kelurahan: part of the regency's or city's own government
    VILLAGE = "village"  # desa: autonomous
    CUSTOMARY_VILLAGE = "customary_village"  # desa adat


class AgencyKind(StrEnum):
    """Perangkat daerah (UU 23/2014 pasal 209)."""

    SECRETARIAT = "secretariat"  # sekretariat daerah
    COUNCIL_SECRETARIAT = "council_secretariat"  # sekretariat DPRD
    INSPECTORATE = "inspectorate"
    DEPARTMENT = "department"  # dinas
    BOARD = "board"  # badan
    DISTRICT_OFFICE = "district_office"  # kecamatan
    OTHER = "other"
