"""The page of a region's own efforts: each open step with its default, what that rests on, and what the region says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from livinglab.organizations.queries import Organization
from livinglab.planning.adapters.row_files import MAXIMUM_NAMED
from livinglab.planning.domain.problems import StepKey
from livinglab.planning.models import EffortEdit
from livinglab.planning.queries import Basis, default_efforts, open_steps
from livinglab.planning.queries.requests import number_text
from livinglab.planning.queries.starts import Start
from livinglab.planning.web import words
from livinglab.ui import formats
from livinglab.ui.jinja import url_if_any
from livinglab.ui.languages import language

_BASES: Final = {
    Basis.DOMAIN: gettext_lazy("published results of its domain"),
    Basis.CROSSWALK: gettext_lazy("results of the older indicators that an unofficial crosswalk names"),
    Basis.INDEX: gettext_lazy("published results of the index as a whole"),
}


@dataclass(frozen=True, slots=True)
class Typed:
    """What the forms hold: the step that is edited with what was written for it, and why a file is taken over."""

    step: StepKey | None = None
    effort: str = ""
    rupiah: str = ""
    reason: str = ""
    file_reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EffortRow:
    """One open step as the table shows it."""

    indicator: str
    name: str
    level: int
    default: str
    basis: str
    own: str
    rupiah: str
    reason: str
    day: str
    edit_url: str
    is_edited: bool


@dataclass(frozen=True, kw_only=True)
class EffortsPage:
    """What a region's open steps cost."""

    region: Organization
    start: Start
    edits: Mapping[StepKey, EffortEdit]
    typed: Typed
    problems: tuple[tuple[str, str], ...] = ()
    chosen: str = ""  # the instrument that the address names

    @property
    def title(self) -> str:
        return _("What steps cost %(region)s") % {"region": self.region.name}

    @property
    def breadcrumbs(self) -> tuple[tuple[str, str | None], ...]:
        code = self.region.code
        return (
            (self.region.short_name, url_if_any("comparisons:portrait", code)),
            (_("Plan"), url_if_any("planning:plan", code)),
            (_("Efforts"), None),
        )

    @property
    def path(self) -> str:
        return reverse("planning:efforts", args=[self.region.code]) + self._chosen("?")

    def _chosen(self, mark: str) -> str:
        return f"{mark}instrument={self.chosen}" if self.chosen else ""

    @property
    def instruments(self) -> tuple[words.Link, ...]:
        """The instruments whose steps can be given an effort."""
        return words.instrument_links(self.start, reverse("planning:efforts", args=[self.region.code]))

    @property
    def file_url(self) -> str:
        return reverse("planning:efforts-file", args=[self.region.code]) + self._chosen("?")

    @cached_property
    def heading(self) -> str:
        """How many steps the region speaks for itself, in one sentence."""
        own, count = sum(bool(row.own or row.rupiah) for row in self.rows), len(self.rows)
        values = {"num": own, "count": count, "region": self.region.short_name}
        if not count:
            return _("%(region)s stands at the highest level everywhere: no step is open") % values
        if not own:
            return _("All %(count)s open steps count with the documented default") % values
        return (
            ngettext(
                "%(region)s says itself what %(num)s of its %(count)s open steps costs",
                "%(region)s says itself what %(num)s of its %(count)s open steps cost",
                own,
            )
            % values
        )

    @property
    def origin(self) -> str:
        return words.origin(self.start, self.region.short_name)

    @property
    def is_synthetic(self) -> bool:
        return self.start.is_synthetic or self.region.is_synthetic

    @cached_property
    def rows(self) -> tuple[EffortRow, ...]:
        return tuple(self._row(key) for key in open_steps(self.start.instrument, self.start.levels))

    @cached_property
    def edited(self) -> EffortRow | None:
        """The step whose form is open."""
        return None if self.typed.step is None else self._row(self.typed.step)

    @property
    def effort(self) -> str:
        """What the field of the open form holds: as typed, else what the region said."""
        return self.typed.effort or (self.edited.own if self.edited else "")

    @property
    def rupiah(self) -> str:
        """What the field of rupiah holds: as typed, else what the region said."""
        return self.typed.rupiah or (self.edited.rupiah if self.edited else "")

    @property
    def errors(self) -> dict[str, str]:
        """The first problem of each field."""
        return dict(reversed(self.problems))

    @property
    def shown_problems(self) -> tuple[tuple[str, str], ...]:
        """The first problems; a file may have thousands."""
        left = len(self.problems) - MAXIMUM_NAMED
        more = ((("file", _("… and %(num)s more") % {"num": left})),) if left > 0 else ()
        return (*self.problems[:MAXIMUM_NAMED], *more)

    def _row(self, key: StepKey) -> EffortRow:
        indicator, level = key
        found = default_efforts(self.start.instrument)[indicator.split("-")[0], level]
        edit = self.edits.get(key)
        values = {"likely": _shown(found.likely), "low": _shown(found.low), "high": _shown(found.high)}
        return EffortRow(
            indicator=indicator,
            name=words.indicator_name(self.start.instrument, indicator),
            level=level,
            default=_("%(likely)s (%(low)s to %(high)s)") % values,
            basis=str(_BASES[found.basis]),
            own="" if edit is None or edit.effort is None else _shown(edit.effort),
            rupiah="" if edit is None or edit.rupiah is None else words.rupiah(edit.rupiah),
            reason=edit.reason if edit else "",
            day=formats.short_day(edit.at.date(), language=language()) if edit else "",
            edit_url=f"{self.path}{'&' if self.chosen else '?'}step={indicator}:{level}#edit",
            is_edited=key == self.typed.step,
        )


def _shown(effort: Decimal) -> str:
    return words.written(number_text(Fraction(effort)))
