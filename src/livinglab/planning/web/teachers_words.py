"""What the pages of teachers say about evidence and fit, in the reader's language."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from livinglab.assessments.queries import Indicator, Instrument
from livinglab.organizations.queries import Kind, Organization
from livinglab.planning.queries.teachers import MOST, Criterion, Evidence, Learning, Taken, Teacher
from livinglab.ui import formats
from livinglab.ui.languages import language


def figure(value: Decimal) -> str:
    """Return a level or a result as it was published: a whole level without decimals."""
    whole = value == value.to_integral_value()
    return formats.count(int(value), language=language()) if whole else decimal(value)


def decimal(value: Decimal) -> str:
    """Return a number with two places in the reader's language."""
    return formats.decimal2(value, language=language())


def part_name(instrument: Instrument, part: str) -> str:
    """Return the name of an indicator, or of a domain of this instrument, by its key."""
    for domain in instrument.domains:
        if domain.code == part:
            return _("domain %(name)s") % {"name": domain.short.in_language(language())}
    for indicator in instrument.indicators():
        if indicator.key == part:
            return step_name(indicator)
    return part


def step_name(indicator: Indicator) -> str:
    """Return an indicator with its number."""
    short = indicator.short.in_language(language())
    return _("indicator %(number)s, %(name)s") % {"number": indicator.number, "name": short}


def evidence_text(taken: Taken, published: Instrument) -> str:
    """Return what shows that a region took the step, with values, years and source."""
    values = {
        "before": figure(taken.before) if taken.evidence is Evidence.INDICATOR else decimal(taken.before),
        "after": figure(taken.after) if taken.evidence is Evidence.INDICATOR else decimal(taken.after),
        "first": taken.from_year,
        "last": taken.to_year,
        "part": part_name(published, taken.part),
    }
    if taken.evidence is Evidence.INDICATOR:
        return (
            _("the indicator rose from level %(before)s in %(first)s to level %(after)s in %(last)s") % values
        )
    return _("%(part)s rose from %(before)s in %(first)s to %(after)s in %(last)s") % values


def reasons(
    one: Teacher, there: Organization, here: Organization, standing: Decimal | None
) -> list[tuple[str, str]]:
    """Return why a region fits: pairs of the reason and its points, in the order of the criteria."""
    texts = {
        Criterion.EVIDENCE: _evidence(one.taken.evidence),
        Criterion.KIND: _kind(there, here),
        Criterion.SIZE: _size(one),
        Criterion.START: _start(one.taken, standing),
        Criterion.RECENCY: _("took the step by %(year)s") % {"year": one.taken.to_year},
        Criterion.DISTANCE: _distance(one.nearness.kilometres),
    }
    return [(texts[criterion], points(one, criterion)) for criterion in Criterion]


def points(one: Teacher, criterion: Criterion) -> str:
    """Return the points of a criterion with the most there are."""
    return _("%(points)s of %(most)s") % {"points": one.points[criterion], "most": MOST[criterion]}


def _evidence(evidence: Evidence) -> str:
    return {
        Evidence.INDICATOR: _("decided levels of this very indicator"),
        Evidence.DOMAIN: _("published results of its domain"),
        Evidence.CROSSWALK: _("published results of a domain of the older instrument"),
    }[evidence]


def _kind(there: Organization, here: Organization) -> str:
    names = {Kind.REGENCY: _("a regency"), Kind.CITY: _("a city"), Kind.PROVINCE: _("a province")}
    name = names[Kind(there.kind)]
    if there.kind == here.kind:
        return _("also %(kind)s") % {"kind": name}
    return _("%(kind)s, unlike the region that asks") % {"kind": name}


def _size(one: Teacher) -> str:
    if one.nearness.times is None:
        return _("population not known")
    return _("%(times)s times the population") % {"times": decimal(one.nearness.times)}


def _start(taken: Taken, standing: Decimal | None) -> str:
    if standing is None:
        return _("stood at %(before)s; where the region that asks stands was not published") % {
            "before": figure(taken.before)
        }
    return _("stood at %(before)s before; the region that asks stands at %(now)s") % {
        "before": figure(taken.before),
        "now": figure(standing),
    }


def _distance(kilometres: int | None) -> str:
    if kilometres is None:
        return _("distance not known")
    return _("%(number)s km away") % {"number": formats.count(kilometres, language=language())}


def gives_back(found: Learning, one: Teacher, published: Instrument) -> str:
    """Return what the asker holds and this region lacks, empty where nothing is known."""
    instrument = found.instrument if one.taken.evidence is Evidence.INDICATOR else published
    listed = [
        _("level %(level)s in %(part)s") % {"level": level, "part": part_name(instrument, part)}
        for part, level in found.gives_back(one)
    ]
    more = len(listed) - _MOST_GIVEN
    if more > 0:
        listed = [
            *listed[:_MOST_GIVEN],
            ngettext("%(count)s more step", "%(count)s more steps", more) % {"count": more},
        ]
    return formats.listing(listed, language=language()) if listed else ""


_MOST_GIVEN = 3
