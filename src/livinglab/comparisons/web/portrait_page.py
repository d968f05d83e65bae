"""One portrait as its page takes it: every word, figure and link, ready for the template."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Final
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from livinglab.assessments.queries import Instrument
from livinglab.comparisons.domain.portrait import Assessments
from livinglab.comparisons.domain.standings import Scope
from livinglab.comparisons.portrait_queries import Placing, Portrait
from livinglab.comparisons.web import (
    portrait_difference,
    portrait_domains,
    portrait_findings,
    portrait_history,
    portrait_indicators,
    portrait_peers,
    portrait_rank,
    portrait_reasons,
    portrait_sources,
)
from livinglab.comparisons.web.labels import band_css
from livinglab.comparisons.web.portrait_findings import Words
from livinglab.comparisons.web.portrait_numbers import ordinal, percent, two, whole
from livinglab.comparisons.web.portrait_words import EYEBROWS, domain_names, portrait_url, words_for
from livinglab.organizations.queries import REGIONAL, Kind
from livinglab.ui import formats
from livinglab.ui.charts import Ruler
from livinglab.ui.figures import Figure, Table
from livinglab.ui.jinja import url_if_any
from livinglab.ui.languages import language

FORMATS: Final = ("csv", "xlsx", "json", "svg")
_PICTURES: Final = ("history", "domains", "next-predicate", "difference")  # drawn from tables of a few rows
_WITH_SERVICES: Final = (*REGIONAL, Kind.PROVINCE)  # who has a column in the register of services


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link as switches and lists take it."""

    url: str
    label: str
    current: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A place as the macro `standings` takes it."""

    figure: str
    base: str
    label: str
    movement: int | None
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One line of the strengths: a domain with its figure, and why."""

    title: str
    reason: str


@dataclass(frozen=True)
class PortraitPage:
    """The page of one organisation. ``asked_with`` is the code that the address compares with, "" for none."""

    portrait: Portrait
    in_force: Instrument | None
    asked_with: str = ""

    @cached_property
    def words(self) -> Words:
        return words_for(self.portrait)

    @cached_property
    def judged(self) -> Assessments:
        return portrait_reasons.judged(self.portrait)

    # --- the opening ---

    @property
    def title(self) -> str:
        return self.portrait.place.name

    @property
    def eyebrow(self) -> str:
        place = self.portrait.place
        what = str(EYEBROWS[place.kind])
        return what if place.kind == Kind.CENTRAL else f"{what} · {place.code}"

    @cached_property
    def breadcrumbs(self) -> tuple[tuple[str, str | None], ...]:
        place = self.portrait.place
        up = [("Indonesia", reverse("comparisons:country"))]
        if place.province is not None:
            up.append(
                (place.province.short_name, reverse("comparisons:portrait", args=[place.province.code]))
            )
        return (*up, (place.short_name, None))

    @cached_property
    def stand(self) -> str:
        """The sentences below the name; for a region without a result, why there is none."""
        portrait = self.portrait
        if portrait.mark is None:
            return portrait_findings.without_result(
                portrait.place.name,
                portrait.year,
                is_assessed=portrait.place.is_autonomous,
                is_listed=portrait.is_ranked,
            )
        before = portrait.before
        placing = self._first_placing
        return portrait_findings.standfirst(
            placing.position if placing else None,
            portrait.mark.index - before.index if before else None,
            portrait.mark.band or 0,
            before.band if before else None,
            self.judged,
            self.words,
        )

    @property
    def _first_placing(self) -> Placing | None:
        placings = self.portrait.placings
        return placings.get(Scope.ALL) or placings.get(Scope.KIND)

    @property
    def index(self) -> Decimal | None:
        return self.portrait.mark.index if self.portrait.mark else None

    @cached_property
    def index_label(self) -> str:
        """What the large figure is: "SPBE index 2024, scale 1 to 5"."""
        name = self.portrait.instrument.index_name.in_language(language())
        scale = self.portrait.instrument.scale
        return _("%(index)s %(year)s, scale %(low)s to %(high)s") % {
            "index": name,
            "year": self.portrait.year,
            "low": scale.minimum,
            "high": scale.maximum,
        }

    @cached_property
    def band(self) -> tuple[str, str]:
        """The predicate's class and name; the printed one beside it where the page is not in Indonesian."""
        mark = self.portrait.mark
        if mark is None or mark.band is None:
            return "b0", _("No result")
        named = self.portrait.instrument.bands[mark.band].name
        label = named.in_language(language())
        return band_css(mark.band), label if label == named.id else f"{named.id} ({label})"

    @cached_property
    def ruler(self) -> Ruler | None:
        return portrait_rank.ruler(self.portrait, self.words)

    @cached_property
    def facts(self) -> tuple[tuple[str, str], ...]:
        place = self.portrait.place
        found = []
        if place.population:
            found.append((_("Population"), whole(place.population)))
        if place.area_km2:
            found.append((_("Area"), formats.square_kilometres(place.area_km2, language=language())))
        instrument = self.portrait.instrument
        named = _("%(name)s, %(num)s indicators") % {
            "name": instrument.short.in_language(language()),
            "num": sum(1 for _one in instrument.indicators()),
        }
        found.append((_("Instrument"), named))
        if self.portrait.claim is not None and not (self.portrait.mark and self.portrait.mark.is_official):
            found.append((_("Source"), _("press or other reports")))
        return tuple(found)

    @cached_property
    def notices(self) -> tuple[tuple[str, str, str], ...]:
        """What the reader must know before the figures: text, and a link with its words where there is one."""
        return tuple(self._notices())

    def _notices(self) -> Iterable[tuple[str, str, str]]:
        place = self.portrait.place
        if place.is_synthetic:
            yield _("Invented for demonstration; this is not a real region."), "", ""
        if not place.is_autonomous and place.province is not None:
            url = reverse("comparisons:portrait", args=[place.province.code])
            yield (
                _("It is an administrative part of its province and is not assessed by itself."),
                url,
                _("See %(province)s") % {"province": place.province.name},
            )
        told = next((one for one in reversed(self.portrait.claims) if one.is_leading and one.index), None)
        if told is not None and told.index is not None:
            newest = told.year
            if newest > max(self.portrait.ranked_years, default=0) and newest > self.portrait.year:
                values = {"index": two(told.index), "year": newest}
                url = self.url(year=newest)
                yield _("The press reports %(index)s for %(year)s.") % values, url, _("See that year")
        if self.in_force is not None and self.in_force.code != self.portrait.instrument.code:
            values_ = {"instrument": self.in_force.short.in_language(language())}
            yield (
                _("The instrument in force today is %(instrument)s; no result of it has been published yet.")
                % values_,
                f"/instruments/{self.in_force.code}/",
                _("What it asks for"),
            )

    # --- the figures ---

    @cached_property
    def figures(self) -> Mapping[str, Figure]:
        """Every figure of the page by its key, in the order of the page."""
        portrait, words = self.portrait, self.words
        found = (
            portrait_history.history(portrait, words),
            portrait_domains.domains(portrait, words),
            portrait_rank.rank(portrait, words),
            portrait_reasons.strengths(portrait, words),
            portrait_reasons.next_predicate(portrait, words),
            portrait_difference.of_portrait(portrait, words),
            portrait_indicators.indicators(portrait, words),
            portrait_peers.peers(portrait, words),
            portrait_peers.inside(portrait, words),
            portrait_sources.sources(portrait),
        )
        return {figure.key: figure for figure in found if figure is not None}

    def downloads(self, key: str) -> tuple[tuple[str, str], ...]:
        """Return the formats of a figure with their addresses; SVG only where there is a picture."""
        formats_ = FORMATS if self.figures[key].chart is not None else FORMATS[:-1]
        return tuple((one.upper(), self.figure_url(key, one)) for one in formats_)

    @cached_property
    def standings(self) -> tuple[Standing, ...]:
        """The places in each group, as the key figures above the distribution."""
        names = portrait_rank.scope_names(self.portrait, self.words)
        return tuple(
            Standing(
                figure=whole(placing.position.rank),
                base=_("of %(of)s") % {"of": whole(placing.position.of)},
                label=names[scope],
                movement=placing.movement,
                note=self._standing_note(placing),
            )
            for scope, placing in self.portrait.placings.items()
        )

    def _standing_note(self, placing: Placing) -> str:
        share = percent(portrait_rank.percentile(placing))
        ahead = _("higher than %(share)s of them") % {"share": share}
        if placing.previous is None:
            return ahead
        rank, of = placing.previous
        values = {
            "year": self.portrait.year - 1,
            "rank": ordinal(rank),
            "of": whole(of),
            "ahead": ahead,
        }
        return _("%(year)s: %(rank)s of %(of)s · %(ahead)s") % values

    @cached_property
    def strong(self) -> tuple[Said, ...]:
        return tuple(
            Said(
                title=self._named(one.domain.code, one.value), reason=portrait_reasons.reason(one, self.words)
            )
            for one in self.judged.strong
        )

    @cached_property
    def weak(self) -> tuple[Said, ...]:
        return tuple(
            Said(
                title=self._named(one.domain.code, one.value), reason=portrait_reasons.reason(one, self.words)
            )
            for one in self.judged.weak
        )

    @cached_property
    def rising(self) -> tuple[Said, ...]:
        names = self._domain_names
        return tuple(
            Said(
                title=_("%(domain)s: up to %(points)s on the index.")
                % {"domain": names[one.domain.code], "points": portrait_findings.points_of(one.room)},
                reason=portrait_reasons.room(one),
            )
            for one in self.judged.risers
        )

    @cached_property
    def _domain_names(self) -> Mapping[str, str]:
        return domain_names(self.portrait.instrument, inside=False)

    def _named(self, code: str, value: Decimal) -> str:
        return f"{self._domain_names[code]} {two(value)}."

    # --- the ways on ---

    @cached_property
    def path(self) -> str:
        """The address of this portrait without its query."""
        return portrait_url(self.portrait.place)

    def url(self, *, year: int | None = None, with_code: str | None = None) -> str:
        """Return the address of this portrait in another year, or beside another one."""
        other = self.asked_with if with_code is None else with_code
        return self.path + self._query(year or self.portrait.year, other)

    @property
    def is_other_year(self) -> bool:
        """Whether the year shown is not the newest ranked one, so that addresses must name it."""
        return (self.portrait.year,) != self.portrait.ranked_years[:1]

    @cached_property
    def _own_query(self) -> str:
        return self._query(self.portrait.year, self.asked_with)

    def _query(self, year: int, with_code: str) -> str:
        asked: dict[str, str | int] = {}
        if (year,) != self.portrait.ranked_years[:1]:
            asked["year"] = year
        if with_code:
            asked["with"] = with_code
        return f"?{urlencode(asked)}" if asked else ""

    def figure_url(self, key: str, format_: str) -> str:
        """Return the address of a figure's download; it says year and comparison itself."""
        return f"{self.path}figures/{key}.{format_}{self._own_query}"

    @property
    def pdf_url(self) -> str:
        return f"{self.path}portrait.pdf{self._own_query}"

    @cached_property
    def years(self) -> tuple[Link, ...]:
        return tuple(
            Link(url=self.url(year=year), label=str(year), current=year == self.portrait.year)
            for year in self.portrait.years
        )

    @cached_property
    def others(self) -> tuple[Link, ...]:
        """The similar regions that the difference can be shown to."""
        shown = self.portrait.other.place.code if self.portrait.other else ""
        return tuple(
            Link(
                url=self.url(with_code=one.place.code) + "#difference",
                label=one.place.short_name,
                current=one.place.code == shown,
            )
            for one in self.portrait.peers
            if one.mark is not None
        )

    @property
    def tables_behind(self) -> tuple[Table, ...]:
        """The short tables behind the pictures, for paper; the ranking of 485 regions is for files.

        Where each index is from stands in the table of sources already.
        """
        found = (self.figures[key].table for key in _PICTURES if key in self.figures)
        return tuple(table.without("source", "reliability", "leads") for table in found)

    @property
    def services_url(self) -> str:
        """Where this region's digital services are on record; empty for what has no column there."""
        if self.portrait.place.kind not in _WITH_SERVICES or not (
            services := url_if_any("catalogue:compare")
        ):
            return ""
        return f"{services}?{urlencode({'regions': self.portrait.place.code})}"

    @property
    def plan_url(self) -> str:
        """Where this region's plan to a higher index is; empty for what is not assessed or has no plans."""
        place = self.portrait.place
        if place.kind not in REGIONAL or not place.is_autonomous:
            return ""
        return url_if_any("planning:plan", place.code) or ""

    @cached_property
    def compare_url(self) -> str:
        """Where this region stands side by side with the similar ones; empty for what cannot be compared there."""
        if self.portrait.place.kind not in REGIONAL or not (compare := url_if_any("comparisons:compare")):
            return ""
        asked = {"regions": self.portrait.place.code, "peers": "similar"}
        return f"{compare}?{urlencode(asked)}"
