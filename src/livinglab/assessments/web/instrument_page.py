"""The list of instruments and the page of one, in the reader's language."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from livinglab.assessments.domain.instruments import Aspect, Band, Domain, Indicator, Instrument
from livinglab.assessments.web import words
from livinglab.assessments.web.words import percent, said
from livinglab.ui import formats
from livinglab.ui.languages import language


@dataclass(frozen=True, slots=True)
class ListedInstrument:
    """An instrument in the list."""

    code: str
    name: str
    title: str
    regulation: str
    years: str
    is_in_force: bool
    shape: str
    texts: str


@dataclass(frozen=True, slots=True)
class InstrumentList:
    """The list page."""

    heading: str
    instruments: tuple[ListedInstrument, ...]


def build_list(instruments: tuple[Instrument, ...], today: date) -> InstrumentList:
    """Return the list page, the instrument in force first."""
    ordered = sorted(instruments, key=lambda each: not each.in_force.covers(today))
    present = next((each for each in ordered if each.in_force.covers(today)), None)
    if present is None:
        heading = _("No instrument is in force today")
    else:
        since = formats.day(present.in_force.from_date, language=language())
        heading = _("%(name)s is in force since %(day)s") % {"name": said(present.short), "day": since}
    return InstrumentList(heading, tuple(_listed(each, today) for each in ordered))


def _listed(instrument: Instrument, today: date) -> ListedInstrument:
    return ListedInstrument(
        code=instrument.code,
        name=said(instrument.short),
        title=said(instrument.title),
        regulation=instrument.regulation.name,
        years=years(instrument),
        is_in_force=instrument.in_force.covers(today),
        shape=shape(instrument),
        texts=str(words.CONFIDENCES[instrument.regulation.texts]),
    )


def years(instrument: Instrument) -> str:
    """Return the evaluation years in words."""
    first, last = instrument.years.first, instrument.years.last
    return _("from %(year)s") % {"year": first} if last is None else f"{first}–{last}"


def shape(instrument: Instrument) -> str:
    """Return how many domains, aspects and indicators an instrument has, in words."""
    domains, aspects = len(instrument.domains), len(instrument.aspects)
    indicators = len(list(instrument.indicators()))
    parts = [
        ngettext("%(count)s domain", "%(count)s domains", domains) % {"count": domains} if domains else "",
        ngettext("%(count)s aspect", "%(count)s aspects", aspects) % {"count": aspects},
        ngettext("%(count)s indicator", "%(count)s indicators", indicators) % {"count": indicators},
    ]
    return ", ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class IndicatorLine:
    """An indicator in its aspect's table."""

    number: int
    name: str
    weight: Decimal
    capability: str
    origins: tuple[int, ...]
    evidence: str
    external: str


@dataclass(frozen=True, slots=True)
class AspectPart:
    """An aspect with its indicators."""

    code: str
    name: str
    weight: Decimal
    indicators: tuple[IndicatorLine, ...]


@dataclass(frozen=True, slots=True)
class DomainPart:
    """A domain with its aspects; without code and name where the instrument has no domains."""

    code: str
    name: str
    weight: Decimal
    aspects: tuple[AspectPart, ...]


@dataclass(frozen=True, slots=True)
class BandLine:
    """A predicate with its interval."""

    css: str
    name: str
    label: str
    interval: str


@dataclass(frozen=True, slots=True)
class RuleLine:
    """The predicate rule of some years."""

    years: str
    compares: str
    status: str
    is_assumption: bool
    source: str


@dataclass(frozen=True, slots=True)
class CapabilityPart:
    """A ladder of levels: triples of level, name and meaning."""

    name: str
    status: str
    levels: tuple[tuple[int, str, str], ...]


@dataclass(frozen=True, slots=True)
class Neighbour:
    """The instrument before or after this one."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class InstrumentPage:
    """The page of one instrument."""

    code: str
    name: str
    title: str
    stand: str
    facts: tuple[tuple[str, str], ...]
    weights_heading: str
    parts: tuple[DomainPart, ...]
    bands: tuple[BandLine, ...]
    rules: tuple[RuleLine, ...]
    capabilities: tuple[CapabilityPart, ...]
    variants: tuple[tuple[str, str], ...]
    crosswalk: Neighbour | None
    crosswalk_source: str
    replaced: Neighbour | None
    successor: Neighbour | None
    criteria: str
    sources: tuple[str, ...]


def build(instrument: Instrument, instruments: tuple[Instrument, ...], today: date) -> InstrumentPage:
    """Return the page of one instrument."""
    crosswalk = instrument.crosswalk
    successor = next((each for each in instruments if each.replaces == instrument.code), None)
    return InstrumentPage(
        code=instrument.code,
        name=said(instrument.short),
        title=said(instrument.title),
        stand=_stand(instrument, successor, today),
        facts=_facts(instrument),
        weights_heading=weights_heading(instrument),
        parts=_parts(instrument),
        bands=tuple(_band(position, band) for position, band in enumerate(instrument.bands, start=1)),
        rules=_rules(instrument),
        capabilities=_capabilities(instrument),
        variants=tuple((said(each.name), said(each.source)) for each in instrument.variants),
        crosswalk=neighbour(crosswalk.instrument if crosswalk else None, instruments),
        crosswalk_source=said(crosswalk.source) if crosswalk else "",
        replaced=neighbour(instrument.replaces, instruments),
        successor=Neighbour(successor.code, said(successor.short)) if successor else None,
        criteria=str(words.CRITERIA[instrument.criteria.status]) if instrument.criteria else "",
        sources=tuple(said(each) for each in instrument.regulation.sources),
    )


def neighbour(code: str | None, instruments: tuple[Instrument, ...]) -> Neighbour | None:
    """Return the instrument with this code as a link, None for none."""
    found = next((each for each in instruments if each.code == code), None)
    return Neighbour(found.code, said(found.short)) if found else None


def _stand(instrument: Instrument, successor: Instrument | None, today: date) -> str:
    first = formats.day(instrument.in_force.from_date, language=language())
    if instrument.in_force.covers(today):
        return _("In force since %(day)s. It measures every central and local government each year.") % {
            "day": first
        }
    if successor is not None:
        facts = {"years": years(instrument), "successor": said(successor.short)}
        return _("History: used for the evaluations of %(years)s, then replaced by %(successor)s.") % facts
    return _("Used for the evaluations of %(years)s.") % {"years": years(instrument)}


def _facts(instrument: Instrument) -> tuple[tuple[str, str], ...]:
    scale, regulation = instrument.scale, instrument.regulation
    span = {"low": scale.minimum, "high": scale.maximum}
    levels = (
        _("%(low)s to %(high)s, whole numbers")
        if scale.decimals == 0
        else _("%(low)s to %(high)s, two decimals")
    )
    return (
        (_("Regulation"), f"{regulation.name}, {said(regulation.citation)}"),
        (_("Evaluation years"), years(instrument)),
        (_("Structure"), shape(instrument)),
        (_("Levels"), levels % span),
        (_("Structure and weights"), str(words.CONFIDENCES[regulation.structure])),
        (_("Texts of the criteria"), str(words.CONFIDENCES[regulation.texts])),
    )


def weights_heading(instrument: Instrument) -> str:
    """Return the finding of the weights: the heaviest and the lightest part, with their shares."""
    parts: tuple[Domain | Aspect, ...] = instrument.domains or instrument.aspects
    heaviest, lightest = max(parts, key=lambda each: each.weight), min(parts, key=lambda each: each.weight)
    facts = {
        "heaviest": said(heaviest.name),
        "most": formats.decimal2(percent(heaviest.weight), language=language()),
        "lightest": said(lightest.name),
        "least": formats.decimal2(percent(lightest.weight), language=language()),
    }
    return _("%(heaviest)s weighs most, %(most)s%% of the index; %(lightest)s least, %(least)s%%") % facts


def _parts(instrument: Instrument) -> tuple[DomainPart, ...]:
    if not instrument.domains:
        aspects = tuple(_aspect(instrument, each) for each in instrument.aspects)
        return (DomainPart("", "", Decimal(100), aspects),)
    return tuple(
        DomainPart(
            domain.code,
            said(domain.name),
            percent(domain.weight),
            tuple(_aspect(instrument, each) for each in domain.aspects),
        )
        for domain in instrument.domains
    )


def _aspect(instrument: Instrument, aspect: Aspect) -> AspectPart:
    lines = tuple(_line(instrument, each) for each in aspect.indicators)
    return AspectPart(aspect.code, said(aspect.name), percent(aspect.weight), lines)


def _line(instrument: Instrument, indicator: Indicator) -> IndicatorLine:
    external, origin = indicator.external_index, indicator.origin
    return IndicatorLine(
        number=indicator.number,
        name=said(indicator.name),
        weight=percent(indicator.weight),
        capability=said(instrument.capability(indicator.capability).name),
        origins=origin.indicators if origin else (),
        evidence=str(words.EVIDENCE[origin.evidence]) if origin else "",
        external=external.abbreviation if external else "",
    )


def _band(position: int, band: Band) -> BandLine:
    low, high = (formats.decimal2(each, language=language()) for each in (band.lower, band.upper))
    interval = _("%(low)s to %(high)s") if band.closed else _("%(low)s to below %(high)s")
    return BandLine(
        css=f"b{position}",
        name=said(band.name),
        label=said(band.label) if band.label else "",
        interval=interval % {"low": low, "high": high},
    )


def _rules(instrument: Instrument) -> tuple[RuleLine, ...]:
    return tuple(
        RuleLine(
            years=str(rule.years) if rule.years.last else _("from %(year)s") % {"year": rule.years.first},
            compares=str(words.COMPARISONS[rule.compares]),
            status=str(words.RULE_STATUSES[rule.status]),
            is_assumption=rule.status.value == "assumption",
            source=said(rule.source),
        )
        for rule in instrument.predicate_rules
    )


def _capabilities(instrument: Instrument) -> tuple[CapabilityPart, ...]:
    return tuple(
        CapabilityPart(
            name=said(capability.name),
            status=str(words.CONFIDENCES[capability.status]),
            levels=tuple((each.level, said(each.name), said(each.meaning)) for each in capability.levels),
        )
        for capability in instrument.capabilities
    )
