"""Checks of `package.yaml` and the log: what they say fits together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from livinglab.packages.domain import bookings
from livinglab.packages.domain.checks.kinds import ERROR, HINT, WARNING, Case, Check, Part, gettext_noop
from livinglab.packages.domain.faults import Fault
from livinglab.packages.domain.manifest import Office, Parameter, ParameterType, RoleKind

_SECTION: Final = "section 2"
_DATA: Final = "UU 27/2022"
PATH: Final = "package.yaml"
LOG: Final = "CHANGELOG.md"

CHECKS: Final = (
    Check("P101", ERROR, Part.SERVICE, _SECTION, gettext_noop("“%(id)s” stands twice in %(list)s.")),
    Check(
        "P102",
        ERROR,
        Part.SERVICE,
        _SECTION,
        gettext_noop("The parameter “%(id)s” of type %(type)s cannot have “%(key)s”, or lacks it."),
    ),
    Check(
        "P103",
        ERROR,
        Part.SERVICE,
        _SECTION,
        gettext_noop("The parameter “%(id)s” can never be set: %(low)s is above %(high)s."),
    ),
    Check(
        "P104",
        ERROR,
        Part.SERVICE,
        _SECTION,
        gettext_noop("The hint “%(hint)s” is no value of the parameter “%(id)s”."),
    ),
    Check(
        "P105",
        ERROR,
        Part.DATA,
        f"{_DATA} article 16",
        gettext_noop(
            "The parameter “%(id)s” carries the origin's own person or letterhead. Leave the hint out."
        ),
    ),
    Check(
        "P106",
        ERROR,
        Part.SERVICE,
        _SECTION,
        gettext_noop("The document “%(id)s” has no template documents/%(id)s.html."),
    ),
    Check(
        "P107",
        ERROR,
        Part.SERVICE,
        _SECTION,
        gettext_noop("The template of “%(id)s” belongs to no document of package.yaml."),
    ),
    Check(
        "P108",
        ERROR,
        Part.SERVICE,
        _SECTION,
        gettext_noop("“%(role)s” signs the document “%(id)s”, but is no role of the kind signer."),
    ),
    Check(
        "P116",
        WARNING,
        Part.SERVICE,
        _SECTION,
        gettext_noop("“%(licence)s” is not known to us as a licence that lets others imitate and modify."),
    ),
    Check(
        "P129",
        ERROR,
        Part.SERVICE,
        _SECTION,
        gettext_noop(
            "Places may make “%(id)s” only stricter: it must be a number of its own in each district or village "
            "(per), with a maximum."
        ),
    ),
    Check(
        "P130",
        ERROR,
        Part.SERVICE,
        _SECTION,
        gettext_noop(
            "“%(id)s” cannot shorten the standard: it must be days of their own in each district or village (per), "
            "only stricter, from 1 to %(most)s."
        ),
    ),
    Check(
        "P131",
        ERROR,
        Part.SERVICE,
        _SECTION,
        gettext_noop("“%(id)s” is no signer: whose signer it is (“of”) is said of signers alone."),
    ),
    Check("P117", ERROR, Part.SERVICE, _SECTION, gettext_noop("The package is derived from itself.")),
    Check(
        "P120",
        ERROR,
        Part.SERVICE,
        "section 7",
        gettext_noop("The first version of the log is “%(found)s”; the package is %(version)s."),
    ),
    Check(
        "P121",
        ERROR,
        Part.SERVICE,
        "section 7",
        gettext_noop("The version “%(found)s” stands out of order. Newest first, each once."),
    ),
    Check("P122", HINT, Part.SERVICE, _SECTION, gettext_noop("The parameter “%(id)s” is used nowhere.")),
    Check(
        "P123",
        ERROR,
        Part.SERVICE,
        _SECTION,
        gettext_noop("No role is of the kind citizen: nobody could apply."),
    ),
    Check(
        "P125",
        HINT,
        Part.SERVICE,
        "PermenPANRB 14/2017",
        gettext_noop("There is no survey of satisfaction at the end."),
    ),
    Check(
        "P126",
        ERROR,
        Part.SERVICE,
        "section 7",
        gettext_noop(
            "The changes since %(before)s require at least version %(least)s; this one is %(version)s."
        ),
    ),
)

_WHOLE: Final = frozenset({ParameterType.INTEGER, ParameterType.MONEY, ParameterType.DAYS})
_OWN: Final = frozenset({ParameterType.OFFICIAL, ParameterType.LETTERHEAD})
_OPEN: Final = frozenset(
    [
        "CC0-1.0",
        "CC-BY-4.0",
        "CC-BY-SA-4.0",
        "CC-BY-3.0",
        "CC-BY-SA-3.0",
        "Apache-2.0",
        "MIT",
        "BSD-2-Clause",
        "BSD-3-Clause",
        "EUPL-1.2",
        "GPL-3.0-only",
        "GPL-3.0-or-later",
        "AGPL-3.0-only",
        "AGPL-3.0-or-later",
        "LGPL-3.0-only",
        "LGPL-3.0-or-later",
        "MPL-2.0",
        "ODbL-1.0",
    ]
)
_HEADING: Final = re.compile(r"^## +(.*?) *$", re.MULTILINE)
_VERSION: Final = re.compile(r"(0|[1-9][0-9]{0,5})\.(0|[1-9][0-9]{0,5})\.(0|[1-9][0-9]{0,5})", re.ASCII)


def manifest_faults(case: Case) -> Iterator[Fault]:
    """This function will yield what is wrong with what `package.yaml` says."""
    manifest = case.package.manifest
    for name, ids in (
        ("roles", [one.id for one in manifest.roles]),
        ("parameters", [one.id for one in manifest.parameters]),
        ("law", [one.id for one in manifest.law]),
        ("national", [one.id for one in manifest.national]),
        ("documents", [one.id for one in manifest.documents]),
    ):
        yield from _twice(case, name, ids)
    for place, parameter in enumerate(manifest.parameters):
        yield from _parameter_faults(parameter, case.package.line(PATH, "parameters", place))
    yield from _document_faults(case)
    yield from _within_faults(case)
    if manifest.licence not in _OPEN:
        yield Fault("P116", PATH, case.package.line(PATH, "licence"), {"licence": manifest.licence})
    origin = manifest.derived_from
    if origin and (origin.publisher, origin.id) == (manifest.publisher.code, manifest.id):
        yield Fault("P117", PATH, case.package.line(PATH, "derived_from"))
    if RoleKind.CITIZEN not in {role.kind for role in manifest.roles}:
        yield Fault("P123", PATH, case.package.line(PATH, "roles"))
    for place, role in enumerate(manifest.roles):
        if role.kind is not RoleKind.SIGNER and role.of is not Office.REGION:
            yield Fault("P131", PATH, case.package.line(PATH, "roles", place), {"id": role.id})
    if not manifest.has_survey:
        yield Fault("P125", PATH, case.package.line(PATH, "survey"))


def _within_faults(case: Case) -> Iterator[Fault]:
    """Yield that the parameter which shortens the standard could lengthen it, or is none."""
    within = case.package.manifest.standard.within
    found = next((one for one in case.package.manifest.parameters if one.id == within.parameter), None)
    shortens = (
        found is not None
        and (found.type, found.maximum) == (ParameterType.DAYS, within.days)
        and (found.minimum or 0) >= 1
        and found.only_stricter
    )
    if within.parameter and not shortens:
        line = case.package.line(PATH, "standard", "duration")
        yield Fault("P130", PATH, line, {"id": within.parameter, "most": str(within.days)})


def _twice(case: Case, name: str, ids: Sequence[str]) -> Iterator[Fault]:
    for place, one in enumerate(ids):
        if one in ids[:place]:
            yield Fault("P101", PATH, case.package.line(PATH, name, place), {"id": one, "list": name})


def _parameter_faults(parameter: Parameter, line: int) -> Iterator[Fault]:
    said = {"id": parameter.id, "type": parameter.type.value}
    limits = (parameter.minimum, parameter.maximum)
    if limits != (None, None) and parameter.type not in _WHOLE:
        yield Fault("P102", PATH, line, {**said, "key": "minimum, maximum"})
    if bool(parameter.options) is not (parameter.type is ParameterType.CHOICE):
        yield Fault("P102", PATH, line, {**said, "key": "options"})
    low, high = limits
    if parameter.only_stricter and not (parameter.type in _WHOLE and parameter.per and high is not None):
        yield Fault("P129", PATH, line, {"id": parameter.id})
    if low is not None and high is not None and low > high:
        yield Fault("P103", PATH, line, {**said, "low": str(low), "high": str(high)})
    if parameter.hint is None:
        return
    if parameter.type in _OWN:
        yield Fault("P105", PATH, line, said)
    elif not _fits(parameter, parameter.hint.id):
        yield Fault("P104", PATH, line, {"id": parameter.id, "hint": parameter.hint.id[:80]})


def _fits(parameter: Parameter, hint: str) -> bool:
    if parameter.type in _WHOLE:
        if not re.fullmatch(r"-?[0-9]{1,15}", hint, re.ASCII):
            return False
        low, high = parameter.minimum, parameter.maximum
        return (low is None or int(hint) >= low) and (high is None or int(hint) <= high)
    if parameter.type is ParameterType.CHOICE:
        return hint in {option.value for option in parameter.options}
    if parameter.type is ParameterType.YES_NO:
        return hint in {"true", "false"}
    if parameter.type is ParameterType.DATE:
        try:
            date.fromisoformat(hint)
        except ValueError:
            return False
    return True


def _document_faults(case: Case) -> Iterator[Fault]:
    package = case.package
    declared = {one.id for one in package.manifest.documents}
    signers = {role.id for role in package.manifest.roles if role.kind is RoleKind.SIGNER}
    for place, document in enumerate(package.manifest.documents):
        line = package.line(PATH, "documents", place)
        if (document.id, "id") not in package.documents:
            yield Fault("P106", PATH, line, {"id": document.id})
        if document.signed_by and document.signed_by not in signers:
            yield Fault("P108", PATH, line, {"id": document.id, "role": document.signed_by})
    for template in package.documents.values():
        if template.id not in declared:
            yield Fault("P107", template.path, 0, {"id": template.id})


def log_faults(case: Case) -> Iterator[Fault]:
    """This function will yield what is wrong with the log of versions."""
    text = case.package.files[LOG].decode()
    version = case.package.manifest.version
    headings = [(found[1], text.count("\n", 0, found.start()) + 1) for found in _HEADING.finditer(text)]
    first, line = headings[0] if headings else ("", 1)
    if first != version:
        yield Fault("P120", LOG, line, {"found": first[:40], "version": version})
    before: tuple[int, ...] | None = None
    for found, line in headings:
        match = _VERSION.fullmatch(found)
        number = tuple(int(part) for part in match.groups()) if match else None
        if number is None or (before is not None and number >= before):
            yield Fault("P121", LOG, line, {"found": found[:40]})
        before = number or before


def parameter_use_faults(case: Case) -> Iterator[Fault]:
    """This function will yield parameters that nothing reads."""
    package = case.package
    booked = {node.said.get(one) for node in bookings.steps_of(package) for one in bookings.PARAMETERS}
    everything = b"\n".join(content for path, content in package.files.items() if path != PATH).decode()
    for place, parameter in enumerate(package.manifest.parameters):
        implied = parameter.type is ParameterType.LETTERHEAD and "letterhead:" in everything
        implied = (
            implied or parameter.id in booked or parameter.id == package.manifest.standard.within.parameter
        )
        if not implied and not re.search(rf"\bparam\.{parameter.id}\b", everything):
            yield Fault("P122", PATH, package.line(PATH, "parameters", place), {"id": parameter.id})
