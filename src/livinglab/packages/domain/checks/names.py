"""The names of a package and what stands behind each: what expressions and templates may read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from livinglab.packages.domain import bookings
from livinglab.packages.domain.form import Field, FieldType, Form
from livinglab.packages.domain.manifest import Parameter, ParameterType
from livinglab.packages.domain.package import Package
from livinglab.packages.domain.registers import NAMES, steps_of
from livinglab.packages.domain.tables import Hit, OutputType, Table

Path = tuple[str, ...]


class Kind(StrEnum):
    """What a value is. A day is text, as section 5 says; a moment comes out of `date`."""

    TEXT = "text"
    NUMBER = "number"
    BOOLEAN = "boolean"
    MOMENT = "moment"
    LIST = "list"
    OTHER = "other"  # files, letterheads: only asked whether they are there
    ANY = "any"


@dataclass(frozen=True, slots=True)
class Thing:
    """What stands behind a name. `values` are all it can be; `of` is what a list holds."""

    kind: Kind
    values: frozenset[str] | None = None
    of: Kind = Kind.ANY


_OF_FIELD: Final[Mapping[FieldType, Kind]] = {
    FieldType.INTEGER: Kind.NUMBER,
    FieldType.MONEY: Kind.NUMBER,
    FieldType.NUMBER: Kind.NUMBER,
    FieldType.YES_NO: Kind.BOOLEAN,
    FieldType.CHOICES: Kind.LIST,
    FieldType.LIST: Kind.LIST,
    FieldType.FILE: Kind.OTHER,
}
_OF_PARAMETER: Final[Mapping[ParameterType, Kind]] = {
    ParameterType.INTEGER: Kind.NUMBER,
    ParameterType.MONEY: Kind.NUMBER,
    ParameterType.DAYS: Kind.NUMBER,
    ParameterType.YES_NO: Kind.BOOLEAN,
    ParameterType.OFFICIAL: Kind.OTHER,
    ParameterType.LETTERHEAD: Kind.OTHER,
}
_OF_OUTPUT: Final[Mapping[OutputType, Kind]] = {
    OutputType.BOOLEAN: Kind.BOOLEAN,
    OutputType.TEXT: Kind.TEXT,
    OutputType.INTEGER: Kind.NUMBER,
    OutputType.MONEY: Kind.NUMBER,
    OutputType.NUMBER: Kind.NUMBER,
}
_OF_REGISTER: Final[Mapping[type, Kind]] = {bool: Kind.BOOLEAN, int: Kind.NUMBER, str: Kind.TEXT}
_WHY: Final = frozenset({"", *bookings.Why})
_OFFICIAL: Final = ("name", "rank", "number")
CASE: Final[Mapping[Path, Thing]] = {
    ("case", "started"): Thing(Kind.TEXT),
    ("case", "today"): Thing(Kind.TEXT),
}
IN_TEMPLATES: Final[Mapping[Path, Thing]] = {
    ("case", "number"): Thing(Kind.TEXT),
    ("case", "outcome"): Thing(Kind.TEXT),
}
#: in templates too, of a package that publishes
OF_PUBLICATIONS: Final[Mapping[Path, Thing]] = {
    ("publication", "number"): Thing(Kind.TEXT),
    ("publication", "address"): Thing(Kind.TEXT),
}
IN_DOCUMENTS: Final[Mapping[Path, Thing]] = {
    ("document", "number"): Thing(Kind.TEXT),
    ("document", "qr"): Thing(Kind.TEXT),
}


def kind_of_output(table: Table, output: OutputType) -> Thing:
    """This function will return what an output of a table is: a list where all rows count."""
    kind = _OF_OUTPUT[output]
    return Thing(Kind.LIST, of=kind) if table.hit is Hit.COLLECT else Thing(kind)


def names_of(package: Package) -> dict[Path, Thing]:
    """This function will return every name that an expression of the package may read, in some place."""
    found: dict[Path, Thing] = dict(CASE)
    found.update(form_names(("form",), package.form))
    for key, form in package.tasks.items():
        found.update(form_names(("task", key), form))
    for parameter in package.manifest.parameters:
        found.update(_parameter_names(parameter))
    for key, table in package.rules.items():
        found.update({("rule", key, one.id): kind_of_output(table, one.type) for one in table.outputs})
    for register in {node.register for node in steps_of(package)} - {None}:
        assert register is not None
        found.update(
            {(register.value, name): Thing(_OF_REGISTER[kind]) for name, kind in NAMES[register].items()}
        )
    for step in bookings.steps_of(package):
        found.update(
            {
                ("booking", step.id, name): Thing(_OF_REGISTER[kind], _WHY if name == "why" else None)
                for name, kind in bookings.NAMES.items()
            }
        )
    return found


def form_names(prefix: Path, form: Form) -> Iterator[tuple[Path, Thing]]:
    """This function will yield the names of a form's fields; a column of a list is the list of its values."""
    for field in form.fields.values():
        yield (*prefix, field.id), _thing(field)
        for column in field.fields:
            yield (*prefix, field.id, column.id), Thing(Kind.LIST, of=_thing(column).kind)


def _thing(field: Field) -> Thing:
    kind = _OF_FIELD.get(field.type, Kind.TEXT)
    values = frozenset(option.value for option in field.options) if field.options else None
    return Thing(kind, values, Kind.TEXT if field.type is FieldType.CHOICES else Kind.ANY)


def _parameter_names(parameter: Parameter) -> Iterator[tuple[Path, Thing]]:
    values = frozenset(option.value for option in parameter.options) if parameter.options else None
    yield ("param", parameter.id), Thing(_OF_PARAMETER.get(parameter.type, Kind.TEXT), values)
    if parameter.type is ParameterType.OFFICIAL:
        for part in _OFFICIAL:
            yield ("param", parameter.id, part), Thing(Kind.TEXT)
