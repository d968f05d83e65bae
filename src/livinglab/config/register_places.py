"""Which national registers may be asked about applicants, as the environment says."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from livinglab.config.outside_places import is_address, seconds_of

#: by the register's name in packages, how its variables begin
_PREFIXES: Final = {"identity": "IDENTITY", "welfare": "WELFARE"}


class RegistersRefused(ValueError):
    """A variable about registers is missing or wrong; the message names it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterSystem:
    """A register's interface; `seconds` is how long an answer is waited for."""

    url: str
    token: str = field(repr=False)
    seconds: float


def read_registers(variables: Mapping[str, str]) -> dict[str, RegisterSystem]:
    """This function will return the registers that are set up, by name. Errors: `RegistersRefused`."""
    found = {name: _read(variables, prefix) for name, prefix in _PREFIXES.items()}
    return {name: system for name, system in found.items() if system is not None}


def _read(variables: Mapping[str, str], prefix: str) -> RegisterSystem | None:
    url, token = variables.get(f"{prefix}_URL", ""), variables.get(f"{prefix}_TOKEN", "")
    seconds = seconds_of(variables, f"{prefix}_SECONDS")
    if isinstance(seconds, str):
        raise RegistersRefused(seconds)
    if not (url or token):
        return None
    if not (url and token):
        raise RegistersRefused(f"{prefix}_URL and {prefix}_TOKEN are set together")
    if not is_address(url):
        raise RegistersRefused(f"{prefix}_URL is the https address of the register")
    return RegisterSystem(url=url, token=token, seconds=seconds)
