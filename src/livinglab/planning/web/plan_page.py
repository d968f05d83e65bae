"""The plan of one region as its page takes it: every word, figure and link, ready for the template."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from livinglab.organizations.queries import Organization
from livinglab.planning.queries import StepKey
from livinglab.planning.queries.gaps import Gap
from livinglab.planning.queries.made import MadePlan
from livinglab.planning.queries.requests import bands_above, number_text
from livinglab.planning.queries.risk import Rate
from livinglab.planning.web import words
from livinglab.planning.web.plan_gap import GapFigures
from livinglab.planning.web.plan_proof import Proof
from livinglab.planning.web.plan_risk import PlanRisk
from livinglab.planning.web.plan_steps import StepRow, StepRows
from livinglab.planning.web.simulate_request import Moved
from livinglab.planning.web.words import Link
from livinglab.ui import formats
from livinglab.ui.figures import Figure
from livinglab.ui.jinja import url_if_any
from livinglab.ui.languages import language
from livinglab.ui.web.files import formats_of


@dataclass(frozen=True)
class PlanPage:
    """The page of one plan. `is_member`: the region's own people look, and see its own levels."""

    region: Organization
    made: MadePlan
    gap: Gap
    rate: Rate | None = None  # the share of claimed steps that assessors accept
    is_member: bool = False
    told_costs: Mapping[StepKey, Fraction] = field(default_factory=dict)  # rupiah that the region itself says

    # --- the opening ---

    @property
    def title(self) -> str:
        return _("Plan for %(region)s") % {"region": self.region.name}

    @property
    def breadcrumbs(self) -> tuple[tuple[str, str | None], ...]:
        portrait = url_if_any("comparisons:portrait", self.region.code)
        return ((self.region.short_name, portrait), (_("Plan"), None))

    @cached_property
    def heading(self) -> str:
        """The plan in one sentence, or that it cannot be."""
        made, best = self.made, self.made.outcome.best
        instrument = made.start.instrument
        values = {
            "region": self.region.short_name,
            "present": words.index(made.problem.index, instrument),
            "index": words.index(best.index, instrument),
            "effort": words.effort(best.effort),
            "num": len(best.steps),
        }
        if not made.is_reached:
            values["target"] = words.target(made.goal.target)
            return (
                _("%(region)s cannot reach %(target)s this way; the highest index that can be is %(index)s")
                % values
            )
        if not best.steps:
            return _("%(region)s stands at %(index)s, and no step is needed") % values
        return (
            ngettext(
                "%(num)s step with effort %(effort)s takes %(region)s from %(present)s to %(index)s",
                "%(num)s steps with effort %(effort)s take %(region)s from %(present)s to %(index)s",
                len(best.steps),
            )
            % values
        )

    @cached_property
    def stand(self) -> str:
        """The sentence below: what was asked, and that nothing cheaper does it."""
        made = self.made
        values = {
            "target": words.target(made.goal.target),
            "day": formats.day(made.asked.by, language=language()),
            "budget": words.rupiah(made.asked.budget or 0),
        }
        if not made.is_reached:
            return (
                _("Below is the cheapest way to that highest index, until %(day)s, and what holds it down.")
                % values
            )
        if made.goal.target is None:
            return _("No plan within the limit reaches a higher index. It runs until %(day)s.") % values
        if made.asked.budget is not None:
            return (
                _(
                    "No plan within the budget of %(budget)s reaches %(target)s with less effort. It runs until "
                    "%(day)s."
                )
                % values
            )
        return _("No plan with less effort reaches %(target)s. It runs until %(day)s.") % values

    @cached_property
    def money(self) -> str:
        """What the plan costs in rupiah, and of which budget; empty where somebody has yet to say what a step costs."""
        made, cost = self.made, self.made.outcome.best.cost
        if cost is None or not made.outcome.best.steps:
            return ""
        values = {"cost": words.money(cost), "budget": words.rupiah(made.asked.budget or 0)}
        if made.asked.budget is None:
            return _("It costs %(cost)s.") % values
        return _("It costs %(cost)s of a budget of %(budget)s.") % values

    @cached_property
    def enough_budget(self) -> Link | None:
        """The least budget that reaches the target, where the one asked for does not and no other limit is set."""
        made = self.made
        if made.is_reached or made.asked.budget is None or (least := made.least_budget) is None:
            return None
        return Link(
            url=f"{self.path}?{replace(made.asked, budget=least).query()}",
            label=_("The least budget that reaches %(target)s: %(budget)s")
            % {"target": words.target(made.goal.target), "budget": words.rupiah(least)},
        )

    @property
    def origin(self) -> str:
        return words.origin(self.made.start, self.region.short_name)

    @property
    def missing(self) -> str:
        """Which indicators have no level yet and are counted at the lowest; empty where none."""
        count = len(self.made.start.missing)
        return (
            ngettext(
                "%(num)s indicator has no level yet and is counted at the lowest one.",
                "%(num)s indicators have no level yet and are counted at the lowest one.",
                count,
            )
            % {"num": count}
            if count
            else ""
        )

    @property
    def is_synthetic(self) -> bool:
        return self.made.start.is_synthetic or self.region.is_synthetic

    # --- the form ---

    @property
    def path(self) -> str:
        return reverse("planning:plan", args=[self.region.code])

    @property
    def query(self) -> str:
        """The canonical query string of this plan: whoever carries it on carries the plan."""
        return self.made.asked.query()

    @property
    def instruments(self) -> tuple[Link, ...]:
        """The instruments to plan with; another one begins a new plan by the same day."""
        return words.instrument_links(self.made.start, self.path, f"by={self.made.asked.by.isoformat()}")

    @property
    def criteria_note(self) -> str:
        return words.criteria_note(self.made.start.instrument)

    @cached_property
    def bands(self) -> tuple[Link, ...]:
        """The predicates above the present index, each a plan to its beginning."""
        return tuple(
            Link(
                url=f"{self.path}?{words.with_target(self.made.asked, band.lower)}",
                label=f"{band.name.in_language(language())} ({formats.decimal2(band.lower, language=language())})",
                current=self.made.asked.target == band.lower,
            )
            for band in bands_above(self.made.start)
        )

    @cached_property
    def fields(self) -> Mapping[str, str]:
        """What the form holds, numbers as the reader writes them."""
        asked = self.made.asked
        values = {
            name: "" if value is None else words.written(number_text(value))
            for name, value in (
                ("target", asked.target),
                ("effort", asked.effort),
                ("capacity", asked.capacity),
                ("certainty", asked.certainty),
            )
        }
        return {
            **values,
            "steps": str(asked.steps or ""),
            "by": asked.by.isoformat(),
            "rupiah": str(asked.rupiah or ""),
            "budget": "" if asked.budget is None else str(asked.budget),
        }

    @property
    def kept(self) -> tuple[tuple[str, str], ...]:
        """The wishes that the form carries on unseen."""
        return words.wishes_written(self.made.asked)

    # --- steps, proof, figures ---

    @cached_property
    def steps(self) -> StepRows:
        return StepRows(self.made, self.region.code, self.path, self.gap.ranked)

    @property
    def rows(self) -> tuple[StepRow, ...]:
        return self.steps.rows

    @property
    def step_columns(self) -> tuple[tuple[str, str], ...]:
        """The columns of the table of steps: label, and the class of a number."""
        return (
            (_("Order"), "num"),
            (_("Step"), ""),
            (_("Why"), ""),
            (_("Gain"), "num"),
            (_("Effort"), "num"),
            (_("How often in a year"), ""),
            (_("Until"), ""),
            (_("Change it"), ""),
        )

    @cached_property
    def risk(self) -> PlanRisk:
        return PlanRisk(self.made, self.rate, self.path)

    @cached_property
    def proof(self) -> Proof:
        return Proof(self.made)

    @cached_property
    def figures(self) -> Mapping[str, Figure]:
        """Every figure of the page by its key, in the order of the page."""
        gap = GapFigures(self.region, self.gap)
        found = (
            self.steps.figure(),
            self.proof.alternatives(),
            self.proof.price(),
            gap.domains(),
            gap.indicators(),
        )
        return {figure.key: figure for figure in found if figure is not None}

    def downloads(self, key: str) -> tuple[tuple[str, str], ...]:
        """Return the formats of a figure with their addresses, which carry this plan."""
        return tuple(
            (
                one.upper(),
                reverse("planning:plan-figure", args=[self.region.code, key, one]) + f"?{self.query}",
            )
            for one in formats_of(self.figures[key])
        )

    # --- the ways on ---

    @property
    def accept_url(self) -> str | None:
        """Where this plan becomes actions; None where this installation keeps none."""
        return self._on("actions:accept") if self.is_member else None

    @property
    def brief_url(self) -> str:
        """The plan on one sheet, as a PDF."""
        return reverse("planning:plan-brief", args=[self.region.code]) + f"?{self.query}"

    @property
    def data_url(self) -> str:
        """The plan as everybody may have it, as JSON."""
        return f"/api/v1/regions/{self.region.code}/plan?{self.query}"

    @property
    def efforts_url(self) -> str | None:
        """Where the region's people say what a step costs them; None for everybody else."""
        url = url_if_any("planning:efforts", self.region.code) if self.is_member else None
        chosen = self.made.asked.instrument
        return f"{url}?instrument={chosen}" if url and chosen else url

    @property
    def simulate_url(self) -> str:
        """Where levels are tried out, with those that this plan raises."""
        highest: dict[str, int] = {}
        for step in self.made.outcome.best.steps:
            highest[step.indicator] = max(step.to_level, highest.get(step.indicator, 0))
        levels = {key: highest[key] for key in self.made.start.levels if key in highest}
        query = Moved(levels, self.made.asked.acceptance, self.made.asked.instrument).query
        return reverse("planning:simulate", args=[self.region.code]) + (f"?{query}" if query else "")

    def _on(self, name: str) -> str | None:
        url = url_if_any(name, self.region.code)
        return f"{url}?{self.query}" if url else None
