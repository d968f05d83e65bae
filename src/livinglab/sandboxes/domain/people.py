"""The invented people and places of a sandbox. None of them exists; every page says so."""

from collections.abc import Iterable, Mapping
from typing import Final

from livinglab.packages.domain.form import Field, FieldType
from livinglab.packages.domain.running.answers import Mistake
from livinglab.packages.domain.running.machine import Actor
from livinglab.packages.domain.scenarios import Act, Do, Kind, Scenario
from livinglab.sandboxes.domain.limits import SYNTHETIC_NIK

#: districts and villages of the fictitious city, as pairs of code and name
PLACES: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
    "district": (
        ("99.71.01", "Kecamatan Contoh Satu (fiktif)"),
        ("99.71.02", "Kecamatan Contoh Dua (fiktif)"),
    ),
    "village": (
        ("99.71.01.2001", "Desa Contoh Satu (fiktif)"),
        ("99.71.01.2002", "Desa Contoh Dua (fiktif)"),
        ("99.71.02.1001", "Kelurahan Contoh Tiga (fiktif)"),
    ),
}


def person(role: str, *, is_second: bool = False) -> Actor:
    """This function will return who acts in a role; the second is there where four eyes are asked for."""
    return Actor(role, f"{role}-{2 if is_second else 1}")


def invented_answers(scenarios: Iterable[Scenario]) -> Mapping[str, object]:
    """This function will return the answers of an invented applicant: those of the first application that is granted.

    Without such a scenario, those of any application that is not turned down; without one, none.
    """
    ordered = sorted(scenarios, key=lambda one: (one.kind is not Kind.GRANTED, one.id))
    for scenario in ordered:
        for step in scenario.steps:
            if isinstance(step, Act) and step.do is Do.APPLY and not step.refused:
                return step.answers
    return {}


def real_numbers(fields: Iterable[Field], answers: Mapping[str, object]) -> tuple[Mistake, ...]:
    """This function will return a mistake for each national identity number that could be somebody's."""
    found: list[Mistake] = []
    for one in fields:
        value = answers.get(one.id)
        if one.type is FieldType.NIK and value and not str(value).startswith(SYNTHETIC_NIK):
            found.append(Mistake(one.id, "real_nik"))
        elif one.type is FieldType.LIST and isinstance(value, list | tuple):
            for place, row in enumerate(value):
                cells = row if isinstance(row, Mapping) else {}
                found += [
                    Mistake(f"{one.id}.{place}.{each.field}", each.code)
                    for each in real_numbers(one.fields, cells)
                ]
    return tuple(found)
