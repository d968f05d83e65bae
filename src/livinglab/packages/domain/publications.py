"""What a step that publishes makes public: the answers of its form, each by the name of its field.

Nothing else of a case becomes public: no answer of the applicant, no number. docs/package-format.md section 4.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from livinglab.packages.domain.form import Field, FieldType, Form
from livinglab.packages.domain.package import Package
from livinglab.packages.domain.process import Node, NodeKind, Publishes


@dataclass(frozen=True, slots=True)
class Licence:
    """A licence: its identifier in the list of SPDX, and where its text stands."""

    name: str
    url: str


#: licences by which an entry may be published, by the value in a form
LICENCES: Final[Mapping[str, Licence]] = {
    "cc0_1": Licence("CC0-1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
    "cc_by_4": Licence("CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/"),
    "cc_by_sa_4": Licence("CC-BY-SA-4.0", "https://creativecommons.org/licenses/by-sa/4.0/"),
    "odc_by_1": Licence("ODC-By-1.0", "https://opendatacommons.org/licenses/by/1-0/"),
}
#: the register of publications; no document has it, since their series are written in capitals
SERIES: Final = "publication"
#: whether a rule is in force
STATUSES: Final = ("in_force", "amended", "repealed")
#: how often data is brought up to date
FREQUENCIES: Final = ("once", "month", "quarter", "year")
#: what a pattern of a link begins with: an address that a browser opens, and nothing that runs
SAFE_LINK: Final = "^https://"
_FIRST_YEAR: Final = 1
_LAST_YEAR: Final = 9999
_TEXTS: Final = frozenset({FieldType.TEXT, FieldType.LONG_TEXT})
_YEAR: Final = frozenset({FieldType.INTEGER})
_CHOICE: Final = frozenset({FieldType.CHOICE})


@dataclass(frozen=True, slots=True)
class Part:
    """A field that a publishing form may have: of which types, whether it must, what may be chosen, how long it is."""

    types: frozenset[FieldType]
    is_needed: bool = False
    values: tuple[str, ...] = ()
    longest: int = 0  # characters of a text


_BOTH: Final[Mapping[str, Part]] = {
    "title": Part(_TEXTS, is_needed=True, longest=300),
    "description": Part(_TEXTS, is_needed=True, longest=4_000),
    "keeper": Part(_TEXTS, is_needed=True, longest=200),
    "holds": Part(_CHOICE, values=("file", "link", "both")),
    "file": Part(frozenset({FieldType.FILE})),
    "link": Part(frozenset({FieldType.TEXT}), longest=300),
}
#: the fields of a publishing form, by what it publishes
PARTS: Final[Mapping[Publishes, Mapping[str, Part]]] = {
    Publishes.DATA: {
        **_BOTH,
        "licence": Part(_CHOICE, is_needed=True, values=tuple(LICENCES)),
        "from_year": Part(_YEAR),
        "until_year": Part(_YEAR),
        "frequency": Part(_CHOICE, values=FREQUENCIES),
    },
    Publishes.LEGAL_DOCUMENT: {
        **_BOTH,
        "licence": Part(_CHOICE, values=tuple(LICENCES)),
        "document_type": Part(_TEXTS | _CHOICE, is_needed=True, longest=100),
        "document_number": Part(frozenset({FieldType.TEXT}), longest=60),
        "document_year": Part(_YEAR, is_needed=True),
        "status": Part(_CHOICE, is_needed=True, values=STATUSES),
        "related": Part(_TEXTS, longest=1_000),
    },
}


def publishing_steps(package: Package) -> Iterator[tuple[Node, Publishes]]:
    """This function will yield the steps of a package that publish, and what, in the order of the file."""
    for process in (package.diagram.main, *package.diagram.called.values()):
        for node in process.nodes.values():
            if node.kind is NodeKind.USER and "publishes" in node.said:
                yield node, Publishes(node.said["publishes"])


def form_problems(form: Form, publishes: Publishes) -> Iterator[tuple[str, str]]:
    """This function will yield what keeps a form from being published: the name of a field, and why.

    Why is one of: missing, unknown, type, value, long, year, link, nothing (neither file nor link must be given).
    """
    parts = PARTS[publishes]
    for name, part in parts.items():
        found = form.fields.get(name)
        if part.is_needed and (found is None or not found.is_required or found.show_if):
            yield name, "missing"
    for field in form.fields.values():
        known = parts.get(field.id)
        why = "unknown" if known is None else _wrong(field, known)
        if why:
            yield field.id, why
    if not any((one := form.fields.get(name)) and one.is_required for name in ("file", "link")):
        yield "file", "nothing"


def _wrong(field: Field, part: Part) -> str:
    if field.type not in part.types:
        return "type"
    if part.values and not {one.value for one in field.options} <= set(part.values):
        return "value"
    if part.longest and not _is_short(field, part.longest):
        return "long"
    if part.types == _YEAR and not _is_year(field):
        return "year"
    is_link = field.id == "link"
    return "link" if is_link and not str(field.schema.get("pattern", "")).startswith(SAFE_LINK) else ""


def _is_short(field: Field, longest: int) -> bool:
    """Whether no answer is longer: of a choice, its words."""
    if field.type not in _TEXTS:
        return all(len(one.name.id) <= longest for one in field.options)
    limit = field.schema.get("maxLength")
    return isinstance(limit, int) and limit <= longest


def _is_year(field: Field) -> bool:
    """Whether every answer can be written as a year of four digits at most."""
    least, most = field.schema.get("minimum"), field.schema.get("maximum")
    return isinstance(least, int) and isinstance(most, int) and least >= _FIRST_YEAR and most <= _LAST_YEAR
