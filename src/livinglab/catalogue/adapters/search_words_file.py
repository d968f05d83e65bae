"""Reads search-words.yaml: fillers and synonyms of the catalogue's search."""

from pathlib import Path
from typing import Final

from yaml.nodes import SequenceNode

from livinglab.catalogue.adapters.yaml_lines import read_yaml
from livinglab.catalogue.domain.search_words import Lexicon, make_lexicon, words_of

SEARCH_WORDS: Final = "search-words.yaml"


def read_lexicon(path: Path) -> Lexicon:
    """This function will return the words of the file. Errors: `ReferenceRefused` with the line at fault."""
    top = read_yaml(path)
    groups = []
    for entry in top.child("synonyms").items():
        if not isinstance(entry.node, SequenceNode) or len(entry.node.value) < 2:
            raise entry.refuse(
                "synonyms_are_two_or_more", "each line lists at least two ways to say one thing"
            )
        terms = [str(item.node.value) for item in entry.items()]
        for term in terms:
            if " ".join(words_of(term)) != term:
                raise entry.refuse(
                    "terms_are_plain_words", f"{term!r} is not written in small letters and digits"
                )
        groups.append(terms)
    return make_lexicon(top.strings("fillers"), groups)
