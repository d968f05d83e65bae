"""A catalogue as text: entries leave and arrive, and every other line stays as its author wrote it.

Writing a whole catalogue anew would change header, wrapping and order in files that other people have open.
"""

import io
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

Key = tuple[str, str, str]  # text, its plural, its context: what makes two entries the same one

_TRANSLATION = re.compile(r"(#~ )?msgstr\b")
_MORE_OF_IT = re.compile(r'(#~ )?("|msgstr\b)')
_WIDTH = 110


@dataclass(frozen=True, slots=True)
class Entry:
    """The lines of one text and its translation; `key` is None where they hold none that is in force."""

    key: Key | None
    lines: str


def key_of(message: Message) -> Key:
    """This function will return what tells a text from every other one."""
    forms = message.id if isinstance(message.id, tuple | list) else (message.id, "")
    return (str(forms[0]), str(forms[1]), message.context or "")


def revised(text: str, used: Catalog, *, header: str) -> str:
    """This function will return a catalogue's text with the entries of `used`, and no others.

    Entries that stay keep their lines. A new one stands in the order of texts where the catalogue has that
    order, else at the end. `header` is how a catalogue begins that holds nothing yet.
    """
    first, *entries = _entries(text if text.strip() else header)
    wanted = {key_of(one): one for one in used if one.id}
    kept = [entry for entry in entries if entry.key in wanted]
    new = wanted.keys() - {entry.key for entry in kept}
    if not new and len(kept) == len(entries):
        return text
    added = {key: Entry(key, _untranslated(wanted[key], header)) for key in sorted(new)}
    return "\n".join(entry.lines for entry in (first, *_placed(kept, added)))


def _placed(kept: list[Entry], added: Mapping[Key, Entry]) -> list[Entry]:
    keys = [entry.key or ("", "", "") for entry in kept]
    if keys != sorted(keys):
        return [*kept, *added.values()]
    placed = list(kept)
    for key, entry in sorted(added.items(), reverse=True):  # from the end: the places before stay right
        placed.insert(bisect_left(keys, key), entry)
    return placed


def _entries(text: str) -> Iterator[Entry]:
    for lines in _cut(text.splitlines()):
        block = "\n".join(lines).strip("\n") + "\n"
        found = [one for one in read_po(io.StringIO(block)) if one.id]
        yield Entry(key_of(found[0]) if found else None, block)


def _cut(lines: Iterable[str]) -> Iterator[list[str]]:
    """Yield the lines of each entry: it ends with its translation's last line."""
    entry: list[str] = []
    translated = False
    for line in lines:
        if translated and not _MORE_OF_IT.match(line):
            yield entry
            entry, translated = [], False
        entry.append(line)
        translated = translated or bool(_TRANSLATION.match(line))
    if any(line.strip() for line in entry):
        yield entry


def _untranslated(message: Message, header: str) -> str:
    alone = read_po(io.StringIO(header))  # knows how many plural forms there are
    alone.add(
        message.id,
        ("",) * alone.num_plurals if message.pluralizable else "",
        flags=message.flags,
        auto_comments=message.auto_comments,
        context=message.context,
    )
    written = io.BytesIO()
    write_po(written, alone, width=_WIDTH, no_location=True, omit_header=True)
    return written.getvalue().decode().strip("\n") + "\n"
