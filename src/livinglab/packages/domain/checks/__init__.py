"""The checks of a package: the table of all, and how they are run.

faults_of(case)        what is wrong with a package that could be read
readiness(faults)      how much of what is asked is there, in per cent
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from livinglab.packages.domain.checks import (
    expression_checks,
    file_checks,
    form_checks,
    law_checks,
    manifest_checks,
    process_checks,
    scenario_checks,
    table_checks,
    text_checks,
)
from livinglab.packages.domain.checks.kinds import WEIGHTS, Case, Check, Known, Part, Reading
from livinglab.packages.domain.faults import Fault, Severity

__all__ = [
    "BY_ID",
    "CHECKS",
    "WEIGHTS",
    "Case",
    "Check",
    "Known",
    "Part",
    "Reading",
    "faults_of",
    "missing",
    "readiness",
]

#: every check, by id
CHECKS: Final[tuple[Check, ...]] = tuple(
    sorted(
        (
            *file_checks.CHECKS,
            *manifest_checks.CHECKS,
            *law_checks.CHECKS,
            *form_checks.CHECKS,
            *process_checks.CHECKS,
            *expression_checks.CHECKS,
            *table_checks.CHECKS,
            *text_checks.CHECKS,
            *scenario_checks.CHECKS,
        ),
        key=lambda check: check.id,
    )
)
BY_ID: Final[Mapping[str, Check]] = MappingProxyType({check.id: check for check in CHECKS})

_LOOKS: Final[tuple[Callable[[Case], Iterator[Fault]], ...]] = (
    manifest_checks.manifest_faults,
    law_checks.standard_faults,
    law_checks.data_faults,
    law_checks.known_faults,
    manifest_checks.log_faults,
    manifest_checks.parameter_use_faults,
    form_checks.form_faults,
    process_checks.process_faults,
    process_checks.course_faults,
    expression_checks.expression_faults,
    table_checks.table_faults,
    text_checks.text_faults,
    text_checks.language_faults,
    scenario_checks.scenario_faults,
)


def severity(fault: Fault) -> Severity:
    """This function will return how grave a fault is."""
    return BY_ID[fault.code].severity


def faults_of(case: Case) -> list[Fault]:
    """This function will return everything that is wrong with a package that could be read, in no order."""
    return [fault for look in _LOOKS for fault in look(case)]


def missing(faults: Iterable[Fault]) -> tuple[Part, ...]:
    """This function will return the requirements that are not met: those with an error or a warning."""
    spoiled = {BY_ID[fault.code].part for fault in faults if severity(fault) is not Severity.HINT}
    return tuple(part for part in Part if part in spoiled)


def readiness(faults: Iterable[Fault]) -> int:
    """This function will return the share of weighted requirements that are met, in whole per cent: 0 to 100."""
    return sum(WEIGHTS.values()) - sum(WEIGHTS[part] for part in missing(faults))
