"""Checks of what the law asks: the service standard, personal data, and the code lists outside the package."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from livinglab.packages.domain.checks.kinds import ERROR, HINT, WARNING, Case, Check, Part, gettext_noop
from livinglab.packages.domain.faults import Fault
from livinglab.packages.domain.form import FieldType, Personal
from livinglab.packages.domain.manifest import STANDARD_COMPONENTS
from livinglab.packages.domain.process import NodeKind, ServiceKind
from livinglab.packages.domain.tables import OutputType

_SECTION: Final = "section 2"
_STANDARD: Final = "UU 25/2009 article 21"
_DATA: Final = "UU 27/2022"
PATH: Final = "package.yaml"

CHECKS: Final = (
    Check(
        "P109",
        ERROR,
        Part.STANDARD,
        f"{_STANDARD} letter e",
        gettext_noop(
            "The fee names the rule “%(rule)s” with the output “%(output)s”; there is no such output of "
            "money."
        ),
    ),
    Check(
        "P110",
        ERROR,
        Part.STANDARD,
        _STANDARD,
        gettext_noop("The component “%(component)s” of the service standard says nothing: “%(text)s”."),
    ),
    Check(
        "P111",
        WARNING,
        Part.SERVICE,
        _STANDARD,
        gettext_noop("No national law is named. Say what the service rests on."),
    ),
    Check(
        "P112",
        WARNING,
        Part.SERVICE,
        "Perpres 95/2018 article 44(2)",
        gettext_noop("“%(sector)s” is no known sector."),
    ),
    Check(
        "P113",
        WARNING,
        Part.SERVICE,
        _SECTION,
        gettext_noop("“%(function)s” is no known function of a service."),
    ),
    Check(
        "P114",
        WARNING,
        Part.SERVICE,
        _SECTION,
        gettext_noop("The instrument “%(instrument)s” has no indicator %(indicator)s, or is not known."),
    ),
    Check(
        "P115",
        WARNING,
        Part.SERVICE,
        "Perpres 95/2018 articles 36–38 and 63",
        gettext_noop(
            "“%(function)s” lies in a field of national common applications (%(field)s). Name the "
            "national application, and the ground for one of your own."
        ),
    ),
    Check(
        "P118",
        WARNING,
        Part.DATA,
        f"{_DATA} articles 20–22",
        gettext_noop(
            "The ground is consent, but the form asks for no declaration (a yes_no with const true)."
        ),
    ),
    Check(
        "P119",
        WARNING,
        Part.DATA,
        f"{_DATA} article 16",
        gettext_noop(
            "Personal data is kept for %(months)s months, longer than ten years. Say why, or shorten it."
        ),
    ),
    Check(
        "P124",
        WARNING,
        Part.DATA,
        f"{_DATA} article 4",
        gettext_noop(
            "The form asks for specific personal data; the ground is %(ground)s. Name the law that allows it."
        ),
    ),
    Check(
        "P127",
        ERROR,
        Part.DATA,
        f"{_DATA} article 16",
        gettext_noop(
            "Only aggregates leave the region, yet “%(id)s” sends a person's data outside. Take the step away, or "
            "say nothing of what leaves."
        ),
    ),
    Check(
        "P128",
        HINT,
        Part.SERVICE,
        _SECTION,
        gettext_noop("No event in a life is named, so who looks by one does not find the service."),
    ),
)

_LEAST_LETTERS: Final = 8
_TEN_YEARS: Final = 120
#: steps that hand a person's data to systems of others
_OUTSIDE: Final = frozenset({ServiceKind.CHECK_IDENTITY, ServiceKind.CHECK_WELFARE, ServiceKind.REGISTER})


def standard_faults(case: Case) -> Iterator[Fault]:
    """This function will yield what is wrong with the fourteen components of the service standard."""
    package = case.package
    standard = package.manifest.standard
    for component in STANDARD_COMPONENTS:
        text = standard.components[component].id
        if sum(character.isalpha() for character in text) < _LEAST_LETTERS:
            line = package.line(PATH, "standard", component)
            yield Fault("P110", PATH, line, {"component": component, "text": text[:40]})
    if standard.fee_rule:
        rule, output = standard.fee_rule
        table = package.rules.get(rule)
        money = {one.id for one in table.outputs if one.type is OutputType.MONEY} if table else set()
        if output not in money:
            line = package.line(PATH, "standard", "fee")
            yield Fault("P109", PATH, line, {"rule": rule, "output": output})


def data_faults(case: Case) -> Iterator[Fault]:
    """This function will yield what is wrong with the use of personal data."""
    package, data = case.package, case.package.manifest.data
    line = package.line(PATH, "data")
    fields = package.form.fields.values()
    if data.ground == "consent" and not any(
        field.type is FieldType.YES_NO and field.schema.get("const") is True for field in fields
    ):
        yield Fault("P118", PATH, line)
    if data.keep_months > _TEN_YEARS:
        yield Fault("P119", PATH, package.line(PATH, "data", "keep"), {"months": str(data.keep_months)})
    if data.ground == "legitimate_interest" and any(field.personal is Personal.SPECIFIC for field in fields):
        yield Fault("P124", PATH, line, {"ground": data.ground})
    if data.only_aggregates_leave:
        line = package.line(PATH, "data", "leaves")
        for process in (package.diagram.main, *package.diagram.called.values()):
            for node in process.nodes.values():
                if node.kind is NodeKind.SERVICE and node.said.get("kind", "") in _OUTSIDE:
                    yield Fault("P127", PATH, line, {"id": node.id})


def known_faults(case: Case) -> Iterator[Fault]:
    """This function will yield what does not agree with the code lists outside the package that are given."""
    package, manifest, known = case.package, case.package.manifest, case.known
    if not any(law.scope == "national" for law in manifest.law):
        yield Fault("P111", PATH, package.line(PATH, "law"))
    if not manifest.life_events:
        yield Fault("P128", PATH, package.line(PATH, "functions"))
    if known.sectors is not None and manifest.sector and manifest.sector not in known.sectors:
        yield Fault("P112", PATH, package.line(PATH, "sector"), {"sector": manifest.sector})
    applications = {one.application for one in manifest.national}
    for place, function in enumerate(manifest.functions if known.functions is not None else ()):
        line = package.line(PATH, "functions", place)
        field = (known.functions or {}).get(function)
        if field is None:
            yield Fault("P113", PATH, line, {"function": function})
        elif field and field.partition(": ")[2] not in applications:
            yield Fault("P115", PATH, line, {"function": function, "field": field})
    for place, step in enumerate(manifest.indicators if known.instruments is not None else ()):
        if step.indicator not in (known.instruments or {}).get(step.instrument, frozenset()):
            said = {"instrument": step.instrument, "indicator": str(step.indicator)}
            yield Fault("P114", PATH, package.line(PATH, "indicators", place), said)
