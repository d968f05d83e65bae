"""The fields of a step of a process, for its own page and for the side form of the drawing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from unicodedata import normalize

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from livinglab.packages.domain import bookings
from livinglab.packages.domain.manifest import ParameterType
from livinglab.packages.domain.package import Package
from livinglab.packages.domain.process import NodeKind, Outcome, Process, Publishes, ServiceKind
from livinglab.packages.queries.process_editing import ATTRIBUTES
from livinglab.packages.queries.process_words import OUTCOMES, PUBLISHED, SERVICES, WAITS, Names

Options = tuple[tuple[str, str], ...]

_LABELS: Final[Mapping[str, Promise | str]] = {
    "name": gettext_lazy("Name of the step"),
    "lane": gettext_lazy("Who takes it"),
    "ll:form": gettext_lazy("Form that is filled in"),
    "ll:within": gettext_lazy("Time limit"),
    "ll:calendar": gettext_lazy("How days are counted"),
    "ll:not-by": gettext_lazy("Not by the person who did (four eyes)"),
    "ll:publishes": gettext_lazy("What is published for everybody"),
    "ll:kind": gettext_lazy("What the system does"),
    "ll:document": gettext_lazy("Document"),
    "ll:day": gettext_lazy("A place: the day"),
    "ll:hour": gettext_lazy("A place: the hour"),
    "ll:counter": gettext_lazy("A place: the counter"),
    "ll:places": gettext_lazy("A place: how many an hour has"),
    "ll:opens": gettext_lazy("A place: open from"),
    "ll:closes": gettext_lazy("A place: open until"),
    "ll:ahead": gettext_lazy("A place: days ahead at most"),
    "ll:rule": gettext_lazy("Decision table"),
    "ll:message": gettext_lazy("Message"),
    "ll:waits-for": gettext_lazy("What is waited for"),
    "ll:outcome": gettext_lazy("What the end means"),
    "default": gettext_lazy("The way otherwise"),
    "calledElement": gettext_lazy("Process of its own"),
    "timer": gettext_lazy("Time limit"),
    "cancelActivity": gettext_lazy("The step is broken off then"),
    "condition": gettext_lazy("Condition"),
}
_UNITS: Final[Mapping[str, Promise | str]] = {
    "D": pgettext_lazy("duration", "days"),
    "H": pgettext_lazy("duration", "hours"),
    "M": pgettext_lazy("duration", "minutes"),
}
#: also of a number that is none: what was typed is shown again
_DURATION: Final = re.compile(r"P(?:([^DT]*)(D)|T([^HM]*)([HM]))", re.ASCII)
#: a duration of several units, such as P1DT4H, stays as it is written
OTHER: Final = "other"


@dataclass(frozen=True, slots=True)
class Field:
    """A field: `kind` is text, choice, duration or flag; `number` and `unit` are the parts of a duration."""

    attribute: str
    kind: str
    label: str
    options: Options = ()
    value: str = ""
    number: str = ""
    unit: str = ""
    kinds: str = ""

    @property
    def name(self) -> str:
        """The name of the field in a form."""
        return "step-" + self.attribute.replace(":", "-")


def fields_of(kind: NodeKind, said: Mapping[str, str], choices: Mapping[str, Options]) -> tuple[Field, ...]:
    """This function will return the fields of a step with what the file says of it."""
    return tuple(_field(name, said.get(name, ""), choices) for name in ("name", "lane", *ATTRIBUTES[kind]))


def all_fields(choices: Mapping[str, Options]) -> tuple[Field, ...]:
    """This function will return every field once, each with the kinds of step that have it."""
    having: dict[str, list[str]] = {}
    for kind, names in ATTRIBUTES.items():
        for name in ("name", "lane", *names):
            having.setdefault(name, []).append(kind.value)
    having["name"].append("sequenceFlow")
    having["condition"] = ["sequenceFlow"]
    return tuple(_field(name, "", choices, " ".join(kinds)) for name, kinds in having.items())


def posted(kind: NodeKind, given: Mapping[str, str], before: Mapping[str, str]) -> dict[str, str]:
    """This function will return what was typed for a step, by the names of `ATTRIBUTES`."""
    found = {}
    for name in ("name", "lane", *ATTRIBUTES[kind]):
        field = "step-" + name.replace(":", "-")
        if name in ("ll:within", "timer"):
            found[name] = _duration(
                given.get(f"{field}-number", ""), given.get(f"{field}-unit", ""), before.get(name, "")
            )
        elif name == "cancelActivity":
            found[name] = "true" if field in given else "false"
        elif field in given:
            found[name] = normalize("NFC", given[field])
    return found


def choices_of(
    package: Package, process: Process, called: Mapping[str, Process], names: Names
) -> dict[str, Options]:
    """This function will return what may be chosen for each attribute of the steps of a process."""
    nodes = process.nodes.values()
    days = [one for one in package.manifest.parameters if one.type is ParameterType.DAYS]
    return {
        "lane": tuple((one, names.roles.get(one, one)) for one in process.lanes),
        "ll:form": tuple(names.forms.items()),
        "ll:calendar": (
            ("", _("not said: working days")),
            ("working", _("Working days")),
            ("calendar", _("Calendar days")),
        ),
        "ll:not-by": (
            ("", _("nobody is left out")),
            *((one.id, one.name or one.id) for one in nodes if one.kind is NodeKind.USER),
        ),
        "ll:publishes": (
            ("", _("nothing")),
            *((one.value, str(PUBLISHED[one])) for one in Publishes),
        ),
        "ll:kind": tuple((one.value, str(SERVICES[one])) for one in ServiceKind),
        "ll:document": (("", _("none")), *names.documents.items()),
        **_of_places(package, names),
        "ll:rule": tuple(names.rules.items()),
        "ll:message": tuple(names.messages.items()),
        "ll:waits-for": tuple((one, str(said)) for one, said in WAITS.items()),
        "ll:outcome": (
            ("", _("nothing: only this branch ends")),
            *((one.value, str(OUTCOMES[one])) for one in Outcome),
        ),
        "default": (
            ("", _("none")),
            *(
                (flow.id, f"{flow.name or flow.id}: {_called(process, flow.target)}")
                for flow in process.flows.values()
            ),
        ),
        "calledElement": tuple((one, one) for one in called),
        "timer": tuple(
            (f"=param.{one.id}", _("as “%(parameter)s” says") % {"parameter": names.parameters[one.id]})
            for one in days
        ),
    }


def _of_places(package: Package, names: Names) -> dict[str, Options]:
    """Return what a step that books a place may name: questions of the form and parameters, each of its kind."""
    none = ("", _("none"))
    fields = package.form.fields.values()
    of_fields = {
        f"ll:{one}": (
            none,
            *((each.id, names.values[f"form.{each.id}"].title) for each in fields if each.type in types),
        )
        for one, types in bookings.FIELDS.items()
    }
    of_parameters = {
        f"ll:{one}": (
            none,
            *(
                (each.id, names.parameters[each.id])
                for each in package.manifest.parameters
                if each.type in types
            ),
        )
        for one, types in bookings.PARAMETERS.items()
    }
    return {**of_fields, **of_parameters}


def _called(process: Process, step: str) -> str:
    node = process.nodes.get(step)
    return (node.name if node else "") or step


def _field(name: str, value: str, choices: Mapping[str, Options], kinds: str = "") -> Field:
    label = str(_LABELS[name])
    if name in ("ll:within", "timer"):
        number, unit = _parts(value)
        units = ((("", _("none")),) if name == "ll:within" else ()) + tuple(
            (key, str(said)) for key, said in _UNITS.items()
        )
        units += choices["timer"] if name == "timer" else ()
        if unit == OTHER:
            units += ((OTHER, _("as it is: %(duration)s") % {"duration": value}),)
        return Field(name, "duration", label, units, value, number, unit, kinds)
    if name == "cancelActivity":
        return Field(name, "flag", label, (), value, kinds=kinds)
    if name in choices:
        return Field(name, "choice", label, choices[name], value, kinds=kinds)
    return Field(name, "text", label, (), value, kinds=kinds)


def _parts(value: str) -> tuple[str, str]:
    found = _DURATION.fullmatch(value)
    if found:
        return found[1] or found[3] or "", found[2] or found[4]
    return ("", value if value.startswith("=") or not value else OTHER)


def _duration(number: str, unit: str, before: str) -> str:
    """Return a duration as the file writes it; what is no whole number is left for the reader of the file to refuse."""
    if unit == OTHER:
        return before
    if unit.startswith("=") or not unit:
        return unit
    return f"P{number.strip()}D" if unit == "D" else f"PT{number.strip()}{unit}"
