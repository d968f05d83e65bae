"""Pages of prose: what this is, how figures are made, accessibility, privacy."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from livinglab.assessments.queries import Band, Comparison, Instrument, instruments
from livinglab.kernel.freshness import fresh_by
from livinglab.portal.web import thresholds
from livinglab.ui.figures import Column, ColumnKind, Table
from livinglab.ui.languages import language


@require_safe
@fresh_by()
def about(request: HttpRequest) -> HttpResponse:
    """This function will say what Living Lab is, what it rests on and what is not known."""
    return render(request, "portal/about.html", {})


@require_safe
@fresh_by()
def accessibility(request: HttpRequest) -> HttpResponse:
    """This function will state how accessible the site is."""
    return render(request, "portal/accessibility.html", {})


@require_safe
@fresh_by()
def privacy(request: HttpRequest) -> HttpResponse:
    """This function will say which personal data are kept, why and for how long (UU 27/2022)."""
    return render(request, "portal/privacy.html", {})


@dataclass(frozen=True, slots=True)
class InstrumentMethod:
    """An instrument's weights, bands and rules, as tables."""

    code: str
    title: str
    regulation: str
    weights: Table
    bands: Table
    rules: Table


@require_safe
@fresh_by()
def method(request: HttpRequest) -> HttpResponse:
    """This function will say how every figure on the site is made."""
    context = {"instruments": [_method(one) for one in instruments()], "is": thresholds}
    return render(request, "portal/method.html", context)


def _method(one: Instrument) -> InstrumentMethod:
    words = language()
    title = one.short.in_language(words)
    return InstrumentMethod(one.code, title, one.regulation.name, _weights(one), _bands(one), _rules(one))


def _weights(one: Instrument) -> Table:
    """Domains, or aspects where the instrument has none, with their share of the index."""
    words = language()
    return Table(
        caption=_("Weights of %(instrument)s") % {"instrument": one.short.in_language(words)},
        columns=(
            Column(key="code", label=_("Code"), kind=ColumnKind.CODE),
            Column(key="name", label=_("Part")),
            Column(key="weight", label=_("Weight in per cent")),
        ),
        rows=tuple(
            (part.code, part.name.in_language(words), _number(_decimal(part.weight)))
            for part in one.domains or one.aspects
        ),
    )


def _decimal(weight: object) -> str:
    """A weight as a decimal when it is one, else the exact fraction."""
    text = str(weight)
    if "/" not in text:
        return text
    above, below = (int(part) for part in text.split("/"))
    hundredths = above * 100
    return text if hundredths % below else f"{hundredths // below / 100:g}"


def _number(text: str) -> str:
    return text.replace(".", ",") if language() == "id" else text


def _bands(one: Instrument) -> Table:
    words = language()
    return Table(
        caption=_("Predicates of %(instrument)s") % {"instrument": one.short.in_language(words)},
        columns=(Column(key="predicate", label=_("Predicate")), Column(key="span", label=_("Index"))),
        rows=tuple((band.name.in_language(words), _span(band)) for band in one.bands),
    )


def _span(band: Band) -> str:
    limits = {"low": _number(str(band.lower)), "high": _number(str(band.upper))}
    if band.closed:
        return _("%(low)s to %(high)s") % limits
    return _("%(low)s to below %(high)s") % limits


def _rules(one: Instrument) -> Table:
    words = language()
    compares = {
        Comparison.ROUNDED: _("the index rounded to two decimals"),
        Comparison.UNROUNDED: _("the exact index, before rounding"),
    }
    return Table(
        caption=_("Which index decides the predicate, by year"),
        columns=(
            Column(key="years", label=_("Years")),
            Column(key="compares", label=_("Compared with the limits")),
            Column(key="source", label=_("How we know")),
        ),
        rows=tuple(
            (str(rule.years), compares[rule.compares], rule.source.in_language(words))
            for rule in one.predicate_rules
        ),
    )
