"""The words of DCAT-AP 3 in JSON-LD that every catalogue of ours is written with. Pure.

The context stands in each document itself: a harvester fetches nothing else.
"""

from typing import Any, Final

#: authority lists of the Publications Office, which DCAT-AP prescribes
EU: Final = "http://publications.europa.eu/resource/authority"
INDONESIA: Final = "https://sws.geonames.org/1643084/"
MEDIA: Final = "https://www.iana.org/assignments/media-types/"

CONTEXT: Final[dict[str, Any]] = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcatap": "http://data.europa.eu/r5r/",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
}


def date_value(day: str) -> dict[str, str]:
    """This function will return a day, given as YYYY-MM-DD, with its type."""
    return {"@type": "xsd:date", "@value": day}


def text_values(indonesian: str, english: str) -> list[dict[str, str]]:
    """This function will return a text in both languages."""
    return [{"@language": "id", "@value": indonesian}, {"@language": "en", "@value": english}]


def period(first: int, last: int) -> dict[str, Any]:
    """This function will return the time from the first day of a year to the last day of another."""
    return {
        "@type": "dct:PeriodOfTime",
        "dcat:startDate": date_value(f"{first}-01-01"),
        "dcat:endDate": date_value(f"{last}-12-31"),
    }
