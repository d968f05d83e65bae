"""What people call a part of a package, in the reader's language."""

import re

from livinglab.adoptions.web import editing_words as words
from livinglab.packages.domain.package import Package
from livinglab.packages.domain.words import Words
from livinglab.ui.languages import language


def name_of_part(package: Package | None, kind: str, ident: str) -> str:
    """This function will return the name of a part: its own title, else its id; for single files that of their kind."""
    found = _title(package, kind, ident) if package else None
    if found is not None:
        return found.in_language(language())
    return ident or str(words.KINDS[kind])


def _title(package: Package, kind: str, ident: str) -> Words | None:
    match kind:
        case "task" if ident in package.tasks:
            return package.tasks[ident].title
        case "rule" if ident in package.rules:
            return package.rules[ident].title
        case "scenario" if ident in package.scenarios:
            return package.scenarios[ident].title
        case "document":
            return next((one.name for one in package.manifest.documents if one.id == ident), None)
        case "message" if (ident, "id") in package.messages:
            subjects = {
                each: _subject(package.messages[ident, each].text)
                for each in ("id", "en")
                if (ident, each) in package.messages
            }
            return Words(subjects["id"], subjects.get("en", "")) if subjects["id"] else None
        case _:
            return None


def _subject(text: str) -> str:
    """Return the first line of a message without what the template fills in."""
    line = text.split("\n", 1)[0].removeprefix("#")
    return " ".join(re.sub(r"\{[{%].*?[}%]\}", "…", line).split())
