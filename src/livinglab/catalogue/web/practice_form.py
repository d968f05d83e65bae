"""The form of a practice: what it brings, and what it offers to choose from."""

from dataclasses import dataclass
from typing import Final

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from livinglab.catalogue import queries
from livinglab.catalogue.domain.functions import Status
from livinglab.catalogue.domain.practices import (
    LONGEST,
    MOST_SOURCES,
    MOST_STEPS,
    SOURCE_KINDS,
    Fault,
    IndicatorStep,
    NamedSource,
    PracticeText,
    Problem,
)
from livinglab.catalogue.web import shelf_words, words
from livinglab.catalogue.web.own import function_options
from livinglab.organizations.queries import Organization, agencies

Options = tuple[tuple[str, str], ...]
_CHOICES: Final = ("service", "function", "status", "year")
FAULTS: Final[dict[Fault, Promise]] = {
    Fault.MISSING: gettext_lazy("Fill this in"),
    Fault.TOO_LONG: gettext_lazy("Shorten this text"),
    Fault.NOT_PLAIN_TEXT: gettext_lazy("Remove characters that cannot be seen"),
    Fault.FUNCTION_UNKNOWN: gettext_lazy("Choose what the service does"),
    Fault.STATUS_UNKNOWN: gettext_lazy("Choose whether the service is active"),
    Fault.YEAR_WRONG: gettext_lazy("Enter a year from 1990 to this year"),
    Fault.URL_NOT_WEB: gettext_lazy("Enter a web address that begins with https://"),
    Fault.CONTACT_NOT_AN_OFFICE: gettext_lazy(
        "Enter the office's e-mail address (ending in go.id or desa.id) or its web page, never a person's number"
    ),
    Fault.STEP_UNKNOWN: gettext_lazy("Choose an indicator and one of its levels"),
    Fault.STEP_TWICE: gettext_lazy("Name each step once"),
    Fault.SERVICE_UNKNOWN: gettext_lazy("Choose one of your region's services on record"),
    Fault.SOURCE_HALF: gettext_lazy("Name the source and say what it is"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FormOptions:
    """What the form offers."""

    services: Options
    functions: Options
    agencies: tuple[str, ...]
    statuses: tuple[tuple[str, str, str], ...]
    indicators: Options
    levels: Options
    source_kinds: Options


def read_form(given: QueryDict) -> PracticeText:
    """This function will return what a form brings, as it was typed."""
    texts = {name: given.get(name, "").replace("\0", "") for name in (*LONGEST, *_CHOICES)}
    steps = tuple(
        IndicatorStep(given.get(f"step_{number}_indicator", ""), given.get(f"step_{number}_level", ""))
        for number in range(1, MOST_STEPS + 1)
    )
    sources = tuple(
        NamedSource(
            *(given.get(f"source_{number}_{part}", "").replace("\0", "") for part in ("name", "url", "kind"))
        )
        for number in range(1, MOST_SOURCES + 1)
    )
    return PracticeText(**texts, steps=steps, sources=sources).trimmed()


def step_rows(text: PracticeText) -> tuple[IndicatorStep, ...]:
    """This function will return the rows of indicator steps, empty ones at the end."""
    return (*text.steps, *(IndicatorStep() for _row in range(MOST_STEPS - len(text.steps))))


def source_rows(text: PracticeText) -> tuple[NamedSource, ...]:
    """This function will return the rows of sources, empty ones at the end."""
    return (*text.sources, *(NamedSource() for _row in range(MOST_SOURCES - len(text.sources))))


def form_options(region: Organization) -> FormOptions:
    """This function will return what the form offers; call it inside the region's transaction. Two queries."""
    services = queries.region_services(region.code)
    highest = max(levels.stop for levels in queries.indicator_levels().values())
    return FormOptions(
        services=(("", _("None on record")), *((one.key, one.name) for one in services)),
        functions=tuple(function_options()),
        agencies=tuple(agencies(region.id).values_list("name", flat=True)),
        statuses=tuple((str(one), str(words.STATUSES[one]), "") for one in (Status.ACTIVE, Status.INACTIVE)),
        indicators=(
            ("", _("No indicator")),
            *((code, shelf_words.indicator_name(code)) for code in queries.indicator_levels()),
        ),
        levels=(("", _("No level")), *((str(level), str(level)) for level in range(1, highest))),
        source_kinds=(
            ("", _("Kind of source")),
            *((str(one), str(words.RELIABILITIES[one])) for one in SOURCE_KINDS),
        ),
    )


def in_words(found: tuple[Problem, ...]) -> list[tuple[str, str]]:
    """This function will return problems as field and message."""
    return [(one.field, str(FAULTS[one.fault])) for one in found]
