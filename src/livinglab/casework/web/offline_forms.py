"""A form as the offline counter keeps it: its pages as HTML, and what can be checked without a network as data."""

from dataclasses import replace
from typing import Final

from django.template.loader import render_to_string

from livinglab.casework.domain.conditions import as_data
from livinglab.casework.models import ServiceVersion
from livinglab.casework.queries.applications import Places
from livinglab.casework.queries.running import package_of
from livinglab.casework.uploads import other_kind_in_words, too_large_in_words
from livinglab.packages.domain import nik
from livinglab.packages.domain.form import Field, FieldType, Form
from livinglab.packages.domain.running.answers import Mistake
from livinglab.packages.queries import answering

#: the keywords of a field's schema that the device checks; everything else is the server's when it is sent
_CHECKED: Final = (
    *("minLength", "maxLength", "pattern", "minimum", "maximum", "multipleOf", "const"),
    *("minItems", "maxItems"),
)
#: the codes of mistakes that the device finds
_SAID: Final = (
    *("required", "unread_number", "unread_date", "too_short", "too_long", "pattern", "nik", "nik_form"),
    *("too_small", "too_large", "step", "too_few", "too_many", "must_be_true", "after", "before"),
)


def sentences() -> dict[str, str]:
    """This function will return what is said of each mistake, with `{question}`, `{limit}` and `{day}` to fill in."""
    blanks = {"limit": "{limit}", "day": "{day}"}
    return {code: answering.in_words(Mistake("", code, blanks), "{question}") for code in _SAID}


def form_of(version: ServiceVersion, places: Places, *, language: str) -> dict[str, object]:
    """This function will return the form of a version as the device keeps it, in a language, for these places."""
    package = package_of(version)
    manifest = package.manifest
    return {
        "version": str(version.id),
        "name": manifest.name.in_language(language),
        "release": version.release,
        "purpose": manifest.data.purpose.in_language(language),
        "months": manifest.data.keep_months,
        "fee": manifest.standard.components["fee"].in_language(language),
        "pages": [
            {
                "id": page.id,
                "title": page.title.in_language(language),
                "fields": list(page.fields),
                "html": _html(package.form, page.fields, places, language),
            }
            for page in package.form.pages
        ],
        "fields": {name: _field(one, places, language) for name, one in package.form.fields.items()},
    }


def _html(form: Form, names: tuple[str, ...], places: Places, language: str) -> str:
    fields = [form.fields[one] for one in names if one in form.fields]
    asked = answering.questions(
        [_without_files(one) for one in fields], {}, (), language=language, places=places
    )
    return render_to_string("casework/offline_questions.html", {"questions": asked})


def _without_files(one: Field) -> Field:
    """A list has no files in its rows there; the server takes none there either."""
    return replace(one, fields=tuple(each for each in one.fields if each.type is not FieldType.FILE))


def _checks(one: Field) -> dict[str, object]:
    form = {"form": nik.FORM} if one.type is FieldType.NIK else {}
    return {**{key: one.schema[key] for key in _CHECKED if key in one.schema}, **form}


def _field(one: Field, places: Places, language: str) -> dict[str, object]:
    """This function will return what the device knows of a field.

    What is asked under a condition that it cannot tell is asked there always, and never required.
    """
    condition = as_data(one.show_if) if one.show_if else None
    is_unsure = bool(one.show_if) and condition is None
    return {
        "id": one.id,
        "type": one.type.value,
        "title": one.title.in_language(language),
        "required": one.is_required and not is_unsure,
        "condition": condition,
        "checks": _checks(one),
        "notBefore": one.not_before,
        "notAfter": one.not_after,
        "options": dict(places.get(one.place_level, ()))
        if one.type is FieldType.PLACE
        else {option.value: option.name.in_language(language) for option in one.options},
        "fields": [_field(each, places, language) for each in one.fields if each.type is not FieldType.FILE],
        **(_of_file(one) if one.type is FieldType.FILE else {}),
    }


def _of_file(one: Field) -> dict[str, object]:
    """This function will return what the device checks of a file, and what it says of one that is not taken."""
    return {
        "accept": list(one.accept),
        "most": answering.most_bytes(one),
        "tooLarge": too_large_in_words(one),
        "otherKind": other_kind_in_words(one),
    }
