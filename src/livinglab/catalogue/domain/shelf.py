"""The shelf: every entry of the catalogue as a search finds it, whatever its kind."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from livinglab.catalogue.domain.functions import Reliability, Status


class EntryKind(StrEnum):
    """What one can do with an entry: read how it is done, look at it where it runs, or take it."""

    PRACTICE = "practice"
    SERVICE = "service"
    PACKAGE = "package"


class Known(StrEnum):
    """What can be known of an entry, in the order of the page. What is not known is said."""

    WHAT = "what"
    AUDIENCE = "audience"
    FUNCTION = "function"
    OWNER = "owner"
    STATUS = "status"
    YEAR = "year"
    LEGAL_BASIS = "legal_basis"
    RESULT = "result"
    COST = "cost"
    LESSONS = "lessons"
    STEPS = "steps"
    CONTACT = "contact"
    SOURCE = "source"


class Facet(StrEnum):
    """By what a search can be narrowed; the value is the name in an address."""

    KIND = "kind"
    SECTOR = "sector"
    INDICATOR = "indicator"
    REGION = "region"
    STATUS = "status"
    SOURCE = "source"


class Order(StrEnum):
    """In which order results stand. There is none by likes."""

    PROOF = "proof"
    CHANGED = "changed"
    NAME = "name"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelfEntry:
    """An entry as the search keeps it. Texts that are not known are empty; `known` names the fields that are."""

    kind: EntryKind
    key: str
    path: str  # of the Indonesian page
    title: str
    summary_id: str
    summary_en: str
    body: str = ""  # further words to find it by
    region_code: str = ""
    region_name: str = ""
    agency: str = ""
    functions: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()  # "spbe-2020/42"
    status: Status
    reliability: Reliability
    known: tuple[Known, ...] = ()
    is_synthetic: bool = False
    proof: float | None = None
    cases: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What the address of a search asks for; an empty text asks for nothing. `text` is as it was typed."""

    text: str = ""
    kind: str = ""
    sector: str = ""
    indicator: str = ""
    region: str = ""
    status: str = ""
    source: str = ""
    order: Order = Order.PROOF

    @property
    def chosen(self) -> dict[Facet, str]:
        """The facets that were chosen, with their values."""
        return {facet: value for facet in Facet if (value := getattr(self, facet.value))}


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet and how many entries it would leave."""

    value: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """An entry that was found, with what matched between the marks of `MARKS`."""

    entry: ShelfEntry
    changed_at: datetime
    title: str
    summary: str
    topics: str  # names of its functions and sectors
    where: str  # agency and region


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One page of a search."""

    hits: tuple[Hit, ...]
    total: int
    without_filters: int  # how many the words alone find
    facets: dict[Facet, tuple[Choice, ...]]
    proven: int  # how many of them have a score
    corrected: dict[str, str] = field(default_factory=dict)  # as written -> as searched
    synonyms: dict[str, tuple[str, ...]] = field(default_factory=dict)


def sorting(sectors: Iterable[str], indicators: Iterable[str]) -> str:
    """This function will return sectors and indicators as one text, to group by: lists cost five times as much."""
    return f"{' '.join(sectors)}|{' '.join(indicators)}"


#: around what matched, until the page makes elements of them: private use characters that no text holds
MARKS = ("\ue000", "\ue001")
#: between the texts of a result
BETWEEN = "\ue002"
