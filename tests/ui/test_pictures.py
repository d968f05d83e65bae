"""The insides of charts: what a page gave is escaped in each kind, on the page and in a file."""

from decimal import Decimal

import pytest
from django.template import engines
from django.utils import translation
from markupsafe import Markup

from livinglab.ui import charts
from livinglab.ui.charts import Chart, Role
from livinglab.ui.exports import chart_as_svg
from livinglab.ui.figures import Column, Figure, SourceNote, Table
from livinglab.ui.jinja import text
from livinglab.ui.markup import escaped

EVIL = '"><b>'
SAFE = "&#34;&gt;&lt;b&gt;"
ONE, FOUR = Decimal("1.00"), Decimal("4.00")
BANDS = (
    charts.Band(css=EVIL, label=EVIL, start=ONE, end=FOUR),
    charts.Band(css="b5", label=EVIL, start=FOUR, end=Decimal(5)),
)
CHARTS: dict[str, Chart] = {
    "ruler": charts.Ruler(
        label=EVIL, bands=BANDS, pins=(charts.Pin(name=EVIL, value=FOUR, role=Role.FOCUS),)
    ),
    "history": charts.History(
        label=EVIL,
        series=(charts.Series(name=EVIL, role=Role.FOCUS, points=(charts.Point(year=2024, value=FOUR),)),),
        eras=(charts.Era(label=EVIL, first_year=2023, last_year=2024),),
        bands=BANDS,
    ),
    "dots": charts.DotRows(
        label=EVIL,
        rows=(
            charts.DotRow(
                name=EVIL,
                dots=(charts.Dot(role=Role.FOCUS, value=FOUR),),
                value=FOUR,
                aside=EVIL,
                note=EVIL,
                href=EVIL,
            ),
        ),
        key=((Role.FOCUS, EVIL),),
    ),
    "rises": charts.Rises(
        label=EVIL,
        rows=(
            charts.Rise(name=EVIL, start=ONE, end=FOUR, start_css=EVIL, end_css=EVIL, note=EVIL, href=EVIL),
        ),
    ),
    "histogram": charts.Histogram(
        label=EVIL,
        bins=(charts.Bin(start=FOUR, count=2, css=EVIL),),
        step=Decimal(1),
        bands=BANDS,
        highlights=(charts.Highlight(name=EVIL, value=FOUR, role=Role.FOCUS),),
        others_name=EVIL,
    ),
    "ranks": charts.RankBars(
        label=EVIL,
        rows=(charts.RankRow(rank=1, name=EVIL, value=FOUR, css=EVIL, note=EVIL, href=EVIL, previous=ONE),),
        value_label=EVIL,
        change_label=EVIL,
    ),
    "contribution": charts.Contribution(
        label=EVIL,
        parts=(charts.Part(name=EVIL, value=ONE, aside=EVIL, note=EVIL),),
        total=ONE,
        total_name=EVIL,
        total_aside=EVIL,
    ),
}


@pytest.mark.parametrize("kind", CHARTS)
def test_names_notes_addresses_and_classes_are_escaped_on_the_page(kind: str) -> None:
    drawing = '{% from "ui/charts/chart.html" import chart %}{{ chart(chart=chart_, key="x") }}'
    html = engines["jinja2"].from_string(drawing).render({"chart_": CHARTS[kind]})
    assert (EVIL in html, SAFE in html) == (False, True)


@pytest.mark.parametrize("kind", CHARTS)
def test_names_notes_and_classes_are_escaped_in_a_file(kind: str) -> None:
    table = Table(caption="Figures", columns=(Column(key="a", label="A"),), rows=())
    figure = Figure(
        key="x", heading=EVIL, table=table, sources=(SourceNote(text="A decree"),), chart=CHARTS[kind]
    )
    svg = chart_as_svg(figure).decode()
    assert (EVIL in svg, SAFE in svg) == (False, True)


def test_what_was_marked_safe_is_never_taken_for_the_text_that_looks_like_it() -> None:
    assert (escaped(Markup("<b>")), escaped("<b>")) == ("<b>", "&lt;b&gt;")


def test_a_text_escapes_what_is_put_into_it() -> None:
    with translation.override("en"):
        assert text("Table: %(heading)s", heading=EVIL) == f"Table: {SAFE}"
        assert text("Table: %(heading)s", heading=Markup("<b>")) == "Table: <b>"


def test_a_ranked_row_without_a_change_says_so() -> None:
    drawing = '{% from "ui/charts/chart.html" import chart %}{{ chart(chart=chart_, key="x") }}'
    with translation.override("id"):
        html = engines["jinja2"].from_string(drawing).render({"chart_": CHARTS["ranks"]})
    assert (
        '<td class="num aside"><span aria-hidden="true">–</span><span class="spoken">tidak ada hasil' in html
    )
