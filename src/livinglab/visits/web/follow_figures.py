"""The tables of follow-through: the same figures on the page, in its files and in the API."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from livinglab.ui import formats
from livinglab.ui.figures import Cell, Column, ColumnKind, Figure, SourceNote, Table
from livinglab.ui.languages import language
from livinglab.visits.queries.funnel import Counts, Funnel, Occasion, PartnerCounts, Side, VisitorKind
from livinglab.visits.queries.owing import Owed
from livinglab.visits.web import follow_words as words
from livinglab.visits.web.cohort_words import name_of
from livinglab.visits.web.words import OCCASIONS


@dataclass(frozen=True, slots=True)
class Told:
    """What every figure of a page says of itself: as of which day, and whether made-up rows are in it."""

    today: date
    synthetic: bool

    @property
    def sources(self) -> tuple[SourceNote, ...]:
        """Where the figures are from."""
        day = formats.day(self.today, language=language())
        return (
            SourceNote(text=_("Visits, commitments and actions on this platform, %(day)s") % {"day": day}),
        )


def figures_of(found: Funnel, told: Told, *, by: Side) -> dict[str, Figure]:
    """This function will return the tables of a funnel by key: kinds, alone, years, hosts or visitors, cohorts."""
    partners = _hosts if by is Side.HOST else _visitors
    makers: tuple[Callable[[Funnel, Told], Figure], ...] = (_kinds, _alone, _years, partners, _cohorts)
    made = [make(found, told) for make in makers]
    return {one.key: one for one in made}


def _kinds(found: Funnel, told: Told) -> Figure:
    rows = [(kind, found.kinds[kind]) for kind in VisitorKind if kind in found.kinds]
    return _figure(
        "kinds",
        _("Each kind of visitor is counted for itself"),
        told,
        [Column(key="kind", label=_("Visitors"))],
        (((str(words.KINDS[kind]),), counts) for kind, counts in rows),
    )


def _alone(found: Funnel, told: Told) -> Figure:
    rows = [(one, found.alone[one]) for one in Occasion if one in found.alone]
    return _figure(
        "alone",
        _("Commitments without a visit"),
        told,
        [Column(key="occasion", label=pgettext("commitment", "From what"))],
        (((capfirst(str(OCCASIONS[one])),), counts) for one, counts in rows),
        started=_("Commitments"),
    )


def _years(found: Funnel, told: Told) -> Figure:
    rows = sorted(found.years.items(), key=lambda row: (-row[0][1], list(VisitorKind).index(row[0][0])))
    return _figure(
        "years",
        _("By year of the visit"),
        told,
        [Column(key="year", label=_("Year"), kind=ColumnKind.YEAR), Column(key="kind", label=_("Visitors"))],
        (((year, str(words.KINDS[kind])), counts) for (kind, year), counts in rows),
    )


def _hosts(found: Funnel, told: Told) -> Figure:
    return _partners("hosts", _("By host"), _("Host"), found.partners, told)


def _visitors(found: Funnel, told: Told) -> Figure:
    return _partners("visitors", _("By visitor"), _("Visitor"), found.partners, told)


def _partners(key: str, heading: str, label: str, rows: tuple[PartnerCounts, ...], told: Told) -> Figure:
    """A visitor that is not on the platform is never named: its host entered it."""
    unnamed, here = _("not on this platform"), reverse("visits:follow")
    return _figure(
        key,
        heading,
        told,
        [
            Column(key="name", label=label),
            Column(key="code", label=_("Code"), kind=ColumnKind.CODE),
            Column(key="kind", label=_("Visitors")),
        ],
        (
            ((row.partner.name or unnamed, row.partner.code or None, str(words.KINDS[row.kind])), row.counts)
            for row in rows
        ),
        links=tuple(f"{here}{row.partner.code}/" if row.partner.code else None for row in rows),
    )


def _cohorts(found: Funnel, told: Told) -> Figure:
    rows = sorted(found.cohorts, key=lambda one: one.code)
    return _figure(
        "cohorts",
        _("By cohort"),
        told,
        [
            Column(key="name", label=_("Cohort")),
            Column(key="visited", label=_("Visited"), kind=ColumnKind.COUNT),
        ],
        (((name_of(one), one.visited), one.counts) for one in rows),
        links=tuple(reverse("visits:cohort", args=[one.code]) for one in rows),
        started=pgettext("cohort", "Members"),
    )


def _figure(
    key: str,
    heading: str,
    told: Told,
    head: list[Column],
    rows: Iterable[tuple[tuple[Cell, ...], Counts]],
    *,
    links: tuple[str | None, ...] = (),
    started: str = "",
) -> Figure:
    return Figure(
        key=key,
        heading=heading,
        table=Table(
            caption=heading,
            columns=(*head, *_columns(started or _("Visits"))),
            rows=tuple((*names, *_cells(counts)) for names, counts in rows),
            row_links=links,
        ),
        sources=told.sources,
        synthetic=told.synthetic,
    )


def _columns(started: str) -> tuple[Column, ...]:
    count = ColumnKind.COUNT
    return (
        Column(key="started", label=started, kind=count),
        Column(key="committed", label=_("Committed"), kind=count),
        Column(key="acted", label=_("Work begun"), kind=count),
        Column(key="adopted", label=_("of these, a package taken over"), kind=count),
        Column(key="evidenced", label=_("With evidence"), kind=count),
        Column(key="confirmed", label=_("Confirmed"), kind=count),
        Column(key="missed", label=_("Missed a day"), kind=count),
        Column(key="ripe", label=_("Old enough for the share"), kind=count),
        Column(key="ripe_acted", label=_("of these, work begun"), kind=count),
        Column(key="share", label=_("Followed up"), kind=ColumnKind.SHARE),
        Column(key="low", label=_("95% from"), kind=ColumnKind.SHARE),
        Column(key="high", label=_("95% to"), kind=ColumnKind.SHARE),
    )


def _cells(counts: Counts) -> tuple[Cell, ...]:
    share = counts.share
    return (
        counts.started,
        counts.committed,
        counts.acted,
        counts.adopted,
        counts.evidenced,
        counts.confirmed,
        counts.missed,
        counts.ripe,
        counts.ripe_acted,
        *((share.value, share.low, share.high) if share else (None, None, None)),
    )


def on_the_page(figures: Mapping[str, Figure], *, most: int) -> dict[str, Table]:
    """This function will return the tables of figures as a page shows them: the first rows, without what files need."""
    return {
        key: _first(one.table.without("code", "ripe", "ripe_acted"), most) for key, one in figures.items()
    }


def _first(table: Table, most: int) -> Table:
    return replace(table, rows=table.rows[:most], row_links=table.row_links[:most])


def owing_figure(rows: Iterable[Owed], told: Told) -> Figure:
    """This function will return who owes what as a table for a file."""
    return Figure(
        key="owing",
        heading=_("Promised steps that are not done"),
        table=Table(
            caption=_("Promised steps that are not done"),
            columns=(
                Column(key="code", label=_("Code"), kind=ColumnKind.CODE),
                Column(key="region", label=_("Region")),
                Column(key="commitment", label=_("Commitment")),
                Column(key="host", label=_("Host")),
                Column(key="signed_on", label=_("Signed on")),
                Column(key="ends_on", label=_("Ends on")),
                Column(key="steps", label=_("Steps promised"), kind=ColumnKind.COUNT),
                Column(key="done", label=_("Done"), kind=ColumnKind.COUNT),
                Column(key="missed", label=_("Missed"), kind=ColumnKind.COUNT),
                Column(key="missed_since", label=_("Missed since")),
                Column(key="next_due", label=_("Next due")),
            ),
            rows=tuple(
                (
                    one.code,
                    one.name,
                    one.title,
                    one.host or None,
                    str(one.signed_on),
                    str(one.ends_on),
                    one.steps,
                    one.done,
                    one.missed,
                    str(one.missed_since) if one.missed_since else None,
                    str(one.next_due) if one.next_due else None,
                )
                for one in rows
            ),
        ),
        sources=told.sources,
        synthetic=told.synthetic,
    )
