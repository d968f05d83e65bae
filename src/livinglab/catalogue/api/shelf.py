"""The catalogue in the public API: the same search as the page, with its facets."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Path, Query, Router, Schema
from ninja.decorators import decorate_view
from pydantic import Field

from livinglab.catalogue import queries
from livinglab.catalogue.api.schemas import BothLanguages
from livinglab.catalogue.domain.practices import PracticeText
from livinglab.catalogue.domain.shelf import EntryKind, Order, Search, ShelfEntry
from livinglab.kernel.freshness import fresh_by
from livinglab.kernel.unknown import UnknownValue
from livinglab.ui.api.lists import MOST_ITEMS, PlainText

router = Router(tags=["catalogue"])
TOPICS = (queries.SHELF, "organizations")
KindName = Literal["practice", "service", "package"]
ReliabilityName = Literal["register", "report", "official_site", "region", "press", "news"]


class EntryItem(Schema):
    """An entry of the catalogue. What is not known is null or empty; `known` names the fields that are known."""

    kind: KindName
    id: str = Field(examples=["kab-bantul-lapor-bantul"])
    name: str
    summary: BothLanguages
    region_code: str | None
    region: str | None
    agency: str | None
    functions: list[str]
    indicators: list[str] = Field(examples=[["spbe-2020/42"]])
    status: Literal["active", "inactive", "unknown", "drafted", "piloted"]
    reliability: ReliabilityName
    known: list[str] = Field(description="Fields that say something, of thirteen.")
    proof: float | None = Field(description="Evidence score from 0 to 1; null below thirty real cases.")
    cases: int = Field(description="Real cases handled.")
    synthetic: bool = Field(description="True for what a demo person entered: invented.")
    path: str = Field(description="Address of its page in Indonesian.")


class FacetValue(Schema):
    """A value of a facet, and how many entries it would leave."""

    value: str
    count: int


class CatalogueSearch(Schema):
    """A part of what a search finds."""

    total: int
    limit: int
    offset: int
    corrected: dict[str, str] = Field(
        description="Words that no entry uses, and the spelling that was searched."
    )
    synonyms: dict[str, list[str]] = Field(description="Words that were searched for as well.")
    facets: dict[str, list[FacetValue]]
    items: list[EntryItem]


class StepItem(Schema):
    """A level of an indicator that a practice helps to reach."""

    indicator: str = Field(examples=["spbe-2020/42"])
    level: int


class SourceItem(Schema):
    """Where a reader can check what a region says."""

    name: str
    url: str | None
    reliability: Literal["report", "official_site", "press", "news"]


class PracticeItem(Schema):
    """A practice as its region published it, in its own words; what it does not say is null."""

    id: str
    title: str
    region_code: str
    region: str
    service: str | None = Field(description="The service on record that it tells about.")
    function: str
    summary: str
    audience: str
    agency: str
    legal_basis: str | None
    result: str | None
    cost: str | None
    lessons: str | None
    contact_office: str
    contact_address: str
    url: str | None
    status: Literal["active", "inactive"]
    year: int | None
    steps: list[StepItem]
    sources: list[SourceItem]
    published_at: str
    synthetic: bool = Field(description="True for what a demo person entered: invented.")


@router.get("/catalogue", response=CatalogueSearch, summary="Search of the catalogue")
@decorate_view(fresh_by(*TOPICS))
def search_catalogue(
    request: HttpRequest,
    q: Annotated[
        PlainText | None,
        Query(
            description="Words, in Indonesian or English; synonyms and typing errors are forgiven.",
            examples=["aduan"],
        ),
    ] = None,
    kind: Annotated[KindName | None, Query(description="Kind of entry.")] = None,
    sector: Annotated[PlainText | None, Query(description="Sector of public service.")] = None,
    indicator: Annotated[
        PlainText | None, Query(description="Instrument and indicator.", examples=["spbe-2020/42"])
    ] = None,
    region: Annotated[PlainText | None, Query(description="Code of a region.", examples=["32.11"])] = None,
    status: Annotated[
        Literal["active", "inactive", "unknown", "drafted", "piloted"] | None,
        Query(description="What the source says of it; drafted and piloted of packages alone."),
    ] = None,
    source: Annotated[
        Literal["register", "report", "official_site", "region", "press", "news"] | None,
        Query(description="Reliability of the source."),
    ] = None,
    order: Annotated[
        Literal["proof", "changed", "name"], Query(description="Best proven, newest change, or name first.")
    ] = "proof",
    limit: Annotated[
        int, Query(ge=1, le=MOST_ITEMS, description="How many items at most (JSON only).")
    ] = 100,
    offset: Annotated[
        int, Query(ge=0, le=1_000_000, description="How many items to leave out first (JSON only).")
    ] = 0,
) -> Any:
    """What the page of the catalogue finds, with the counts of its facets; ordered by proof, never by likes."""
    wanted = Search(
        text=q or "",
        kind=kind or "",
        sector=sector or "",
        indicator=indicator or "",
        region=region or "",
        status=status or "",
        source=source or "",
        order=Order(order),
    )
    found = queries.search_shelf(wanted, queries.Slice(offset=offset, limit=limit, is_marked=False))
    return {
        "total": found.total,
        "limit": limit,
        "offset": offset,
        "corrected": found.corrected,
        "synonyms": {word: list(others) for word, others in found.synonyms.items()},
        "facets": {
            facet.value: [{"value": one.value, "count": one.count} for one in choices]
            for facet, choices in found.facets.items()
        },
        "items": [entry_item(hit.entry) for hit in found.hits],
    }


@router.get("/catalogue/{kind}/{key}", response=EntryItem, summary="One entry of the catalogue")
@decorate_view(fresh_by(*TOPICS))
def get_entry(
    request: HttpRequest,
    kind: KindName,
    key: Annotated[PlainText, Path(examples=["kota-denpasar-atcs-denpasar"])],
) -> Any:
    """One entry of any kind as the search keeps it."""
    found = queries.shelf_entry(EntryKind(kind), key)
    if found is None:
        raise UnknownValue(_("entry of the catalogue"), key, status=404)
    return entry_item(found)


@router.get("/practices/{key}", response=PracticeItem, summary="One practice")
@decorate_view(fresh_by(*TOPICS))
def get_practice(request: HttpRequest, key: PlainText) -> Any:
    """One practice with everything that its region tells about it."""
    found = queries.find_practice(key)
    if found is None:
        raise UnknownValue(_("practice"), key, status=404)
    return {
        "id": found.key,
        "region_code": found.region_code,
        "region": found.region_name,
        "published_at": found.published_at.isoformat(),
        "synthetic": found.is_synthetic,
        **_text(found.text),
    }


def _text(text: PracticeText) -> dict[str, object]:
    return {
        **{name: value or None for name, value in text.as_json().items()},
        "year": int(text.year) if text.year else None,
        "steps": [{"indicator": one.indicator, "level": int(one.level)} for one in text.steps],
        "sources": [
            {"name": one.name, "url": one.url or None, "reliability": one.kind} for one in text.sources
        ],
    }


def entry_item(one: ShelfEntry) -> EntryItem:
    """This function will return an entry as the API says it."""
    return EntryItem.model_validate(
        {
            "kind": one.kind.value,
            "id": one.key,
            "name": one.title,
            "summary": {"id": one.summary_id, "en": one.summary_en},
            "region_code": one.region_code or None,
            "region": one.region_name or None,
            "agency": one.agency or None,
            "functions": list(one.functions),
            "indicators": list(one.indicators),
            "status": one.status.value,
            "reliability": one.reliability.value,
            "known": [field.value for field in one.known],
            "proof": one.proof,
            "cases": one.cases,
            "synthetic": one.is_synthetic,
            "path": one.path,
        }
    )
