"""The words of surveys: the nine questions, their answers, the bands."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from babel.dates import format_date
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from livinglab.surveys.queries.results import Band, Element, SurveyedService
from livinglab.ui.formats import locale_of
from livinglab.ui.languages import language

ELEMENT_NAMES: Final[Mapping[Element, Promise]] = MappingProxyType(
    {
        Element.REQUIREMENTS: _("Requirements"),
        Element.PROCEDURE: _("Procedure"),
        Element.TIME: _("Time it takes"),
        Element.COST: _("Cost"),
        Element.PRODUCT: _("What one receives"),
        Element.COMPETENCE: _("Officers' skill"),
        Element.BEHAVIOUR: _("Officers' behaviour"),
        Element.COMPLAINTS: _("Handling of complaints"),
        Element.FACILITIES: _("Facilities"),
    }
)

#: the question and what to think of, in our own words
QUESTIONS: Final[Mapping[Element, tuple[Promise, Promise]]] = MappingProxyType(
    {
        Element.REQUIREMENTS: (
            _("How were the papers and conditions asked of you?"),
            _("Clear, and only what is needed."),
        ),
        Element.PROCEDURE: (_("How was the way through the service?"), _("Easy to follow.")),
        Element.TIME: (_("How was the time it took?"), _("As quick as was promised.")),
        Element.COST: (
            _("How was the cost?"),
            _("As announced. Where it was free, choose Very good."),
        ),
        Element.PRODUCT: (_("How was what you received?"), _("Right, complete, and what you applied for.")),
        Element.COMPETENCE: (
            _("How was the officers' skill?"),
            _("They knew what to do and could explain it."),
        ),
        Element.BEHAVIOUR: (
            _("How was the officers' behaviour?"),
            _("Polite, friendly, and the same to everybody."),
        ),
        Element.COMPLAINTS: (
            _("How were complaints and suggestions handled?"),
            _("If you had none: was it clear where to take them?"),
        ),
        Element.FACILITIES: (
            _("How were the place and equipment, or the web pages?"),
            _("Comfortable, working, and easy to use."),
        ),
    }
)

ANSWER_NAMES: Final[Mapping[int, Promise]] = MappingProxyType(
    {1: _("Not good"), 2: _("Not quite good"), 3: _("Good"), 4: _("Very good")}
)
BAND_NAMES: Final[Mapping[Band, Promise]] = MappingProxyType(
    {Band.A: ANSWER_NAMES[4], Band.B: ANSWER_NAMES[3], Band.C: ANSWER_NAMES[2], Band.D: ANSWER_NAMES[1]}
)
BAND_COLOURS: Final[Mapping[Band, str]] = MappingProxyType(
    {Band.A: "b5", Band.B: "b4", Band.C: "b2", Band.D: "b1"}
)


def name_of(service: SurveyedService) -> str:
    """This function will return a service's name in the reader's language."""
    return service.name_en if language() == "en" else service.name_id


def month_name(month: date) -> str:
    """This function will return a month with its year in the reader's language: "November 2026"."""
    return str(format_date(month, "MMMM y", locale=locale_of(language())))
