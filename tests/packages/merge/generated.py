"""Generated versions of a package: any element of any file may be changed, removed, added or moved."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from hypothesis import strategies as st

from livinglab.packages.adapters.trees.files import read_tree, write_tree
from livinglab.packages.domain.compare.elements import Branch, Element, Leaf, Run, Shape
from livinglab.packages.domain.compare.merging import PLACES
from livinglab.packages.domain.faults import PackageRefused
from tests.packages.merge.cases import Texts, base

BASE = base()
WORDS = ("Warga", "mengisi", "formulir", "di", "kantor", "desa", "lalu", "menunggu", "surat", "terbit")


def sentence(random: Random) -> str:
    return " ".join(random.choice(WORDS) for _ in range(random.randint(2, 6))).capitalize() + "."


def edited_leaf(leaf: Leaf, random: Random) -> Leaf:
    """Return a leaf with another value of its type; of a text perhaps only one sentence."""
    value = leaf.value
    if isinstance(value, bool):
        new: object = not value
    elif isinstance(value, int):
        new = value + random.randint(1, 3)
    elif leaf.prose and isinstance(value, str) and ". " in value and "<" not in value:
        parts = value.split(". ")
        parts[random.randrange(len(parts))] = sentence(random).removesuffix(".")
        new = ". ".join(parts)
    elif leaf.kind in ("version", "end", "gap", "tag", "if"):
        new = value
    elif leaf.kind and isinstance(value, str) and value.startswith("<"):
        opened, closed = value[: value.index(">") + 1], value[value.rindex("</") :] if "</" in value else ""
        new = f"{opened}{sentence(random)}{closed}" if closed else value
    elif leaf.kind == "title":
        new = f"# {sentence(random)}"
    elif leaf.kind or leaf.prose:
        new = sentence(random)
    else:
        new = f"{random.choice(('a', 'b', 'c'))}{random.randint(1, 9)}"
    assert new is None or isinstance(new, str | int)
    return Leaf(new, leaf.prose, leaf.kind, leaf.before)


def mutated(element: Element, random: Random) -> Element:
    """Return an element with one change somewhere inside."""
    if isinstance(element, Leaf):
        return edited_leaf(element, random)
    if isinstance(element, Run):
        return Run(tuple(_mutated_items(list(element.items), random)), element.kind, element.before)
    keys = list(element.children)
    if not keys:
        return element
    parts = dict(element.children)
    key, choice = random.choice(keys), random.random()
    removable = element.shape is not Shape.TEXT and key not in ("id", "version")
    if choice < 0.12 and removable and len(keys) > 1:
        del parts[key]
    elif choice < 0.24 and element.ordered:
        keys.insert(random.randrange(len(keys)), keys.pop(random.randrange(len(keys))))
        parts = {name: parts[name] for name in keys}
    elif choice < 0.34 and element.shape is Shape.LIST and isinstance(parts[key], Branch):
        new = f"n{random.randint(1, 3)}"
        parts[new] = _renamed(parts[key], element.key, new)
    else:
        parts[key] = mutated(parts[key], random)
    return Branch(parts, element.shape, element.ordered, element.key, element.kind, element.before)


def _renamed(element: Element, key: str, name: str) -> Element:
    assert isinstance(element, Branch)
    parts = {
        part: Leaf(name) if part == key and key != "version" else one
        for part, one in element.children.items()
    }
    return Branch(parts, element.shape, element.ordered, element.key, element.kind, element.before)


def _mutated_items(items: list[Element], random: Random) -> list[Element]:
    if not items:
        return items
    at, choice = random.randrange(len(items)), random.random()
    if choice < 0.15 and len(items) > 1:
        items.pop(at)
    elif choice < 0.3:
        items.insert(random.randrange(len(items)), items.pop(at))
    elif choice < 0.45:
        items.insert(at, mutated(items[at], random))
    else:
        items[at] = mutated(items[at], random)
    return items


def version(seed: int) -> Texts:
    """Return a version of the base with one to six changes; each file can be read, as a published one must."""
    random = Random(seed)
    files = dict(BASE)
    for _ in range(random.randint(1, 6)):
        path = random.choice(
            [path for path in files if path not in ("package.yaml", "process.bpmn")]
            + ["package.yaml", "process.bpmn"] * 2
        )
        if random.random() < 0.05 and "/" in path:
            del files[path]
            continue
        text = files[path]
        try:
            new = write_tree(path, mutated(read_tree(path, text), random), ("", text, ""))
            read_tree(path, new)
        except (PackageRefused, ValueError, KeyError):  # it fell apart: not a version anybody could publish
            continue
        files[path] = new
    return files


VERSIONS: st.SearchStrategy[Texts] = st.integers(0, 2**32).map(version)
Flat = dict[str, object]


def leaves(files: Texts) -> tuple[Flat, dict[str, list[str]]]:
    """Return every value by its path, and the blocks and steps without keys of each file."""
    flat: Flat = {}
    runs: dict[str, list[str]] = {}
    for path, text in files.items():
        flat[path] = True
        _collect(read_tree(path, text), f"{path}#", flat, runs.setdefault(path, []).append)
    return flat, runs


def _collect(element: Element, path: str, flat: Flat, found: Callable[[str], None]) -> None:
    if isinstance(element, Leaf):
        flat[path] = element
    elif isinstance(element, Run):
        for item in element.items:
            _collect_run(item, found)
    elif element.kind != PLACES:
        for key, part in element.children.items():
            name = f"[{element.key}={key}]" if element.shape is Shape.LIST else f"/{key.strip('<>')}"
            _collect(part, path + (f"[{key}]" if element.shape is Shape.SET else name), flat, found)


def _collect_run(element: Element, found: Callable[[str], None]) -> None:
    if isinstance(element, Leaf):
        found(str(element.value))
    else:
        for part in element.items if isinstance(element, Run) else element.children.values():
            _collect_run(part, found)
