"""The page of one indicator: what each level asks for, in our own words."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from livinglab.assessments.domain.instruments import Criterion, Indicator, Instrument
from livinglab.assessments.web import evidence_part, words
from livinglab.assessments.web.evidence_part import EvidencePart, LevelEvidence
from livinglab.assessments.web.instrument_page import Neighbour, neighbour
from livinglab.assessments.web.words import percent, said
from livinglab.ui import formats
from livinglab.ui.languages import language


@dataclass(frozen=True, slots=True)
class LevelLine:
    """One level: its name, what it asks for, since when a guide asks for more, and what to show."""

    level: int
    name: str
    criterion: str
    changed_in: int | None
    evidence: LevelEvidence


@dataclass(frozen=True, slots=True)
class RelatedIndicator:
    """An indicator of an older or newer instrument that this one came from or became."""

    code: str
    number: int
    name: str
    evidence: str


@dataclass(frozen=True, slots=True)
class IndicatorPage:
    """The page of one indicator."""

    code: str
    instrument: str
    number: int
    name: str
    short: str
    stand: str
    facts: tuple[tuple[str, str], ...]
    levels: tuple[LevelLine, ...]
    criteria: str
    is_draft: bool
    proof: EvidencePart
    sources: tuple[str, ...]
    external: tuple[tuple[str, str], ...]
    origins: tuple[RelatedIndicator, ...]
    older: Neighbour | None
    evidence: str
    crosswalk_source: str
    successors: tuple[RelatedIndicator, ...]
    newer: Neighbour | None
    before: Indicator | None
    after: Indicator | None


def build(instrument: Instrument, indicator: Indicator, instruments: tuple[Instrument, ...]) -> IndicatorPage:
    """Return the page of one indicator."""
    aspect = instrument.aspect_of(indicator)
    domain = instrument.domain_of(aspect)
    weight = formats.decimal2(percent(indicator.weight), language=language())
    crosswalk, origin = instrument.crosswalk, indicator.origin
    newer = next(
        (each for each in instruments if each.crosswalk and each.crosswalk.instrument == instrument.code),
        None,
    )
    criteria = instrument.criteria
    evidence = evidence_part.of_levels(instrument.code, indicator.number)
    return IndicatorPage(
        code=instrument.code,
        instrument=said(instrument.short),
        number=indicator.number,
        name=said(indicator.name),
        short=said(indicator.short),
        stand=_stand(instrument, indicator),
        facts=(
            (_("Weight"), f"{weight}%"),
            *(((_("Domain"), f"{domain.code} {said(domain.name)}"),) if domain else ()),
            (_("Aspect"), f"{aspect.code} {said(aspect.name)}"),
            (_("Kind of level"), said(instrument.capability(indicator.capability).name)),
        ),
        levels=tuple(
            _level(instrument, indicator, each, evidence.get(each.level, LevelEvidence()))
            for each in indicator.criteria
        ),
        criteria=str(words.CRITERIA[criteria.status]) if criteria else "",
        is_draft=criteria is not None and criteria.status.value == "draft-own-words",
        proof=evidence_part.build(instrument.code, indicator.number),
        sources=tuple(said(each) for each in instrument.regulation.sources),
        external=_external(indicator),
        origins=_origins(instrument, indicator, instruments),
        older=neighbour(crosswalk.instrument if crosswalk else None, instruments),
        evidence=str(words.EVIDENCE[origin.evidence]) if origin else "",
        crosswalk_source=_crosswalk_source(instrument, newer),
        successors=_successors(indicator, newer),
        newer=Neighbour(newer.code, said(newer.short)) if newer else None,
        before=instrument.indicator(indicator.number - 1),
        after=instrument.indicator(indicator.number + 1),
    )


def _stand(instrument: Instrument, indicator: Indicator) -> str:
    facts = {"gain": _gain(indicator)}
    if instrument.scale.decimals:
        return _("One level more on this indicator lifts the index by %(gain)s.") % facts
    return (
        _(
            "One level more on this indicator lifts the index by %(gain)s; a level holds only with those below it."
        )
        % facts
    )


def _gain(indicator: Indicator) -> str:
    """Return what one level is worth, to the last figure: 0.0275 has four places and rounding would hide two."""
    gain = formats.exact((percent(indicator.weight) / 100).normalize())
    return gain if language() == "en" else gain.replace(".", ",")


def _level(
    instrument: Instrument, indicator: Indicator, criterion: Criterion, evidence: LevelEvidence
) -> LevelLine:
    ladder = instrument.capability(indicator.capability)
    name = next(each.name for each in ladder.levels if each.level == criterion.level)
    wording = said(criterion.text) if criterion.text else ""
    return LevelLine(criterion.level, said(name), wording, criterion.changed_in, evidence)


def _external(indicator: Indicator) -> tuple[tuple[str, str], ...]:
    external = indicator.external_index
    if external is None:
        return ()
    return (
        (_("Index"), f"{external.abbreviation}, {said(external.name)}"),
        (_("Kept by"), external.steward),
        (_("How we know"), str(words.CONFIDENCES[external.status])),
    )


def _origins(
    instrument: Instrument, indicator: Indicator, instruments: tuple[Instrument, ...]
) -> tuple[RelatedIndicator, ...]:
    crosswalk, origin = instrument.crosswalk, indicator.origin
    older = next((each for each in instruments if crosswalk and each.code == crosswalk.instrument), None)
    if older is None or origin is None:
        return ()
    found = (older.indicator(number) for number in origin.indicators)
    return tuple(RelatedIndicator(older.code, each.number, said(each.short), "") for each in found if each)


def _successors(indicator: Indicator, newer: Instrument | None) -> tuple[RelatedIndicator, ...]:
    if newer is None:
        return ()
    return tuple(
        RelatedIndicator(newer.code, each.number, said(each.short), str(words.EVIDENCE[each.origin.evidence]))
        for each in newer.indicators()
        if each.origin and indicator.number in each.origin.indicators
    )


def _crosswalk_source(instrument: Instrument, newer: Instrument | None) -> str:
    crosswalk = instrument.crosswalk or (newer.crosswalk if newer else None)
    return said(crosswalk.source) if crosswalk else ""
