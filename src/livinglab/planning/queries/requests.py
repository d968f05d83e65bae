"""What is asked of a plan, as the address of its page says it: read with clear errors, written in one canonical way.

A plan is shareable by its address: the same address gives the same plan to everybody who begins with the same levels.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Final
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from livinglab.assessments import queries as assessments
from livinglab.assessments.queries import Band
from livinglab.kernel.unknown import Known, UnknownValue, Unprocessable
from livinglab.planning.adapters.step_files import MAXIMUM_EFFORT, Wishes
from livinglab.planning.domain.problems import Goal, StepKey, natural
from livinglab.planning.queries.starts import Start
from livinglab.ui import formats
from livinglab.ui.languages import language

NO_WISHES: Final = Wishes()
MOST_YEARS: Final = 20
MOST_STEPS: Final = 500
_NUMBER: Final = re.compile(r"\d{1,13}([.,]\d{1,6})?", re.ASCII)
_STEP: Final = re.compile(r"([0-9A-Za-z-]{1,12}):(\d{1,3})", re.ASCII)
_LEAST_SURE, _MOST_SURE = Fraction(1, 4), Fraction(99, 100)
_RUPIAH: Final = re.compile(r"(Rp\s?)?(\d{1,13}|\d{1,3}([.,]\d{3}){1,4})", re.ASCII | re.IGNORECASE)
_PERCENT: Final = re.compile(r"\d{1,3}", re.ASCII)
_SECOND_HALF: Final = 7  # the month with which a year's budget is too far gone to plan work into it


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One wish: reach `target` by a day with the least effort, or without a target the highest index in a limit.

    `effort` and `steps` limit the whole plan, `capacity` the effort of each year. `certainty` is the chance, from
    1/4, that the confirmed index reaches the target; None plans with the levels as they stand. `acceptance` is the
    percent of claimed steps that assessors are assumed to accept; None reckons with what was measured. `instrument` is
    the code that the address chose, empty where it left the choice to the newest evaluation. `budget` limits the whole
    plan in rupiah; `rupiah` is what a unit of effort costs where nobody says what a step costs.
    """

    by: date
    target: Fraction | None = None
    effort: Fraction | None = None
    steps: int | None = None
    capacity: Fraction | None = None
    wishes: Wishes = NO_WISHES
    with_precedence: bool = True
    certainty: Fraction | None = None
    acceptance: int | None = None
    instrument: str = ""
    rupiah: int | None = None
    budget: int | None = None

    def years(self, today: date) -> tuple[int, ...]:
        """Return the years whose capacity counts: this one before July, each later one, the last in any case."""
        first = today.year if today.month < _SECOND_HALF else today.year + 1
        return tuple(range(min(first, self.by.year), self.by.year + 1))

    def goal(self, today: date) -> Goal:
        """Return the goal of the search: what every year can carry, one after the other."""
        capacity = () if self.capacity is None else (self.capacity,) * len(self.years(today))
        budget = None if self.budget is None else Fraction(self.budget)
        return Goal(self.target, self.effort, self.steps, capacity, budget)

    def query(self) -> str:
        """Return the canonical query string without its question mark."""
        written = {"instrument": self.instrument} if self.instrument else {}
        for name in ("target", "effort", "capacity", "certainty"):
            value: Fraction | None = getattr(self, name)
            if value is not None:
                written[name] = number_text(value)
        if self.acceptance is not None:
            written["accept"] = str(self.acceptance)
        if self.steps is not None:
            written["steps"] = str(self.steps)
        for name, money in (("budget", self.budget), ("rupiah", self.rupiah)):
            if money is not None:
                written[name] = str(money)
        written["by"] = self.by.isoformat()
        for name, keys in _listed(self.wishes):
            if keys:
                written[name] = ",".join(f"{key}:{level}" for key, level in _sorted(keys))
        if not self.with_precedence:
            written["precedence"] = "off"
        return urlencode(written, safe=":,")

    def with_wish(self, rule: str, key: StepKey) -> Asked:
        """Return the same with a step that is locked, promised or excluded; any other wish of that step goes."""
        rest = {name: keys - {key} for name, keys in _fields(self.wishes).items()}
        return replace(self, wishes=Wishes(**{**rest, rule: rest[rule] | {key}}))

    def without_wish(self, key: StepKey) -> Asked:
        """Return the same without any wish of a step."""
        return replace(
            self, wishes=Wishes(**{name: keys - {key} for name, keys in _fields(self.wishes).items()})
        )


def default_asked(start: Start, today: date) -> Asked:
    """Return what is asked of a plan that names nothing: the next band by the end of next year.

    From within the highest band it is the highest index there is.
    """
    higher = bands_above(start)
    target = Fraction(higher[0].lower) if higher else Fraction(start.instrument.scale.maximum)
    return Asked(by=date(today.year + 1, 12, 31), target=target)


def bands_above(start: Start) -> tuple[Band, ...]:
    """Return the bands that begin above the present index, the next one first."""
    index = assessments.score(start.instrument, start.levels).index_exact
    return tuple(band for band in start.instrument.bands if band.lower > index)


def read_asked(given: Mapping[str, str], start: Start, *, today: date) -> Asked:
    """Return what an address asks of a plan that begins at `start`; what it leaves out is the default.

    Raises UnknownValue or Unprocessable, each with what could be asked instead: a past day, a target that is reached
    already or lies above the scale, a step that is not in the instrument or wished and excluded at once.
    """
    usual = default_asked(start, today)
    said = {name: value.strip() for name, value in given.items() if value.strip()}
    asked = Asked(
        by=_day(said["by"], today) if "by" in said else usual.by,
        effort=_number(said, "effort", _("effort")),
        steps=_whole(said["steps"]) if "steps" in said else None,
        capacity=_number(said, "capacity", _("capacity")),
        wishes=_wishes(said, start),
        with_precedence=_precedence(said.get("precedence", "")),
        certainty=_certainty(said),
        acceptance=read_acceptance(said.get("accept", "")),
        instrument=start.instrument.code if "instrument" in said else "",
        rupiah=_rupiah(said["rupiah"]) or _no_price(said["rupiah"]) if "rupiah" in said else None,
        budget=_rupiah(said["budget"]) if "budget" in said else None,
    )
    return replace(asked, target=_target(said, start, asked, usual))


def _target(said: Mapping[str, str], start: Start, asked: Asked, usual: Asked) -> Fraction | None:
    if "target" in said and "band" in said:
        raise Unprocessable(_("Two targets at once"), _("Give an index or a predicate, not both."))
    if "band" in said:
        wanted: Fraction | None = _lower_end(said["band"], start, asked)
    else:
        wanted = _number(said, "target", _("target"))
    if wanted is None:
        limits = (asked.effort, asked.steps, asked.budget)
        return usual.target if all(limit is None for limit in limits) else None
    _check_height(wanted, start, asked)
    return wanted


def _check_height(wanted: Fraction, start: Start, asked: Asked) -> None:
    scale, index = start.instrument.scale, assessments.score(start.instrument, start.levels).index_exact
    values = {"target": _shown(wanted), "present": _two(start.index), "highest": _two(Decimal(scale.maximum))}
    if wanted > scale.maximum:
        raise Unprocessable(
            _("%(target)s is above the scale") % values,
            _("The highest index there is: %(highest)s.") % values,
            [_at(asked, Fraction(scale.maximum), _two(Decimal(scale.maximum)))],
        )
    if wanted <= index and index < scale.maximum:
        raise Unprocessable(
            _("The index is %(present)s already, which holds %(target)s") % values,
            _("A plan leads up. The nearest targets above the present index are these."),
            _higher(start, asked),
        )


def _higher(start: Start, asked: Asked) -> list[Known]:
    found = [
        _at(asked, Fraction(band.lower), f"{band.name.in_language(language())} ({_two(band.lower)})")
        for band in bands_above(start)
    ]
    top = Decimal(start.instrument.scale.maximum)
    return found or [_at(asked, Fraction(top), _two(top))]


def _at(asked: Asked, target: Fraction, label: str) -> Known:
    return Known(number_text(target), label, f"?{replace(asked, target=target).query()}")


def _lower_end(code: str, start: Start, asked: Asked) -> Fraction:
    for band in start.instrument.bands:
        if band.code == code:
            return Fraction(band.lower)
    known = [
        Known(band.code, band.name.in_language(language()), f"?{_with_band(asked, band)}")
        for band in bands_above(start)
    ]
    raise UnknownValue(_("predicate"), code, known)


def _with_band(asked: Asked, band: Band) -> str:
    return replace(asked, target=Fraction(band.lower)).query()


def _day(text: str, today: date) -> date:
    """Return the day of an ISO date; of a year alone its last day."""
    try:
        found = (
            date(int(text), 12, 31) if re.fullmatch(r"\d{4}", text, re.ASCII) else date.fromisoformat(text)
        )
    except ValueError:
        raise Unprocessable(
            _("“%(given)s” is not a day") % {"given": text[:40]}, _("Write it such as 2027-12-31.")
        ) from None
    if found <= today:
        ends = [date(year, 12, 31) for year in (today.year, today.year + 1)]
        nearest = next(end for end in ends if end > today)
        raise Unprocessable(
            _("The day %(day)s is past") % {"day": formats.day(found, language=language())},
            _("A plan ends in the future; the nearest end of a year is %(day)s.")
            % {"day": formats.day(nearest, language=language())},
        )
    if found.year > today.year + MOST_YEARS:
        raise Unprocessable(
            _("The day %(day)s is too far away") % {"day": formats.day(found, language=language())},
            _("A plan covers at most %(num)s years.") % {"num": MOST_YEARS},
        )
    return found


def _number(said: Mapping[str, str], name: str, what: str) -> Fraction | None:
    """Return a number from 0, written with a point or a comma; None where the address has none."""
    text = said.get(name)
    if text is None:
        return None
    if not _NUMBER.fullmatch(text) or Fraction(text.replace(",", ".")) > MAXIMUM_EFFORT:
        raise Unprocessable(
            _("%(what)s: “%(given)s” is not a number from 0") % {"what": what, "given": text[:40]},
            _("Write it such as 3.50, with at most six places."),
        )
    return Fraction(text.replace(",", "."))


def _whole(text: str) -> int:
    if not re.fullmatch(r"\d{1,3}", text, re.ASCII) or not 1 <= int(text) <= MOST_STEPS:
        raise Unprocessable(
            _("“%(given)s” is not a number of steps") % {"given": text[:40]},
            _("Write a whole number from 1 to %(num)s.") % {"num": MOST_STEPS},
        )
    return int(text)


def _rupiah(text: str) -> int:
    found = read_rupiah(text)
    if found is None:
        raise Unprocessable(
            _("“%(given)s” is no sum in rupiah") % {"given": text[:40]},
            _("Write whole rupiah from 0, such as 25000000 or 25.000.000."),
        )
    return found


def read_rupiah(text: str) -> int | None:
    """Return whole rupiah, written with or without `Rp` and marks between thousands; None for what is no sum."""
    return int(re.sub(r"\D", "", text)) if _RUPIAH.fullmatch(text) else None


def _no_price(text: str) -> int:
    raise Unprocessable(
        _("“%(given)s” is no sum in rupiah") % {"given": text[:40]},
        _("Write what a unit of effort costs in whole rupiah, such as 25000000."),
    )


def _precedence(text: str) -> bool:
    if text not in ("", "on", "off"):
        raise UnknownValue(_("precedence"), text, ["on", "off"])
    return text != "off"


def _certainty(said: Mapping[str, str]) -> Fraction | None:
    found = _number(said, "certainty", _("certainty"))
    if found is not None and not _LEAST_SURE <= found <= _MOST_SURE:
        raise Unprocessable(
            _("A certainty of %(given)s cannot be planned for") % {"given": _shown(found)},
            _("Write a share from 0.25 to 0.99."),
        )
    return found


def read_acceptance(text: str) -> int | None:
    """Return the percent of claimed steps that assessors are assumed to accept; None where nothing is assumed.

    Raises UnknownValue for what is not a whole percent from 0 to 100.
    """
    if not text:
        return None
    if not _PERCENT.fullmatch(text) or int(text) > 100:
        raise UnknownValue(_("percent of accepted steps"), text, ["0", "50", "80", "100"])
    return int(text)


def _wishes(said: Mapping[str, str], start: Start) -> Wishes:
    """Return the steps an address wishes; those that are taken already fall away."""
    wishes: dict[str, set[StepKey]] = {"locked": set(), "promised": set(), "excluded": set()}
    for name, rule in _RULES.items():
        for key in _steps(said.get(name, ""), start):
            other = next((one for one, keys in wishes.items() if key in keys and one != rule), None)
            if other is not None:
                raise Unprocessable(
                    _("Indicator %(indicator)s to level %(level)s is wished in two ways at once")
                    % {"indicator": key[0], "level": key[1]},
                    _("A step is locked, promised or excluded. Keep one of the wishes."),
                )
            if start.levels[key[0]] < key[1]:
                wishes[rule].add(key)
    return Wishes(**{name: frozenset(keys) for name, keys in wishes.items()})


def _steps(text: str, start: Start) -> Iterator[StepKey]:
    """Yield the steps of a list such as `12:3,20:2`. Raises UnknownValue for one that the instrument has not."""
    levels = start.instrument.scale.levels
    for part in filter(None, (part.strip() for part in text.split(","))):
        found = _STEP.fullmatch(part)
        if found is None or found[1] not in start.levels:
            raise UnknownValue(_("indicator"), part, list(start.levels))
        if int(found[2]) not in levels[1:]:
            raise UnknownValue(_("level"), part, [f"{found[1]}:{level}" for level in levels[1:]])
        yield found[1], int(found[2])


_RULES: Final = {"lock": "locked", "promise": "promised", "exclude": "excluded"}


def _fields(wishes: Wishes) -> dict[str, frozenset[StepKey]]:
    return {"locked": wishes.locked, "promised": wishes.promised, "excluded": wishes.excluded}


def _listed(wishes: Wishes) -> Iterator[tuple[str, frozenset[StepKey]]]:
    fields = _fields(wishes)
    return ((name, fields[rule]) for name, rule in _RULES.items())


def _sorted(keys: frozenset[StepKey]) -> list[StepKey]:
    return sorted(keys, key=lambda key: (natural(key[0]), key[1]))


def number_text(exact: Fraction) -> str:
    """Return a number as addresses write it: with a point, without needless zeros, at most six places."""
    return f"{Decimal(exact.numerator) / Decimal(exact.denominator):.6f}".rstrip("0").rstrip(".")


def _shown(exact: Fraction) -> str:
    text = number_text(exact)
    return text.replace(".", ",") if language() == "id" else text


def _two(value: Decimal) -> str:
    return formats.decimal2(value, language=language())
