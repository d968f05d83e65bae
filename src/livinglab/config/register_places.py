"""Which national registers may be asked about applicants, as the environment says."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from livinglab.config.outside_places import DEFAULT_SECONDS, is_address, seconds_of


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
    found = {
        "identity": _read(
            "IDENTITY",
            variables.get("IDENTITY_URL", ""),
            variables.get("IDENTITY_TOKEN", ""),
            variables.get("IDENTITY_SECONDS", DEFAULT_SECONDS),
        ),
        "welfare": _read(
            "WELFARE",
            variables.get("WELFARE_URL", ""),
            variables.get("WELFARE_TOKEN", ""),
            variables.get("WELFARE_SECONDS", DEFAULT_SECONDS),
        ),
    }
    return {name: system for name, system in found.items() if system is not None}


def _read(prefix: str, url: str, token: str, given: str) -> RegisterSystem | None:
    seconds = seconds_of(f"{prefix}_SECONDS", given)
    if isinstance(seconds, str):
        raise RegistersRefused(seconds)
    if not (url or token):
        return None
    if not (url and token):
        raise RegistersRefused(f"{prefix}_URL and {prefix}_TOKEN are set together")
    if not is_address(url):
        raise RegistersRefused(f"{prefix}_URL is the https address of the register")
    return RegisterSystem(url=url, token=token, seconds=seconds)
