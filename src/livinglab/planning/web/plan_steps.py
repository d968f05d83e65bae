"""The steps of a plan as rows of its page, each with why it is there and how to change that; and as a figure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from livinglab.assessments import queries as assessments
from livinglab.comparisons.queries import RankedYear
from livinglab.planning.queries import StepKey
from livinglab.planning.queries.likelihoods import StepLikelihood, step_likelihood
from livinglab.planning.queries.made import MadePlan, PlannedStep
from livinglab.planning.web import words
from livinglab.ui import formats
from livinglab.ui.figures import Cell, Column, ColumnKind, Figure, SourceNote, Table
from livinglab.ui.jinja import url_if_any
from livinglab.ui.languages import language


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A link that changes the address: what it does, and where it leads."""

    label: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRow:
    """One step as its row: everything in words."""

    anchor: str
    number: int
    indicator: str
    name: str
    levels: str
    criterion: str
    gain: str
    effort: str
    range: str
    cost: str  # in rupiah; empty where nobody said it
    often: tuple[str, ...]  # how often regions take the step, and how likely this one does
    due: str
    why: str
    changes: tuple[Change, ...]
    teachers_url: str | None


@dataclass(frozen=True)
class StepRows:
    """Writes the steps of a plan; `path` is the address of its page without a query."""

    made: MadePlan
    code: str
    path: str
    ranked: RankedYear | None = None  # the newest year with a ranking

    @cached_property
    def rows(self) -> tuple[StepRow, ...]:
        """The steps in the order in which to take them."""
        return tuple(self._row(number, step) for number, step in enumerate(self.made.steps, 1))

    def _row(self, number: int, planned: PlannedStep) -> StepRow:
        step, instrument = planned.step, self.made.start.instrument
        return StepRow(
            anchor=f"step-{step.indicator}-{step.to_level}",
            number=number,
            indicator=step.indicator,
            name=words.indicator_name(instrument, step.indicator),
            levels=_("%(low)s to %(high)s") % {"low": planned.from_level, "high": step.to_level},
            criterion=self._criterion(planned),
            gain=words.points(step.gain),
            effort=words.effort(step.effort),
            range=_range(planned),
            cost="" if step.cost is None else words.money(step.cost),
            often=tuple(self._often(planned)),
            due=formats.short_day(planned.due, language=language()),
            why=self.why(planned),
            changes=tuple(self._changes(step.key)),
            teachers_url=self._teachers_url(step.key),
        )

    def _teachers_url(self, key: StepKey) -> str | None:
        url = url_if_any("planning:teachers", self.code, *key)
        return f"{url}?instrument={self.made.start.instrument.code}" if url else None

    @cached_property
    def likelihoods(self) -> Mapping[StepKey, StepLikelihood | None]:
        """How often each step of the plan is taken within a year; None where no count is known."""
        instrument = self.made.start.instrument
        return {
            one.key: step_likelihood(instrument, one.key, self.code, self.ranked) for one in self.made.steps
        }

    def _often(self, planned: PlannedStep) -> Iterator[str]:
        found = self.likelihoods[planned.key]
        if found is None:
            yield _("no count is known")
            return
        counted = {
            "took": formats.count(found.took, language=language()),
            "reach": formats.count(found.in_reach, language=language()),
        }
        yield f"{_('%(took)s of %(reach)s regions') % counted}: {words.share(found.often)}"
        if found.here is not None:
            yield _("here, by our model: %(share)s") % {"share": words.share(found.here)}

    @property
    def often_notes(self) -> tuple[str, ...]:
        """What the counts are, what the model is and how far both go."""
        known = [one for one in self.likelihoods.values() if one is not None]
        if not known:
            return ()
        years = {"first": known[0].from_year, "last": known[0].to_year}
        counted = (
            _(
                "How often: of the regions whose published result lacked the step in %(first)s, those that showed it "
                "in %(last)s (KepmenPANRB 13/2024 and 663/2024). Results of domains stand for their indicators, whose "
                "levels were not published; in brackets the 80%% interval of the count."
            )
            % years
        )
        if not any(one.here for one in known):
            return (counted,)
        model = _(
            "Our model says how likely this region's domain takes its next step within a year. It foretells held-out "
            "regions better than the counts alone and than ability and difficulty (benchmarks/likelihood.md), from one "
            "pair of years; its interval is that of the fit only. It says nothing of causes and changes no plan."
        )
        return counted, model

    def _criterion(self, planned: PlannedStep) -> str:
        """Return what the level asks for in our own words; that no criterion was published is said."""
        number = words.indicator_number(planned.step.indicator)
        indicator = self.made.start.instrument.indicator(number)
        criteria = indicator.criteria if indicator else ()
        for each in criteria:
            if each.level == planned.step.to_level and each.text is not None:
                return each.text.in_language(language())
        return _("No criterion for this level was published.")

    def why(self, planned: PlannedStep) -> str:
        """Return why a step is in the plan: a wish, the need of a later step, or its gain for its effort."""
        wishes = self.made.asked.wishes
        if planned.key in wishes.locked:
            return _("It is locked.")
        if planned.key in wishes.promised:
            return _("It is promised already.")
        for later in self.made.steps:
            if planned.key in later.after:
                values = {"indicator": later.step.indicator, "level": later.step.to_level}
                needs = _("Indicator %(indicator)s needs it before level %(level)s:") % values
                return f"{needs} {self._reasons[planned.step.indicator, later.step.indicator]}"
        held = self._held_later(planned)
        if held is not None:
            return _("The next step of this indicator, to level %(level)s, rests on it.") % {"level": held}
        effort = planned.step.effort
        if not effort:
            return _("It costs nothing.")
        return _("It gains %(points)s for each unit of effort.") % {
            "points": words.points(planned.step.gain / effort)
        }

    def _held_later(self, planned: PlannedStep) -> int | None:
        """Return the wished level of the same indicator that a step leads to, None without one."""
        wishes = self.made.asked.wishes
        indicator, level = planned.key
        higher = [one for key, one in wishes.locked | wishes.promised if key == indicator and one > level]
        return level + 1 if higher else None

    @cached_property
    def _reasons(self) -> Mapping[tuple[str, str], str]:
        declared = assessments.precedence(self.made.start.instrument.code)
        rules = declared.rules if declared else ()
        return {(str(each.before), str(each.after)): each.reason.in_language(language()) for each in rules}

    def _changes(self, key: StepKey) -> Iterator[Change]:
        asked, wishes = self.made.asked, self.made.asked.wishes
        if key in wishes.locked | wishes.promised:
            yield Change(label=_("release"), url=self._url(asked.without_wish(key).query()))
        else:
            yield Change(label=_("lock"), url=self._url(asked.with_wish("locked", key).query()))
            yield Change(label=_("promised already"), url=self._url(asked.with_wish("promised", key).query()))
        yield Change(label=_("leave out"), url=self._url(asked.with_wish("excluded", key).query()))

    def _url(self, query: str) -> str:
        return f"{self.path}?{query}#steps"

    @cached_property
    def wished(self) -> tuple[Change, ...]:
        """The wishes in force, each a link that drops it."""
        wishes = self.made.asked.wishes
        texts = (
            (wishes.locked, _("locked: indicator %(indicator)s to level %(level)s")),
            (wishes.promised, _("promised: indicator %(indicator)s to level %(level)s")),
            (wishes.excluded, _("left out: indicator %(indicator)s to level %(level)s")),
        )
        return tuple(
            Change(
                label=text % {"indicator": key[0], "level": key[1]},
                url=self._url(self.made.asked.without_wish(key).query()),
            )
            for keys, text in texts
            for key in sorted(keys, key=lambda key: (words.indicator_number(key[0]), key))
        )

    def figure(self) -> Figure:
        """Return the steps as a figure, for files and for paper."""
        count = len(self.rows)
        return Figure(
            key="steps",
            heading=ngettext("%(num)s step, in this order", "%(num)s steps, in this order", count)
            % {"num": count},
            reading=_(
                "What comes first gains most for its effort; what waits for another step comes after it."
            ),
            table=self._table(),
            sources=(SourceNote(text=words.source(self.made.start)),),
            notes=(words.effort_note(has_own=self.made.has_own_efforts), *self.often_notes),
            synthetic=self.made.start.is_synthetic,
            wide=True,
        )

    def _table(self) -> Table:
        columns = (
            Column(key="order", label=_("Order"), kind=ColumnKind.RANK),
            Column(key="indicator", label=_("Indicator"), kind=ColumnKind.CODE),
            Column(key="name", label=_("Name")),
            Column(key="from_level", label=_("From level"), kind=ColumnKind.CODE),
            Column(key="to_level", label=_("To level"), kind=ColumnKind.COUNT),
            Column(key="gain", label=_("Gain in index points"), kind=ColumnKind.INDEX),
            Column(key="effort", label=_("Effort"), kind=ColumnKind.INDEX),
            Column(key="effort_low", label=_("Effort at least"), kind=ColumnKind.INDEX),
            Column(key="effort_high", label=_("Effort at most"), kind=ColumnKind.INDEX),
            Column(key="took", label=_("Regions that took it in a year"), kind=ColumnKind.COUNT),
            Column(key="in_reach", label=_("Regions in reach"), kind=ColumnKind.COUNT),
            Column(key="likely_here", label=_("Likely here, by our model"), kind=ColumnKind.SHARE),
            Column(key="due", label=_("Until"), kind=ColumnKind.CODE),
            Column(key="why", label=_("Why")),
        )
        rows = tuple(
            (
                row.number,
                row.indicator,
                row.name,
                str(planned.from_level),
                planned.step.to_level,
                words.decimal_of(planned.step.gain),
                words.decimal_of(planned.step.effort),
                planned.range.low if planned.range else None,
                planned.range.high if planned.range else None,
                *self._counted(planned),
                planned.due.isoformat(),
                row.why,
            )
            for row, planned in zip(self.rows, self.made.steps, strict=True)
        )
        return Table(caption=_("The steps of the plan"), columns=columns, rows=rows)

    def _counted(self, planned: PlannedStep) -> tuple[Cell, Cell, Cell]:
        found = self.likelihoods[planned.key]
        if found is None:
            return None, None, None
        here = None if found.here is None else Decimal(f"{found.here.likely:.3f}")
        return found.took, found.in_reach, here


def _range(planned: PlannedStep) -> str:
    """Return how low and how high the documented default may be; of a region's own effort that it is its own."""
    if planned.range is None:
        return _("the region's own figure")
    low, high = (
        formats.decimal1(one, language=language()) for one in (planned.range.low, planned.range.high)
    )
    return _("%(low)s to %(high)s") % {"low": low, "high": high}
