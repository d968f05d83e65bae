"""Checks of forms: a field that can be answered, one thing per page, and what makes a form accessible."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

from livinglab.packages.domain.checks.kinds import ERROR, HINT, WARNING, Case, Check, Part, gettext_noop
from livinglab.packages.domain.expressions.nodes import names_in
from livinglab.packages.domain.expressions.parsing import parse
from livinglab.packages.domain.expressions.tokens import ExpressionRefused
from livinglab.packages.domain.faults import Fault
from livinglab.packages.domain.form import Field, FieldType, Form, Personal
from livinglab.packages.domain.patterns import PatternRefused, lengths_of

MOST_FIELDS: Final = 5
_ONE_THING: Final = "section 3: one thing per page"
_FIELD: Final = "section 3"
_WCAG: Final = "WCAG 2.2"
_DATA: Final = "UU 27/2022 articles 4 and 21"

CHECKS: Final = (
    Check("P201", ERROR, Part.FORM, _FIELD, gettext_noop("“%(field)s” is required but not asked.")),
    Check("P202", ERROR, Part.FORM, _FIELD, gettext_noop("“%(field)s” stands on no page.")),
    Check(
        "P203",
        ERROR,
        Part.FORM,
        _FIELD,
        gettext_noop(
            "The page “%(page)s” asks “%(field)s”, which is not there or stands on another page too."
        ),
    ),
    Check(
        "P204",
        ERROR,
        Part.FORM,
        _ONE_THING,
        gettext_noop("The page “%(page)s” asks %(number)s things; at most %(most)s fit one page. Split it."),
    ),
    Check("P205", ERROR, Part.FORM, _FIELD, gettext_noop("The page “%(page)s” stands twice.")),
    Check(
        "P206",
        ERROR,
        Part.FORM,
        _FIELD,
        gettext_noop("“%(field)s” can never be answered: %(low)s is above %(high)s."),
    ),
    Check(
        "P207",
        ERROR,
        Part.FORM,
        _FIELD,
        gettext_noop("“%(field)s” can never be answered: no text of its length follows its pattern."),
    ),
    Check(
        "P208",
        ERROR,
        Part.FORM,
        _FIELD,
        gettext_noop(
            "The pattern of “%(field)s” is not of the part that is allowed, or could take very long."
        ),
    ),
    Check(
        "P209",
        ERROR,
        Part.FORM,
        _FIELD,
        gettext_noop("“%(field)s”: the values and the texts of its options are not the same."),
    ),
    Check(
        "P210",
        ERROR,
        Part.FORM,
        _FIELD,
        gettext_noop(
            "“%(field)s” is shown depending on “%(other)s”, which is asked only later or is the field itself."
        ),
    ),
    Check(
        "P211",
        WARNING,
        Part.FORM,
        f"{_WCAG}, 2.4.6",
        gettext_noop("The title “%(title)s” stands twice. Give each field and page a title of its own."),
    ),
    Check(
        "P212",
        WARNING,
        Part.FORM,
        f"{_WCAG}, 1.3.5",
        gettext_noop(
            "“%(field)s” looks like “%(purpose)s”. Add x-autocomplete, so that the browser can help."
        ),
    ),
    Check("P213", HINT, Part.FORM, _FIELD, gettext_noop("“%(field)s” is long to answer and has no hint.")),
    Check(
        "P214", ERROR, Part.DATA, _DATA, gettext_noop("“%(field)s” is personal data. Say so with x-personal.")
    ),
    Check(
        "P215",
        WARNING,
        Part.DATA,
        _DATA,
        gettext_noop("“%(field)s” is specific personal data. Say with x-why why it is asked."),
    ),
    Check(
        "P216",
        HINT,
        Part.DATA,
        _DATA,
        gettext_noop("“%(field)s” does not say whether it is personal data. Add x-personal."),
    ),
    Check(
        "P217",
        ERROR,
        Part.FORM,
        f"{_WCAG}, 2.4.2",
        gettext_noop("The title “%(title)s” says nothing. Write what is asked."),
    ),
)

_NAMES: Final = frozenset({"name", "full_name", "nama", "nama_lengkap"})
_PURPOSES: Final[Mapping[str, frozenset[str]]] = {
    "name": _NAMES,
    "street-address": frozenset({"address", "alamat", "street_address"}),
    "bday": frozenset({"birth_date", "birthday", "date_of_birth", "tanggal_lahir"}),
    "postal-code": frozenset({"postal_code", "kode_pos"}),
}
_ALWAYS_PERSONAL: Final = frozenset({FieldType.NIK, FieldType.PHONE, FieldType.EMAIL})
_LIMITS: Final = (("minLength", "maxLength"), ("minimum", "maximum"), ("minItems", "maxItems"))
_LEAST_LETTERS: Final = 2


def form_faults(case: Case) -> Iterator[Fault]:
    """This function will yield what is wrong with the forms, each for itself."""
    for form in (case.package.form, *case.package.tasks.values()):
        yield from _page_faults(case, form)
        yield from _title_faults(form)
        for field in form.fields.values():
            for one in (field, *field.fields):
                yield from _field_faults(form, one)
        yield from _order_faults(form)
    yield from _purpose_faults(case.package.form)


def _page_faults(case: Case, form: Form) -> Iterator[Fault]:
    placed: set[str] = set()
    seen: set[str] = set()
    for number, page in enumerate(form.pages):
        line = case.package.line(form.path, "x-pages", number)
        if page.id in seen:
            yield Fault("P205", form.path, line, {"page": page.id})
        seen.add(page.id)
        if len(page.fields) > MOST_FIELDS:
            said = {"page": page.id, "number": str(len(page.fields)), "most": str(MOST_FIELDS)}
            yield Fault("P204", form.path, line, said)
        for name in page.fields:
            if name not in form.fields or name in placed:
                yield Fault("P203", form.path, line, {"page": page.id, "field": name})
            placed.add(name)
    for field in form.fields.values():
        if field.id not in placed:
            yield Fault("P202", form.path, field.line, {"field": field.id})
    required = form.schema.get("required")
    for one in required if isinstance(required, list) else ():
        if one not in form.fields:
            yield Fault("P201", form.path, case.package.line(form.path, "required"), {"field": str(one)})


def _title_faults(form: Form) -> Iterator[Fault]:
    titles = [(field.title.id, field.line) for field in form.fields.values()]
    counted = Counter(title for title, _ in titles)
    for title, line in titles:
        if counted[title] > 1:
            yield Fault("P211", form.path, line, {"title": title[:80]})
        if sum(character.isalpha() for character in title) < _LEAST_LETTERS:
            yield Fault("P217", form.path, line, {"title": title[:80]})


def _field_faults(form: Form, field: Field) -> Iterator[Fault]:
    said = {"field": field.id}
    for low, high in _LIMITS:
        least, most = field.schema.get(low), field.schema.get(high)
        if isinstance(least, int | float) and isinstance(most, int | float) and least > most:
            yield Fault(
                "P206", form.path, field.line, {**said, "low": f"{low} {least}", "high": f"{high} {most}"}
            )
    yield from _choice_faults(form, field)
    yield from _number_faults(form, field)
    yield from _pattern_faults(form, field)
    if "today" not in (field.not_before, field.not_after) and field.not_before > field.not_after != "":
        low, high = f"x-not-before {field.not_before}", f"x-not-after {field.not_after}"
        yield Fault("P206", form.path, field.line, {**said, "low": low, "high": high})
    if field.type in _ALWAYS_PERSONAL and field.personal is Personal.NONE:
        yield Fault("P214", form.path, field.line, said)
    if field.personal is Personal.SPECIFIC and field.why is None:
        yield Fault("P215", form.path, field.line, said)


def _choice_faults(form: Form, field: Field) -> Iterator[Fault]:
    items = field.schema.get("items")
    listed = field.schema.get("enum") if field.type is FieldType.CHOICE else None
    if field.type is FieldType.CHOICES and isinstance(items, Mapping):
        listed = items.get("enum")
    if not isinstance(listed, list):
        return
    values = [option.value for option in field.options]
    if sorted(values) != sorted(str(one) for one in listed):
        yield Fault("P209", form.path, field.line, {"field": field.id})
    least = field.schema.get("minItems")
    if isinstance(least, int) and least > len(listed):
        said = {"field": field.id, "low": f"minItems {least}", "high": f"enum {len(listed)}"}
        yield Fault("P206", form.path, field.line, said)


def _number_faults(form: Form, field: Field) -> Iterator[Fault]:
    step, least, most = (field.schema.get(key) for key in ("multipleOf", "minimum", "maximum"))
    if not (
        isinstance(step, int | float) and isinstance(least, int | float) and isinstance(most, int | float)
    ):
        return
    if least <= most and (most // step) * step < least:
        said = {"field": field.id, "low": f"minimum {least}", "high": f"multipleOf {step}, maximum {most}"}
        yield Fault("P206", form.path, field.line, said)


def _pattern_faults(form: Form, field: Field) -> Iterator[Fault]:
    pattern = field.schema.get("pattern")
    if not isinstance(pattern, str):
        return
    try:
        lengths = lengths_of(pattern)
    except PatternRefused:
        yield Fault("P208", form.path, field.line, {"field": field.id})
        return
    least, most = field.schema.get("minLength"), field.schema.get("maxLength")
    too_short = isinstance(least, int) and lengths.is_whole and lengths.most < least
    if too_short or (isinstance(most, int) and lengths.least > most):
        yield Fault("P207", form.path, field.line, {"field": field.id})


def _order_faults(form: Form) -> Iterator[Fault]:
    asked = [name for page in form.pages for name in page.fields]
    order = {name: place for place, name in enumerate(asked)}
    prefix = ("task", form.path.split("/")[-1].split(".")[0]) if form.path.startswith("tasks/") else ("form",)
    for field in form.fields.values():
        for path in _names(field.show_if):
            other = path[len(prefix)] if path[: len(prefix)] == prefix and len(path) > len(prefix) else ""
            if other in order and order[other] >= order.get(field.id, len(asked)):
                yield Fault("P210", form.path, field.line, {"field": field.id, "other": other})


def _names(expression: str) -> tuple[tuple[str, ...], ...]:
    try:
        return names_in(parse(expression)) if expression else ()
    except ExpressionRefused:  # said by P401
        return ()


def _purpose_faults(form: Form) -> Iterator[Fault]:
    for field in form.fields.values():
        for purpose, names in _PURPOSES.items():
            if field.id in names and not field.autocomplete:
                yield Fault("P212", form.path, field.line, {"field": field.id, "purpose": purpose})
        if field.type is FieldType.LONG_TEXT and field.hint is None:
            yield Fault("P213", form.path, field.line, {"field": field.id})
        properties = form.schema.get("properties")
        said = properties.get(field.id) if isinstance(properties, Mapping) else None
        if isinstance(said, Mapping) and "x-personal" not in said and field.type not in _ALWAYS_PERSONAL:
            yield Fault("P216", form.path, field.line, {"field": field.id})
