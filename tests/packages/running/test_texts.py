"""Documents and messages: what they may say, and what no template can do."""

import pytest

from livinglab.packages.adapters.markdown import to_text
from livinglab.packages.adapters.markup import safe
from livinglab.packages.adapters.templates import render_document, render_message
from livinglab.packages.domain.running.refusals import BrokenPackage

NAMES = {
    "form": {
        "name": "Warga <b>Contoh</b>",
        "nik": "9999010101900001",
        "income": 1_600_000,
        "share": 0.25,
        "born": "2026-11-02",
        "poor": True,
        "items": "barang",
        "children": [{"age": 3}, {"age": 9}],
    },
    "case": {"number": "SKTM/1"},
}


@pytest.mark.parametrize(
    ("template", "indonesian", "english"),
    [
        ("{{ form.name }}", "Warga &lt;b&gt;Contoh&lt;/b&gt;", "Warga &lt;b&gt;Contoh&lt;/b&gt;"),
        ("{{ form.nik|masked }}", "••••••••••••0001", "••••••••••••0001"),
        ("{{ form.income|rupiah }}", "Rp1.600.000", "Rp1,600,000"),
        ("{{ form.share|number }}", "0,25", "0.25"),
        ("{{ form.born|day }}, {{ form.born|date }}", "Senin, 2 November 2026", "Monday, 2 November 2026"),
        ("{{ form.poor }}", "ya", "yes"),
        ("{{ form.items|upper }} {{ form.items|title }}", "BARANG Barang", "BARANG Barang"),
        ("{{ form.gone }}{{ task.check.reason }}{{ form.gone|rupiah }}{{ form.gone|date }}", "", ""),
        ("{{ form.gone|default('-') }}", "-", "-"),
        ("{% for one in form.children %}{{ one.age }};{% endfor %}", "3;9;", "3;9;"),
        ("{% for one in form.name %}x{% endfor %}", "", ""),
        (
            "{% if form.poor and not (form.income > 2) %}a{% elif form.income == 1600000 %}b{% else %}c{% endif %}",
            "b",
            "b",
        ),
        ("{{ form.keys }}{{ form.children.append }}{{ form.name.upper }}", "", ""),
    ],
)
def test_a_document_prints_values_as_its_language_does(template: str, indonesian: str, english: str) -> None:
    assert render_document(template, NAMES, "id") == indonesian
    assert render_document(template, NAMES, "en") == english


@pytest.mark.parametrize(
    "template",
    [
        "{{ form.name.upper() }}",
        "{{ ''.__class__.__mro__ }}{{ range(3) }}",
        "{{ cycler.__init__.__globals__ }}{% set x = 1 %}",
        "{% include 'x' %}",
        "{% import 'x' as y %}",
        "{% macro m() %}{% endmacro %}",
        "{{ form.income * 1000000000 }}",
        "{{ 'a' ~ 'b' }}",
        "{{ form['name'] }}",
        "{{ form.name|map('upper') }}",
        "{{ form.name is defined }}",
        "{% for a in form.rows %}{% for b in form.rows %}{% for c in form.rows %}{% endfor %}{% endfor %}{% endfor %}",
        "{{ form.name",
        "{% raw %}{% endraw %}{% block x %}{% endblock %}",
        "{{ 1 if form.poor else 2 }}",
    ],
)
def test_a_template_that_reads_what_it_may_not_is_stopped(template: str) -> None:
    with pytest.raises(BrokenPackage) as broken:
        render_document(template, NAMES, "id")
    assert broken.value.code == "template"


def test_underscored_names_are_never_read() -> None:
    assert render_document("{{ form.__class__ }}{{ form._x }}", {"form": {"_x": "rahasia"}}, "id") == ""


def test_a_document_that_grows_too_long_is_stopped() -> None:
    rows = {"form": {"rows": [{"text": "x" * 5_000}] * 30}}
    with pytest.raises(BrokenPackage) as broken:
        render_document("{% for one in form.rows %}{{ one.text }}{% endfor %}", rows, "id")
    assert (broken.value.code, broken.value.on) == ("template", "length")


def test_what_a_citizen_writes_cannot_change_a_message() -> None:
    said = "# Judul\n[tautan](http://contoh.invalid) **tebal** <script>alert(1)</script> `x`"
    rendered = render_message(
        "# Kabar {{ form.name }}\n\nKata: {{ form.name }}", {"form": {"name": said}}, "id"
    )
    text = to_text(rendered)
    plain = "# Judul [tautan](http://contoh.invalid) **tebal** <script>alert(1)</script> `x`"
    assert text.subject == f"Kabar {plain}"
    assert text.body == (
        "<p>Kata: # Judul [tautan](http://contoh.invalid) **tebal** &lt;script&gt;alert(1)&lt;/script&gt; `x`</p>\n"
    )


def test_a_message_has_no_links_pictures_or_markup_of_its_own() -> None:
    text = to_text("# Kabar\n\n[a](http://b.invalid) ![c](d.png) <http://e.invalid> <b>f</b>\n\n- **g**\n")
    assert text.body == (
        "<p>[a](http://b.invalid) ![c](d.png) &lt;http://e.invalid&gt; &lt;b&gt;f&lt;/b&gt;</p>\n"
        "<ul>\n<li><strong>g</strong></li>\n</ul>\n"
    )


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ('<p class="centre evil" onclick="x()" style="color:red">a</p>', '<p class="centre">a</p>'),
        ("<script>alert(1)</script><p>a</p>", "<p>a</p>"),
        ("<svg><script>x</script></svg>b", "b"),
        ('<a href="http://x.invalid">a</a>', "a"),
        (
            '<img src="http://x.invalid/y.png"><img src="qr:" alt="Kode">',
            '<span class="box small qr">Kode</span>',
        ),
        ('<img src="letterhead:">', '<span class="letterhead">Pemerintah &amp; Kota<br>Dua</span>'),
        ("<p>a<div>b", "<p>a<div>b</div></p>"),
        ("</div><p>a</p>", "<p>a</p>"),
        ("&lt;b&gt; &amp; <!-- x --><?php ?>", "&lt;b&gt; &amp; "),
        ("<form><input name=x></form>", ""),
    ],
)
def test_only_the_markup_of_documents_is_kept(written: str, kept: str) -> None:
    assert safe(written, letterhead=("Pemerintah & Kota", "Dua")) == kept
