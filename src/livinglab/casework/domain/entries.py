"""What offices published, as JSON-LD: data as DCAT-AP 3, a legal document in the words of ELI.

ELI is the European Legislation Identifier; Indonesia has no such vocabulary that we found.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from livinglab.kernel.dcat import CONTEXT, EU, INDONESIA, MEDIA, date_value, period
from livinglab.packages.domain.process import Publishes
from livinglab.packages.domain.publications import LICENCES

_FREQUENCIES: Final = {"once": "NEVER", "month": "MONTHLY", "quarter": "QUARTERLY", "year": "ANNUAL"}
_FILE_TYPES: Final = {
    "application/pdf": "PDF",
    "image/jpeg": "JPEG",
    "image/png": "PNG",
    "text/csv": "CSV",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "XLSX",
}
#: ELI's own words for whether a rule is in force; what was amended is
_IN_FORCE: Final = {"in_force": "inForce", "amended": "inForce", "repealed": "notInForce"}
#: what a harvester reads first of an entry that was made up, as the page's readers see it
MADE_UP: Final = "[Rekaan untuk peragaan]"
_ELI: Final = {"eli": "http://data.europa.eu/eli/ontology#"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What was published, as its own page tells it. `here` is its address, `file` that of its file ("" for none)."""

    here: str
    number: str
    kind: Publishes
    title: str
    description: str
    keeper: str
    region: str
    issued: date
    modified: date
    licence: str = ""
    from_year: int | None = None
    until_year: int | None = None
    frequency: str = ""
    document_type: str = ""
    document_number: str = ""
    document_year: int | None = None
    status: str = ""
    link: str = ""
    file: str = ""
    file_name: str = ""
    content_type: str = ""
    size: int = 0
    is_synthetic: bool = False


def document_of(entry: Entry) -> dict[str, Any]:
    """This function will return one entry as a document of its own."""
    return {"@context": {**CONTEXT, **_ELI}, **node_of(entry)}


def catalogue_of(here: str, region: str, page: str, entries: Iterable[Entry]) -> dict[str, Any]:
    """This function will return entries as a dcat:Catalog; `here` is its own address, `page` that of the list."""
    nodes = [node_of(one) for one in entries]
    return {
        "@context": {**CONTEXT, **_ELI},
        "@id": here,
        "@type": "dcat:Catalog",
        "dct:title": _text(f"Data dan dokumen terbuka {region}"),
        "dct:description": _text(f"Data dan dokumen hukum yang diterbitkan perangkat {region}"),
        "dct:publisher": _agent(region),
        "dct:language": [{"@id": f"{EU}/language/IND"}],
        "foaf:homepage": {"@id": page},
        "dcat:dataset": [one for one in nodes if one["@type"] == "dcat:Dataset"],
        "dcat:resource": [one for one in nodes if one["@type"] != "dcat:Dataset"],
    }


def node_of(entry: Entry) -> dict[str, Any]:
    """This function will return one entry as a node."""
    node: dict[str, Any] = {
        "@id": entry.here,
        "dct:identifier": entry.number,
        "dct:title": _text(entry.title),
        "dct:description": _text(
            f"{MADE_UP} {entry.description}" if entry.is_synthetic else entry.description
        ),
        "dct:publisher": _agent(entry.region),
        "dct:creator": _agent(entry.keeper),
        "dct:issued": date_value(entry.issued.isoformat()),
        "dct:modified": date_value(entry.modified.isoformat()),
        "dct:accessRights": {"@id": f"{EU}/access-right/PUBLIC"},
        "dct:spatial": {"@id": INDONESIA, "@type": "dct:Location"},
        "dcat:landingPage": {"@id": entry.here},
    }
    node |= _of_data(entry) if entry.kind is Publishes.DATA else _of_law(entry)
    return node


def _of_data(entry: Entry) -> dict[str, Any]:
    node: dict[str, Any] = {"@type": "dcat:Dataset", "dcat:distribution": _distributions(entry)}
    if entry.frequency:
        node["dct:accrualPeriodicity"] = {"@id": f"{EU}/frequency/{_FREQUENCIES[entry.frequency]}"}
    years = [one for one in (entry.from_year, entry.until_year) if one is not None]
    if years:
        node["dct:temporal"] = period(min(years), max(years))
    return node


def _of_law(entry: Entry) -> dict[str, Any]:
    node: dict[str, Any] = {
        "@type": "eli:LegalResource",
        "eli:type_document": _text(entry.document_type),
        "eli:in_force": {"@id": f"eli:InForce-{_IN_FORCE[entry.status]}"},
        "foaf:page": [{"@id": one} for one in (entry.file, entry.link) if one],
    }
    if entry.document_number:
        node["eli:number"] = entry.document_number
    if entry.document_year is not None:
        node["dct:date"] = {"@type": "xsd:gYear", "@value": str(entry.document_year)}
    return node


def _distributions(entry: Entry) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    if entry.file:
        found.append(
            {
                "@id": entry.file,
                "@type": "dcat:Distribution",
                "dct:title": entry.file_name,
                "dcat:accessURL": {"@id": entry.here},
                "dcat:downloadURL": {"@id": entry.file},
                "dcat:mediaType": {"@id": f"{MEDIA}{entry.content_type}"},
                "dct:format": {"@id": f"{EU}/file-type/{_FILE_TYPES[entry.content_type]}"},
                "dcat:byteSize": {"@type": "xsd:nonNegativeInteger", "@value": str(entry.size)},
            }
        )
    if entry.link:
        found.append({"@type": "dcat:Distribution", "dcat:accessURL": {"@id": entry.link}})
    for one in found:
        if entry.licence:
            one["dct:license"] = {"@id": LICENCES[entry.licence].url}
    return found


def _agent(name: str) -> dict[str, Any]:
    return {"@type": ["foaf:Agent", "foaf:Organization"], "foaf:name": _text(name)}


def _text(text: str) -> dict[str, str]:
    return {"@language": "id", "@value": text}
