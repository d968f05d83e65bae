"""What the API says of services and their functions."""

from __future__ import annotations

from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

from livinglab.catalogue.domain.functions import ServiceFunction, Words
from livinglab.catalogue.domain.matrix import ListedService

BothLanguages = Annotated[dict[str, str], Field(examples=[{"id": "Penganggaran", "en": "Budgeting"}])]


class FunctionItem(Schema):
    """A service function: what a digital service does and for whom."""

    code: str = Field(examples=["complaints"])
    name: BothLanguages
    purpose: BothLanguages
    side: Literal["administration", "public"] = Field(description="Perpres 95/2018 article 42.")
    sector: str | None = Field(description="Perpres 95/2018 article 44; only on the public side.")
    indicators: list[int] = Field(description="SPBE 2020 indicators that such a service may evidence.")
    common_field: str | None = Field(
        description="Field of national common applications (Perpres 95/2018 article 63)."
    )
    national_application: str | None = Field(description="The national application, where it is confirmed.")


class ServiceItem(Schema):
    """A digital service on record. Homonyms are different services: the id tells them apart."""

    id: str = Field(examples=["kab-bantul-lapor-bantul"])
    name: str
    region_code: str | None = Field(description="Kemendagri code; null for central or unnamed institutions.")
    region: str | None
    functions: list[str] = Field(description="Codes of functions; empty where the source does not say.")
    description: BothLanguages
    agency: str | None
    platform: str | None
    app_class: Literal["common", "special"] | None = Field(description="As the source states it.")
    year: int | None
    status: Literal["active", "inactive", "unknown"]
    spbe_indicator: int | None = Field(description="SPBE 2020 indicator, as the source states it.")
    source: str = Field(description="Code of the source; `region` for what a region stated itself.")
    reliability: Literal["register", "report", "official_site", "region", "press", "news"]
    url: str | None
    synthetic: bool = Field(description="True for what a demo person entered: invented.")


def function_item(one: ServiceFunction) -> FunctionItem:
    """This function will return a function as the API says it."""
    return FunctionItem(
        code=one.code,
        name=_both(one.name),
        purpose=_both(one.purpose),
        side=one.side.value,
        sector=one.sector.code if one.sector else None,
        indicators=list(one.indicators),
        common_field=one.field.code if one.field else None,
        national_application=one.field.application if one.field else None,
    )


def _both(words: Words) -> dict[str, str]:
    return {"id": words.id, "en": words.en}


def service_item(one: ListedService) -> ServiceItem:
    """This function will return a service as the API says it; what is not known is null."""
    return ServiceItem.model_validate(
        {
            "id": one.key,
            "name": one.name,
            "region_code": one.region_code or None,
            "region": one.region_name or None,
            "functions": list(one.functions),
            "description": {"id": one.description_id, "en": one.description_en},
            "agency": one.agency or None,
            "platform": one.platform or None,
            "app_class": one.app_class or None,
            "year": one.year,
            "status": str(one.status),
            "spbe_indicator": one.spbe_indicator,
            "source": one.source,
            "reliability": str(one.reliability),
            "url": one.url or None,
            "synthetic": one.is_synthetic,
        }
    )
