"""Numbers of cases: gapless within a service and a year, given by the region's register."""


def case_number(package: str, nth: int, year: int) -> str:
    """This function will return the number of a case, such as `SKTM-2026-000012`."""
    return f"{package.upper()}-{year}-{nth:06}"
