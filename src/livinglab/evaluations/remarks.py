"""What the checks say, in the reader's language."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from livinglab.evaluations.domain.checks import Check, Remark, Severity, Value
from livinglab.evaluations.domain.stages import Stage
from livinglab.evaluations.domain.team import TeamFunction
from livinglab.ui import formats
from livinglab.ui.languages import language

SEVERITIES: Final[Mapping[Severity, Promise]] = {
    Severity.ERROR: _("Error"),
    Severity.WARNING: _("Warning"),
    Severity.INFO: _("Note"),
}
FUNCTIONS: Final[Mapping[TeamFunction, Promise]] = {
    TeamFunction.ORGANISATION: _("organisation and procedures"),
    TeamFunction.DATA: _("data"),
    TeamFunction.ICT: _("information technology"),
    TeamFunction.INFORMATION_SECURITY: _("information security"),
    TeamFunction.LEGAL: _("law"),
    TeamFunction.PLANNING: _("planning"),
    TeamFunction.BUDGETING: _("budgeting"),
    TeamFunction.PERFORMANCE: _("performance accountability"),
    TeamFunction.FINANCE: _("finance"),
    TeamFunction.PROCUREMENT: _("procurement"),
    TeamFunction.PROPERTY: _("public property"),
    TeamFunction.PERSONNEL: _("personnel"),
    TeamFunction.RECORDS: _("records"),
    TeamFunction.OVERSIGHT: _("internal oversight"),
    TeamFunction.PUBLIC_SERVICE: _("public service"),
}
_STAGES: Final[Mapping[Stage, Promise]] = {
    Stage.SELF: _("self-assessment"),
    Stage.DOCUMENT: _("document assessment"),
    Stage.INTERVIEW: _("interview"),
    Stage.VISIT: _("visit"),
    Stage.CONSOLIDATED: _("consolidation"),
}


def message(remark: Remark) -> str:
    """This function will return what a remark says, with its numbers and days as the reader writes them."""
    return gettext(remark.check.message) % {key: _shown(key, value) for key, value in remark.params.items()}


def title(check: Check) -> str:
    """This function will return what a check is called."""
    return gettext(check.title)


def source(check: Check) -> str:
    """This function will return what a check rests on."""
    return gettext(check.source)


def severity(check: Check) -> str:
    """This function will return how grave a check is."""
    return str(SEVERITIES[check.severity])


def _shown(key: str, value: Value) -> str:
    if isinstance(value, date):
        return formats.day(value, language=language())
    if isinstance(value, Decimal):
        return _level(value)
    if isinstance(value, int):
        return str(value) if key == "year" else formats.count(value, language=language())
    if key == "stage":
        return str(_STAGES[Stage(value)])
    if key == "functions":
        return ", ".join(str(FUNCTIONS[TeamFunction(each)]) for each in value.split(", "))
    return value


def _level(value: Decimal) -> str:
    exact = format(value.normalize(), "f")
    return exact if language() == "en" else exact.replace(".", ",")
