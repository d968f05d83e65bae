"""Documents and messages: the part of Jinja that reads, with closed filters and a limit of size."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache, partial
from string import punctuation
from typing import Final

from babel.dates import format_date
from babel.numbers import format_decimal
from jinja2 import ChainableUndefined, Template, TemplateError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from livinglab.packages.domain.running.refusals import BrokenPackage
from livinglab.ui import formats

#: what may come out of a template, in characters
LONGEST: Final = 100_000
#: lists hold at most fifty rows and one level, so that two loops inside each other are 2,500 rounds
DEEPEST_LOOP: Final = 2

_ALLOWED: Final = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.If,
    nodes.For,
    nodes.Name,
    nodes.Getattr,
    nodes.Const,
    nodes.Compare,
    nodes.Operand,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.Filter,
)
_YES_NO: Final = {"id": ("tidak", "ya"), "en": ("no", "yes")}
_SHOWN_OF_NIK: Final = 4
_ROWS: Final = " rows"  # no template can write a name with a space

#: the filters that the standard allows
FILTERS: Final = frozenset({"rupiah", "date", "day", "upper", "title", "masked", "number", "default"})


def render_document(text: str, names: Mapping[str, object], language: str) -> str:
    """This function will return a document with its values, each escaped for HTML.

    Errors: `BrokenPackage` where the template uses what the standard does not allow, or grows too long.
    """
    return _render(_compiled(text, language, is_html=True), names)


def render_message(text: str, names: Mapping[str, object], language: str) -> str:
    """This function will return a message with its values, each escaped for CommonMark.

    Errors: as `render_document`.
    """
    return _render(_compiled(text, language, is_html=False), names)


class _Reading(ImmutableSandboxedEnvironment):
    """Reads keys of mappings and nothing else: no attribute of any object, no call."""

    def getattr(self, obj: object, attribute: str) -> object:
        """This function will return the value at a key, undefined where there is none."""
        if isinstance(obj, Mapping) and attribute in obj and not attribute.startswith("_"):
            return obj[attribute]
        return self.undefined(obj=obj, name=attribute)

    def getitem(self, obj: object, argument: object) -> object:
        """This function will return the value at a key, undefined where there is none."""
        return self.getattr(obj, str(argument))


def _said(value: object, language: str) -> object:
    """This function will return what is printed for a value: nothing for one that is missing, a word for yes and no."""
    if isinstance(value, bool):
        return _YES_NO[language][value]
    return "" if value is None or isinstance(value, ChainableUndefined | Mapping | list | tuple) else value


def _for_markdown(value: object, language: str) -> str:
    """This function will return a value whose every sign stands for itself in CommonMark, on one line."""
    text = " ".join(str(_said(value, language)).split())
    return "".join(f"\\{sign}" if sign in punctuation else sign for sign in text)


def _rows(value: object) -> tuple[object, ...]:
    """This function will return the rows of a list, none for anything else: texts are not walked through."""
    return tuple(value) if isinstance(value, list | tuple) else ()


def _number(value: object, language: str) -> str:
    """This function will return a number as the language writes it: 1.234.567,5 in Indonesian."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return ""
    return format_decimal(value, locale=formats.locale_of(language), decimal_quantization=False)


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


def _masked(value: object) -> str:
    """This function will return a national identity number of which only the last four digits are shown."""
    text = str(_said(value, "id"))
    return "•" * max(len(text) - _SHOWN_OF_NIK, 0) + text[-_SHOWN_OF_NIK:]


def _filters(language: str) -> dict[str, Callable[..., object]]:
    def rupiah(value: object) -> str:
        number = _number(value, language)
        return f"Rp{number}" if number else ""

    def long_date(value: object) -> str:
        day = _day(value)
        return formats.day(day, language=language) if day else ""

    def week_day(value: object) -> str:
        day = _day(value)
        return format_date(day, "EEEE", locale=formats.locale_of(language)) if day else ""

    def default(value: object, otherwise: object = "") -> object:
        return otherwise if value in (None, "") or isinstance(value, ChainableUndefined) else value

    return {
        "rupiah": rupiah,
        "number": partial(_number, language=language),
        "date": long_date,
        "day": week_day,
        "upper": lambda value: str(_said(value, language)).upper(),
        "title": lambda value: str(_said(value, language)).title(),
        "masked": _masked,
        "default": default,
        _ROWS: _rows,
    }


def _environment(language: str, *, is_html: bool) -> _Reading:
    finalize = partial(_said if is_html else _for_markdown, language=language)
    environment = _Reading(autoescape=is_html, undefined=ChainableUndefined, finalize=finalize)
    environment.globals.clear()
    environment.tests.clear()
    environment.filters.clear()
    environment.filters.update(_filters(language))
    return environment


_ENVIRONMENTS: Final = {
    (language, is_html): _environment(language, is_html=is_html)
    for language in _YES_NO
    for is_html in (True, False)
}


@lru_cache(500)
def _compiled(text: str, language: str, *, is_html: bool) -> Template:
    environment = _ENVIRONMENTS[language, is_html]
    try:
        tree = environment.parse(text)
        _check(tree)
        for loop in tree.find_all(nodes.For):
            loop.iter = nodes.Filter(loop.iter, _ROWS, [], [], None, None)
        return Template.from_code(environment, environment.compile(tree), {})
    except TemplateError as error:
        raise BrokenPackage("template", str(error)) from None


def _check(tree: nodes.Template) -> None:
    for node in tree.find_all(nodes.Node):
        if not isinstance(node, _ALLOWED) or (isinstance(node, nodes.Filter) and node.name not in FILTERS):
            raise BrokenPackage("template", type(node).__name__.lower())
    if any(_depth(loop) > DEEPEST_LOOP for loop in tree.find_all(nodes.For)):
        raise BrokenPackage("template", "for")


def _depth(loop: nodes.For) -> int:
    return 1 + max((_depth(one) for one in loop.find_all(nodes.For)), default=0)


def _render(template: Template, names: Mapping[str, object]) -> str:
    written: list[str] = []
    length = 0
    try:
        for piece in template.generate(names):
            length += len(piece)
            if length > LONGEST:
                raise BrokenPackage("template", "length")
            written.append(piece)
    except (TemplateError, TypeError, ValueError) as error:
        raise BrokenPackage("template", str(error)) from None
    return "".join(written)
