"""How large a package is, in the elements that comparison and merge know."""

from collections.abc import Mapping

from livinglab.packages.adapters.trees.files import read_tree
from livinglab.packages.domain.compare.elements import Branch, Element, Run
from livinglab.packages.domain.contents import BESIDE


def elements_of(texts: Mapping[str, str]) -> int:
    """This function will return how many values a package has: texts, numbers, attributes, cells, paragraphs."""
    return sum(_values(read_tree(path, text)) for path, text in texts.items() if path not in BESIDE)


def _values(element: Element) -> int:
    if isinstance(element, Branch):
        return sum(_values(one) for one in element.children.values())
    if isinstance(element, Run):
        return sum(_values(one) for one in element.items)
    return 1
