"""Which reader and writer each file of a package has."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

from livinglab.packages.adapters.json_files import read_json
from livinglab.packages.adapters.trees.blocks import log_tree, markdown_tree, write_blocks
from livinglab.packages.adapters.trees.bpmn import bpmn_tree
from livinglab.packages.adapters.trees.bpmn_writing import write_bpmn
from livinglab.packages.adapters.trees.comments import merged_comments
from livinglab.packages.adapters.trees.data import tree
from livinglab.packages.adapters.trees.forms import form_data, form_tree
from livinglab.packages.adapters.trees.json_writing import write_json
from livinglab.packages.adapters.trees.markup import document_tree, write_document
from livinglab.packages.adapters.trees.yaml_writing import write_yaml
from livinglab.packages.adapters.yaml_files import read_yaml
from livinglab.packages.domain.compare.elements import Element, plain


@lru_cache(maxsize=512)
def read_tree(path: str, text: str) -> Element:
    """This function will return the tree of one file of a package. Errors: PackageRefused."""
    if path.endswith(".schema.json"):
        return form_tree(read_json(path, text).value)
    if path.endswith(".json"):
        return tree(read_json(path, text).value)
    if path.endswith((".yaml", ".yml")):
        return tree(read_yaml(path, text).value)
    if path.endswith(".bpmn"):
        return bpmn_tree(path, text)
    if path == "CHANGELOG.md":
        return log_tree(text)
    return document_tree(text) if path.endswith(".html") else markdown_tree(text)


def write_tree(path: str, element: Element, sources: Sequence[str]) -> str:
    """This function will write a merged file; `sources` are its texts in base, ours and theirs, empty where missing."""
    if path.endswith((".yaml", ".yml")):
        return write_yaml(plain(element), merged_comments(path, sources))
    if path.endswith(".bpmn"):
        return write_bpmn(element, sources)
    writer: Callable[[Element], str] = write_blocks
    if path.endswith(".schema.json"):
        writer = _write_form
    elif path.endswith(".json"):
        writer = _write_data
    elif path.endswith(".html"):
        writer = write_document
    return writer(element)


def _write_form(element: Element) -> str:
    return write_json(form_data(element))


def _write_data(element: Element) -> str:
    return write_json(plain(element))
