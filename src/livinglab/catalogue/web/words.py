"""What the catalogue's codes are called on a page."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from livinglab.catalogue.domain.coverage import Absence, Method
from livinglab.catalogue.domain.entries import Fault
from livinglab.catalogue.domain.functions import Reliability, ServiceFunction, Side, Status, Words
from livinglab.catalogue.domain.matrix import ListedService
from livinglab.catalogue.queries import source_of, taxonomy
from livinglab.ui.languages import language

SIDES: Final[dict[Side, Promise]] = {
    Side.ADMINISTRATION: gettext_lazy("Government administration"),
    Side.PUBLIC: gettext_lazy("Public services"),
}
STATUSES: Final[dict[Status, Promise]] = {
    Status.ACTIVE: pgettext_lazy("service", "active"),
    Status.INACTIVE: pgettext_lazy("service", "not active"),
    Status.UNKNOWN: pgettext_lazy("service", "status not stated"),
    Status.NONE: pgettext_lazy("service", "none"),
    Status.DRAFTED: gettext_lazy("drafted, not yet run"),
    Status.PILOTED: gettext_lazy("piloted by its publisher"),
}
PLATFORMS: Final[dict[str, Promise]] = {
    "website": gettext_lazy("Website"),
    "mobile": gettext_lazy("Mobile application"),
    "website_mobile": gettext_lazy("Website and mobile application"),
    "desktop": gettext_lazy("Desktop application"),
    "other": gettext_lazy("Other platform"),
}
APP_CLASSES: Final[dict[str, Promise]] = {
    "common": gettext_lazy("Common application, as its source says"),
    "special": gettext_lazy("Special application, as its source says"),
}
RELIABILITIES: Final[dict[Reliability, Promise]] = {
    Reliability.REGISTER: gettext_lazy("from an application register"),
    Reliability.REPORT: gettext_lazy("from an official report"),
    Reliability.OFFICIAL_SITE: gettext_lazy("from an official website"),
    Reliability.REGION: gettext_lazy("stated by the region itself"),
    Reliability.PRESS: gettext_lazy("from the press"),
    Reliability.NEWS: gettext_lazy("from a news item"),
}
METHODS: Final[dict[Method, Promise]] = {
    Method.REGISTER: gettext_lazy("complete application register read"),
    Method.INDICATOR_LIST: gettext_lazy("list by SPBE indicator read"),
    Method.SINGLE_FINDS: gettext_lazy("single finds only"),
    Method.NOT_RESEARCHED: gettext_lazy("not researched"),
}
ABSENCES: Final[dict[Absence, Promise]] = {
    Absence.NONE: gettext_lazy("None in its list"),
    Absence.STATED_NONE: gettext_lazy("None, says the region"),
    Absence.NOT_RESEARCHED: gettext_lazy("Not researched"),
}
FAULTS: Final[dict[Fault, Promise]] = {
    Fault.FUNCTION_UNKNOWN: gettext_lazy("Choose what the service does"),
    Fault.STATUS_UNKNOWN: gettext_lazy("Choose whether the service is active"),
    Fault.NAME_MISSING: gettext_lazy("Enter the name of the service"),
    Fault.NAME_WITHOUT_SERVICE: gettext_lazy("Leave the name empty if your region has no such service"),
    Fault.TOO_LONG: gettext_lazy("Shorten this text"),
    Fault.NOT_PLAIN_TEXT: gettext_lazy("Remove characters that cannot be seen"),
    Fault.YEAR_NOT_A_YEAR: gettext_lazy("Enter the year in four digits, such as 2024"),
    Fault.YEAR_OUT_OF_RANGE: gettext_lazy("Enter a year from 1990 to this year"),
    Fault.URL_NOT_WEB: gettext_lazy("Enter a web address that begins with https://"),
}


def said(words: Words) -> str:
    """This function will return a text of the reference files in the reader's language."""
    return words.to(language())


def function_name(code: str) -> str:
    """This function will return what a service function is called; its code where the taxonomy knows it no more."""
    function = taxonomy().function(code)
    return said(function.name) if function else code


def description(service: ListedService) -> str:
    """This function will return what a service does, in the reader's language."""
    return service.description_en if language() == "en" else service.description_id


def source_name(service: ListedService) -> str:
    """This function will return where a service is from."""
    source = source_of(service)
    return said(source.name) if source else reliability(service)


def reliability(service: ListedService) -> str:
    """This function will return how sure a service is; what a demo person entered is called invented."""
    if service.is_synthetic:
        return _("invented for demonstration")
    return str(RELIABILITIES[service.reliability])


def place(service: ListedService) -> str:
    """This function will return whose service it is."""
    return service.region_name or _("region not named by the source")


def national_application(function: ServiceFunction) -> str:
    """This function will return the warning of a function in a field of national common applications, or nothing.

    Perpres 95/2018 articles 36-38 and 63.
    """
    if function.field is None:
        return ""
    if function.field.application is None:
        return _("Field of a national common application")
    return _("National common application: %(name)s") % {"name": function.field.application}
