"""One round on one page: the finding, who is stuck where, the map, provinces, the distribution, the table."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Final

from django.template.loader import get_template
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from markupsafe import Markup

from livinglab.assessments.queries import Instrument, get_instrument
from livinglab.evaluations.domain.process import State
from livinglab.evaluations.domain.waiting import Wait
from livinglab.evaluations.queries import overview, participants, round_map
from livinglab.evaluations.queries.overview import ProvinceSum, Scope, Stuck, Sums, Totals
from livinglab.evaluations.queries.participants import Filter, Order, Participant
from livinglab.evaluations.queries.round_map import Colour, Tint
from livinglab.evaluations.web import round_words, words
from livinglab.evaluations.web.frame import url_if_any
from livinglab.evaluations.web.overview_map import round_map as map_of
from livinglab.evaluations.web.overview_wanted import Wanted
from livinglab.ui import formats
from livinglab.ui.charts import Band, Bin, Histogram
from livinglab.ui.figures import Cell, Column, ColumnKind, Figure, SourceNote, Table
from livinglab.ui.languages import language

TOP: Final = 5
ROWS_PER_PAGE: Final = 50
FEWEST_TILES: Final = 20  # with fewer a map is a few giant hexagons, and the table says it better
MOST_HEXAGONS: Final = 1_000  # of a distribution that still fits a page
FORMATS: Final = ("csv", "xlsx", "json")
_CENT: Final = Decimal("0.01")
_BANDS: Final = ("b1", "b2", "b3", "b4", "b5")


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several views, as a link."""

    url: str
    label: str
    current: bool


@dataclass(frozen=True, slots=True)
class Queue:
    """Those who wait for one thing: how many, by which rule, the longest waiting, the way to all."""

    label: str
    rule: str
    top: tuple[tuple[str, str, str], ...]  # name, address, what exactly
    all_url: str
    more: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OverviewPage:
    """What the template shows."""

    eyebrow: str
    heading: str
    standing: str
    changed: str
    keys: tuple[tuple[str, str, str], ...]
    states: tuple[tuple[str, str, str, str], ...]
    stuck_heading: str
    queues: tuple[Queue, ...]
    map: Markup
    provinces: Figure | None
    distribution: Figure | None
    table: Table
    found: int
    page: int
    pages: int
    page_link: Callable[[int], str]
    options: dict[str, list[tuple[str, str]]]
    wanted: Wanted
    all_url: str
    downloads: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class MapWords:
    """Everything that the map says beside its tiles; `language` is the one it says it in."""

    colour: Colour
    link: str
    heading: str
    note: str
    title: str
    is_synthetic: bool
    language: str


class Links:
    """Addresses of regions' pages, made once and filled in: 514 of them stand on one page."""

    def __init__(self, scope: Scope, *, is_ministry: bool) -> None:
        if is_ministry:
            self.pattern = reverse("evaluations:sheet", args=["00.00", scope.round.year])
        else:
            self.pattern = url_if_any("comparisons:portrait", "00.00") or ""

    def of(self, code: str) -> str:
        """This function will return the address of one region's page."""
        return self.pattern.replace("00.00", code)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a page depends on. `version` is the one of the scope's participants, so the scope itself need not differ."""

    version: str
    wanted: Wanted
    is_ministry: bool
    language: str
    scope: Scope = field(compare=False)


@lru_cache(maxsize=64)
def kept_page(asked: Asked) -> OverviewPage:
    """This function will return a round's page, put together once for all who look between two changes."""
    return overview_page(asked.scope, asked.wanted, is_ministry=asked.is_ministry)


def forget() -> None:
    """This function will forget every page and map that is kept."""
    kept_page.cache_clear()
    _drawn_map.cache_clear()


def overview_page(scope: Scope, wanted: Wanted, *, is_ministry: bool) -> OverviewPage:
    """This function will put a round's page together. At most five queries, each an aggregate or with a limit."""
    links = Links(scope, is_ministry=is_ministry)
    instrument = get_instrument(scope.round.instrument)
    sums = _sums(scope, instrument)
    found = sums.totals
    is_filtered = wanted.filter != Filter(order=wanted.filter.order)
    number = participants.chosen(scope, wanted.filter).count() if is_filtered else found.participants
    start = (wanted.page - 1) * ROWS_PER_PAGE
    shown = participants.page_of(scope, wanted.filter, start=start, count=ROWS_PER_PAGE)
    base = reverse("evaluations:round", args=[scope.round.id])
    return OverviewPage(
        eyebrow=round_words.subtitle(scope.round),
        heading=round_words.heading(found, scope.round, scope.today),
        standing=round_words.standing(found),
        changed=_changed(found),
        keys=_keys(found),
        states=_states(found),
        stuck_heading=round_words.stuck(found),
        queues=tuple(_queues(scope, wanted, found, links, base)),
        map=_map(scope, wanted, found, links, base),
        provinces=_provinces(scope, sums.provinces, found, base) if len(sums.provinces) > 1 else None,
        distribution=_distribution(scope, instrument, sums),
        table=table_of(scope, shown, links),
        found=number,
        page=wanted.page,
        pages=-(-number // ROWS_PER_PAGE),
        page_link=lambda page: base + wanted.query(page=page) + "#participants",
        options=_options(sums.provinces),
        wanted=wanted,
        all_url=base + wanted.query(filter=Filter(), page=1) + "#participants",
        downloads=tuple(
            (
                one.upper(),
                reverse("evaluations:round-file", args=[scope.round.id, one]) + wanted.query(page=1),
            )
            for one in FORMATS
        ),
    )


def participants_figure(scope: Scope, wanted: Wanted, *, is_ministry: bool) -> Figure:
    """This function will return the table of all participants asked for, as a file holds it. Two queries."""
    found = _sums(scope, get_instrument(scope.round.instrument)).totals
    rows = participants.rows_of(participants.chosen(scope, wanted.filter))
    return Figure(
        key="participants",
        heading=round_words.heading(found, scope.round, scope.today),
        table=table_of(scope, rows, Links(scope, is_ministry=is_ministry)),
        sources=_sources(scope),
        notes=(round_words.standing(found),),
        synthetic=scope.round.is_synthetic,
    )


def _sums(scope: Scope, instrument: Instrument) -> Sums:
    return overview.sums(scope, lowest=instrument.scale.minimum, highest=instrument.scale.maximum)


def _changed(found: Totals) -> str:
    if found.changed_at is None:
        return _("Nothing has changed since the round was opened.")
    moment = formats.moment(found.changed_at, language=language())
    return _("Last change: %(moment)s.") % {"moment": moment}


def _keys(found: Totals) -> tuple[tuple[str, str, str], ...]:
    count = round_words.count
    share = formats.percent(Decimal(found.validated) / max(found.indicators, 1), language=language())
    mean = formats.NOTHING if found.mean_index is None else words.index(_cents(found.mean_index))
    return (
        (_("Participants"), count(found.participants), ""),
        (_("Have begun"), count(found.begun), ""),
        (_("Answers validated"), share, _("of %(count)s") % {"count": count(found.indicators)}),
        (_("Mean present index"), mean, round_words.standing(found)),
        (_("Stuck"), count(found.stuck), ""),
    )


def _states(found: Totals) -> tuple[tuple[str, str, str, str], ...]:
    total = max(found.participants, 1)
    return tuple(
        (
            f"s{round_map.STATE_STEPS[state]}",
            round_words.count(number),
            str(words.STATES[state]),
            formats.percent(Decimal(number) / total, language=language()),
        )
        for state, number in found.states.items()
        if number
    )


def _queues(scope: Scope, wanted: Wanted, found: Totals, links: Links, base: str) -> list[Queue]:
    queues = []
    longest = overview.longest_waiting(scope, limit=TOP) if found.stuck else {}
    for wait, number in found.waiting.items():
        if not number:
            continue
        top = longest[wait]
        label = str(round_words.COUNTED_WAITS[wait] % {"count": number})
        all_of_them = Filter(wait=wait, order=Order.QUIET)
        queues.append(
            Queue(
                label=label.replace(str(number), round_words.count(number), 1),
                rule=str(round_words.WAIT_RULES[wait]),
                top=tuple((one.name, links.of(one.code), _what(one, wait)) for one in top),
                all_url=base + wanted.query(filter=all_of_them, page=1) + "#participants",
                more=number - len(top),
            )
        )
    return queues


def _what(one: Stuck, wait: Wait) -> str:
    facts = {"answered": one.answered, "total": one.indicators, "objections": one.objections}
    if wait is Wait.UNACCEPTED:
        return _("%(count)s answers to accept") % {"count": one.handed_in - one.accepted}
    if wait is Wait.OBJECTIONS:
        return _("%(objections)s open") % facts
    if one.changed_at is None:
        return _("never begun")
    since = formats.short_day(one.changed_at.date(), language=language())
    return _("%(answered)s of %(total)s answered, no change since %(day)s") % {**facts, "day": since}


def _map(scope: Scope, wanted: Wanted, found: Totals, links: Links, base: str) -> Markup:
    """The map, nothing where too few take part for one."""
    colours = tuple(
        Choice(base + wanted.query(colour=colour) + "#map", str(label), colour is wanted.colour)
        for colour, label in round_words.COLOURS.items()
    )
    tints = tuple(round_map.tints(scope, wanted.colour))
    if sum(len(tint.codes) for tint in tints) < FEWEST_TILES:
        return Markup("")
    return _drawn_map(
        tints,
        colours,
        MapWords(
            colour=wanted.colour,
            link=links.pattern,
            heading=_where(found),
            note=round_words.standing(found),
            title=scope.round.title,
            is_synthetic=scope.round.is_synthetic,
            language=language(),
        ),
    )


@lru_cache(maxsize=64)
def _drawn_map(tints: tuple[Tint, ...], colours: tuple[Choice, ...], said: MapWords) -> Markup:
    """The map as HTML. Drawing 514 tiles costs more than everything else here, and a level seldom recolours one."""
    drawn = map_of(list(tints), said.colour, link=said.link)
    figure = Figure(
        key="map",
        heading=said.heading,
        reading=_("One hexagon, one region that takes part. The deeper its colour, the further it is."),
        chart=drawn.chart,
        table=drawn.table,
        sources=(_source(said.title),),
        notes=(said.note,),
        wide=True,
        synthetic=said.is_synthetic,
    )
    html = get_template("evaluations/overview_map.html").render({"map": figure, "colours": colours})
    return Markup(html)  # noqa: S704  a rendered template, which escapes


def _where(found: Totals) -> str:
    if found.participants == 0:
        return _("Nobody takes part here")
    state = max(found.states, key=lambda one: found.states[one])
    facts = {
        "count": round_words.count(found.states[state]),
        "total": round_words.count(found.participants),
        "state": str(round_words.SHORT_STATES[state]),
    }
    return _("Most are %(state)s: %(count)s of %(total)s") % facts


def _provinces(scope: Scope, sums: Sequence[ProvinceSum], found: Totals, base: str) -> Figure:
    rows: list[tuple[Cell, ...]] = [
        (
            one.name,
            one.participants,
            Decimal(one.answered) / max(one.indicators, 1),
            one.sent,
            one.stuck,
            None if one.mean_index is None else _cents(one.mean_index),
        )
        for one in sums
    ]
    return Figure(
        key="provinces",
        heading=_slowest(sums),
        wide=True,
        table=Table(
            caption=_("Progress by province"),
            columns=(
                Column(key="province", label=_("Province")),
                Column(key="participants", label=_("Participants"), kind=ColumnKind.COUNT),
                Column(key="answered", label=_("Answered"), kind=ColumnKind.SHARE),
                Column(key="sent", label=_("Sent"), kind=ColumnKind.COUNT),
                Column(key="stuck", label=_("Stuck"), kind=ColumnKind.COUNT),
                Column(key="mean_index", label=_("Mean present index"), kind=ColumnKind.INDEX),
            ),
            rows=tuple(rows),
            row_links=tuple(f"{base}?province={one.code}" for one in sums),
        ),
        sources=_sources(scope),
        notes=(round_words.standing(found),),
        synthetic=scope.round.is_synthetic,
    )


def _slowest(sums: Sequence[ProvinceSum]) -> str:
    """The heading of the provinces: who has answered least, as long as that is one of them."""
    shares = {one.name: Decimal(one.answered) / max(one.indicators, 1) for one in sums}
    least = min(shares.values())
    names = [name for name, share in shares.items() if share == least]
    facts = {
        "province": names[0],
        "count": round_words.count(len(names)),
        "share": formats.percent(least, language=language()),
    }
    if len(names) == len(shares):
        return _("Every province has answered %(share)s") % facts
    if len(names) > 1:
        return _("%(count)s provinces have answered the least: %(share)s") % facts
    return _("%(province)s has answered the least: %(share)s") % facts


def _distribution(scope: Scope, instrument: Instrument, sums: Sums) -> Figure | None:
    bins, found = sums.bins, sums.totals
    if not bins or found.mean_index is None:
        return None
    bands = tuple(
        Band(css=css, label=words.said(band.name), start=band.lower, end=band.upper)
        for css, band in zip(_BANDS, instrument.bands, strict=False)
    )

    def css(start: Decimal) -> str:
        return next((band.css for band in reversed(bands) if band.start <= start), "b1")

    number = sum(one.count for one in bins)
    unit = 1 if number <= MOST_HEXAGONS else 10
    return Figure(
        key="distribution",
        heading=_("The mean present index is %(index)s") % {"index": words.index(_cents(found.mean_index))},
        reading=ngettext(
            "One hexagon is %(unit)s participant, set at its present index; %(count)s have one.",
            "One hexagon is up to %(unit)s participants, set at their present index; %(count)s have one.",
            unit,
        )
        % {"unit": unit, "count": round_words.count(number)},
        chart=Histogram(
            label=_("Distribution of the present index"),
            bins=tuple(Bin(start=one.start, count=-(-one.count // unit), css=css(one.start)) for one in bins),
            step=Decimal("0.05"),
            bands=bands,
        ),
        table=Table(
            caption=_("Participants by present index"),
            columns=(
                Column(key="from_index", label=_("Index from"), kind=ColumnKind.INDEX),
                Column(key="participants", label=_("Participants"), kind=ColumnKind.COUNT),
            ),
            rows=tuple((one.start, one.count) for one in bins),
        ),
        sources=_sources(scope),
        notes=(round_words.standing(found),),
        wide=True,
        synthetic=scope.round.is_synthetic,
    )


def table_of(scope: Scope, rows: list[Participant], links: Links) -> Table:
    """This function will return participants as a table; each row says whether its figures are official."""
    official, preliminary = _("Official result"), _("Pre-assessment")
    states = {state.value: str(words.STATES[state]) for state in State}
    return Table(
        caption=_("Participants of the round"),
        columns=(
            Column(key="region", label=_("Region")),
            Column(key="code", label=_("Code"), kind=ColumnKind.CODE),
            Column(key="province", label=_("Province")),
            Column(key="state", label=_("State")),
            Column(key="answered", label=_("Answered"), kind=ColumnKind.COUNT),
            Column(key="validated", label=_("Validated"), kind=ColumnKind.COUNT),
            Column(key="scored", label=_("Scored"), kind=ColumnKind.COUNT),
            Column(key="objections", label=_("Objections"), kind=ColumnKind.COUNT),
            Column(key="self_index", label=_("Own index"), kind=ColumnKind.INDEX),
            Column(key="present_index", label=_("Present index"), kind=ColumnKind.INDEX),
            Column(key="last_change", label=_("Last change")),
            Column(key="status", label=_("Status")),
        ),
        rows=tuple(
            (
                one.name,
                one.code,
                one.province,
                states[one.state],
                one.answered,
                one.validated,
                one.scored,
                one.objections,
                one.self_index,
                one.present_index,
                formats.short_day(one.changed_at.date(), language=language()) if one.changed_at else None,
                official if one.decision_number else preliminary,
            )
            for one in rows
        ),
        row_links=tuple(links.of(one.code) for one in rows) if links.pattern else (),
    )


def _options(sums: Sequence[ProvinceSum]) -> dict[str, list[tuple[str, str]]]:
    return {
        "state": [("", _("All states")), *((state.value, str(name)) for state, name in words.STATES.items())],
        "wait": [
            ("", _("Stuck or not")),
            *((wait.value, str(name)) for wait, name in round_words.WAITS.items()),
        ],
        "province": [("", _("All provinces")), *((one.code, one.name) for one in sums)],
        "sort": [(order.value, str(name)) for order, name in round_words.ORDERS.items()],
    }


def _sources(scope: Scope) -> tuple[SourceNote, ...]:
    return (_source(scope.round.title),)


def _source(title: str) -> SourceNote:
    return SourceNote(text=_("Living Lab, round “%(title)s”") % {"title": title})


def _cents(value: Decimal) -> Decimal:
    return value.quantize(_CENT, ROUND_HALF_UP)
