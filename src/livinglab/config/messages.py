"""The texts of each context: collected from code and templates, checked for completeness, compiled.

Babel reads Python and Jinja (also inside macro calls, which Django's makemessages misses); Django's own
`templatize` reads the few pages that allauth's engine serves.
"""

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir, extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

from livinglab.config.catalogue_text import revised

LANGUAGE = "id"
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
_HEADER = """msgid ""
msgstr ""
"Language: id\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"
"""
_METHODS = [
    ("**/migrations/**", "ignore"),
    ("**/django_templates/**.html", "livinglab.config.messages:extract_django"),
    ("**/templates/**.html", "jinja2.ext.babel_extract"),
    ("**.py", "python"),
]
_OPTIONS = {
    "**/templates/**.html": {
        "extensions": "jinja2.ext.do,jinja2.ext.loopcontrols",
        "trimmed": "true",
        "silent": "false",
    }
}
_KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """A text that a reader of Indonesian would miss or misread."""

    file: Path
    message: str
    why: str

    def __str__(self) -> str:
        return f"{self.file}: {self.why}: {self.message!r}"


def extract_django(fileobj: IO[bytes], keywords: Any, comment_tags: Any, options: Any) -> Iterable[Any]:
    """This function will yield the texts of a Django template, for Babel."""
    source = templatize(fileobj.read().decode(), origin=getattr(fileobj, "name", ""))
    return extract_python(io.BytesIO(source.encode()), keywords, comment_tags, options)


def catalogue_path(context: Path) -> Path:
    """This function will return where a context keeps its Indonesian texts."""
    return context / "locale" / LANGUAGE / "LC_MESSAGES" / "django.po"


def contexts(package: Path) -> Iterator[Path]:
    """This function will yield the folders of the contexts, in the order of their names."""
    yield from sorted(path.parent for path in package.glob("*/__init__.py"))


def collect(context: Path) -> Catalog:
    """This function will return the texts that a context's code and templates use now."""
    found = _empty()
    extracted = extract_from_dir(
        context,
        method_map=_METHODS,
        options_map=_OPTIONS,
        keywords=_KEYWORDS,
        comment_tags=("Translators:",),
        strip_comment_tags=True,
    )
    for filename, line, message, comments, message_context in extracted:
        found.add(
            message,
            None,
            [(Path(filename).as_posix(), line)],
            auto_comments=comments,
            context=message_context,
        )
    return found


def read_catalogue(path: Path) -> Catalog:
    """This function will return a stored catalogue, an empty one when there is none yet."""
    if not path.exists():
        return _empty()
    with path.open("rb") as file:
        return read_po(file, locale=LANGUAGE)


def update(package: Path) -> dict[str, int]:
    """This function will bring every catalogue in line with the code; and count what lacks translation.

    A catalogue that is in line already is not touched, in another one only the texts that came or went.
    """
    missing: dict[str, int] = {}
    for context in contexts(package):
        used = collect(context)
        path = catalogue_path(context)
        if not len(used) and not path.exists():
            continue
        before = path.read_text("utf-8") if path.exists() else ""
        after = revised(before, used, header=_HEADER)
        if after != before:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(after, "utf-8")
        missing[context.name] = sum(1 for one in read_catalogue(path) if one.id and not _is_translated(one))
    return missing


def check(package: Path) -> list[Problem]:
    """This function will return every text that lacks its Indonesian, is marked fuzzy, or loses a placeholder."""
    problems: list[Problem] = []
    for context in contexts(package):
        path = catalogue_path(context)
        known = read_catalogue(path)
        for used in collect(context):
            if used.id:
                problems.extend(_problems(path, used, known.get(used.id, used.context)))
    return problems


def compile_all(package: Path) -> int:
    """This function will write the compiled catalogues beside the texts; it returns how many."""
    count = 0
    for context in contexts(package):
        path = catalogue_path(context)
        if path.exists():
            compiled = io.BytesIO()
            write_mo(compiled, read_catalogue(path))
            _replace(path.with_suffix(".mo"), compiled.getvalue())
            count += 1
    return count


def _replace(path: Path, content: bytes) -> None:
    """Give a file its content in one step: two test processes compile at once, and each may read meanwhile."""
    with NamedTemporaryFile(dir=path.parent, prefix=path.name, delete=False) as file:
        file.write(content)
    new = Path(file.name)
    new.chmod(0o644)
    new.replace(path)


def _problems(path: Path, used: Message, known: Message | None) -> Iterator[Problem]:
    text = str(used.id[0] if isinstance(used.id, tuple | list) else used.id)
    if known is None:
        yield Problem(path, text, "not in the catalogue (run messages update)")
    elif not _is_translated(known):
        yield Problem(path, text, "has no Indonesian")
    elif known.fuzzy:
        yield Problem(path, text, "is marked fuzzy")
    elif _placeholders(known.string) != _placeholders(used.id):
        yield Problem(path, text, "does not keep its placeholders")


def _empty() -> Catalog:
    return read_po(io.StringIO(_HEADER), locale=LANGUAGE)


def _placeholders(text: str | tuple[str, ...] | list[str] | None) -> set[str]:
    forms = (text,) if isinstance(text, str) else tuple(text or ())
    return {found for form in forms for found in _PLACEHOLDER.findall(form)}


def _is_translated(message: Message) -> bool:
    strings = message.string if isinstance(message.string, tuple | list) else (message.string,)
    return bool(strings) and all(strings)
