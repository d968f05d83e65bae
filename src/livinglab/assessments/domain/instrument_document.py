"""An instrument as the command line and the API print it: exact weights as text, in both languages."""

from __future__ import annotations

from livinglab.assessments.domain.instrument_rules import shown
from livinglab.assessments.domain.instruments import Aspect, Band, Indicator, Instrument, Text

JsonObject = dict[str, object]


def instrument_document(instrument: Instrument, *, whole: bool) -> JsonObject:
    """Return an instrument in JSON types; without `whole` only what a list needs."""
    head: JsonObject = {
        "code": instrument.code,
        "title": text(instrument.title),
        "regulation": instrument.regulation.name,
        "replaces": instrument.replaces,
        "in_force": {
            "from": instrument.in_force.from_date.isoformat(),
            "until": instrument.in_force.until.isoformat() if instrument.in_force.until else None,
        },
        "years": {"from": instrument.years.first, "to": instrument.years.last},
        "indicators": len(list(instrument.indicators())),
    }
    return {**head, **_body(instrument)} if whole else head


def _body(instrument: Instrument) -> JsonObject:
    scale = instrument.scale
    return {
        "scale": {"min": scale.minimum, "max": scale.maximum, "decimals": scale.decimals},
        "reliability": {"structure": instrument.regulation.structure, "texts": instrument.regulation.texts},
        "sources": [text(each) for each in instrument.regulation.sources],
        "bands": [_band(each) for each in instrument.bands],
        "predicate_rules": [
            {
                "years": {"from": rule.years.first, "to": rule.years.last},
                "compares": rule.compares,
                "status": rule.status,
                "source": text(rule.source),
            }
            for rule in instrument.predicate_rules
        ],
        "domains": [
            {
                "code": domain.code,
                "name": text(domain.name),
                "weight": shown(domain.weight),
                "aspects": [aspect.code for aspect in domain.aspects],
            }
            for domain in instrument.domains
        ],
        "aspects": [_aspect(each) for each in instrument.aspects],
        "indicators": [
            _indicator(each, aspect) for aspect in instrument.aspects for each in aspect.indicators
        ],
        "criteria_status": instrument.criteria.status if instrument.criteria else None,
        "crosswalk": {"instrument": instrument.crosswalk.instrument, "status": "unofficial"}
        if instrument.crosswalk
        else None,
    }


def _band(band: Band) -> JsonObject:
    return {
        "code": band.code,
        "name": text(band.name),
        "label": text(band.label) if band.label else None,
        "from": str(band.lower),
        "to": str(band.upper),
        "includes_to": band.closed,
    }


def _aspect(aspect: Aspect) -> JsonObject:
    return {"code": aspect.code, "name": text(aspect.name), "weight": shown(aspect.weight)}


def _indicator(indicator: Indicator, aspect: Aspect) -> JsonObject:
    origin, external = indicator.origin, indicator.external_index
    return {
        "number": indicator.number,
        "name": text(indicator.name),
        "aspect": aspect.code,
        "weight": shown(indicator.weight),
        "capability": indicator.capability,
        "from": {"evidence": origin.evidence, "indicators": list(origin.indicators)} if origin else None,
        "external_index": {"abbreviation": external.abbreviation, "steward": external.steward}
        if external
        else None,
        "criteria": {str(each.level): text(each.text) if each.text else None for each in indicator.criteria},
    }


def text(words: Text) -> dict[str, str]:
    """Return words in both languages."""
    return {"id": words.id, "en": words.en}
