"""Which services lie in a field of national common applications (Perpres 95/2018 articles 36 to 38 and 63)."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from livinglab.packages.adapters.known_files import read_national_fields
from livinglab.packages.domain.national import NationalField

__all__ = ["NationalField", "address_of", "national_fields"]


def national_fields(functions: Iterable[str]) -> tuple[NationalField, ...]:
    """This function will return the fields in which functions of a service lie, each once, in their order."""
    known = _known(Path(settings.REFERENCE_DIR))
    return tuple(dict.fromkeys(known[one] for one in functions if one in known))


def address_of(application: str) -> str:
    """This function will return where the public reaches a national application, "" where no source says so."""
    known = _known(Path(settings.REFERENCE_DIR)).values()
    return next((one.address for one in known if one.application == application), "") if application else ""


@lru_cache
def _known(reference: Path) -> Mapping[str, NationalField]:
    return read_national_fields(reference)
