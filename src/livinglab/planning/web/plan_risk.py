"""How sure a plan is when assessors accept less than is claimed, and what to plan for to be surer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

from django.utils.translation import gettext as _

from livinglab.planning.queries.made import MadePlan
from livinglab.planning.queries.requests import number_text
from livinglab.planning.queries.risk import CERTAINTIES, Rate, chance, claims_of
from livinglab.planning.web import words
from livinglab.planning.web.risk_words import own_rate_in_words, percent, rate_in_words, rate_options


@dataclass(frozen=True, slots=True, kw_only=True)
class SaferRow:
    """One certainty: what to plan for, what that takes, and the plan to it."""

    certainty: str
    target: str
    effort: str
    chance: str
    url: str
    is_current: bool


@dataclass(frozen=True)
class PlanRisk:
    """The risk of a plan. Without a rate only what is not known is said."""

    made: MadePlan
    rate: Rate | None
    path: str

    @property
    def rate_words(self) -> str:
        return rate_in_words(self.rate)

    @property
    def own_rates(self) -> tuple[str, ...]:
        """The share reckoned with for each indicator of the plan that has its own, and what it was counted on."""
        rate = self.rate
        if rate is None:
            return ()
        raised = {step.indicator for step in self.made.outcome.best.steps}
        return tuple(own_rate_in_words(one) for one in rate.own if one.indicator in raised)

    @cached_property
    def sentence(self) -> str:
        """How likely the index asked for is confirmed by this plan; empty without a rate or an index to reach."""
        target, steps = self.made.asked.target, self.made.outcome.best.steps
        if self.rate is None or target is None or not steps:
            return ""
        found = chance(self.made.problem.index, claims_of(steps, self.rate.shares), self.rate.share, target)
        values = {"target": words.target(target), "chance": percent(found)}
        if self.made.goal.target == target:
            return _("With this plan %(target)s is confirmed with a chance of %(chance)s.") % values
        values["planned"] = words.target(self.made.goal.target)
        return (
            _("This plan aims at %(planned)s, so that %(target)s is confirmed with a chance of %(chance)s.")
            % values
        )

    @cached_property
    def rows(self) -> tuple[SaferRow, ...]:
        """What to plan for by certainty."""
        if self.rate is None or not self.made.outcome.best.steps:
            return ()
        asked = self.made.asked
        return tuple(
            SaferRow(
                certainty=percent(one.certainty),
                target=words.target(one.target),
                effort=words.effort(one.effort),
                chance=percent(one.chance),
                url=f"{self.path}?{replace(asked, certainty=one.certainty).query()}",
                is_current=asked.certainty == one.certainty,
            )
            for one in self.made.safe_targets(self.rate)
        )

    @property
    def note(self) -> str:
        """What the rows leave out: certainties that no plan gives, and limits."""
        said = []
        if self.rows and len(self.rows) < len(CERTAINTIES):
            said.append(_("No plan gives a higher certainty than the last one shown."))
        asked = self.made.asked
        if self.rows and (asked.effort or asked.steps or asked.capacity):
            said.append(_("Limits of effort, steps and capacity are left out here."))
        return " ".join(said)

    @property
    def rate_options(self) -> tuple[tuple[str, str], ...]:
        return rate_options(self.rate, self.made.asked.acceptance)

    @property
    def rate_value(self) -> str:
        assumed = self.made.asked.acceptance
        return "" if assumed is None else str(assumed)

    @property
    def certainty_options(self) -> tuple[tuple[str, str], ...]:
        """The certainties that the form offers, with the one asked for."""
        asked = self.made.asked.certainty
        offered: list[Fraction] = sorted({*CERTAINTIES, *(() if asked is None else (asked,))})
        none = ("", _("the plan as it stands"))
        return (none, *((words.written(number_text(one)), percent(one)) for one in offered))

    @property
    def certainty_value(self) -> str:
        asked = self.made.asked.certainty
        return "" if asked is None else words.written(number_text(asked))
