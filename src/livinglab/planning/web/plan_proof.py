"""Why a plan is the best: what was proven, what binds it, the next best plans, and what each index costs."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from livinglab.planning.queries import Binding, Limit, Plan, StepKey
from livinglab.planning.queries.made import MadePlan
from livinglab.planning.web import words
from livinglab.ui import formats
from livinglab.ui.charts import Chosen, Curve, Scale
from livinglab.ui.figures import Cell, Column, ColumnKind, Figure, SourceNote, Table
from livinglab.ui.languages import language

_LIMITS: Final = {
    Limit.PRECEDENCE: gettext_lazy("Indicator %(indicator)s, level %(level)s waits for indicator %(before)s"),
    Limit.LOCKED: gettext_lazy("Indicator %(indicator)s to level %(level)s is locked"),
    Limit.PROMISED: gettext_lazy("Indicator %(indicator)s to level %(level)s is promised"),
    Limit.EXCLUDED: gettext_lazy("Indicator %(indicator)s to level %(level)s is left out"),
    Limit.FIXED: gettext_lazy("Indicator %(indicator)s is another agency's index, which no plan can raise"),
    Limit.EFFORT: gettext_lazy("The limit of effort"),
    Limit.CAPACITY: gettext_lazy("What the years can carry"),
    Limit.BUDGET: gettext_lazy("The budget"),
    Limit.STEPS: gettext_lazy("The number of steps"),
    Limit.SCALE: gettext_lazy("The scale ends here: every open step is taken"),
}


@dataclass(frozen=True)
class Proof:
    """Writes what is known about a plan besides its steps."""

    made: MadePlan

    @property
    def certificate(self) -> tuple[str, ...]:
        """What was proven, in plain sentences."""
        return tuple(self._certificate())

    def _certificate(self) -> Iterable[str]:
        proof, instrument = self.made.outcome.certificate, self.made.start.instrument
        if self.made.goal.budget is not None and self.made.is_reached and self.made.goal.target is not None:
            yield _(
                "Every plan within the budget that reaches the target was weighed; none takes less effort."
            )
        elif self.made.goal.target is None:
            yield _("Every plan within the limit was weighed; none reaches a higher index.")
        elif self.made.is_reached:
            yield _("Every plan that reaches the target was weighed; none takes less effort.")
        else:
            yield _("Every plan was weighed; none reaches the target.")
        if proof.index_below is not None and self.made.is_reached and self.made.goal.target is not None:
            yield _("With any less effort the index is %(index)s at most.") % {
                "index": words.index_exactly(proof.index_below, instrument.places + 2)
            }
        if proof.exact:
            yield _("The proof is in whole numbers and fractions; nothing was rounded on the way.")
        else:
            yield _(
                "The plan was tested again with fractions; that no better one exists was proven by the solver in a "
                "second run with floating point numbers."
            )

    @property
    def details(self) -> tuple[tuple[str, str], ...]:
        """The certificate for those who check it: pairs of label and value."""
        outcome, instrument = self.made.outcome, self.made.start.instrument
        found = [
            (_("Method"), outcome.certificate.solver),
            (_("Bound"), str(outcome.certificate.bound)),
            (_("Index, exactly"), str(outcome.best.index)),
            (_("Effort, exactly"), str(outcome.best.effort)),
            *self._paid(),
            (_("Highest index that can be reached"), words.index(outcome.highest_reachable, instrument)),
        ]
        if outcome.certificate.index_below is not None:
            found.append((_("Index with less effort, exactly"), str(outcome.certificate.index_below)))
        return tuple(found)

    def _paid(self) -> Iterable[tuple[str, str]]:
        cost = self.made.outcome.best.cost
        if cost is not None and self.made.outcome.best.steps:
            yield _("Rupiah, exactly"), str(cost)

    # --- what binds ---

    @property
    def binding(self) -> tuple[str, ...]:
        """The limits that alone could be dropped to save effort or to rise higher, each as a sentence."""
        return tuple(self._bound(each) for each in self.made.outcome.binding)

    def _bound(self, each: Binding) -> str:
        what = self._limit(each)
        instrument = self.made.start.instrument
        values = {
            "what": what,
            "effort": "" if each.effort is None else words.effort(each.effort),
            "index": "" if each.index is None else words.index(each.index, instrument),
            "cost": "" if each.cost is None else words.money(each.cost),
        }
        if each.cost is not None and each.index is not None:
            return _("%(what)s: an index of %(index)s would take a budget of %(cost)s.") % values
        if each.effort is not None and each.index is not None:
            return _("%(what)s: an index of %(index)s would take effort %(effort)s.") % values
        if each.effort is not None:
            return _("%(what)s: without it the plan would cost %(effort)s.") % values
        if each.index is not None:
            return _("%(what)s: without it the index could reach %(index)s.") % values
        return f"{what}."

    def _limit(self, each: Binding) -> str:
        values = {
            "indicator": each.step[0] if each.step else "",
            "level": each.step[1] if each.step else "",
            "before": each.before or "",
        }
        return str(_LIMITS[each.limit]) % values

    # --- the next best ---

    def alternatives(self) -> Figure | None:
        """Return the next best plans and in what they differ; None where there is no other."""
        others = self.made.outcome.alternatives
        if not others:
            return None
        best = self.made.outcome.best
        least = others[0].effort - best.effort
        heading = (
            _("The next best plan costs %(effort)s more") % {"effort": words.effort(least)}
            if least
            else _("The next best plan costs the same")
        )
        rows: list[tuple[Cell, ...]] = [
            (
                number,
                words.decimal_of(one.effort),
                words.decimal_of(one.index),
                len(one.steps),
                *self._differs(one),
            )
            for number, one in enumerate(others, 2)
        ]
        return Figure(
            key="alternatives",
            heading=heading,
            reading=_("Each differs from every other in at least one step."),
            table=Table(
                caption=_("The next best plans"),
                columns=(
                    Column(key="place", label=_("Place"), kind=ColumnKind.RANK),
                    Column(key="effort", label=_("Effort"), kind=ColumnKind.INDEX),
                    Column(key="index", label=_("Index"), kind=ColumnKind.INDEX),
                    Column(key="steps", label=_("Steps"), kind=ColumnKind.COUNT),
                    Column(key="instead_of", label=_("Leaves out")),
                    Column(key="takes", label=_("Takes instead")),
                ),
                rows=tuple(rows),
            ),
            sources=(SourceNote(text=words.source(self.made.start)),),
            synthetic=self.made.start.is_synthetic,
        )

    def _differs(self, other: Plan) -> tuple[str, str]:
        best = self.made.outcome.best.keys
        return self._steps(best - other.keys), self._steps(other.keys - best)

    def _steps(self, keys: frozenset[StepKey]) -> str:
        ordered = sorted(keys, key=lambda key: (words.indicator_number(key[0]), key))
        named = [
            _("indicator %(indicator)s to level %(level)s") % {"indicator": i, "level": n} for i, n in ordered
        ]
        return formats.listing(named, language=language()) if named else _("nothing")

    # --- what each index costs ---

    def price(self) -> Figure | None:
        """Return what each index costs at least; None where no step is open."""
        curve = self.made.price_curve
        if len(curve) < 2:
            return None
        instrument = self.made.start.instrument
        paid = self._rupiah(curve)
        rows: tuple[tuple[Cell, ...], ...] = tuple(
            (words.decimal_of(index), words.decimal_of(effort), *paid.get(index, ()))
            for index, effort in curve
        )
        rupiah = (Column(key="rupiah", label=_("Rupiah, at least"), kind=ColumnKind.COUNT),) if paid else ()
        return Figure(
            key="price",
            heading=self._price_heading(curve),
            reading=_("The least effort of every index that is worth paying for."),
            chart=self._curve(curve),
            table=Table(
                caption=_("What each index costs at least, %(instrument)s")
                % {"instrument": instrument.short.in_language(language())},
                columns=(
                    Column(key="index", label=_("Index"), kind=ColumnKind.INDEX),
                    Column(key="effort", label=_("Effort"), kind=ColumnKind.INDEX),
                    *rupiah,
                ),
                rows=rows,
            ),
            sources=(SourceNote(text=words.source(self.made.start)),),
            notes=(words.effort_note(has_own=self.made.has_own_efforts),),
            synthetic=self.made.start.is_synthetic,
            wide=True,
        )

    def _rupiah(self, curve: tuple[tuple[Fraction, Fraction], ...]) -> dict[Fraction, tuple[int]]:
        """Return the least rupiah of each index of the curve, by another plan perhaps; none where costs are unknown."""
        priced = self.made.budget_curve
        places = [index for index, _paid in priced]
        return {index: (ceil(priced[bisect_left(places, index)][1]),) for index, _effort in curve if priced}

    def _curve(self, curve: tuple[tuple[Fraction, Fraction], ...]) -> Curve:
        best, instrument = self.made.outcome.best, self.made.start.instrument
        points = tuple((words.decimal_of(index), words.decimal_of(effort)) for index, effort in curve)
        low, high = points[0][0], points[-1][0]
        inside = tuple(band.lower for band in instrument.bands if low < band.lower < high)
        return Curve(
            label=_("From %(low)s for nothing to %(high)s for an effort of %(effort)s")
            % {
                "low": words.index(curve[0][0], instrument),
                "high": words.index(curve[-1][0], instrument),
                "effort": words.effort(curve[-1][1]),
            },
            points=points,
            scale=Scale(start=low, end=high, ticks=inside),
            value_name=_("Index"),
            price_name=_("Effort"),
            chosen=Chosen(
                value=words.decimal_of(best.index), price=words.decimal_of(best.effort), name=_("This plan")
            )
            if best.index <= curve[-1][0] and best.effort <= curve[-1][1]
            else None,
        )

    def _price_heading(self, curve: tuple[tuple[Fraction, Fraction], ...]) -> str:
        """Return how dear the second half of the way is, compared with the first."""
        (low, _nothing), (high, whole) = curve[0], curve[-1]
        middle = (low + high) / 2
        half = next(effort for index, effort in curve if index >= middle)
        share = round(100 * half / whole) if whole else 0
        return ngettext(
            "Half of the way up costs %(num)s per cent of the whole",
            "Half of the way up costs %(num)s per cent of the whole",
            share,
        ) % {"num": share}
