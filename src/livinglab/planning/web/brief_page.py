"""The plan on one sheet for the head of region: where we are, the next five steps, who helps, cost and gain."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from livinglab.assessments.queries import Band, band_of
from livinglab.planning.queries import StepKey
from livinglab.planning.queries.gaps import Group
from livinglab.planning.queries.made import MadePlan
from livinglab.planning.queries.teachers import country, first_teachers
from livinglab.planning.web import words
from livinglab.planning.web.plan_page import PlanPage
from livinglab.planning.web.plan_steps import StepRow
from livinglab.ui import formats
from livinglab.ui.languages import language

NEXT: Final = 5
_TEACHERS: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefStep:
    """One of the next steps, and who made it before."""

    row: StepRow
    teachers: str
    rupiah: str


@dataclass(frozen=True)
class Brief:
    """The sheet of one plan; `page` is the page it is taken from, `address` where the plan can be opened."""

    page: PlanPage
    address: str

    @property
    def made(self) -> MadePlan:
        return self.page.made

    @cached_property
    def steps(self) -> tuple[BriefStep, ...]:
        """The next five steps."""
        rows = self.page.rows[:NEXT]
        keys = [planned.key for planned in self.made.steps[:NEXT]]
        helpers = self._helpers(keys)
        return tuple(
            BriefStep(
                row=row,
                teachers=helpers.get(key, ""),
                rupiah=words.rupiah(self._costs[key]) if key in self._costs else "",
            )
            for row, key in zip(rows, keys, strict=True)
        )

    @cached_property
    def _entered(self) -> Mapping[StepKey, int]:
        """What the region itself says that the next steps cost; only its own people see it."""
        known = self.page.told_costs
        return {
            planned.key: int(known[planned.key]) for planned in self.made.steps[:NEXT] if planned.key in known
        }

    @cached_property
    def _costs(self) -> Mapping[StepKey, int]:
        """What the next steps cost in rupiah: as the region says, else their effort at the rate asked for."""
        return {
            planned.key: int(planned.step.cost + Fraction(1, 2))
            for planned in self.made.steps[:NEXT]
            if planned.step.cost is not None
        }

    @property
    def has_rupiah(self) -> bool:
        return bool(self._costs)

    @property
    def cost(self) -> str:
        """What the next steps cost in rupiah and what that rests on; without any sum where to enter one."""
        count, known, entered = len(self.made.steps[:NEXT]), len(self._costs), len(self._entered)
        if not count:
            return ""
        if not known:
            return _(
                "In rupiah: not entered. Say what the region's actions or steps cost, or what a unit of effort "
                "costs, on the page of the plan."
            )
        values = {
            "sum": words.rupiah(sum(self._costs.values())),
            "known": known,
            "count": count,
            "entered": entered,
            "rate": words.rupiah(self.made.asked.rupiah or 0),
        }
        if known == entered:
            return (
                _("In rupiah: %(sum)s for %(known)s of these %(count)s steps, as the region itself says.")
                % values
            )
        return (
            _(
                "In rupiah: %(sum)s for these %(count)s steps; %(entered)s as the region itself says, the others "
                "their effort at %(rate)s a unit, an estimate."
            )
            % values
        )

    def _helpers(self, keys: list[StepKey]) -> Mapping[StepKey, str]:
        """Return the first who took each step; empty where nobody is known to have."""
        code, places = self.page.region.code, country().places
        if code not in places:
            return {}
        found = first_teachers(code, self.made.start.instrument, keys, count=_TEACHERS)
        return {
            key: formats.listing((places[one.code].short_name for one in teachers), language=language())
            for key, teachers in found.items()
        }

    @property
    def helpers_note(self) -> str:
        """Return what it rests on that somebody is named as a helper."""
        if any(one.teachers for one in self.steps):
            return _(
                "Who helps: similar regions whose published results show the step; of most only the domain is known."
            )
        return _("Who helps: no published result shows who took these steps yet.")

    @property
    def later(self) -> str:
        """Return how many steps come after the five; empty where none."""
        count = len(self.page.rows) - len(self.steps)
        if not count:
            return ""
        return ngettext("%(num)s more step follows.", "%(num)s more steps follow.", count) % {"num": count}

    @property
    def numbers(self) -> tuple[tuple[str, str, str], ...]:
        """The key figures: now, then, what it costs."""
        made, best = self.made, self.made.outcome.best
        instrument = made.start.instrument
        low, high = self._effort_range()
        return (
            (_("Index now"), words.index(made.problem.index, instrument), self._band(made.problem.index)),
            (_("Index with the plan"), words.index(best.index, instrument), self._band(best.index)),
            (
                _("Steps"),
                formats.count(len(best.steps), language=language()),
                _("until %(day)s") % {"day": self.until},
            ),
            (_("Effort"), words.effort(best.effort), _("%(low)s to %(high)s") % {"low": low, "high": high}),
        )

    def _effort_range(self) -> tuple[str, str]:
        """Return the sum of the ranges; a region's own efforts have none and count as they are."""
        low, high = Decimal(0), Decimal(0)
        for one in self.made.steps:
            own = words.decimal_of(one.step.effort)
            low += one.range.low if one.range else own
            high += one.range.high if one.range else own
        return formats.decimal1(low, language=language()), formats.decimal1(high, language=language())

    @property
    def until(self) -> str:
        return formats.day(self.made.asked.by, language=language())

    def _band(self, index: Fraction) -> str:
        band: Band = band_of(self.made.start.instrument, index)
        return band.name.in_language(language())

    @property
    def domains(self) -> tuple[tuple[str, str, str, str], ...]:
        """Each domain with its value, the mean of the kind and the best similar region; empty without them."""
        names = {one.code: one.short_name for one in self.page.gap.peers}
        found = []
        domains = {one.code: one.short.in_language(language()) for one in self.made.start.instrument.domains}
        for one in self.page.gap.domains:
            kind, best = one.against.get(Group.KIND), one.against.get(Group.BEST)
            instrument = self.made.start.instrument
            found.append(
                (
                    domains[one.code],
                    words.index(one.value, instrument),
                    words.index(kind.value, instrument) if kind else "–",
                    f"{words.index(best.value, instrument)} ({names.get(best.best, '')})" if best else "–",
                )
            )
        return tuple(found)
