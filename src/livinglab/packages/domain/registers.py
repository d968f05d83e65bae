"""What a national register says of a person, as a package reads it: the names in expressions, and a stand-in.

A register is asked whether what an applicant wrote agrees with it, or in which tenth of welfare their household is.
It gives back no more than that: no name, no address, no number that was not asked about (UU 27/2022 article 16).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from livinglab.packages.domain.form import Field, FieldType
from livinglab.packages.domain.package import Package
from livinglab.packages.domain.process import Node, NodeKind, Register

#: by the name behind the register's, what kind of value it is; `answered` is always there once it was asked
NAMES: Final[Mapping[Register, Mapping[str, type]]] = {
    Register.IDENTITY: {
        "answered": bool,
        "found": bool,
        "active": bool,
        "name_matches": bool,
        "birth_date_matches": bool,
        "matches": bool,
    },
    Register.WELFARE: {"answered": bool, "registered": bool, "decile": int, "as_of": str},
}
#: what follows from the rest, and is never said by anybody
DERIVED: Final = frozenset({"answered", "matches"})
#: who somebody is and nobody's: a province that does not exist
NOBODYS: Final = "99"
#: the day of the stand-in's data
STAND_IN_AS_OF: Final = "2026-01-01"
_NIK: Final = re.compile(r"[0-9]{16}")
_DECILES: Final = range(1, 11)
_NONE: Final = "0"
_NO_NAME: Final = "7"
_NOT_ACTIVE: Final = "8"
_SILENT: Final = "9"

Said = Mapping[str, object]


class WrongAnswer(ValueError):
    """A register's answer is none; `on` names the part that is wrong or missing."""

    def __init__(self, on: str) -> None:
        super().__init__(on)
        self.on = on


@dataclass(frozen=True, slots=True)
class Person:
    """Whom a register is asked about: the NIK, and name and birth date where the form has them, else ""."""

    nik: str = field(repr=False)
    name: str = field(default="", repr=False)
    birth_date: str = field(default="", repr=False)


def steps_of(package: Package) -> Iterator[Node]:
    """This function will yield the steps of a package that ask a register, in the order of the file."""
    for process in (package.diagram.main, *package.diagram.called.values()):
        for node in process.nodes.values():
            if node.kind is NodeKind.SERVICE and node.register is not None:
                yield node


def nik_field(fields: Mapping[str, Field]) -> Field | None:
    """This function will return the field of a citizen's form that says who they are, None for none."""
    return next((one for one in fields.values() if one.type is FieldType.NIK), None)


def person_of(package: Package, answers: Mapping[str, object]) -> Person | None:
    """This function will return whom a register is asked about; None without a NIK of sixteen digits."""
    fields = package.form.fields
    asked = nik_field(fields)
    nik = str(answers.get(asked.id, "")) if asked else ""
    if not _NIK.fullmatch(nik):
        return None
    return Person(nik, _by_purpose(fields, answers, "name"), _by_purpose(fields, answers, "bday"))


def complete(register: Register, said: Said) -> dict[str, object]:
    """This function will return an answer with every name of the register; what it does not say is None.

    Errors: `WrongAnswer` for what no register says: an unknown part, another type, a decile beyond 1 to 10.
    """
    known = {name: kind for name, kind in NAMES[register].items() if name not in DERIVED}
    for name, value in said.items():
        if name not in known or (value is not None and type(value) is not known[name]):
            raise WrongAnswer(name)
    found = {name: said.get(name) for name in known}
    if register is Register.IDENTITY:
        return _identity(found)
    return _welfare(found)


def unknown(register: Register) -> dict[str, object]:
    """This function will return what is known where the register gave no answer: nothing."""
    return {**dict.fromkeys(NAMES[register]), "answered": False}


def stand_in(register: Register, person: Person) -> dict[str, object] | None:
    """This function will return what the stand-in says, which follows from the NIK's last digit; None: no answer.

    0 is nobody's, 7 has another name, 8 is no longer valid, 9 gets no answer; of welfare 1 to 8 are the tenth. It
    knows invented people alone: of a number that could be somebody's it knows nothing.
    """
    last = person.nik[-1] if person.nik.startswith(NOBODYS) else _NONE
    if last == _SILENT:
        return None
    if register is Register.WELFARE:
        said: Said = (
            {"registered": False}
            if last == _NONE
            else {"registered": True, "decile": int(last), "as_of": STAND_IN_AS_OF}
        )
        return complete(register, said)
    if last == _NONE:
        return complete(register, {"found": False})
    return complete(
        register,
        {
            "found": True,
            "active": last != _NOT_ACTIVE,
            "name_matches": last != _NO_NAME if person.name else None,
            "birth_date_matches": True if person.birth_date else None,
        },
    )


def _identity(found: dict[str, object]) -> dict[str, object]:
    if found["found"] is None:
        raise WrongAnswer("found")
    if not found["found"]:
        return {**dict.fromkeys(found), "found": False, "answered": True, "matches": False}
    if found["active"] is None:
        raise WrongAnswer("active")
    agrees = all(found[one] is not False for one in ("name_matches", "birth_date_matches"))
    return {**found, "answered": True, "matches": bool(found["active"]) and agrees}


def _welfare(found: dict[str, object]) -> dict[str, object]:
    if found["registered"] is None:
        raise WrongAnswer("registered")
    if not found["registered"]:
        return {**dict.fromkeys(found), "registered": False, "as_of": _day(found["as_of"]), "answered": True}
    if found["decile"] not in _DECILES:
        raise WrongAnswer("decile")
    return {**found, "as_of": _day(found["as_of"]), "answered": True}


def _day(value: object) -> str | None:
    if value is None:
        return None
    try:
        return date.fromisoformat(str(value)).isoformat()
    except ValueError:
        raise WrongAnswer("as_of") from None


def _by_purpose(fields: Mapping[str, Field], answers: Mapping[str, object], purpose: str) -> str:
    given = (answers.get(one.id) for one in fields.values() if one.autocomplete == purpose)
    return next((str(one) for one in given if one), "")
