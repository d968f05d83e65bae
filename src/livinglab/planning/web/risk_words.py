"""How the risk that assessors accept less is said: the rate, what it rests on, and chances."""

from __future__ import annotations

from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from livinglab.planning.queries.risk import Counted, OwnRate, Rate
from livinglab.planning.web import words
from livinglab.ui import formats
from livinglab.ui.languages import language

_OFFERED = (50, 60, 70, 80, 90, 95, 100)
_NEARLY_ALL, _NEARLY_NONE = Fraction(999, 1000), Fraction(1, 1000)


def rate_in_words(rate: Rate | None) -> str:
    """Return what share of claimed steps is reckoned with and what it rests on; that nothing is known without one."""
    if rate is None:
        return _(
            "How many of the levels that regions claim their assessors accept was not measured yet: fewer than five "
            "regions have a decided evaluation here. Choose a share to reckon with; it is an assumption."
        )
    if rate.is_assumed:
        return _(
            "Assumed, not measured: assessors accept %(percent)s%% of the steps claimed, each step on its own. What is "
            "held at the start counts as confirmed."
        ) % {"percent": rate.percent}
    measured = rate.measured
    assert measured is not None, "a rate that is not assumed was measured"
    said = _(
        "Measured: assessors confirmed %(confirmed)s of %(answers)s claimed levels in %(regions)s regions, "
        "%(percent)s%%. It counts for each step on its own; what is held at the start counts as confirmed."
    ) % {
        "confirmed": formats.count(measured.confirmed, language=language()),
        "answers": formats.count(measured.answers, language=language()),
        "regions": formats.count(measured.regions, language=language()),
        "percent": rate.percent,
    }
    if not rate.own:
        return said
    more = ngettext(
        "%(num)s indicator counts with a share of its own or of its domain.",
        "%(num)s indicators count with shares of their own or of their domains.",
        len(rate.own),
    )
    return f"{said} {more % {'num': len(rate.own)}}"


def rate_options(rate: Rate | None, assumed: int | None) -> tuple[tuple[str, str], ...]:
    """Return the shares that a form offers: the measured one or none first, then assumptions."""
    is_measured = rate is not None and rate.measured is not None
    first = _("as measured") if is_measured else _("do not reckon with it")
    offered = sorted({*_OFFERED, *(() if assumed is None else (assumed,))})
    return (("", first), *((str(one), _("%(percent)s%% (assumed)") % {"percent": one}) for one in offered))


def chance_in_words(chance: Fraction, index: str, name: str) -> str:
    """Return how likely an index, called `name`, is confirmed."""
    return _("%(index)s (%(name)s) is confirmed with a chance of %(chance)s") % {
        "index": index,
        "name": name,
        "chance": percent(chance),
    }


def percent(chance: Fraction) -> str:
    """Return a chance in whole percent; one that is nearly certain or nearly none never reads so."""
    if _NEARLY_ALL < chance < 1:
        return _("more than %(percent)s") % {"percent": _shown(_NEARLY_ALL)}
    if 0 < chance < _NEARLY_NONE:
        return _("less than %(percent)s") % {"percent": _shown(_NEARLY_NONE)}
    return _shown(chance)


def _shown(chance: Fraction) -> str:
    return formats.percent(words.decimal_of(chance), language=language())


def own_rate_in_words(one: OwnRate) -> str:
    """Return the share of an indicator and what it was counted on."""
    values = {
        "indicator": one.indicator,
        "percent": one.percent,
        "answers": formats.count(one.answers, language=language()),
    }
    if one.counted is Counted.INDICATOR:
        return _("Indicator %(indicator)s: %(percent)s%%, from %(answers)s answers of its own") % values
    return _("Indicator %(indicator)s: %(percent)s%%, from %(answers)s answers of its domain") % values
