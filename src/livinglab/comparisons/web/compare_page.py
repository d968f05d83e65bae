"""Up to twelve regions side by side, as the page takes them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.urls import reverse
from django.utils.translation import gettext as _

from livinglab.assessments.queries import Instrument, Result, instrument_for_year
from livinglab.comparisons.domain.numbers import half_up
from livinglab.comparisons.domain.peers import Attainment, Likeness, Nearness, Peer, Rise, Why
from livinglab.comparisons.portrait_queries import Mark, weighed_domains
from livinglab.comparisons.queries import RegionStanding, ScopeSummary, Strategy
from livinglab.comparisons.web import compare_findings as findings
from livinglab.comparisons.web import portrait_difference
from livinglab.comparisons.web.compare_request import CompareWanted
from livinglab.comparisons.web.labels import band_css
from livinglab.comparisons.web.portrait_difference import Side
from livinglab.comparisons.web.portrait_findings import Words
from livinglab.comparisons.web.portrait_numbers import listing, percent, two
from livinglab.comparisons.web.portrait_words import domain_names, on_scale, source_notes
from livinglab.ui import formats
from livinglab.ui.charts import Dot, DotRow, DotRows, RankBars, RankRow, Role, Sparkline
from livinglab.ui.figures import Column, ColumnKind, Figure, SourceNote, Table
from livinglab.ui.languages import language


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link as switches take it."""

    url: str
    label: str
    current: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """One region of the comparison: its row, why it is there, where its portrait is, how to leave it out."""

    row: RegionStanding
    why: str
    url: str
    without: str
    spark: Sparkline
    years: tuple[Decimal | None, ...]


@dataclass(frozen=True)
class ComparePage:
    """The comparison. ``rows`` are the regions asked for, then the peers; ``claims`` their leading results."""

    wanted: CompareWanted
    instrument: Instrument
    rows: tuple[RegionStanding, ...]
    peers: tuple[Peer, ...]
    claims: Mapping[str, tuple[Result, ...]]
    everybody: ScopeSummary
    names: tuple[tuple[str, str], ...]

    @property
    def title(self) -> str:
        if not self.rows:
            return _("Compare regions")
        return listing([row.short_name for row in self.rows if row.code in self.wanted.codes])

    @cached_property
    def assessed(self) -> tuple[RegionStanding, ...]:
        """The regions with a result, the highest index first."""
        found = [row for row in self.rows if row.index is not None]
        return tuple(sorted(found, key=lambda row: (-(row.index or Decimal(0)), row.code)))

    @property
    def without(self) -> tuple[RegionStanding, ...]:
        return tuple(row for row in self.rows if row.index is None)

    @property
    def heading(self) -> str:
        return findings.standing(self._indices, [row.short_name for row in self.without])

    @property
    def _indices(self) -> dict[str, Decimal]:
        return {row.short_name: row.index for row in self.assessed if row.index is not None}

    @property
    def year_span(self) -> tuple[int, ...]:
        years = {claim.year for claims in self.claims.values() for claim in claims if claim.index is not None}
        return tuple(range(min(years), max(years) + 1)) if years else ()

    @cached_property
    def columns(self) -> tuple[Beside, ...]:
        """The regions in the order of the address, each with its history."""
        span = self.year_span
        whys = {peer.code: why_in_words(peer.why) for peer in self.peers}
        return tuple(self._column(row, whys.get(row.code, ""), span) for row in self.rows)

    def _column(self, row: RegionStanding, why: str, span: Sequence[int]) -> Beside:
        by_year = {claim.year: claim.index for claim in self.claims.get(row.code, ())}
        values = tuple(by_year.get(year) for year in span)
        drawn = _broken(span, values)
        said = listing([f"{year} {two(v)}" for year, v in zip(span, values, strict=True) if v is not None])
        rest = [code for code in self.wanted.codes if code != row.code]
        is_chosen = row.code in self.wanted.codes
        return Beside(
            row=row,
            why=why,
            url=reverse("comparisons:portrait", args=[row.code]),
            without=self.wanted.url(codes=rest) if is_chosen else "",
            spark=Sparkline(label=said or _("no result"), values=drawn),
            years=values,
        )

    # --- the figures ---

    @cached_property
    def figures(self) -> Mapping[str, Figure]:
        """The figures by key, in the order of the page; none without regions."""
        if not self.rows:
            return {}
        found = [self._ranking(), self._domains(), self._history(), self._difference(), self._peers()]
        return {figure.key: figure for figure in found if figure is not None}

    @cached_property
    def _labels(self) -> Mapping[str, str]:
        return domain_names(self.instrument, inside=False)

    @property
    def _sources(self) -> tuple[SourceNote, ...]:
        texts = dict.fromkeys(
            f"{row.decision} ({row.source})" if row.decision else row.source for row in self.assessed
        )
        return tuple(SourceNote(text=text) for text in texts) or (SourceNote(text=_("no publication")),)

    def _claimed_in(self, years: Sequence[int]) -> tuple[SourceNote, ...]:
        """Where the leading indices of these years are from, the oldest first."""
        found = [
            claim
            for claims in self.claims.values()
            for claim in claims
            if claim.year in years and claim.index is not None
        ]
        return source_notes(*sorted(found, key=lambda claim: claim.year))

    def _ranking(self) -> Figure:
        notes = []
        if self.without:
            names = listing([row.short_name for row in self.without])
            notes.append(
                _("No result for %(year)s: %(regions)s.") % {"year": self.wanted.year, "regions": names}
            )
        return Figure(
            key="regions",
            heading=self.heading,
            reading=_("Bars begin at 1, where the scale begins; the notch is the year before."),
            chart=self._bars() if self.assessed else None,
            table=self._table(),
            sources=self._claimed_in((self.wanted.year - 1, self.wanted.year)),
            notes=tuple(notes),
            wide=True,
        )

    def _bars(self) -> RankBars:
        of = self.everybody.summary.count
        return RankBars(
            label=_("The regions by index, %(year)s") % {"year": self.wanted.year},
            value_label=_("Index"),
            change_label=_("in a year"),
            rows=tuple(
                RankRow(
                    rank=1 + sum((other.index or 0) > row.index for other in self.assessed),
                    name=row.short_name,
                    value=row.index,
                    css=band_css(row.band),
                    note=_("%(province)s · %(rank)s of %(of)s")
                    % {
                        "province": row.province,
                        "rank": formats.ordinal(row.ranks.everybody if row.ranks else 0, language=language()),
                        "of": formats.count(of, language=language()),
                    },
                    href=reverse("comparisons:portrait", args=[row.code]),
                    previous=row.previous_index if on_scale(row.previous_index) else None,
                    change=row.change,
                    chosen=bool(self.wanted.codes) and row.code == self.wanted.codes[0],
                )
                for row in self.assessed
                if row.index is not None and on_scale(row.index)
            ),
        )

    def _table(self) -> Table:
        codes = list(self._labels)
        return Table(
            caption=_("The regions side by side, %(year)s") % {"year": self.wanted.year},
            columns=(
                Column(key="region", label=_("Region")),
                Column(key="code", label=_("Code"), kind=ColumnKind.CODE),
                Column(key="province", label=_("Province")),
                Column(key="index", label=_("Index"), kind=ColumnKind.INDEX),
                Column(key="predicate", label=_("Predicate as printed")),
                Column(key="rank", label=_("Place in the country"), kind=ColumnKind.RANK),
                Column(key="change", label=_("Change in a year"), kind=ColumnKind.CHANGE),
                *(
                    Column(key=code.lower(), label=self._labels[code], kind=ColumnKind.INDEX)
                    for code in codes
                ),
            ),
            rows=tuple(
                (
                    row.name,
                    row.code,
                    row.province,
                    row.index,
                    row.predicate or None,
                    row.ranks.everybody if row.ranks else None,
                    row.change,
                    *(row.domains.get(code) for code in codes),
                )
                for row in self.rows
            ),
            row_links=tuple(reverse("comparisons:portrait", args=[row.code]) for row in self.rows),
        )

    def _domains(self) -> Figure | None:
        values = {
            code: [row.domains[code] for row in self.assessed if code in row.domains] for code in self._labels
        }
        if not any(values.values()):
            return None
        roles = self._roles()
        small = domain_names(self.instrument, inside=True)
        return Figure(
            key="domains",
            heading=findings.domains({code: found for code, found in values.items() if found}, small),
            reading=_(
                "One row a domain, one mark a region; the figure at the end is the first region's value."
            ),
            chart=self._domain_rows(roles),
            table=self._domain_table(),
            sources=self._sources,
        )

    def _roles(self) -> dict[str, Role]:
        """Return the mark of each region: the first, the second, and all others alike."""
        order = (Role.FOCUS, Role.OTHER)
        codes = [row.code for row in self.rows if row.index is not None]
        return {code: order[place] if place < len(order) else Role.OTHERS for place, code in enumerate(codes)}

    def _domain_rows(self, roles: Mapping[str, Role]) -> DotRows:
        means = self.everybody.summary.domain_means
        rows = []
        for domain in weighed_domains(self.instrument):
            dots = [
                Dot(role=roles[row.code], value=row.domains[domain.code])
                for row in self.assessed
                if on_scale(row.domains.get(domain.code))
            ]
            if domain.code in means:
                dots.append(Dot(role=Role.MEAN, value=half_up(means[domain.code])))
            first = next((row for row in self.rows if roles.get(row.code) is Role.FOCUS), None)
            rows.append(
                DotRow(
                    name=self._labels[domain.code],
                    note=_("weight %(share)s") % {"share": percent(domain.weight)},
                    dots=tuple(dots),
                    value=first.domains.get(domain.code) if first else None,
                )
            )
        key = [(role, row.short_name) for row in self.rows if (role := roles.get(row.code)) in _NAMED]
        if Role.OTHERS in roles.values():
            key.append((Role.OTHERS, _("the others")))
        key.append((Role.MEAN, _("Mean of all regencies and cities")))
        return DotRows(
            label=_("Domains of the regions"), rows=tuple(rows), key=tuple((r, n) for r, n in key if r)
        )

    def _domain_table(self) -> Table:
        means = self.everybody.summary.domain_means
        return Table(
            caption=_("Domains of the regions, %(year)s") % {"year": self.wanted.year},
            columns=(
                Column(key="domain", label=_("Domain")),
                *(
                    Column(key=f"r{row.code.replace('.', '_')}", label=row.short_name, kind=ColumnKind.INDEX)
                    for row in self.rows
                ),
                Column(key="mean", label=_("Mean of all regencies and cities"), kind=ColumnKind.INDEX),
            ),
            rows=tuple(
                (
                    label,
                    *(row.domains.get(code) for row in self.rows),
                    half_up(means[code]) if code in means else None,
                )
                for code, label in self._labels.items()
            ),
        )

    def _history(self) -> Figure | None:
        span = self.year_span
        if not span:
            return None
        changes = {row.short_name: row.change for row in self.assessed if row.change is not None}
        return Figure(
            key="history",
            heading=findings.history(changes, self.wanted.year, compared=len(self.rows)),
            reading=_(
                "Leading figure of each year; years before 2021 used another instrument and do not compare. "
                "Figures other than those of the ministry's lists are from the press."
            ),
            table=Table(
                caption=_("Index by year"),
                columns=(
                    Column(key="region", label=_("Region")),
                    *(Column(key=f"y{year}", label=str(year), kind=ColumnKind.INDEX) for year in span),
                ),
                rows=tuple((column.row.short_name, *column.years) for column in self.columns),
            ),
            sources=self._claimed_in(span),
            wide=True,
        )

    def _difference(self) -> Figure | None:
        """Return the difference between the first two regions that have a result."""
        two_first = [row for row in self.rows if row.index is not None][:2]
        if len(two_first) < 2:
            return None
        words = Words(
            region=two_first[0].short_name,
            everybody="",
            kind="",
            bands=tuple(band.name.in_language(language()) for band in self.instrument.bands),
            domains=domain_names(self.instrument, inside=True),
        )
        first, second = (_side(row) for row in two_first)
        return portrait_difference.figure(
            first,
            second,
            instrument=self.instrument,
            year=self.wanted.year,
            words=words,
            sources=self._sources,
        )

    def _peers(self) -> Figure | None:
        strategy = self.wanted.strategy
        if strategy is None:
            return None
        by_code = {row.code: row for row in self.rows}
        return Figure(
            key="peers",
            heading=findings.peers(strategy, len(self.peers), self.rows[0].short_name),
            reading=findings.strategy_rule(strategy),
            table=Table(
                caption=_("Why they are here"),
                columns=(
                    Column(key="region", label=_("Region")),
                    Column(key="why", label=_("Why")),
                    Column(key="place", label=_("Place in the list"), kind=ColumnKind.RANK),
                ),
                rows=tuple(
                    (by_code[peer.code].short_name, why_in_words(peer.why), peer.rank) for peer in self.peers
                ),
                row_links=tuple(reverse("comparisons:portrait", args=[peer.code]) for peer in self.peers),
            ),
            sources=self._sources,
        )

    # --- the ways on ---

    @property
    def strategies(self) -> tuple[Link, ...]:
        none = Link(
            url=self.wanted.url(strategy=None), label=_("only these"), current=self.wanted.strategy is None
        )
        return (
            none,
            *(
                Link(
                    url=self.wanted.url(strategy=one),
                    label=findings.strategy_name(one),
                    current=one is self.wanted.strategy,
                )
                for one in Strategy
            ),
        )

    @property
    def years(self) -> tuple[Link, ...]:
        return tuple(
            Link(url=self.wanted.url(year=year), label=str(year), current=year == self.wanted.year)
            for year in self.wanted.years
        )

    def downloads(self, key: str) -> tuple[tuple[str, str], ...]:
        """Return the formats of a figure with their addresses."""
        listed = (
            ("csv", "xlsx", "json", "svg") if self.figures[key].chart is not None else ("csv", "xlsx", "json")
        )
        query = self.wanted.url().partition("?")[2]
        return tuple(
            (one.upper(), f"{reverse('comparisons:compare-figure', args=[key, one])}?{query}")
            for one in listed
        )


_NAMED = (Role.FOCUS, Role.OTHER)


def _broken(years: Sequence[int], values: Sequence[Decimal | None]) -> tuple[Decimal | None, ...]:
    """Return the values that can be drawn, with a gap wherever the instrument changed."""
    drawn: list[Decimal | None] = []
    for place, (year, value) in enumerate(zip(years, values, strict=True)):
        if place and instrument_for_year(year) is not instrument_for_year(year - 1):
            drawn.append(None)
        drawn.append(value if on_scale(value) else None)
    return tuple(drawn)


def _side(row: RegionStanding) -> Side:
    assert row.index is not None, "only regions with a result have a side"
    mark = Mark(index=row.index, band=row.band, domains=row.domains)
    return Side(name=row.short_name, where=f"{row.name}, {row.province}", mark=mark)


def why_in_words(why: Why) -> str:
    """Return the numbers that made a peer one."""
    match why:
        case Likeness():
            return _("%(apart)s standard deviations apart") % {"apart": two(why.apart)}
        case Nearness():
            return _("%(km)s km away") % {"km": formats.decimal1(why.kilometres, language=language())}
        case Attainment(index=None):
            return _("no result")
        case Attainment():
            assert why.index is not None
            return _("index %(index)s") % {"index": two(why.index)}
        case Rise():
            return _("from %(start)s, rose by %(rise)s") % {"start": two(why.start), "rise": two(why.rise)}
