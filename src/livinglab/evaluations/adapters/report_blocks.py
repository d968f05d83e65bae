"""A report as a sequence of blocks: headings, paragraphs, tables, pictures. Both forms write these and nothing else."""

from dataclasses import dataclass, field

from livinglab.ui.figures import Figure


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; `level` 1 begins a part of the report, `key` is its anchor."""

    level: int
    text: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text, with its line breaks. `label` stands before it in bold; `kind` is "", note or mark."""

    text: str
    label: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list without an order."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table whose first row names the columns and whose first column names the rows."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: frozenset[int] = field(default_factory=frozenset)  # columns that line up at their end
    strong: frozenset[int] = field(default_factory=frozenset)  # rows that stand out, from 0
    #: share of the width of each column, in per cent; empty: as they need
    widths: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart with its finding, its table and its sources."""

    figure: Figure


Block = Heading | Paragraph | Bullets | Grid | Picture


@dataclass(frozen=True, slots=True)
class Cover:
    """The first page: what this is, of whom, and how official."""

    title: str
    subtitle: str
    index_name: str
    index: str
    predicate: str
    status: str
    marks: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole report ready to be written; `mark` stands on every page."""

    language: str
    title: str
    mark: str
    cover: Cover
    blocks: tuple[Block, ...]
