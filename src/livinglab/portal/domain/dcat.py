"""The catalogue of open data as DCAT-AP 3 in JSON-LD, so that Satu Data portals can harvest it.

DCAT-AP 3.0 (SEMIC) on W3C DCAT 3. The context stands in the document itself: a harvester fetches nothing else.
Languages, frequencies, formats and themes are the Publications Office's authority lists that DCAT-AP prescribes.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from livinglab.portal.domain.datasets import Coverage, Dataset, DatasetFile, FileFormat, Text, files_of

_EU: Final = "http://publications.europa.eu/resource/authority"
INDONESIA: Final = "https://sws.geonames.org/1643084/"
_MEDIA: Final = "https://www.iana.org/assignments/media-types/"

CONTEXT: Final[dict[str, Any]] = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcatap": "http://data.europa.eu/r5r/",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
}


def catalogue(
    *,
    site: str,
    publisher: Text,
    title: Text,
    description: Text,
    datasets: Sequence[tuple[Dataset, Coverage]],
) -> dict[str, Any]:
    """This function will return the catalogue; `site` is the address of this installation, without a last slash."""
    issued = min(dataset.issued for dataset, _ in datasets).isoformat()
    modified = max(dataset.modified for dataset, _ in datasets).isoformat()
    agent = _publisher(site, publisher)
    return {
        "@context": CONTEXT,
        "@id": f"{site}/data/catalog.jsonld",
        "@type": "dcat:Catalog",
        "dct:title": _texts(title),
        "dct:description": _texts(description),
        "dct:publisher": agent,
        "dct:issued": _date(issued),
        "dct:modified": _date(modified),
        "dct:language": [{"@id": f"{_EU}/language/IND"}, {"@id": f"{_EU}/language/ENG"}],
        "dct:license": {"@id": datasets[0][0].licence.url},
        "dct:spatial": {"@id": INDONESIA, "@type": "dct:Location"},
        "foaf:homepage": {"@id": f"{site}/data/"},
        "dcat:dataset": [dataset_node(site, agent, dataset, held) for dataset, held in datasets],
        "dcat:service": _service(site, agent, [dataset for dataset, _ in datasets]),
    }


def dataset_node(site: str, agent: Mapping[str, Any], dataset: Dataset, held: Coverage) -> dict[str, Any]:
    """This function will return one dcat:Dataset with its distributions."""
    node: dict[str, Any] = {
        "@id": f"{site}/data/#{dataset.key}",
        "@type": "dcat:Dataset",
        "dct:identifier": dataset.key,
        "dct:title": _texts(dataset.title),
        "dct:description": _texts(dataset.description),
        "dct:publisher": dict(agent),
        "dct:issued": _date(dataset.issued.isoformat()),
        "dct:modified": _date(dataset.modified.isoformat()),
        "dct:accrualPeriodicity": {"@id": f"{_EU}/frequency/{dataset.frequency}"},
        "dct:accessRights": {"@id": f"{_EU}/access-right/PUBLIC"},
        "dct:language": [{"@id": f"{_EU}/language/IND"}, {"@id": f"{_EU}/language/ENG"}],
        "dct:spatial": {"@id": INDONESIA, "@type": "dct:Location"},
        "dct:provenance": [_provenance(dataset.source), _provenance(dataset.provenance)],
        "dcat:theme": {"@id": f"{_EU}/data-theme/GOVE"},
        "dcat:keyword": list(dataset.keywords),
        "dcat:landingPage": {"@id": f"{site}/data/#{dataset.key}"},
        "dcat:contactPoint": _contact(site, agent),
        "dcat:distribution": [_distribution(site, dataset, one) for one in files_of(dataset, held)],
    }
    if held.years:
        node["dct:temporal"] = _period(held.years)
    return node


def _distribution(site: str, dataset: Dataset, file: DatasetFile) -> dict[str, Any]:
    address = f"{site}{file.path}"
    return {
        "@id": address,
        "@type": "dcat:Distribution",
        "dct:title": file.name,
        "dcat:accessURL": {"@id": address},
        "dcat:downloadURL": {"@id": address},
        "dcat:mediaType": {"@id": f"{_MEDIA}{file.format.media_type}"},
        "dct:format": {"@id": f"{_EU}/file-type/{_file_type(file.format)}"},
        "dct:license": {"@id": dataset.licence.url},
        "dct:issued": _date(dataset.issued.isoformat()),
        "dct:modified": _date(dataset.modified.isoformat()),
        "dcatap:availability": {"@id": f"{_EU}/planned-availability/STABLE"},
    }


def _service(site: str, agent: Mapping[str, Any], datasets: Sequence[Dataset]) -> dict[str, Any]:
    served = [{"@id": f"{site}/data/#{dataset.key}"} for dataset in datasets if dataset.api]
    return {
        "@id": f"{site}/api/v1/",
        "@type": "dcat:DataService",
        "dct:title": "Living Lab API v1",
        "dct:publisher": dict(agent),
        "dcat:endpointURL": {"@id": f"{site}/api/v1/"},
        "dcat:endpointDescription": {"@id": f"{site}/api/v1/openapi.json"},
        "dcat:servesDataset": served,
    }


def _publisher(site: str, name: Text) -> dict[str, Any]:
    # the profile asks for an Agent, and a harvester need not know that organisations are agents
    kinds = ["foaf:Agent", "foaf:Organization"]
    return {"@id": f"{site}/about/#publisher", "@type": kinds, "foaf:name": _texts(name)}


def _provenance(text: Text) -> dict[str, Any]:
    return {"@type": "dct:ProvenanceStatement", "rdfs:label": _texts(text)}


def _contact(site: str, agent: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "@type": ["vcard:Kind", "vcard:Organization"],
        "vcard:fn": agent["foaf:name"],
        "vcard:hasURL": {"@id": f"{site}/about/"},
    }


def _period(years: Sequence[int]) -> dict[str, Any]:
    return {
        "@type": "dct:PeriodOfTime",
        "dcat:startDate": _date(f"{min(years)}-01-01"),
        "dcat:endDate": _date(f"{max(years)}-12-31"),
    }


def _texts(text: Text) -> list[dict[str, str]]:
    return [{"@language": "id", "@value": text.id}, {"@language": "en", "@value": text.en}]


def _date(day: str) -> dict[str, str]:
    return {"@type": "xsd:date", "@value": day}


def _file_type(file_format: FileFormat) -> str:
    return {FileFormat.CSV: "CSV", FileFormat.XLSX: "XLSX", FileFormat.JSON: "JSON"}[file_format]
