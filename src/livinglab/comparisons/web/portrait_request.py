"""What the address of a portrait asks for; anything unknown is answered with what is known."""

from difflib import SequenceMatcher, get_close_matches

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from livinglab.comparisons.portrait_queries import find_place, named
from livinglab.comparisons.web.portrait_words import portrait_url
from livinglab.kernel.freshness import Versions
from livinglab.kernel.unknown import Known, UnknownValue
from livinglab.organizations.queries import Kind, Organization, organizations

NEAR = 8


def place_of(code: str, state: Versions) -> Organization:
    """Return the organisation with this code. Raises UnknownValue (404) that suggests near codes and names."""
    place = find_place(code, state)
    if place is None or place.kind == Kind.PLATFORM:
        raise UnknownValue(_("region"), code, near(code), status=404)
    return place


def near(text: str) -> list[Known]:
    """Return organisations whose code or name is near to ``text``, the nearest first, and where all are listed.

    A code is near to the codes of its own province.
    """
    listed = organizations().exclude(kind=Kind.PLATFORM).filter(is_synthetic=False)
    wanted = text[:80].lower()
    by_key: dict[str, Organization] = {}
    if wanted[:2].isdigit():
        by_key = {place.code: place for place in listed.filter(code__startswith=wanted[:2])}
        keys = sorted(by_key, key=lambda code: -SequenceMatcher(None, wanted, code).ratio())[:NEAR]
    else:
        for place in listed:
            for key in (place.short_name.lower(), place.name.lower(), place.code):
                by_key.setdefault(key, place)
        keys = get_close_matches(wanted, list(by_key), n=NEAR, cutoff=0.6)
    found = list(dict.fromkeys(by_key[key] for key in keys))
    everybody = Known(_("all regencies and cities"), "", reverse("comparisons:regions"))
    return [*(known(place) for place in found), everybody]


def known(place: Organization) -> Known:
    """Return a place as error pages suggest it."""
    return Known(place.code, place.name, portrait_url(place))


def asked_year(asked: QueryDict) -> int | None:
    """Return the year that the address names, None for none; one that is no number is -1, which nothing knows."""
    value = asked.get("year", "")
    if not value:
        return None
    return int(value) if value.isascii() and value.isdigit() and len(value) <= 4 else -1


def unknown_year(asked: QueryDict, years: tuple[int, ...], url: str) -> UnknownValue:
    """Return the answer to a year for which there is nothing: 404, with the years that there are."""
    known_years = [Known(str(year), str(year), f"{url}?year={year}") for year in years]
    return UnknownValue(_("year"), asked.get("year", ""), known_years, status=404)


def asked_other(asked: QueryDict, place: Organization) -> Organization | None:
    """Return whom the address compares with, by code or name. Raises UnknownValue (422) for an unknown one."""
    value = asked.get("with", "").strip()
    if not value:
        return None
    other = named(value)
    if other is None or other.code == place.code:
        raise UnknownValue(_("region to compare with"), value, near(value))
    return other
