"""Pages on the assessment instruments: which there are, what one weighs, what each level asks for."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from livinglab.assessments import queries
from livinglab.assessments.web import indicator_page, instrument_page
from livinglab.kernel import clock
from livinglab.kernel.freshness import fresh_by
from livinglab.kernel.unknown import UnknownValue


@require_safe
@fresh_by("instruments")
def instruments(request: HttpRequest) -> HttpResponse:
    """Show the instruments, the one in force first."""
    page = instrument_page.build_list(queries.instruments(), clock.today())
    return render(request, "assessments/instruments.html", {"page": page})


@require_safe
@fresh_by("instruments")
def instrument(request: HttpRequest, code: str) -> HttpResponse:
    """Show one instrument: weights, bands, predicate rules, capabilities, indicators, what it replaced."""
    page = instrument_page.build(queries.get_instrument(code), queries.instruments(), clock.today())
    return render(request, "assessments/instrument.html", {"page": page})


@require_safe
@fresh_by("instruments")
def indicator(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Show one indicator: its weight, what each level asks for, which indicators it came from or became."""
    found = queries.get_instrument(code)
    shown = found.indicator(number)
    if shown is None:
        known = [each.number for each in found.indicators()]
        raise UnknownValue(_("indicator"), number, known, status=404)
    page = indicator_page.build(found, shown, queries.instruments())
    return render(request, "assessments/indicator.html", {"page": page})
