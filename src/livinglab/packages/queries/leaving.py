"""What of an adopter's package may leave it: its changes, never its identity, its own regulations or its values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from livinglab.packages.adapters.schemas import schema
from livinglab.packages.adapters.trees.data import tree
from livinglab.packages.adapters.trees.files import write_tree
from livinglab.packages.adapters.yaml_files import read_yaml
from livinglab.packages.domain.contents import BESIDE
from livinglab.packages.domain.manifest import Policy

__all__ = ["leaving"]

Texts = Mapping[str, str]  # the files of a package by path
_MANIFEST: Final = "package.yaml"
_LOG: Final = "CHANGELOG.md"
#: what says whose package it is and where it stands: nobody else's to change
_ITS_OWN: Final = frozenset({"format", "id", "version", "publisher", "derived_from", "maturity"})
_LOCAL: Final = "local"


def leaving(base: Texts, changed: Texts) -> Texts:
    """This function will return an adopter's files with all that stays with it put back to what the base says.

    What stays: identity and log; keys whose declared policy is not `copied` (package.schema.json, x-policy), such as
    the hints of parameters; local law. Errors: PackageRefused for a manifest that nobody can read.
    """
    files = {path: text for path, text in changed.items() if path not in BESIDE}
    files[_LOG] = base[_LOG]
    old, new = _read(base), _read(changed)
    told = _put_back(old, new, schema("package"))
    assert isinstance(told, dict)
    told = {**told, **{key: old[key] for key in _ITS_OWN & old.keys()}}
    told = {key: value for key, value in told.items() if key not in _ITS_OWN or key in old}
    told["law"] = _without_local_law(_list(old.get("law")), _list(told.get("law")))
    if told != new:
        texts = (base[_MANIFEST], base[_MANIFEST], changed[_MANIFEST])
        files[_MANIFEST] = base[_MANIFEST] if told == old else write_tree(_MANIFEST, tree(told), texts)
    return files


def _read(files: Texts) -> dict[str, object]:
    value = read_yaml(_MANIFEST, files[_MANIFEST]).value
    assert isinstance(value, dict)
    return value


def _put_back(old: object, new: object, rule: object) -> object:
    """Return new data in which each key with a policy of its own stands as in the old data, or not at all."""
    if not isinstance(rule, dict):
        return new
    if isinstance(new, dict):
        before = old if isinstance(old, dict) else {}
        rules = rule.get("properties", {})
        kept = {}
        for key, value in new.items():
            inner = rules.get(key, {})
            if inner.get("x-policy", Policy.COPIED) == Policy.COPIED:
                kept[key] = _put_back(before.get(key), value, inner)
            elif key in before:
                kept[key] = before[key]
        gone = {key: before[key] for key in before if key not in new and _is_kept(rules.get(key))}
        return {**kept, **gone}
    if isinstance(new, list):
        known = {one["id"]: one for one in _list(old) if isinstance(one, dict) and "id" in one}
        return [
            _put_back(known.get(one.get("id")) if isinstance(one, dict) else None, one, rule.get("items"))
            for one in new
        ]
    return new


def _is_kept(rule: object) -> bool:
    return isinstance(rule, dict) and rule.get("x-policy", Policy.COPIED) != Policy.COPIED


def _without_local_law(old: list[object], new: list[object]) -> list[object]:
    """Return the law as changed, but for local entries: each region puts its own in their place."""
    kept = {one["id"]: one for one in new if isinstance(one, dict) and one.get("scope") != _LOCAL}
    found: list[object] = []
    for one in old:
        if isinstance(one, dict) and one.get("scope") == _LOCAL:
            found.append(one)
        elif isinstance(one, dict) and one["id"] in kept:
            found.append(kept.pop(one["id"]))
    known = {one["id"] for one in found if isinstance(one, dict)}
    return [*found, *(one for key, one in kept.items() if key not in known)]


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []
