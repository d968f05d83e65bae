"""The templates keep the promises of the house: shown, documented, translated, strict, without inline style."""

import io
import re
from pathlib import Path

import pytest
from babel.messages.extract import extract
from django.template import engines
from django.test import RequestFactory
from django.utils import translation
from jinja2 import Environment, UndefinedError, nodes

import livinglab.ui
from livinglab.ui.charts import Chart
from livinglab.ui.web import samples

FOLDER = Path(livinglab.ui.__file__).parent
TEMPLATES = FOLDER / "templates" / "ui"
DOCS = Path(__file__).parents[2] / "docs" / "design-system.md"

# Parts that other macros are made of; they show wherever those do.
PARTS = {"described", "hint_and_error", "role_mark", "source_line", "theme_switch", "mark", "message_list"}


def _env() -> Environment:
    env: Environment = engines["jinja2"].env  # type: ignore[attr-defined]
    return env


def _render(source: str, **context: object) -> str:
    return _env().from_string(source).render(**context)


def _gallery(language: str) -> str:
    with translation.override(language):
        request = RequestFactory().get("/ui/" if language == "id" else "/en/ui/")
        return (
            engines["jinja2"]
            .get_template("ui/gallery.html")
            .render({"samples": samples, "page_link": "?page={}".format}, request)
        )


def _macros(path: Path) -> set[str]:
    return {macro.name for macro in _env().parse(path.read_text()).find_all(nodes.Macro)}


def _called(path: Path) -> set[str]:
    """Return the macros that a template calls, plainly or as attribute of an imported module."""
    calls = _env().parse(path.read_text()).find_all(nodes.Call)
    return {getattr(call.node, "name", None) or getattr(call.node, "attr", "") for call in calls}


def test_every_component_is_shown_in_the_gallery() -> None:
    shown = _called(TEMPLATES / "gallery.html")
    for name in ("layout.html", "components.html", "figure.html"):
        assert _macros(TEMPLATES / name) - shown - PARTS == set(), (
            f"{name} has macros the gallery does not show"
        )


def test_every_chart_kind_is_shown_in_the_gallery() -> None:
    shown = {type(figure.chart) for figure in samples.figures()} | {type(samples.sparkline())}
    assert shown == set(Chart.__args__)


def test_every_component_is_documented() -> None:
    documented = set(re.findall(r"`(\w+)\(", DOCS.read_text()))
    for name in ("layout.html", "components.html", "figure.html"):
        assert _macros(TEMPLATES / name) - PARTS - documented == set(), f"{name} has undocumented macros"


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_gallery_needs_no_inline_style_script_or_handler(language: str) -> None:
    html = _gallery(language)
    assert re.findall(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son\w+=", html) == []


@pytest.mark.parametrize("language", ["id", "en"])
def test_ids_are_there_once(language: str) -> None:
    ids = re.findall(r'\sid="([^"]+)"', _gallery(language))
    assert sorted(ids) == sorted(set(ids))


def test_references_point_at_ids_that_exist() -> None:
    html = _gallery("id")
    ids = set(re.findall(r'\sid="([^"]+)"', html))
    used = re.findall(r'(?:for|aria-labelledby|aria-describedby)="([^"]+)"', html)
    assert {one for value in used for one in value.split()} - ids == set()


def test_the_gallery_speaks_one_language_at_a_time() -> None:
    indonesian, english = _gallery("id"), _gallery("en")
    assert '<html lang="id">' in indonesian
    assert "Lihat angkanya dalam tabel" in indonesian
    assert "See the figures in a table" not in indonesian
    assert "See the figures in a table" in english


def test_the_other_language_is_the_same_page() -> None:
    assert 'href="/en/ui/" hreflang="en" lang="en"' in _gallery("id")
    assert 'href="/ui/" hreflang="id" lang="id"' in _gallery("en")


def test_an_undefined_name_is_an_error() -> None:
    with pytest.raises(UndefinedError, match="regoin"):
        _render("{{ regoin }}")


def test_a_component_without_a_required_argument_is_an_error() -> None:
    with pytest.raises(UndefinedError, match="label"):
        _render('{% from "ui/components.html" import text_field %}{{ text_field(name="q") }}')


def test_what_users_wrote_is_escaped_in_components_tables_and_tiles() -> None:
    evil = '"><script>alert(1)</script>'
    row = samples.Table(
        caption=evil, columns=(samples.Column(key="a", label=evil),), rows=((evil,),), row_links=(evil,)
    )
    tile = samples.TileMap(
        label=evil,
        description=evil,
        tiles=(
            samples.Tile(
                code="99.01", name=evil, href=evil, css="b1", spoken=evil, column=0, row=0, group="g"
            ),
        ),
        groups=(samples.Group(key="g", name=evil, value=evil, is_east=False),),
        legend=(),
    )
    html = _render(
        '{% from "ui/components.html" import data_table, tag %}{% from "ui/charts/chart.html" import chart %}'
        "{{ data_table(table=row) }}{{ data_table(table=row, cards=true) }}"
        '{{ tag(label=evil) }}{{ chart(chart=tile, key="x") }}',
        row=row,
        tile=tile,
        evil=evil,
    )
    assert "<script>" not in html
    assert '=""' not in html


def test_a_table_of_cards_names_each_cell_and_says_what_it_is() -> None:
    table = samples.Table(
        caption="Bulan",
        columns=(
            samples.Column(key="month", label="Bulan", kind=samples.ColumnKind.CODE),
            samples.Column(key="done", label="Selesai", kind=samples.ColumnKind.COUNT),
        ),
        rows=(("2026-09", 12),),
    )
    macro = '{% from "ui/components.html" import data_table %}{{ data_table(table=table, cards=CARDS) }}'
    cards = _render(macro.replace("CARDS", "true"), table=table)
    assert '<table class="data open cards" role="table">' in cards
    assert '<thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader" class="code">' in cards
    assert (
        '<tbody role="rowgroup">\n<tr role="row"><th scope="row" role="rowheader" class="code">2026-09</th>'
        '<td role="cell" class="num" data-column="Selesai">12</td></tr>\n</tbody>'
    ) in cards
    plain = _render(macro.replace("CARDS", "false"), table=table)
    assert '<tbody>\n<tr><th scope="row">2026-09</th><td class="num">12</td></tr>\n</tbody>' in plain
    assert "role=" not in plain


def test_no_result_is_a_dash_to_see_and_words_to_hear() -> None:
    with translation.override("id"):
        html = _render("{{ none|decimal2 }}")
    assert html == '<span aria-hidden="true">–</span><span class="spoken">tidak ada hasil</span>'


def test_texts_inside_macro_calls_are_found_for_translation() -> None:
    planted = b'{{ figure(figure=f, downloads=((_("planted deep in a call"), "#"),)) }}'
    found = list(extract("jinja2.ext.babel_extract", io.BytesIO(planted), options={"silent": "false"}))
    assert [message for _line, message, _comments, _context in found] == ["planted deep in a call"]


def test_a_page_without_interaction_carries_no_token_and_no_htmx() -> None:
    html = _gallery("id")
    assert "csrf" not in html.lower()
    assert "htmx" not in html


def test_an_interactive_page_sends_the_token_with_every_request() -> None:
    request = RequestFactory().get("/ui/")
    html = engines["jinja2"].from_string('{% extends "ui/interactive_page.html" %}').render({}, request)
    assert re.search(r"""<body hx-headers:inherited='\{"X-CSRFToken": "\w{64}"\}'>""", html)
    assert "ui/vendor/htmx-4.0.1.min.js" in html


def test_vendored_files_keep_their_licences() -> None:
    static = FOLDER / "static" / "ui"
    assert "Zero-Clause BSD" in (static / "vendor" / "htmx-4.0.1.LICENSE.txt").read_text()
    assert "SIL OPEN FONT LICENSE Version 1.1" in (static / "fonts" / "OFL.txt").read_text()
