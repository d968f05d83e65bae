"""The catalogue of open data as DCAT-AP 3 in JSON-LD, so that Satu Data portals can harvest it.

DCAT-AP 3.0 (SEMIC) on W3C DCAT 3. The context stands in the document itself: a harvester fetches nothing else.
Languages, frequencies, formats and themes are the Publications Office's authority lists that DCAT-AP prescribes.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from livinglab.kernel.dcat import CONTEXT, EU, INDONESIA, MEDIA, date_value, period, text_values
from livinglab.portal.domain.datasets import Coverage, Dataset, DatasetFile, FileFormat, Text, files_of


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
        "dct:title": text_values(title.id, title.en),
        "dct:description": text_values(description.id, description.en),
        "dct:publisher": agent,
        "dct:issued": date_value(issued),
        "dct:modified": date_value(modified),
        "dct:language": [{"@id": f"{EU}/language/IND"}, {"@id": f"{EU}/language/ENG"}],
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
        "dct:title": text_values(dataset.title.id, dataset.title.en),
        "dct:description": text_values(dataset.description.id, dataset.description.en),
        "dct:publisher": dict(agent),
        "dct:issued": date_value(dataset.issued.isoformat()),
        "dct:modified": date_value(dataset.modified.isoformat()),
        "dct:accrualPeriodicity": {"@id": f"{EU}/frequency/{dataset.frequency}"},
        "dct:accessRights": {"@id": f"{EU}/access-right/PUBLIC"},
        "dct:language": [{"@id": f"{EU}/language/IND"}, {"@id": f"{EU}/language/ENG"}],
        "dct:spatial": {"@id": INDONESIA, "@type": "dct:Location"},
        "dct:provenance": [_provenance(dataset.source), _provenance(dataset.provenance)],
        "dcat:theme": {"@id": f"{EU}/data-theme/GOVE"},
        "dcat:keyword": list(dataset.keywords),
        "dcat:landingPage": {"@id": f"{site}/data/#{dataset.key}"},
        "dcat:contactPoint": _contact(site, agent),
        "dcat:distribution": [_distribution(site, dataset, one) for one in files_of(dataset, held)],
    }
    if held.years:
        node["dct:temporal"] = period(min(held.years), max(held.years))
    return node


def _distribution(site: str, dataset: Dataset, file: DatasetFile) -> dict[str, Any]:
    address = f"{site}{file.path}"
    return {
        "@id": address,
        "@type": "dcat:Distribution",
        "dct:title": file.name,
        "dcat:accessURL": {"@id": address},
        "dcat:downloadURL": {"@id": address},
        "dcat:mediaType": {"@id": f"{MEDIA}{file.format.media_type}"},
        "dct:format": {"@id": f"{EU}/file-type/{_file_type(file.format)}"},
        "dct:license": {"@id": dataset.licence.url},
        "dct:issued": date_value(dataset.issued.isoformat()),
        "dct:modified": date_value(dataset.modified.isoformat()),
        "dcatap:availability": {"@id": f"{EU}/planned-availability/STABLE"},
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
    return {"@id": f"{site}/about/#publisher", "@type": kinds, "foaf:name": text_values(name.id, name.en)}


def _provenance(text: Text) -> dict[str, Any]:
    return {"@type": "dct:ProvenanceStatement", "rdfs:label": text_values(text.id, text.en)}


def _contact(site: str, agent: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "@type": ["vcard:Kind", "vcard:Organization"],
        "vcard:fn": agent["foaf:name"],
        "vcard:hasURL": {"@id": f"{site}/about/"},
    }


def _file_type(file_format: FileFormat) -> str:
    return {FileFormat.CSV: "CSV", FileFormat.XLSX: "XLSX", FileFormat.JSON: "JSON"}[file_format]
