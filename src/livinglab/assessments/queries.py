"""Reads of instruments and published results for anyone else."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from livinglab.assessments.adapters.instrument_files import load_instruments
from livinglab.assessments.domain.instruments import Instrument

__all__ = [
    "Instrument",
    "UnknownInstrument",
    "get_instrument",
    "instrument_for_year",
    "instrument_in_force",
    "instruments",
]


class UnknownInstrument(LookupError):
    """An instrument that does not exist; the message names those that do."""

    def __init__(self, code: str, known: tuple[str, ...]) -> None:
        self.code, self.known = code, known
        super().__init__(f"instrument: {code[:40]!r} is unknown; known: {', '.join(known)}")


def instruments() -> tuple[Instrument, ...]:
    """Return all instruments, newest first. Read once per process; raises InstrumentErrors for a bad file."""
    return _instruments(Path(settings.INSTRUMENTS_DIR))


@lru_cache(maxsize=8)
def _instruments(directory: Path) -> tuple[Instrument, ...]:
    return load_instruments(directory)


def get_instrument(code: str) -> Instrument:
    """Return the instrument with this code. Raises UnknownInstrument."""
    for instrument in instruments():
        if instrument.code == code:
            return instrument
    raise UnknownInstrument(code, tuple(each.code for each in instruments()))


def instrument_in_force(day: date) -> Instrument | None:
    """Return the instrument that was law on `day`, None before the first."""
    return next((each for each in instruments() if each.in_force.covers(day)), None)


def instrument_for_year(year: int) -> Instrument | None:
    """Return the instrument with which the evaluation of `year` was done, None before the first."""
    return next((each for each in instruments() if each.years.covers(year)), None)
