"""A condition in words, where words say it better than the expression itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from livinglab.packages.domain import bookings
from livinglab.packages.domain.expressions.nodes import (
    Comparison,
    Junction,
    Literal,
    Membership,
    Name,
    Node,
    Not,
)
from livinglab.packages.domain.expressions.parsing import parse
from livinglab.packages.domain.expressions.tokens import ExpressionRefused
from livinglab.packages.domain.form import Form
from livinglab.packages.domain.package import Package
from livinglab.packages.domain.process import Register
from livinglab.packages.domain.registers import steps_of

_COMPARED: Final[Mapping[str, Promise | str]] = {
    "==": gettext_lazy("“%(name)s” is “%(value)s”"),
    "!=": gettext_lazy("“%(name)s” is not “%(value)s”"),
    "<": gettext_lazy("“%(name)s” is less than %(value)s"),
    "<=": gettext_lazy("“%(name)s” is at most %(value)s"),
    ">": gettext_lazy("“%(name)s” is more than %(value)s"),
    ">=": gettext_lazy("“%(name)s” is at least %(value)s"),
}


_REGISTERS: Final[Mapping[Register, Mapping[str, Promise]]] = {
    Register.IDENTITY: {
        "answered": gettext_lazy("The identity register answered"),
        "found": gettext_lazy("The identity register knows the NIK"),
        "active": gettext_lazy("The NIK is valid"),
        "name_matches": gettext_lazy("The name agrees with the identity register"),
        "birth_date_matches": gettext_lazy("The birth date agrees with the identity register"),
        "matches": gettext_lazy("Everything agrees with the identity register"),
    },
    Register.WELFARE: {
        "answered": gettext_lazy("The welfare data answered"),
        "registered": gettext_lazy("Registered in the welfare data"),
        "decile": gettext_lazy("Welfare decile"),
        "as_of": gettext_lazy("Day of the welfare data"),
    },
}

_BOOKING: Final[Mapping[str, Promise | str]] = {
    "free": gettext_lazy("A place is held"),
    "why": gettext_lazy("Why no place is held"),
    "day": gettext_lazy("Day of the booking"),
    "hour": gettext_lazy("Hour of the booking"),
    "other_hours": gettext_lazy("Other hours of that day with a place"),
    "next_day": gettext_lazy("Next day with a place"),
    "next_hours": gettext_lazy("Hours of the next day with a place"),
}


@dataclass(frozen=True, slots=True)
class Value:
    """What a name in expressions is called, and the texts of its choices by value."""

    title: str
    options: Mapping[str, str] = field(default_factory=dict)


Values = Mapping[str, Value]  # by the name in expressions: `form.income`


def values_of(package: Package, language: str) -> Values:
    """This function will return what the names in a package's expressions are called in a language."""
    found: dict[str, Value] = dict(_fields("form", package.form, language))
    for ident, form in package.tasks.items():
        found.update(_fields(f"task.{ident}", form, language))
    for ident, table in package.rules.items():
        for output in table.outputs:
            found[f"rule.{ident}.{output.id}"] = Value(output.title.in_language(language))
    for register in {node.register for node in steps_of(package) if node.register is not None}:
        found |= {f"{register}.{name}": Value(str(said)) for name, said in _REGISTERS[register].items()}
    for step in bookings.steps_of(package):
        found |= {f"booking.{step.id}.{name}": Value(str(said)) for name, said in _BOOKING.items()}
    for parameter in package.manifest.parameters:
        options = {one.value: one.name.in_language(language) for one in parameter.options}
        found[f"param.{parameter.id}"] = Value(parameter.name.in_language(language), options)
    return found


def condition_words(expression: str, values: Values) -> str:
    """This function will say a condition in the language in force; empty where only the expression itself does."""
    try:
        node = parse(expression)
    except ExpressionRefused:
        return ""
    return _said(node, values)


def _fields(place: str, form: Form, language: str) -> Iterator[tuple[str, Value]]:
    for ident, one in form.fields.items():
        options = {option.value: option.name.in_language(language) for option in one.options}
        yield f"{place}.{ident}", Value(one.title.in_language(language), options)


def _said(node: Node, values: Values) -> str:
    match node:
        case Name():
            return _yes_or_no(node, True, values)
        case Not(Name() as name):
            return _yes_or_no(name, False, values)
        case Comparison("==", Name() as name, Literal(bool() as value)):
            return _yes_or_no(name, value, values)
        case Comparison(operator, Name() as name, Literal(str() as value)):
            found = values.get(".".join(name.path))
            words = {"name": found.title, "value": found.options.get(value, value)} if found else None
            return str(_COMPARED[operator]) % words if words else ""
        case Membership(Name() as name, items, False):
            found = values.get(".".join(name.path))
            said = [found.options.get(str(one.value), str(one.value)) for one in items] if found else []
            return (
                _("“%(name)s” is one of: %(list)s") % {"name": found.title, "list": ", ".join(said)}
                if found
                else ""
            )
        case Junction(operator, left, right):
            return _both(operator, (left, right), values)
    return ""


def _both(operator: str, sides: tuple[Node, Node], values: Values) -> str:
    """Join two conditions; one of `and` within `or`, or the other way round, would need brackets."""
    if any(isinstance(one, Junction) and one.operator != operator for one in sides):
        return ""
    one, other = (_said(side, values) for side in sides)
    if not (one and other):
        return ""
    joined = {"one": one, "other": other}
    return (_("%(one)s and %(other)s") if operator == "and" else _("%(one)s or %(other)s")) % joined


def _yes_or_no(name: Name, value: bool, values: Values) -> str:
    found = values.get(".".join(name.path))
    if not found:
        return ""
    return (_("“%(name)s”: yes") if value else _("“%(name)s”: no")) % {"name": found.title}
