"""Makes a rulebook for the checks from an instrument's files."""

from collections.abc import Iterator
from functools import lru_cache

from livinglab.assessments import queries as assessments
from livinglab.assessments.queries import GuideItem, Indicator, Instrument, LevelGuide, Text
from livinglab.evaluations.domain.evidence import EvidenceType
from livinglab.evaluations.domain.rulebook import (
    AgeRule,
    CoverageRule,
    FollowUpRule,
    IndicatorRules,
    ItemRule,
    LevelRules,
    Rulebook,
    Subject,
    Words,
)


@lru_cache(maxsize=32)
def rulebook_of(instrument: Instrument) -> Rulebook:
    """This function will return the rules of an instrument; made once per instrument and process.

    An indicator that may be answered under several keys (2018: 35, 35-2, 35-3) has its rules under each.
    """
    indicators = dict(_indicators(instrument))
    split = {key: variant.splits for variant in instrument.variants for key in variant.keys}
    extra = {key: indicators[str(number)] for key, number in split.items() if key not in indicators}
    return Rulebook(
        instrument=instrument.code,
        lowest=instrument.scale.minimum,
        highest=instrument.scale.maximum,
        decimals=instrument.scale.decimals,
        indicators=indicators | extra,
        is_draft=instrument.criteria is not None and instrument.criteria.status.value == "draft-own-words",
    )


def _indicators(instrument: Instrument) -> Iterator[tuple[str, IndicatorRules]]:
    guide = assessments.evidence_guide(instrument.code)
    for indicator in instrument.indicators():
        scaffold = assessments.scaffold(instrument, indicator)
        of_guide = guide.indicator(indicator.number) if guide else None
        rules = IndicatorRules(
            key=indicator.key,
            subject=Subject(scaffold.subject) if scaffold else Subject.PRACTICE,
            levels={
                level: _level(indicator, of_guide.level(level) if of_guide else LevelGuide(level))
                for level in instrument.scale.levels
            },
            external_index=indicator.external_index.abbreviation if indicator.external_index else "",
        )
        yield indicator.key, rules


def _level(indicator: Indicator, guide: LevelGuide) -> LevelRules:
    criterion = next((each for each in indicator.criteria if each.level == guide.level), None)
    follow_up, covers = guide.follow_up, guide.covers
    return LevelRules(
        level=guide.level,
        criterion=_words(criterion.text) if criterion and criterion.text else None,
        items=tuple(_item(each) for each in guide.items),
        ages=tuple(AgeRule(each.months, EvidenceType(each.of)) for each in guide.age_limits),
        follow_up=FollowUpRule(follow_up.months, EvidenceType(follow_up.after)) if follow_up else None,
        recurs_within_months=guide.recurs_within_months,
        covers=CoverageRule(covers.years, EvidenceType(covers.of)) if covers else None,
    )


def _item(item: GuideItem) -> ItemRule:
    types = frozenset(EvidenceType(kind) for kind in item.kinds)
    return ItemRule(_words(item.text), types, item.is_optional, item.is_alternative)


def _words(text: Text) -> Words:
    return Words(text.id, text.en)
