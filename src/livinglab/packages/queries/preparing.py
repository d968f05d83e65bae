"""A package made ready to be published: under its next number, or as a package of another publisher's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from livinglab.packages.adapters.trees.data import tree
from livinglab.packages.adapters.trees.files import write_tree
from livinglab.packages.adapters.yaml_files import read_yaml
from livinglab.packages.domain.contents import BESIDE
from livinglab.packages.domain.manifest import Maturity, Origin

__all__ = ["Identity", "Origin", "derived", "numbered", "renamed"]

Texts = Mapping[str, str]  # the files of a package by path
_MANIFEST: Final = "package.yaml"
_LOG: Final = "CHANGELOG.md"
_TITLE: Final = "# Riwayat"
FIRST_VERSION: Final = "1.0.0"


@dataclass(frozen=True, slots=True)
class Identity:
    """Whose a package is and what it is called: the publisher's code and name, its id, and its name in Indonesian."""

    code: str
    publisher: str
    id: str
    name: str


def numbered(files: Texts, *, version: str, log: str) -> Texts:
    """This function will return a package under another version, its log beginning with what that version changes.

    `log` is Markdown without headings. What stands beside the content, such as a signature, is left out.
    """
    return _rewritten(files, {"version": version}, _with_entry(files[_LOG], version, log))


def renamed(files: Texts, *, package_id: str) -> Texts:
    """This function will return a package under another id, which makes it another package of the same publisher."""
    return _rewritten(files, {"id": package_id}, files[_LOG])


def derived(files: Texts, *, identity: Identity, origin: Origin, log: str) -> Texts:
    """This function will return a package of somebody's own, in its first version, that says where it comes from.

    Its log begins anew: that of the origin stays with the origin.
    """
    said = {
        "id": identity.id,
        "version": FIRST_VERSION,
        "name": {"id": identity.name},
        "publisher": {"code": identity.code, "name": identity.publisher},
        "maturity": Maturity.DRAFTED.value,
        "derived_from": {
            "publisher": origin.publisher,
            "id": origin.id,
            "version": origin.version,
            "digest": origin.digest,
        },
    }
    return _rewritten(files, said, _with_entry(f"{_TITLE}\n", FIRST_VERSION, log))


def _rewritten(files: Texts, said: Mapping[str, object], log: str) -> Texts:
    text = files[_MANIFEST]
    data = read_yaml(_MANIFEST, text).value
    assert isinstance(data, dict)
    manifest = write_tree(_MANIFEST, tree({**data, **said}), (text, text, text))
    kept = {path: one for path, one in files.items() if path not in BESIDE}
    return {**kept, _MANIFEST: manifest, _LOG: log}


def _with_entry(log: str, version: str, entry: str) -> str:
    """Put an entry before the first one that stands there already."""
    head, mark, rest = log.partition("\n## ")
    return f"{head.rstrip()}\n\n## {version}\n\n{entry.strip()}\n" + (f"{mark}{rest}" if mark else "")
