"""The pictures of a report: the index over the years, domains and aspects beside means and last time."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from livinglab.evaluations.domain.report import Part, Report, YearValue
from livinglab.ui import formats
from livinglab.ui.charts import Band, Dot, DotRow, DotRows, Era, History, Point, Role, Series
from livinglab.ui.figures import Column, ColumnKind, Figure, SourceNote, Table


def figures(report: Report) -> Iterator[Figure]:
    """Yield the pictures that the report's figures allow, in the language that is active."""
    if report.history:
        yield _history(report)
    if report.domains:
        yield _parts(report, report.domains, "domains", _("Domains"))
    yield _parts(report, report.aspect_parts, "aspects", _("Aspects"))


def _history(report: Report) -> Figure:
    own = [*report.history, YearValue(report.year, report.instrument, report.whole.value, "")]
    years = {one.year for one in own}
    nation = [one for one in report.nation if min(years) <= one.year]
    return Figure(
        key="history",
        heading=_history_finding(report),
        reading=_(
            "Hexagons are the region, circles the national mean. Instruments differ where the picture is cut."
        ),
        table=Table(
            caption=_("Index by year"),
            columns=(
                Column(key="year", label=_("Year"), kind=ColumnKind.YEAR),
                Column(key="index", label=report.index_name, kind=ColumnKind.INDEX),
                Column(key="national_mean", label=_("National mean"), kind=ColumnKind.INDEX),
            ),
            rows=tuple(_year_rows(own, nation)),
        ),
        sources=tuple(SourceNote(text=text) for text in dict.fromkeys(one.source for one in report.history)),
        chart=History(
            label=_("Index of %(region)s by year") % {"region": report.region_name},
            series=(
                Series(
                    name=report.region_name,
                    role=Role.FOCUS,
                    hollow_name="" if report.is_official else _("this round, a pre-assessment"),
                    points=tuple(
                        Point(
                            year=one.year,
                            value=one.value,
                            hollow=one.year == report.year and not report.is_official,
                        )
                        for one in own
                    ),
                ),
                Series(
                    name=_("National mean"),
                    role=Role.NATION,
                    points=tuple(Point(year=one.year, value=one.value) for one in nation),
                ),
            ),
            bands=tuple(
                Band(css=f"b{number}", label=one.name, start=one.start, end=one.end)
                for number, one in enumerate(report.bands, start=1)
            ),
            eras=tuple(
                Era(label=one.name, first_year=one.first_year, last_year=one.last_year) for one in report.eras
            ),
        ),
        synthetic=report.is_synthetic,
    )


def _year_rows(
    own: Iterable[YearValue], nation: Iterable[YearValue]
) -> Iterator[tuple[int, Decimal | None, Decimal | None]]:
    mine = {one.year: one.value for one in own}
    means = {one.year: one.value for one in nation}
    for year in sorted(mine.keys() | means.keys()):
        yield year, mine.get(year), means.get(year)


def _history_finding(report: Report) -> str:
    value = formats.decimal2(report.whole.value, language=report.language)
    named = {"region": report.region_name, "value": value, "year": report.previous_year}
    change = report.whole.change
    if change is None:
        return _("%(region)s stands at %(value)s; earlier figures are of another instrument") % named
    named["change"] = formats.decimal2(abs(change), language=report.language)
    if change > 0:
        return _("%(region)s stands at %(value)s, %(change)s above %(year)s") % named
    if change < 0:
        return _("%(region)s stands at %(value)s, %(change)s below %(year)s") % named
    return _("%(region)s stands at %(value)s, as in %(year)s") % named


def _parts(report: Report, parts: tuple[Part, ...], key: str, name: str) -> Figure:
    roles = [one for one in _roles(report) if any(_of(part, one[0]) is not None for part in parts)]
    return Figure(
        key=key,
        heading=_parts_finding(parts),
        reading=_("Each row runs from 1 to 5."),
        table=Table(
            caption=name,
            columns=(
                Column(key="part", label=name),
                Column(key="weight", label=_("Weight (%)"), kind=ColumnKind.INDEX),
                Column(key="value", label=_("Value"), kind=ColumnKind.INDEX),
                *(Column(key=role.value, label=label, kind=ColumnKind.INDEX) for role, label in roles[1:]),
            ),
            rows=tuple(
                (f"{one.code} {one.name}", one.weight, one.value, *(_of(one, role) for role, _n in roles[1:]))
                for one in parts
            ),
        ),
        sources=tuple(SourceNote(text=text) for text in _own_source(report)),
        chart=DotRows(
            label=_("Value of each part: %(values)s")
            % {
                "values": formats.listing(
                    (f"{one.code} {formats.decimal2(one.value, language=report.language)}" for one in parts),
                    language=report.language,
                )
            },
            rows=tuple(_dot_row(one, roles) for one in parts),
            key=tuple(roles),
        ),
        synthetic=report.is_synthetic,
    )


def _roles(report: Report) -> Iterator[tuple[Role, str]]:
    yield Role.FOCUS, f"{report.region_name} {report.year}"
    if report.previous_year is not None:
        yield Role.OTHERS, f"{report.region_name} {report.previous_year}"
    if report.means_year is not None:
        yield Role.NATION, _("National mean %(year)s") % {"year": report.means_year}
        if report.kind_mean_name and report.whole.kind_mean is not None:
            yield Role.MEAN, f"{report.kind_mean_name} {report.means_year}"


def _of(one: Part, role: Role) -> Decimal | None:
    found = {
        Role.FOCUS: one.value,
        Role.OTHERS: one.previous,
        Role.NATION: one.nation,
        Role.MEAN: one.kind_mean,
    }
    return found[role]


def _dot_row(one: Part, roles: list[tuple[Role, str]]) -> DotRow:
    values = ((role, _of(one, role)) for role, _name in roles)
    return DotRow(
        name=f"{one.code} {one.name}",
        dots=tuple(Dot(role=role, value=value) for role, value in values if value is not None),
        value=one.value,
    )


def _parts_finding(parts: tuple[Part, ...]) -> str:
    best = max(parts, key=lambda one: one.value)
    least = min(parts, key=lambda one: one.value)
    if best.value == least.value:
        return _("All parts stand at the same value")
    return _("Strongest: %(best)s. Weakest: %(least)s.") % {"best": best.name, "least": least.name}


def _own_source(report: Report) -> Iterator[str]:
    yield _("this round, computed by the formula of %(regulation)s") % {"regulation": report.regulation}
    if report.means_year is not None:
        yield _("means as the ministry published them for %(year)s") % {"year": report.means_year}
