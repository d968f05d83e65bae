"""What the matching says, in the reader's language: the finding, the hosts, and each region's proposal."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from livinglab.assessments.queries import get_instrument
from livinglab.planning.queries.matching import Match, Proposal
from livinglab.planning.web.teachers_words import part_name
from livinglab.ui import formats
from livinglab.ui.figures import Cell, Column, ColumnKind, Figure, SourceNote, Table
from livinglab.ui.languages import language


def heading(found: Proposal) -> str:
    """This function will return the finding in one sentence."""
    if not found.matches:
        return _("Nothing to match yet: no results of domains were published")
    return _("%(served)s of %(all)s wanted steps find a host that has room") % {
        "served": _count(found.served),
        "all": _count(len(found.matches)),
    }


def first_only(found: Proposal) -> str:
    """This function will return what would come of everybody going to the first choice; empty without anybody."""
    if not found.first_loads:
        return ""
    code, number = min(found.first_loads.items(), key=lambda one: (-one[1], one[0]))
    return _(
        "If all went to their first choice, %(host)s would teach %(number)s. Here nobody teaches more than "
        "%(capacity)s."
    ) % {"host": found.place(code).name, "number": _count(number), "capacity": _count(found.capacity)}


def step_text(found: Proposal, one: Match) -> str:
    """This function will return the step that a match is for."""
    wish = found.wish(one)
    return _("%(name)s, to level %(level)s") % {
        "name": part_name(get_instrument(wish.instrument), wish.part),
        "level": wish.level,
    }


def why(found: Proposal, one: Match) -> str:
    """This function will return why a region is sent to this host, or to none."""
    if one.first is None:
        return _("no evidence yet of a region that took this step")
    if one.host is None:
        return _("all %(count)s that took this step are full") % {"count": _count(one.full)}
    if one.host == one.first:
        return _("its first choice")
    return _("first choice %(first)s; the %(count)s that fit better are full") % {
        "first": found.place(one.first).name,
        "count": _count(one.full),
    }


def hosts_figure(found: Proposal) -> Figure:
    """This function will return every host, the most wanted first."""
    order = sorted(found.loads, key=lambda code: (-found.first_loads.get(code, 0), -found.loads[code], code))
    return Figure(
        key="hosts",
        heading=_("%(full)s of %(all)s hosts are full") % {"full": found.full, "all": len(found.loads)},
        table=Table(
            caption=_("Hosts, the most wanted first"),
            columns=(
                Column(key="host", label=_("Host")),
                Column(key="code", label=_("Code"), kind=ColumnKind.CODE),
                Column(key="first_choice_of", label=_("First choice of"), kind=ColumnKind.COUNT),
                Column(key="teaches", label=_("Teaches here"), kind=ColumnKind.COUNT),
                Column(key="capacity", label=_("Room for"), kind=ColumnKind.COUNT),
            ),
            rows=tuple(
                (
                    found.place(code).name,
                    code,
                    found.first_loads.get(code, 0),
                    found.loads[code],
                    found.capacity,
                )
                for code in order
            ),
            row_links=tuple(reverse("comparisons:portrait", args=[code]) for code in order),
        ),
        sources=_sources(),
        synthetic=found.country.has_synthetic,
    )


def matches_figure(found: Proposal, matches: Sequence[Match]) -> Figure:
    """This function will return some of the proposal, one row for each wanted step."""
    return Figure(
        key="matches",
        heading=_("Who could learn from whom"),
        table=Table(
            caption=_("Each region's next steps and the host proposed"),
            columns=(
                Column(key="region", label=_("Region")),
                Column(key="region_code", label=_("Code"), kind=ColumnKind.CODE),
                Column(key="step", label=_("Step")),
                Column(key="host", label=_("Host")),
                Column(key="host_code", label=_("Code of the host"), kind=ColumnKind.CODE),
                Column(key="fit", label=_("Fit of 1,000"), kind=ColumnKind.COUNT),
                Column(key="why", label=_("Why")),
                Column(key="first_fit", label=_("Fit of the first choice"), kind=ColumnKind.COUNT),
            ),
            rows=tuple(_row(found, one) for one in matches),
            row_links=tuple(reverse("comparisons:portrait", args=[one.asker]) for one in matches),
        ),
        sources=_sources(),
        synthetic=found.country.has_synthetic,
    )


def _row(found: Proposal, one: Match) -> tuple[Cell, ...]:
    return (
        found.place(one.asker).name,
        one.asker,
        step_text(found, one),
        found.place(one.host).name if one.host is not None else None,
        one.host,
        one.fit if one.host is not None else None,
        why(found, one),
        one.first_fit if one.first is not None else None,
    )


def _sources() -> tuple[SourceNote, ...]:
    return (SourceNote(text=_("published results and decided evaluations; the matching is ours")),)


def _count(number: int) -> str:
    return formats.count(number, language=language())
