"""What the API says of instruments, scores and results."""

from __future__ import annotations

from typing import Annotated, Any

from ninja import Schema
from pydantic import Field

from livinglab.ui.api.lists import DecimalText, PlainText

BothLanguages = Annotated[dict[str, str], Field(examples=[{"id": "Layanan SPBE", "en": "SPBE services"}])]
Level = Annotated[
    Any,
    Field(json_schema_extra={"anyOf": [{"type": "integer"}, {"type": "number"}, {"type": "string"}]}),
]


class Span(Schema):
    """Years, both included; `to` is null while they go on."""

    from_: int = Field(alias="from", serialization_alias="from")
    to: int | None


class Days(Schema):
    """Days, both included; `until` is null while the instrument is law."""

    from_: str = Field(alias="from", serialization_alias="from", examples=["2026-06-05"])
    until: str | None


class InstrumentItem(Schema):
    """An instrument in the list."""

    code: str = Field(examples=["spbe-2020"])
    title: BothLanguages
    regulation: str = Field(examples=["PermenPANRB 59/2020"])
    replaces: str | None
    in_force: Days
    years: Span
    indicators: int = Field(description="How many indicators it has.", examples=[47])


class ScaleItem(Schema):
    """The levels an indicator can be given."""

    min: int
    max: int
    decimals: int = Field(description="How many decimal places a level may have.")


class ReliabilityItem(Schema):
    """How well structure and texts are attested."""

    structure: str = Field(examples=["confirmed"])
    texts: str = Field(examples=["draft"])


class BandItem(Schema):
    """A predicate and the indices that earn it."""

    code: str
    name: BothLanguages
    label: BothLanguages | None
    from_: DecimalText = Field(alias="from", serialization_alias="from")
    to: DecimalText
    includes_to: bool


class PredicateRuleItem(Schema):
    """Whether a year compares the rounded or the unrounded index with the bands, and how we know."""

    years: Span
    compares: str = Field(examples=["unrounded"])
    status: str = Field(description="known or assumption")
    source: BothLanguages


class DomainItem(Schema):
    """A domain; weights are in percent of the index."""

    code: str = Field(examples=["D4"])
    name: BothLanguages
    weight: DecimalText
    aspects: list[str]


class AspectItem(Schema):
    """An aspect; weights are in percent of the index."""

    code: str = Field(examples=["A7"])
    name: BothLanguages
    weight: DecimalText


class OriginItem(Schema):
    """The older indicators whose evidence carries over. Unofficial."""

    evidence: str = Field(description="reuse, update or new")
    indicators: list[int]


class ExternalIndexItem(Schema):
    """The index of another agency on which an indicator rests."""

    abbreviation: str
    steward: str


class IndicatorItem(Schema):
    """An indicator with its criteria in our own words; null where none was published."""

    number: int
    name: BothLanguages
    aspect: str
    weight: DecimalText
    capability: str
    from_: OriginItem | None = Field(alias="from", serialization_alias="from")
    external_index: ExternalIndexItem | None
    criteria: dict[str, BothLanguages | None]


class CrosswalkItem(Schema):
    """Which older instrument the indicators' origins refer to."""

    instrument: str
    status: str = Field(examples=["unofficial"])


class InstrumentAnswer(InstrumentItem):
    """A whole instrument; here `indicators` is the list of them."""

    indicators: list[IndicatorItem]  # type: ignore[assignment]  # the list item has their number instead
    scale: ScaleItem
    reliability: ReliabilityItem
    sources: list[BothLanguages]
    bands: list[BandItem]
    predicate_rules: list[PredicateRuleItem]
    domains: list[DomainItem]
    aspects: list[AspectItem]
    criteria_status: str | None
    crosswalk: CrosswalkItem | None


class ScoreRequest(Schema):
    """A set of levels to score."""

    instrument: PlainText | None = Field(
        None, description="Default: the one in force today.", examples=["spbe-2020"]
    )
    year: int | None = Field(None, description="Evaluation year, for its predicate rule.", examples=[2024])
    levels: dict[str, Level] = Field(
        max_length=200,
        description="Level by indicator; whole numbers, decimals only where the instrument has them.",
        examples=[{"1": 3, "2": 4}],
    )


class ScoreAnswer(Schema):
    """An exact score."""

    instrument: str
    index: DecimalText
    index_exact: str = Field(examples=["601/400"])
    predicate: str = Field(examples=["Sangat Baik"])
    domains: dict[str, DecimalText]
    aspects: dict[str, DecimalText]


class ResultItem(Schema):
    """What one source printed about one organisation and year."""

    code: str = Field(
        description="Kemendagri code, or a name in letters for central institutions.", examples=["32.11"]
    )
    name: str = Field(examples=["Kabupaten Sumedang"])
    kind: str = Field(examples=["regency"])
    province_code: str | None = Field(description="Code of the province.", examples=["32"])
    year: int
    instrument: str
    index: DecimalText | None
    predicate: str | None = Field(description="As printed.")
    domains: dict[str, DecimalText] = Field(
        description="By domain code of the instrument; only what was printed."
    )
    source: str
    decision: str | None = Field(description="The ministerial decree.", examples=["KepmenPANRB 663/2024"])
    reliability: str = Field(examples=["official"])
    leads: bool = Field(description="Whether this claim stands for the result of the year.")
    note: str | None
