"""Districts and villages that a service is handed down to: whose value holds there, and who takes part how."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from livinglab.packages.domain.manifest import Parameter

DISTRICT: Final = "district"
VILLAGE: Final = "village"
#: parts of a code: PP.KK.CC of a district, PP.KK.CC.DDDD of a village
_DISTRICT_PARTS: Final = 3
_VILLAGE_PARTS: Final = 4


class NoUnit(ValueError):
    """A code that is neither a district's nor a village's."""


@dataclass(frozen=True, slots=True)
class Held:
    """The value of a parameter that holds for a unit, and the unit that set it ("" for the adopter itself)."""

    parameter: str
    value: object
    unit_code: str


def level_of(unit_code: str) -> str:
    """This function will return whether a code is that of a district or of a village. Errors: `NoUnit`."""
    parts = len(unit_code.split("."))
    if parts == _DISTRICT_PARTS:
        return DISTRICT
    if parts == _VILLAGE_PARTS:
        return VILLAGE
    raise NoUnit(unit_code)


def chain_of(unit_code: str) -> tuple[str, ...]:
    """This function will return who may have set a unit's values, from the nearest upwards; "" is the adopter."""
    if not unit_code:
        return ("",)
    if level_of(unit_code) == DISTRICT:
        return (unit_code, "")
    return (unit_code, unit_code.rsplit(".", 1)[0], "")


def may_set(parameter: Parameter, unit_code: str) -> bool:
    """This function will return whether a unit may have its own value of a parameter.

    The package says so with `per`: of a `village` parameter the district may set one for its villages and each village
    its own; of a `district` parameter each district its own. The adopter itself may set any.
    """
    if not unit_code:
        return True
    return parameter.per == VILLAGE or (parameter.per == DISTRICT and level_of(unit_code) == DISTRICT)


def local(parameters: Iterable[Parameter], unit_code: str) -> tuple[Parameter, ...]:
    """This function will return the parameters that a unit may set for itself."""
    return tuple(one for one in parameters if may_set(one, unit_code))


def owed(parameters: Iterable[Parameter], unit_code: str) -> tuple[Parameter, ...]:
    """This function will return the required parameters that must have a value where a unit works.

    A district does not need what each village sets; a village needs also what its district sets.
    """
    needed = (DISTRICT,) if level_of(unit_code) == DISTRICT else (DISTRICT, VILLAGE)
    return tuple(one for one in parameters if one.is_required and one.per in needed)
