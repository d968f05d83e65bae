"""The dial of each indicator: where it stands, where it can be moved to, and what one level more brings and takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from livinglab.assessments.queries import Instrument, Level, gains
from livinglab.planning.domain.problems import StepKey
from livinglab.planning.queries import fixed_inputs
from livinglab.planning.queries.simulated import Simulated
from livinglab.planning.web import words
from livinglab.ui.languages import language


@dataclass(frozen=True, slots=True, kw_only=True)
class Dial:
    """One indicator. `options` are those of its select field; `lower` and `higher` what its two buttons send."""

    key: str
    name: str
    level: str
    options: SafeString  # drawn once for all pages: half a thousand options are too slow for a template
    lower: str
    higher: str
    is_lowest: bool
    is_highest: bool
    is_fixed: bool
    state: str  # "raised", "fallen" or empty
    note: str


@dataclass(frozen=True, slots=True)
class DialGroup:
    """The dials of one aspect, under its domain where the instrument has domains."""

    key: str
    heading: str
    dials: tuple[Dial, ...]


def dial_groups(found: Simulated, efforts: Mapping[StepKey, Fraction]) -> tuple[DialGroup, ...]:
    """Return a dial for each indicator, by aspect, in the order of the instrument."""
    instrument = found.start.instrument
    by_number: dict[int, list[str]] = {}
    for key in found.levels:
        by_number.setdefault(words.indicator_number(key), []).append(key)
    worth, fixed = gains(instrument, found.levels), fixed_inputs(instrument)
    return tuple(
        DialGroup(
            key,
            heading,
            tuple(
                _dial_of(found, each, worth[each], efforts, is_fixed=each in fixed)
                for number in numbers
                for each in by_number[number]
            ),
        )
        for key, heading, numbers in _aspects(instrument, language())
    )


@lru_cache(maxsize=16)
def _aspects(instrument: Instrument, written_in: str) -> tuple[tuple[str, str, tuple[int, ...]], ...]:
    found = []
    for aspect in instrument.aspects:
        domain = instrument.domain_of(aspect)
        name = aspect.name.in_language(written_in)
        heading = f"{domain.short.in_language(written_in)}: {name}" if domain else name
        found.append((aspect.code, heading, tuple(each.number for each in aspect.indicators)))
    return tuple(found)


def _dial_of(
    found: Simulated, key: str, worth: Fraction, efforts: Mapping[StepKey, Fraction], *, is_fixed: bool
) -> Dial:
    instrument, start, now = found.start.instrument, found.start.levels[key], found.levels[key]
    higher = _next_level(instrument, now)
    effort = efforts.get((key, higher)) if now < instrument.scale.maximum and now >= start else None
    return _dial(instrument, key, start, now, worth, None if is_fixed else effort, is_fixed, language())


def _next_level(instrument: Instrument, now: Level) -> int:
    return min((level for level in instrument.scale.levels if level > now), default=instrument.scale.maximum)


@lru_cache(maxsize=8192)
def _dial(
    instrument: Instrument,
    key: str,
    start: Level,
    now: Level,
    worth: Fraction,
    effort: Fraction | None,
    is_fixed: bool,  # the cache keys on the order
    written_in: str,
) -> Dial:
    """Return a dial; the same state of an indicator is drawn once, whoever's it is. `written_in` is the language."""
    scale = instrument.scale
    lower = max((level for level in scale.levels if level < now), default=scale.minimum)
    levels: list[Level] = sorted({*scale.levels, start})
    return Dial(
        key=key,
        name=words.indicator_name(instrument, key),
        level=_value(now),
        options=_options(levels, start, now, written_in),
        lower=f"{key}:{lower}",
        higher=f"{key}:{_next_level(instrument, now)}",
        is_lowest=now <= scale.minimum,
        is_highest=now >= scale.maximum,
        is_fixed=is_fixed,
        state="raised" if now > start else "fallen" if now < start else "",
        note=_("the index of another agency; a plan cannot raise it") if is_fixed else _note(worth, effort),
    )


def _options(levels: list[Level], start: Level, now: Level, written_in: str) -> SafeString:
    """Return the options of the select field; the value of a level between two whole ones is empty."""
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        (
            (
                _value(level),
                SafeString(" selected") if _value(level) == _value(now) else "",
                _label(level, start, written_in),
            )
            for level in levels
        ),
    )


def _value(level: Level) -> str:
    """Return what the form sends for a level; a level between two whole ones is the start's and sends nothing."""
    return str(int(level)) if level == int(level) else ""


def _label(level: Level, start: Level, written_in: str) -> str:
    text = str(level) if written_in == "en" else str(level).replace(".", ",")
    return _("%(level)s (start)") % {"level": text} if level == start else text


def _note(worth: Fraction, effort: Fraction | None) -> str:
    values = {"gain": words.points(worth), "effort": "" if effort is None else words.effort(effort)}
    if effort is None:
        return _("each level %(gain)s") % values
    return _("each level %(gain)s; the next takes effort %(effort)s") % values
