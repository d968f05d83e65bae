"""The gap of a region as figures: its domains and indicators beside others, and what each next step is worth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from livinglab.assessments.queries import round_half_up
from livinglab.organizations.queries import Kind, Organization
from livinglab.planning.queries.gaps import Against, DomainGap, Gap, Group, IndicatorGap
from livinglab.planning.web import words
from livinglab.ui import formats
from livinglab.ui.charts import Dot, DotRow, DotRows, Role, Scale
from livinglab.ui.figures import Cell, Column, ColumnKind, Figure, SourceNote, Table
from livinglab.ui.languages import language

_ROLES = {Group.NATION: Role.NATION, Group.KIND: Role.MEAN, Group.PEERS: Role.OTHERS, Group.BEST: Role.OTHER}


@dataclass(frozen=True)
class GapFigures:
    """Writes the gap of one region."""

    place: Organization
    gap: Gap

    @cached_property
    def names(self) -> Mapping[Group, str]:
        """What the groups are called."""
        kind = _("cities") if self.place.kind == Kind.CITY else _("regencies")
        return {
            Group.NATION: _("Mean of all regions"),
            Group.KIND: _("Mean of %(kind)s") % {"kind": kind},
            Group.PEERS: _("Mean of similar regions"),
            Group.BEST: _("Best of the similar regions"),
        }

    @cached_property
    def _peer_names(self) -> Mapping[str, str]:
        return {row.code: row.short_name for row in self.gap.peers}

    # --- domains ---

    def domains(self) -> Figure | None:
        """Return the domains beside the published results of others; None where there are none."""
        if not any(one.against for one in self.gap.domains):
            return None
        return Figure(
            key="gap-domains",
            heading=self._domain_heading(),
            reading=_(
                "The figure at the end is the region's own value, below it the distance to the best similar region."
            ),
            chart=DotRows(
                label=_("Domains of %(region)s beside others") % {"region": self.place.short_name},
                rows=tuple(self._dots(one) for one in self.gap.domains),
                key=(
                    (Role.FOCUS, self.place.short_name),
                    *((_ROLES[one], name) for one, name in self.names.items()),
                ),
                scale=self._scale,
            ),
            table=self._domain_table(),
            sources=(
                SourceNote(text=words.source(self.gap.start)),
                SourceNote(text=_("published results of %(year)s") % {"year": self.gap.year}),
            ),
            notes=tuple(self._notes()),
            synthetic=self.gap.start.is_synthetic,
        )

    @property
    def _scale(self) -> Scale:
        scale = self.gap.start.instrument.scale
        return Scale(start=Decimal(scale.minimum), end=Decimal(scale.maximum))

    def _domain_heading(self) -> str:
        """Return in which domain the best similar region is furthest ahead."""
        ahead = [
            (one.against[Group.BEST].value - one.value, one)
            for one in self.gap.domains
            if Group.BEST in one.against
        ]
        if not ahead:
            return _("The domains beside the means")
        most, furthest = max(ahead, key=lambda one: one[0])
        values = {
            "domain": self._domain_name(furthest.code),
            "region": self._peer_names.get(furthest.against[Group.BEST].best, ""),
            "points": self._two(most),
        }
        if most <= 0:
            return _("No similar region is ahead in any domain")
        return _("Furthest behind in %(domain)s: %(region)s, a similar region, is %(points)s ahead") % values

    def _domain_name(self, code: str) -> str:
        domains = {one.code: one.short.in_language(language()) for one in self.gap.start.instrument.domains}
        return domains[code]

    def _dots(self, one: DomainGap) -> DotRow:
        dots = [
            Dot(role=_ROLES[group], value=self._rounded(each.value)) for group, each in one.against.items()
        ]
        best = one.against.get(Group.BEST)
        return DotRow(
            name=self._domain_name(one.code),
            dots=(Dot(role=Role.FOCUS, value=self._rounded(one.value)), *dots),
            value=self._rounded(one.value),
            aside=self._behind(one.value, best.value) if best else "",
        )

    def _behind(self, value: Fraction, best: Fraction) -> str:
        return formats.change(self._rounded(value) - self._rounded(best), language=language())

    def _rounded(self, exact: Fraction) -> Decimal:
        return round_half_up(exact, self.gap.start.instrument.places)

    def _two(self, exact: Fraction) -> str:
        return formats.decimal2(self._rounded(exact), language=language())

    def _domain_table(self) -> Table:
        rows = tuple(
            (
                self._domain_name(one.code),
                self._rounded(one.value),
                *(self._value(one.against, group) for group in Group),
                self._best(one.against),
            )
            for one in self.gap.domains
        )
        return Table(
            caption=_("Domains of %(region)s beside others") % {"region": self.place.short_name},
            columns=(
                Column(key="domain", label=_("Domain")),
                Column(key="value", label=self.place.short_name, kind=ColumnKind.INDEX),
                *self._group_columns(),
            ),
            rows=rows,
        )

    def _group_columns(self) -> tuple[Column, ...]:
        kinds = (Column(key=str(group), label=self.names[group], kind=ColumnKind.INDEX) for group in Group)
        return (*kinds, Column(key="best_region", label=_("Which region is best")))

    def _value(self, against: Mapping[Group, Against], group: Group) -> Decimal | None:
        return self._rounded(against[group].value) if group in against else None

    def _best(self, against: Mapping[Group, Against]) -> str | None:
        best = against.get(Group.BEST)
        return self._peer_names.get(best.best) if best else None

    def _notes(self) -> list[str]:
        names = formats.listing(self._peer_names.values(), language=language())
        said = _("Similar regions: same kind, nearest in population, area and density: %(names)s.")
        return [said % {"names": names}] if names else []

    # --- indicators ---

    def indicators(self) -> Figure:
        """Return every indicator with its level, what its next step is worth and whether it can be taken now."""
        steps = [one.step for one in self.gap.indicators if one.step]
        count = sum(step.is_open for step in steps)
        heading = ngettext(
            "%(num)s of %(of)s next steps can be taken now",
            "%(num)s of %(of)s next steps can be taken now",
            count,
        ) % {"num": count, "of": len(steps)}
        has_others = any(one.against for one in self.gap.indicators)
        others = self._group_columns() if has_others else ()
        return Figure(
            key="gap-indicators",
            heading=heading,
            reading=self._what_is_compared(),
            table=Table(
                caption=_("The indicators of %(region)s and their next steps")
                % {"region": self.place.short_name},
                columns=(
                    Column(key="indicator", label=_("Indicator"), kind=ColumnKind.CODE),
                    Column(key="name", label=_("Name")),
                    Column(key="level", label=_("Level"), kind=ColumnKind.CODE),
                    *others,
                    Column(key="gain", label=_("Next level is worth, in index points"), kind=ColumnKind.CODE),
                    Column(key="effort", label=_("Effort"), kind=ColumnKind.INDEX),
                    Column(key="now", label=_("Can it be taken now?")),
                ),
                rows=tuple(self._row(one, with_others=has_others) for one in self.gap.indicators),
            ),
            sources=(SourceNote(text=words.source(self.gap.start)),),
            notes=tuple(filter(None, [words.precedence_source(self.gap.start.instrument)])),
            synthetic=self.gap.start.is_synthetic,
            wide=True,
        )

    def _row(self, one: IndicatorGap, *, with_others: bool) -> tuple[Cell, ...]:
        others = (
            (*(self._value(one.against, group) for group in Group), self._best(one.against))
            if with_others
            else ()
        )
        level = words.level(one.level)
        return (
            one.indicator,
            words.indicator_name(self.gap.start.instrument, one.indicator),
            _("%(level)s (none yet)") % {"level": level} if one.is_missing else level,
            *others,
            words.points(one.step.gain) if one.step else None,
            words.decimal_of(one.step.effort) if one.step else None,
            self._now(one),
        )

    def _now(self, one: IndicatorGap) -> str:
        """Return whether the next step can be taken, or what it waits for and why."""
        if one.is_fixed:
            return _("another agency's index: no step here")
        if one.step is None:
            return _("at the highest level")
        if one.step.is_open:
            return _("yes")
        waits = [
            _("indicator %(indicator)s to level %(level)s first: %(reason)s")
            % {
                "indicator": each.indicator,
                "level": each.level,
                "reason": each.reason.in_language(language()),
            }
            for each in one.step.waits
        ]
        return " ".join(waits)

    def _what_is_compared(self) -> str:
        """Return whom single indicators are compared with, or why with nobody."""
        seen = self.gap.seen
        if self.gap.start.is_made_up:
            return _("Single levels are made up here, so they are compared with nobody; the domains are.")
        if not seen:
            return _(
                "No other region lets its levels of single indicators be seen, so only domains are compared."
            )
        return ngettext(
            "Compared with the %(num)s region that lets its levels be seen.",
            "Compared with the %(num)s regions that let their levels be seen.",
            seen,
        ) % {"num": seen}
