"""No reader of Indonesian meets an English sentence."""

from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.conf import settings

from livinglab.config import messages
from livinglab.config.catalogue_text import revised

JINJA = """
{% macro button(label) %}<button>{{ label }}</button>{% endmacro %}
{{ button(_("Planted in a macro call")) }}
{% trans count=2 %}One region{% pluralize %}{{ count }} regions{% endtrans %}
"""
DJANGO = '{% load i18n %}<p>{% trans "Planted for allauth" %}</p>'
PYTHON = 'from django.utils.translation import gettext as _\nX = _("Planted in Python")\n'
BY_HAND = """# Words of the sample, in an order of our own.
msgid ""
msgstr ""
"Language: id\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

# First of all.
msgid "Planted in a macro call"
msgstr ""
"Ditanam dalam panggilan "
"makro"

msgid "Planted in Python"
msgstr "Ditanam"

msgid "One region"
msgid_plural "%(count)s regions"
msgstr[0] "%(count)s daerah"

msgid "Planted for allauth"
msgstr "Ditanam untuk allauth"
"""


@pytest.fixture
def package(tmp_path: Path) -> Path:
    context = tmp_path / "sample"
    for folder, name, text in (
        ("templates/sample", "page.html", JINJA),
        ("django_templates/account", "login.html", DJANGO),
        (".", "views.py", PYTHON),
        (".", "__init__.py", ""),
    ):
        (context / folder).mkdir(parents=True, exist_ok=True)
        (context / folder / name).write_text(text)
    return tmp_path


def test_texts_are_found_in_macro_calls_django_templates_and_python(package: Path) -> None:
    found = {one.id for one in messages.collect(package / "sample") if one.id}
    assert found == {
        "Planted in a macro call",
        ("One region", "%(count)s regions"),
        "Planted for allauth",
        "Planted in Python",
    }


def test_a_text_without_indonesian_is_reported_and_update_adds_it(package: Path) -> None:
    assert messages.update(package) == {"sample": 4}
    assert {problem.why for problem in messages.check(package)} == {"has no Indonesian"}
    with messages.catalogue_path(package / "sample").open("rb") as file:
        assert "Planted in Python" in read_po(file)


def test_a_catalogue_in_line_with_the_code_is_not_touched(package: Path) -> None:
    messages.update(package)
    path = messages.catalogue_path(package / "sample")
    path.write_text(BY_HAND)
    assert messages.update(package) == {"sample": 0}
    assert path.read_text() == BY_HAND


def test_only_texts_that_came_or_went_change_a_catalogue(package: Path) -> None:
    path = messages.catalogue_path(package / "sample")
    path.parent.mkdir(parents=True)
    path.write_text(BY_HAND)
    (package / "sample" / "views.py").write_text(PYTHON.replace("Planted in", "Grown in"))
    assert messages.update(package) == {"sample": 1}
    gone, came = ('msgid "Planted in Python"\nmsgstr "Ditanam"\n', 'msgid "Grown in Python"\nmsgstr ""\n')
    assert path.read_text() == BY_HAND.replace("\n" + gone, "") + "\n" + came


def test_a_new_text_stands_in_the_order_of_an_ordered_catalogue(package: Path) -> None:
    messages.update(package)
    (package / "sample" / "more.py").write_text(PYTHON.replace("Planted in", "Planted by"))
    messages.update(package)
    with messages.catalogue_path(package / "sample").open("rb") as file:
        texts = [str(one.id) for one in read_po(file) if one.id]
    assert texts[1:] == [
        "Planted by Python",
        "Planted for allauth",
        "Planted in Python",
        "Planted in a macro call",
    ]


def test_a_new_plural_has_one_form(package: Path) -> None:
    messages.update(package)
    text = messages.catalogue_path(package / "sample").read_text()
    assert 'msgid_plural "%(count)s regions"\nmsgstr[0] ""\n' in text
    assert "msgstr[1]" not in text


def test_the_catalogues_of_the_product_are_in_line_with_its_code() -> None:
    for path in settings.PACKAGE.glob("*/locale/id/LC_MESSAGES/django.po"):
        text = path.read_text()
        assert revised(text, messages.collect(path.parents[3]), header="") == text


def test_whoever_reads_a_compiled_catalogue_while_it_is_compiled_reads_a_whole_one(package: Path) -> None:
    messages.update(package)
    messages.compile_all(package)
    path = messages.catalogue_path(package / "sample")
    before = path.with_suffix(".mo").read_bytes()
    path.write_text(path.read_text().replace('msgstr ""', 'msgstr "Ditanam"', 2))
    with path.with_suffix(".mo").open("rb") as reader:
        assert messages.compile_all(package) == 1
        assert reader.read() == before
    assert path.with_suffix(".mo").read_bytes() != before
    assert sorted(one.name for one in path.parent.iterdir()) == ["django.mo", "django.po"]


def test_a_lost_placeholder_is_reported(package: Path) -> None:
    messages.update(package)
    path = messages.catalogue_path(package / "sample")
    path.write_text(path.read_text().replace('msgstr[0] ""', 'msgstr[0] "%(jumlah)s daerah"'))
    assert "does not keep its placeholders" in {problem.why for problem in messages.check(package)}


def test_every_text_of_the_product_has_its_indonesian() -> None:
    assert [str(problem) for problem in messages.check(settings.PACKAGE)] == []


def test_one_english_text_has_one_indonesian() -> None:
    # Django merges the contexts' catalogues: of two translations one would win everywhere.
    translations: dict[tuple[str | None, str], set[str]] = {}
    for context in messages.contexts(settings.PACKAGE):
        for one in messages.read_catalogue(messages.catalogue_path(context)):
            if one.id:
                translations.setdefault((one.context, str(one.id)), set()).add(str(one.string))
    assert {key: found for key, found in translations.items() if len(found) > 1} == {}
