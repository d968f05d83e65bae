"""The page of levels moved by hand: every word and figure, ready for the template."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from livinglab.organizations.queries import Organization
from livinglab.planning.domain.problems import StepKey
from livinglab.planning.queries.risk import Rate
from livinglab.planning.queries.simulated import Rank, Simulated
from livinglab.planning.web import words
from livinglab.planning.web.risk_words import chance_in_words, rate_in_words, rate_options
from livinglab.planning.web.simulate_dials import DialGroup, dial_groups
from livinglab.planning.web.simulate_request import Moved
from livinglab.ui import formats
from livinglab.ui.jinja import url_if_any
from livinglab.ui.languages import language

_MOST_PLACES = 6


@dataclass(frozen=True, kw_only=True)
class SimulatePage:
    """What moved levels are worth. `is_member`: the region's own people look, and see its own levels and efforts."""

    region: Organization
    moved: Moved
    found: Simulated
    efforts: Mapping[StepKey, Fraction]
    rank: Rank | None
    rate: Rate | None
    is_member: bool

    @property
    def title(self) -> str:
        return _("Try levels out: %(region)s") % {"region": self.region.name}

    @property
    def breadcrumbs(self) -> tuple[tuple[str, str | None], ...]:
        code = self.region.code
        return (
            (self.region.short_name, url_if_any("comparisons:portrait", code)),
            (_("Plan"), url_if_any("planning:plan", code)),
            (_("Try levels out"), None),
        )

    @property
    def path(self) -> str:
        return reverse("planning:simulate", args=[self.region.code])

    @property
    def address(self) -> str:
        """The short address of exactly this state."""
        return f"{self.path}?{self.moved.query}" if self.moved.query else self.path

    @property
    def start_address(self) -> str:
        """The address of the start, under the instrument that was chosen."""
        query = Moved({}, instrument=self.moved.instrument).query
        return f"{self.path}?{query}" if query else self.path

    @property
    def instruments(self) -> tuple[words.Link, ...]:
        """The instruments whose levels can be tried out."""
        return words.instrument_links(self.found.start, self.path)

    @property
    def criteria_note(self) -> str:
        return words.criteria_note(self.found.start.instrument)

    @property
    def is_moved(self) -> bool:
        return bool(self.moved.levels)

    @cached_property
    def heading(self) -> str:
        """What the levels are worth, in one sentence."""
        values = {
            "region": self.region.short_name,
            "index": self._two(self.found.score.index),
            "predicate": self.predicate,
        }
        if not self.is_moved:
            return _("%(region)s stands at %(index)s: %(predicate)s. What if a level were another?") % values
        if self.rank is None:
            return _("With these levels %(region)s would stand at %(index)s: %(predicate)s") % values
        values |= {"rank": formats.count(self.rank.rank, language=language())}
        return (
            _("With these levels %(region)s would stand at %(index)s: %(predicate)s, rank %(rank)s") % values
        )

    @property
    def predicate(self) -> str:
        return self.found.score.predicate.name.in_language(language())

    @property
    def origin(self) -> str:
        return words.origin(self.found.start, self.region.short_name)

    @property
    def is_synthetic(self) -> bool:
        return self.found.start.is_synthetic or self.region.is_synthetic

    @cached_property
    def keys(self) -> tuple[tuple[str, str, str], ...]:
        """Index, predicate, rank and effort, each with what it was."""
        return (
            (_("Index"), self._two(self.found.score.index), self._index_note),
            (_("Predicate"), self.predicate, self._predicate_note),
            (_("Rank"), *self._rank),
            (_("Effort"), words.effort(self.found.effort), self._effort_note),
        )

    @property
    def _index_note(self) -> str:
        exact = self._exact(self.found.score.index_exact)
        if not self.is_moved:
            return _("exactly %(exact)s") % {"exact": exact}
        change = formats.change(self.found.score.index - self.found.before.index, language=language())
        return _("exactly %(exact)s; %(change)s") % {"exact": exact, "change": change}

    @property
    def _predicate_note(self) -> str:
        before = self.found.before.predicate
        if before == self.found.score.predicate:
            return _("as at the start") if self.is_moved else ""
        return _("at the start %(predicate)s") % {"predicate": before.name.in_language(language())}

    @property
    def _rank(self) -> tuple[str, str]:
        rank = self.rank
        if rank is None:
            return formats.NOTHING, _("no full list of results under this instrument was published")
        values = {
            "of": formats.count(rank.of, language=language()),
            "year": rank.year,
            "before": "" if rank.before is None else formats.count(rank.before, language=language()),
        }
        said = (
            _("would be its rank of %(of)s by the results of %(year)s")
            if rank.before is None
            else _("would be its rank of %(of)s by the results of %(year)s, in which it is %(before)s")
        )
        return formats.count(rank.rank, language=language()), said % values

    @property
    def _effort_note(self) -> str:
        count = len(self.found.taken)
        return ngettext("for %(num)s step taken", "for %(num)s steps taken", count) % {"num": count}

    @cached_property
    def warnings(self) -> tuple[str, ...]:
        """Order that is skipped, each with its reason, then what falls."""
        instrument = self.found.start.instrument
        said = [
            _(
                "Indicator %(after)s, %(after_name)s, is taken to level %(after_level)s before indicator %(before)s, "
                "%(before_name)s, holds level %(before_level)s. Why that order (our reading of the criteria, not "
                "law): %(reason)s"
            )
            % {
                "after": one.after[0],
                "after_name": words.indicator_name(instrument, one.after[0]),
                "after_level": one.after[1],
                "before": one.before[0],
                "before_name": words.indicator_name(instrument, one.before[0]),
                "before_level": one.before[1],
                "reason": one.reason.in_language(language()),
            }
            for one in self.found.skipped
        ]
        fallen = len(self.found.fallen)
        if fallen:
            said.append(
                ngettext(
                    "%(num)s indicator falls below its level at the start. A fall gives no effort back.",
                    "%(num)s indicators fall below their level at the start. A fall gives no effort back.",
                    fallen,
                )
                % {"num": fallen}
            )
        return tuple(said)

    @property
    def effort_source(self) -> str:
        """What the efforts rest on."""
        if self.is_member:
            return _("Efforts are your region's own where it gave any, else the documented defaults.")
        return _("Efforts are the documented defaults: how rare a level is and how seldom its step is taken.")

    # --- the risk ---

    @property
    def rate_words(self) -> str:
        return rate_in_words(self.rate)

    @property
    def rate_options(self) -> tuple[tuple[str, str], ...]:
        return rate_options(self.rate, self.moved.acceptance)

    @property
    def rate_value(self) -> str:
        return "" if self.moved.acceptance is None else str(self.moved.acceptance)

    @cached_property
    def chances(self) -> tuple[str, ...]:
        """How likely each predicate on the way, and the whole index, is confirmed; none without a rate or a step."""
        if self.rate is None or not self.found.taken:
            return ()
        held = self.found.held
        bands = [
            (Fraction(band.lower), band.name.in_language(language()))
            for band in self.found.start.instrument.bands
            if held < band.lower <= self.found.score.index_exact
        ]
        whole = (self.found.score.index_exact, _("everything claimed"))
        return tuple(
            chance_in_words(self.found.chance(target, self.rate), self._two_exact(target), name)
            for target, name in (*bands, whole)
        )

    # --- the dials and the ways on ---

    @cached_property
    def groups(self) -> tuple[DialGroup, ...]:
        return dial_groups(self.found, self.efforts)

    @property
    def plan_url(self) -> str | None:
        """Where the raised levels are locked into a plan; None where nothing is raised or there are no plans."""
        url = url_if_any("planning:plan", self.region.code)
        highest = dict(self.found.taken)  # the last of an indicator is its highest
        if url is None or not highest:
            return None
        chosen = f"instrument={self.moved.instrument}&" if self.moved.instrument else ""
        wishes = ",".join(f"{indicator}:{level}" for indicator, level in highest.items())
        return f"{url}?{chosen}lock={wishes}"

    def _two(self, value: Decimal) -> str:
        return formats.decimal2(value, language=language())

    def _two_exact(self, exact: Fraction) -> str:
        return words.index(exact, self.found.start.instrument)

    def _exact(self, exact: Fraction) -> str:
        """Return an exact index with all its places, or six and an ellipsis where it has more."""
        value = words.decimal_of(exact)
        text = f"{value:.{_MOST_PLACES}f}".rstrip("0")
        whole = Fraction(text) == exact
        kept = text if len(text.split(".")[1]) >= 2 else f"{value:.2f}"
        said = kept if language() == "en" else kept.replace(".", ",")
        return said if whole else f"{said}…"
